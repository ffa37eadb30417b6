/** The lasting page of one election: question, rules, who may vote, result with its working, and how to check it. */
import { html } from 'hono/html';
import type { Contest } from '../ballot/manifest.ts';
import { contestOf } from '../ballot/rules.ts';
import { blobPath, tilePaths } from '../record/record-source.ts';
import { isFew, isUnanimous } from '../tally/cells.ts';
import { bars } from './bars.ts';
import { badge } from './index-page.ts';
import { type Html, inLanguage, layout, link, type View } from './layout.ts';
import type { NamedBlob, PublishedElection } from './published-election.ts';
import { decisionsInWords, votesIn } from './result-in-words.ts';
import { rollSection } from './roll-section.ts';
import { ruleInWords, rulesAbout, shapeInWords, termsInWords } from './rules-in-words.ts';
import type { Catalogue } from './texts/languages.ts';
import { Titles } from './texts/titles.ts';

interface PageSetting {
  readonly registrarInProcess: boolean;
  readonly url: string;
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
<div${own}>${paragraphs(texts.contests[contest.id]?.text ?? '')}</div>
<p>${putTo} ${shapeInWords(contest)}</p>
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
    const whole =
      contest.shape.kind === 'choose' && contest.shape.max === 1
        ? votes.reduce((a, b) => a + b, 0)
        : Math.max(...votes, 1);
    return bars(words, titles.college(college), rows, whole);
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
  return html`<section><h2>${own.title}</h2>${parts}${tellingCounts(words, election, titles)}</section>`;
}

function blobInWords({ record }: Catalogue['pages'], { what }: NamedBlob): string {
  if (what.kind === 'texts') return record.texts(what.lang);
  return 'n' in what ? record[what.kind](what.n) : record[what.kind];
}

/** To who voted how, where somebody votes on the record. */
function votesLink(view: View, { summary: { election }, manifest }: PublishedElection): Html | '' {
  if (manifest.colleges.every(({ mode }) => mode === 'secret')) return '';
  const { votes } = view.words;
  const title = manifest.kind === 'petition' ? votes.petition : votes.title;
  return html`<p><a href="${link(view, `/elections/${election}/votes`)}">${title}</a></p>`;
}

/** Every file of the record, and how to recount it. */
function recordSection(
  view: View,
  { summary: { election, size }, blobs }: PublishedElection,
  url: string,
): Html {
  const { pages } = view.words;
  const own = pages.record;
  const record = `/elections/${election}/record`;
  const address = `${url}/elections/${election}`;
  const file = (path: string, what: string): Html => html`<li><a href="${record}/${path}">${what}</a></li>`;
  const tiles = Array.from(tilePaths(size), (path) => file(path, path));
  return html`<section>
<h2>${own.title}</h2>
<p><a href="${link(view, `/elections/${election}/recount`)}">${view.words.recount.link}</a></p>
<p>${own.published}</p>
<pre><code>teller verify ${address} --anchor ${election}</code></pre>
<pre><code>teller export ${address} record
teller verify record --anchor ${election}</code></pre>
<p>${own.name} <code>${election}</code>. ${own.compare}</p>
<ul>
${file('checkpoint', own.checkpoint(size))}
${blobs.map((named) => file(blobPath(named.blob.sha256), blobInWords(pages, named)))}
</ul>
<details><summary>${own.tiles(tiles.length)}</summary><ul class="files">${tiles}</ul></details>
</section>`;
}

/** Turnout by college. */
function turnoutTable({ pages, format }: Catalogue, { summary }: PublishedElection, titles: Titles): Html {
  const own = pages.roll;
  const rows = summary.colleges.map(
    ({ id, roll, voted }) => html`<tr>
  <th scope="row">${titles.college(id)}</th>
  <td class="number">${format.number(roll)}</td>
  <td class="number">${format.number(voted)}</td>
  <td class="number">${format.share(voted, roll)} %</td>
</tr>`,
  );
  const head = (text: string): Html => html`<th scope="col" class="number">${text}</th>`;
  return html`<div class="wide" role="region" tabindex="0" aria-label="${own.caption}"><table>
<caption>${own.caption}</caption>
<thead><tr><th scope="col">${own.college}</th>${head(own.onRoll)}${head(own.voted)}${head(own.turnout)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

/** What members come for, while it can be done. */
function membersSection(view: View, { summary: { election, phase } }: PublishedElection): Html {
  const { members } = view.words.pages;
  const address = `/elections/${election}`;
  const vote =
    phase === 'open' || phase === 'scheduled'
      ? html`<p><a class="govuk-button" href="${link(view, `${address}/vote`)}">${members.vote}</a></p><p>${members.voteText}</p>`
      : '';
  return html`<section><h2>${members.title}</h2>${vote}
<ul>
<li><a href="${link(view, `${address}/my-vote`)}">${members.myVote}</a></li>
<li><a href="${link(view, `${address}/check`)}">${members.check}</a></li>
</ul></section>`;
}

export function electionPage(
  view: View,
  election: PublishedElection,
  { registrarInProcess, url }: PageSetting,
): Html {
  const { summary, manifest, texts } = election;
  const { words } = view;
  const { roll, questions } = words.pages;
  const titles = new Titles(texts, manifest.rules);
  const own = inLanguage(view, texts.lang);
  return layout(view, {
    title: texts.title,
    content: html`<h1${own}>${texts.title}</h1>
<p>${badge(words, summary)}</p>
<div${own}>${paragraphs(texts.intro)}</div>
${membersSection(view, election)}
${resultSection(words, election, titles)}
${votesLink(view, election)}
<section>
<h2>${roll.title}</h2>
${turnoutTable(words, election, titles)}
${rollSection(words, election, titles)}
<p>${registrarInProcess ? roll.ownRegistrar : roll.otherRegistrar}</p>
</section>
<section>
<h2>${questions.title}</h2>
${manifest.contests.map((contest) => contestSection(view, contest, election, titles))}
<h3>${questions.terms}</h3>
<ul>${termsInWords(manifest).map((sentence) => html`<li>${sentence}</li>`)}</ul>
${manifest.trustees === null ? '' : html`<p><a href="${link(view, `/elections/${summary.election}/trustee`)}">${questions.trustees}</a> (<code>teller trustee</code>)</p>`}
</section>
${recordSection(view, election, url)}`,
  });
}
