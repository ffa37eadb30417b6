/** The lasting page of one election: question, rules, who may vote, result with its working, and how to check it: on a service or in a copy. */
import { html } from 'hono/html';
import type { Contest } from '../ballot/manifest.ts';
import { contestOf } from '../ballot/rules.ts';
import { isFew, isUnanimous } from '../tally/cells.ts';
import { actsSection, certificatesSection } from './acts-section.ts';
import { bars } from './bars.ts';
import { finalityInWords } from './disputes-page.ts';
import { badge } from './index-page.ts';
import { type Html, inLanguage, layout, link, type View } from './layout.ts';
import { linksSection } from './links-section.ts';
import { logSection, recordSection } from './log-section.ts';
import { peopleSection } from './people-section.ts';
import { placesInWords } from './places-in-words.ts';
import type { PublishedElection } from './published-election.ts';
import { decisionsInWords, votesIn } from './result-in-words.ts';
import { rollSection } from './roll-section.ts';
import { ruleInWords, rulesAbout, shapeInWords, termsInWords } from './rules-in-words.ts';
import type { ScriptHashes } from './scripts.ts';
import { scriptsSection } from './scripts-section.ts';
import type { Catalogue } from './texts/languages.ts';
import { Titles } from './texts/titles.ts';
import { timetableSection } from './timetable-section.ts';
import { turnoutSection } from './turnout-section.ts';

export interface PageSetting {
  /** Whether the service runs the registrar too; null in a copy, which does not know. */
  readonly registrarInProcess: boolean | null;
  /** The address that clients see. */
  readonly url: string;
  /** What the service hands out; null in a copy. */
  readonly scripts: ScriptHashes | null;
  /** Unix seconds; null in a copy. */
  readonly now: number | null;
}

