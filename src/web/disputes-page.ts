/** The public list of reported problems: what was filed, what its proof is worth, and what officers answered. */
import { html } from 'hono/html';
import type { DisputeList, FiledDispute } from '../api/documents.ts';
import { filedIn } from '../record/dispute.ts';
import { disputePath } from '../record/filed-disputes.ts';
import { badge } from './index-page.ts';
import { type Html, inLanguage, layout, link, type View } from './layout.ts';
import { peopleLine } from './people-section.ts';
import type { PublishedElection } from './published-election.ts';
import type { Format } from './texts/format.ts';
import type { Catalogue } from './texts/languages.ts';
import { Titles, visible } from './texts/titles.ts';

/** A reader's time zone is not known here. */
const inUtc = (format: Format, seconds: number): string => format.time(seconds, 'UTC');

/** What people wrote, line by line, as text. */
function written(text: string): Html[] {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => html`<p>${visible(line)}</p>`);
}

function answersOf({ disputes }: Catalogue, answers: FiledDispute['answers']): Html[] {
  return answers.map(
    ({ index, text }) =>
      html`<h4>${disputes.list.answer(index)}</h4><blockquote>${written(text)}</blockquote>`,
  );
}

/** The file as it was sent. */
const fileOf = ({ site }: View, election: string, name: string): string =>
  site.isCopy
    ? site.file(`/elections/${election}/record/${disputePath(name)}`)
    : `/elections/${election}/disputes/${name}`;

function filedSection(view: View, election: string, filed: FiledDispute, place: number): Html {
  const { words } = view;
  const { about, findings, list } = words.disputes;
  const { format } = words;
  const { name, text, voter, ballot, found, finding, state, entered, answers } = filed;
  const isProof = finding === 'contradicts';
  return html`<section id="${name}">
<h3>${list.heading(place)}: ${about[filed.about]} <span class="badge${state === 'answered' ? '' : ' plain'}">${list.states[state]}</span></h3>
${text === '' ? '' : html`<blockquote>${written(text)}</blockquote>`}
<p${isProof ? html` class="notice"` : ''}>${findings[finding]}</p>
<p>${list.filed(inUtc(format, filed.filed))} ${voter === null ? '' : list.voter(voter)}</p>
${ballot === null ? '' : html`<p>${list.ballot} <code>${ballot}</code></p>`}
${found === null ? '' : html`<p>${list.found} <code>${visible(found)}</code></p>`}
<p><a href="${fileOf(view, election, name)}">${list.file}</a>${entered === null ? '' : html`. ${list.entry(entered)}`}</p>
${answersOf(words, answers)}
</section>`;
}

/** Until when problems can be reported, as far as that is known. */
function periodInWords({ disputes: { list }, format }: Catalogue, election: PublishedElection): string {
  const { disputes, manifest } = election;
  if (disputes.until !== null) {
    const time = inUtc(format, disputes.until);
    return disputes.isOver ? list.over(time) : list.until(time);
  }
  const { times } = manifest;
  return times.disputes === 0 ? list.untilResult : list.untilAfter(times.disputes);
}

/** Whether a result is final, and what is open; nothing where there is no result. */
export function finalityInWords(
  { disputes: { final }, format }: Pick<Catalogue, 'disputes' | 'format'>,
  { disputes: { until, isOver, open } }: PublishedElection,
): string[] {
  const told = open === 0 ? [] : [final.open(open)];
  if (until === null) return told;
  const time = inUtc(format, until);
  return [isOver ? final.is(time) : final.not(time), ...told];
}

function officersSection(words: Catalogue, { index, text, answers }: DisputeList['others'][number]): Html {
  const { about, list } = words.disputes;
  const named = filedIn(text);
  const isAnswered = answers.length > 0;
  return html`<section>
<h3>${list.byOfficer(index)} <span class="badge${isAnswered ? '' : ' plain'}">${list.states[isAnswered ? 'answered' : 'entered']}</span></h3>
${named === null ? '' : html`<p>${about[named.about]}</p>`}
<blockquote>${written(named?.text ?? text)}</blockquote>
${named === null ? '' : html`<p><small>${list.file}: <code class="long">${named.name}</code></small></p>`}
${answersOf(words, answers)}
</section>`;
}

/** What is in the record and what lies beside it are told apart before anything that they say. */
function group(
  { title, text }: { readonly title: string; readonly text: string },
  reports: readonly Html[],
): Html | '' {
  return reports.length === 0 ? '' : html`<h2>${title}</h2><p>${text}</p>${reports}`;
}

export function disputesPage(view: View, election: PublishedElection): Html {
  const { words } = view;
  const { summary, texts, disputes } = election;
  const { list } = words.disputes;
  const titles = new Titles(texts);
  const address = `/elections/${summary.election}`;
  const filed = disputes.filed.map((one, i) => ({
    isEntered: one.entered !== null,
    shown: filedSection(view, summary.election, one, i + 1),
  }));
  const entered = filed.filter(({ isEntered }) => isEntered).map(({ shown }) => shown);
  const beside = filed.filter(({ isEntered }) => !isEntered).map(({ shown }) => shown);
  const recorded = [...entered, ...disputes.others.map((one) => officersSection(words, one))];
  const isEmpty = recorded.length + beside.length === 0;
  return layout(view, {
    title: `${list.title} – ${titles.election}`,
    content: html`<p><a class="govuk-back-link" href="${link(view, address)}"${inLanguage(view, texts.lang)}>${titles.election}</a></p>
<h1>${list.title}</h1>
<p>${badge(words, summary)}</p>
<p>${view.site.isCopy ? list.ofCopy : list.text}</p>
${peopleLine(view, titles)}
<p>${periodInWords(words, election)} ${isEmpty ? list.none : list.open(disputes.open)}</p>
${disputes.isOver || view.site.isCopy ? '' : html`<p><a class="govuk-button" href="${link(view, `${address}/dispute`)}">${list.report}</a></p>`}
${group(list.recorded, recorded)}
${group(list.beside, beside)}`,
  });
}
