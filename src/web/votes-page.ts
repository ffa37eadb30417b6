/** Who voted how where votes are on the record; of a petition, how many support each motion, and nobody's name. */
import { html } from 'hono/html';
import { MANDATE_VERDICTS, type RollCall } from '../tally/roll-call.ts';
import { bars } from './bars.ts';
import { badge } from './index-page.ts';
import { type Html, inLanguage, layout, link, type View } from './layout.ts';
import { verifyCommand } from './log-section.ts';
import type { PublishedElection } from './published-election.ts';
import { head, numberHead, table } from './tables.ts';
import type { Catalogue } from './texts/languages.ts';
import { Titles } from './texts/titles.ts';
import { type ContestInWords, type VoterInWords, votesInWords } from './votes-in-words.ts';

/** The vote beside the name, which telephones show without scrolling; weights and bodies where there are any. */
function votersTable({ votes, format }: Catalogue, { title, voters, hasMandates }: ContestInWords): Html {
  const hasBodies = voters.some(({ bodies }) => bodies !== '');
  const hasWeights = voters.some(({ weight }) => weight !== 1);
  const row = ({ name, substitute, bodies, weight, choice, mandate }: VoterInWords): Html => html`<tr>
<th scope="row">${name}${substitute === null ? '' : html` <small>${substitute}</small>`}</th>
<td>${choice}</td>${hasMandates ? html`<td>${mandate}</td>` : ''}${hasBodies ? html`<td>${bodies}</td>` : ''}${hasWeights ? html`<td class="number">${format.number(weight)}</td>` : ''}
</tr>`;
  const heads = [head(votes.name), head(votes.choice)];
  if (hasMandates) heads.push(head(votes.mandate));
  if (hasBodies) heads.push(head(votes.bodies));
  if (hasWeights) heads.push(numberHead(votes.weight));
  return table(title, heads, voters.map(row));
}

function totalsTable(
  { votes, format }: Catalogue,
  { title, totals, columns, hasMandates }: ContestInWords,
): Html {
  const numbers = (all: readonly (number | bigint)[]): Html[] =>
    all.map((n) => html`<td class="number">${format.number(n)}</td>`);
  const rows = totals.map(
    ({ group, voters, ballots, votes: counted, verdicts }) =>
      html`<tr><th scope="row">${group}</th>${numbers([voters, ballots, ...counted, ...(hasMandates ? verdicts : [])])}</tr>`,
  );
  const mandates = hasMandates ? MANDATE_VERDICTS.map((verdict) => votes.verdicts[verdict]) : [];
  const heads = [votes.onRoll, votes.voted, ...columns, ...mandates].map(numberHead);
  return table(votes.totals(title), [head(votes.group), ...heads], rows);
}

function supportOf(words: Catalogue, { title, columns, totals }: ContestInWords): Html {
  const [whole] = totals;
  const rows = columns.map((label, j) => ({ label, votes: Number(whole?.votes[j] ?? 0n) }));
  return bars(words, `${title} – ${words.votes.petition}`, rows, whole?.voters ?? 0);
}

function collegeSection(
  words: Catalogue,
  call: RollCall,
  { manifest }: PublishedElection,
  titles: Titles,
): Html {
  const isPetition = manifest.kind === 'petition';
  const contests = votesInWords(call, manifest, titles, words.votes).map((contest) =>
    isPetition
      ? supportOf(words, contest)
      : html`${votersTable(words, contest)}${totalsTable(words, contest)}`,
  );
  return html`<section><h2>${titles.college(call.college)}</h2>${contests}</section>`;
}

export function votesPage(
  view: View,
  election: PublishedElection,
  calls: readonly RollCall[],
  url: string,
): Html {
  const { words } = view;
  const { summary, manifest, texts } = election;
  const own = words.votes;
  const titles = new Titles(texts);
  const isPetition = manifest.kind === 'petition';
  const isSecret = manifest.colleges.every(({ mode }) => mode === 'secret');
  const address = `/elections/${summary.election}`;
  const title = isPetition ? own.petition : own.title;
  const about = html`<p>${isPetition ? own.petitionText : own.intro}</p>
${summary.phase === 'open' ? html`<p class="note">${own.untilClosed}</p>` : ''}
${calls.length === 0 ? html`<p>${own.notYet}</p>` : calls.map((call) => collegeSection(words, call, election, titles))}
<p>${own.source}</p>
<pre><code>${verifyCommand(view, summary.election, url)} --votes</code></pre>`;
  return layout(view, {
    title: `${title} – ${titles.election}`,
    content: html`<p><a class="govuk-back-link" href="${link(view, address)}"${inLanguage(view, texts.lang)}>${titles.election}</a></p>
<h1>${title}</h1>
<p>${badge(words, summary)}</p>
${isSecret ? html`<p>${own.none}</p>` : about}`,
  });
}