function paragraphs(text: string): Html[] {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p>${part}</p>`);
}

/** One contest: its text, its answers, and the rules that decide it. */
function contestSection(view: View, contest: Contest, election: PublishedElection, titles: Titles): Html {
  const { manifest, texts } = election;
  const { questions } = view.words.pages;
  const own = inLanguage(view, texts.lang);
  const putTo = questions.putTo(contest.colleges.map((id) => titles.college(id)));
  const options = contest.options.map((id) => html`<li>${titles.option(contest.id, id)}</li>`);
  const rules = rulesAbout(contest.id, manifest.rules)
    .flatMap((rule) => ruleInWords(rule, manifest.rules, titles, view.words.decisions))
    .map((sentence) => html`<li>${sentence}</li>`);
  return html`<section>
<h3${own}>${titles.contest(contest.id)}</h3>
${titles.isConsultative(contest.id) ? html`<p><span class="badge plain">${view.words.pages.consultative}</span></p>` : ''}
<div class="texts"${own}>${paragraphs(texts.contests[contest.id]?.text ?? '')}</div>
<p>${putTo} ${shapeInWords(contest, view.words.decisions)}</p>
<ul${own}>${options}</ul>
<h4 class="govuk-heading-s">${questions.how}</h4>
<ul>${rules}</ul>
</section>`;
}

/** The bars of one contest, college by college. */
function contestBars(
  words: Catalogue,
  contest: Contest,
  { manifest, result }: PublishedElection,
  titles: Titles,
): Html[] {
  if (result === null) return [];
  const elected = result.outcome.flatMap((found, i) =>
    found.kind === 'seats' && contestOf(manifest.rules[i]) === contest.id ? found.elected : [],
  );
  return contest.colleges.map((college) => {
    const votes = votesIn(result.counts, manifest, contest.id, college);
    const rows = contest.options.map((option, j) => ({
      label: titles.option(contest.id, option),
      votes: votes[j] ?? 0,
      ...(elected.includes(option) ? { mark: words.pages.result.elected } : {}),
    }));
    if (elected.length > 0) rows.sort((a, b) => b.votes - a.votes);
    const total =
      contest.shape.kind === 'choose' && contest.shape.max === 1 ? votes.reduce((a, b) => a + b, 0) : null;
    return bars(words, titles.college(college), rows, total);
  });
}

/** What the counts of secret cells tell although every rule was kept: people ought to know. */
function tellingCounts(
  { pages }: Catalogue,
  { manifest, result }: PublishedElection,
  titles: Titles,
): Html[] {
  const secret = manifest.colleges.filter(({ mode }) => mode === 'secret').map(({ id }) => id);
  return (result?.counts ?? []).flatMap(({ cell, ballots, counts }) => {
    const [contest = '', college = '', weight] = cell.split('/');
    const few = isFew(manifest, ballots);
    const asked = manifest.contests.find(({ id }) => id === contest);
    const unanimous = asked !== undefined && isUnanimous(asked, ballots, counts);
    if (!secret.includes(college) || (!few && !unanimous)) return [];
    const where = `${titles.contest(contest)}, ${titles.college(college)}${weight === undefined || weight === '1' ? '' : pages.result.weight(weight)}`;
    const why = unanimous ? pages.result.unanimous : pages.result.few(ballots);
    return [html`<p class="note">${where}: ${why}.</p>`];
  });
}

function resultSection(words: Catalogue, election: PublishedElection, titles: Titles): Html {
  const { manifest, result, summary } = election;
  const own = words.pages.result;
  if (result === null) {
    const why = summary.phase === 'tallied' ? own.atWork : own.notBefore;
    return html`<section><h2>${own.title}</h2><p>${own.none} ${why}</p></section>`;
  }
  // The votes of an election are in the bars.
  const parts = decisionsInWords(manifest, result, titles, words.decisions).map((told, i) => {
    if (told === null) return '';
    const contest = manifest.contests.find(({ id }) => id === contestOf(manifest.rules[i]));
    return html`<h3>${told.heading}</h3>
${told.sentences.map((sentence) => html`<p>${sentence}</p>`)}
${contest === undefined ? '' : contestBars(words, contest, election, titles)}`;
  });
  const finality = finalityInWords(words, election).map((sentence) => html`<p>${sentence}</p>`);
  return html`<section><h2>${own.title}</h2>${parts}${tellingCounts(words, election, titles)}${finality}</section>`;
}

/** To who voted how, where somebody votes on the record. */
function votesLink(view: View, { summary: { election }, manifest }: PublishedElection): Html | '' {
  if (manifest.colleges.every(({ mode }) => mode === 'secret')) return '';
  const { votes } = view.words;
  const title = manifest.kind === 'petition' ? votes.petition : votes.title;
  return html`<p><a href="${link(view, `/elections/${election}/votes`)}">${title}</a></p>`;
}

/** The way to the reports of problems, and how many are open. */
function reportsLink(view: View, { summary: { election }, disputes }: PublishedElection): Html {
  const { list } = view.words.disputes;
  const isEmpty = disputes.filed.length + disputes.others.length === 0;
  const address = link(view, `/elections/${election}/disputes`);
  return html`<a href="${address}">${list.title}</a>. ${isEmpty ? list.none : list.open(disputes.open)}`;
}

const reportsSection = (view: View, election: PublishedElection): Html =>
  html`<p>${reportsLink(view, election)}</p>`;

/** What members come for, while it can be done. */
function membersSection(view: View, published: PublishedElection): Html {
  const { election, phase } = published.summary;
  const { words } = view;
  const { members } = words.pages;
  const address = `/elections/${election}`;
  const isBefore = phase === 'preparing' || phase === 'scheduled';
  const vote =
    phase === 'open' || phase === 'scheduled'
      ? html`<p><a class="govuk-button" href="${link(view, `${address}/vote`)}">${members.vote}</a></p><p>${members.voteText}</p>`
      : '';
  return html`<section><h2>${members.title}</h2>${vote}
<ul>
<li><a href="${link(view, `${address}/my-vote`)}">${isBefore ? members.onRoll : members.myVote}</a></li>
<li><a href="${link(view, `${address}/check`)}">${members.check}</a></li>
<li><a href="${link(view, `${address}/dispute`)}">${words.disputes.list.report}</a></li>
<li>${reportsLink(view, published)}</li>
</ul></section>`;
}

/** What a copy is, before anything that it says. */
function copyNotice({ site, words: { observer } }: View, { summary }: PublishedElection): Html | '' {
  if (!site.isCopy) return '';
  return html`<p class="note"><strong>${observer.copy.is}</strong> ${observer.copy.text(summary.size)}</p>`;
}

function questionsSection(view: View, election: PublishedElection, titles: Titles): Html {
  const { manifest, summary } = election;
  const { questions } = view.words.pages;
  const trustees =
    manifest.trustees === null || view.site.isCopy
      ? ''
      : html`<p><a href="${link(view, `/elections/${summary.election}/trustee`)}">${questions.trustees}</a> (<code>teller trustee</code>)</p>`;
  const { decisions } = view.words;
  const terms = [
    ...termsInWords(manifest, decisions),
    ...placesInWords(manifest.colleges, titles, decisions),
  ];
  return html`<section>
<h2>${questions.title}</h2>
${manifest.contests.map((contest) => contestSection(view, contest, election, titles))}
<h3>${questions.terms}</h3>
<ul>${terms.map((sentence) => html`<li>${sentence}</li>`)}</ul>
${trustees}
</section>`;
}

function votersSection(
  words: Catalogue,
  election: PublishedElection,
  titles: Titles,
  registrarInProcess: boolean | null,
): Html {
  const { roll } = words.pages;
  const registrar =
    registrarInProcess === null
      ? ''
      : html`<p>${registrarInProcess ? roll.ownRegistrar : roll.otherRegistrar}</p>`;
  return html`<section>
<h2>${roll.title}</h2>
${turnoutSection(words, election, titles)}
${rollSection(words, election, titles)}
${registrar}
</section>`;
}

/** A part of the page, and what the list of contents calls it. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Html | '';
}

/** What members come for is first. */
function partsOf(view: View, election: PublishedElection, titles: Titles, setting: PageSetting): Part[] {
  const { words, site } = view;
  const { members, result, roll, questions, record } = words.pages;
  const { links, timetable, acts, certificates, log, scripts } = words.observer;
  const parts: Part[] = [
    { id: 'links', title: links.title, content: linksSection(view, election) },
    site.isCopy
      ? { id: 'reports', title: words.disputes.list.title, content: reportsSection(view, election) }
      : { id: 'members', title: members.title, content: membersSection(view, election) },
    {
      id: 'result',
      title: result.title,
      content: html`${resultSection(words, election, titles)}${votesLink(view, election)}`,
    },
    { id: 'timetable', title: timetable.title, content: timetableSection(words, election, setting.now) },
    { id: 'people', title: words.pages.people.title, content: peopleSection(view, titles) },
    {
      id: 'voters',
      title: roll.title,
      content: votersSection(words, election, titles, setting.registrarInProcess),
    },
    { id: 'acts', title: acts.title, content: actsSection(words, election, titles) },
    { id: 'questions', title: questions.title, content: questionsSection(view, election, titles) },
    { id: 'record', title: record.title, content: recordSection(view, election, setting.url) },
    { id: 'recounts', title: certificates.title, content: certificatesSection(words, election) },
    { id: 'log', title: log.title, content: logSection(words, election) },
    { id: 'scripts', title: scripts.title, content: scriptsSection(words, election, setting.scripts) },
  ];
  return parts.filter(({ content }) => content !== '');
}

function contentsList({ pages }: Catalogue, parts: readonly Part[]): Html {
  const items = parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<nav class="contents" aria-labelledby="contents"><h2 id="contents">${pages.contents}</h2><ul class="govuk-list">${items}</ul></nav>`;
}

export function electionPage(view: View, election: PublishedElection, setting: PageSetting): Html {
  const { summary, manifest, texts } = election;
  const { words } = view;
  const titles = new Titles(texts, manifest.rules);
  const parts = partsOf(view, election, titles, setting);
  const own = inLanguage(view, texts.lang);
  return layout(view, {
    title: texts.title,
    content: html`<h1${own}>${texts.title}</h1>
<p>${badge(words, summary)}</p>
${copyNotice(view, election)}
${contentsList(words, parts)}
<div class="texts"${own}>${paragraphs(texts.intro)}</div>
${parts.map(({ id, content }) => html`<div id="${id}">${content}</div>`)}`,
  });
}
