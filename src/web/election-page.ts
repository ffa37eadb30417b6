/** The lasting page of one election: question, rules, who may vote, result with its working, and how to check it. */
import { html } from 'hono/html';
import type { Contest } from '../ballot/manifest.ts';
import { blobPath, tilePaths } from '../record/record-source.ts';
import { isFew, isUnanimous } from '../tally/cells.ts';
import { bars } from './bars.ts';
import { badge } from './index-page.ts';
import { type Html, layout } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import { outcomeInWords, percentage, votesIn } from './result-in-words.ts';
import { rollSection } from './roll-section.ts';
import { listed, ruleInWords, shapeInWords, Titles, termsInWords } from './rules-in-words.ts';

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
function contestSection(contest: Contest, { manifest, texts }: PublishedElection, titles: Titles): Html {
  const colleges = listed(contest.colleges.map((id) => titles.college(id)));
  const options = contest.options.map((id) => html`<li>${titles.option(contest.id, id)}</li>`);
  const rules = manifest.rules
    .filter((rule) => rule.contest === contest.id)
    .flatMap((rule) => ruleInWords(rule, titles))
    .map((sentence) => html`<li>${sentence}</li>`);
  return html`<section>
<h3>${titles.contest(contest.id)}</h3>
${paragraphs(texts.contests[contest.id]?.text ?? '')}
<p>Put to: ${colleges}. ${shapeInWords(contest)}</p>
<ul class="options">${options}</ul>
<h4>How it is decided</h4>
<ul>${rules}</ul>
</section>`;
}

/** The bars of one contest, college by college. */
function contestBars(contest: Contest, { manifest, result }: PublishedElection, titles: Titles): Html[] {
  if (result === null) return [];
  const elected = result.outcome.flatMap((found, i) =>
    found.kind === 'seats' && manifest.rules[i]?.contest === contest.id ? found.elected : [],
  );
  return contest.colleges.map((college) => {
    const votes = votesIn(result.counts, manifest, contest.id, college);
    const rows = contest.options.map((option, j) => ({
      label: titles.option(contest.id, option),
      votes: votes[j] ?? 0,
      ...(elected.includes(option) ? { mark: 'Elected' } : {}),
    }));
    if (elected.length > 0) rows.sort((a, b) => b.votes - a.votes);
    const whole = contest.shape.max === 1 ? votes.reduce((a, b) => a + b, 0) : Math.max(...votes, 1);
    return bars(titles.college(college), rows, whole);
  });
}

/** What the counts of secret cells tell although every rule was kept: people ought to know. */
function tellingCounts({ manifest, result }: PublishedElection, titles: Titles): Html[] {
  const secret = manifest.colleges.filter(({ mode }) => mode === 'secret').map(({ id }) => id);
  return (result?.counts ?? []).flatMap(({ cell, ballots, counts }) => {
    const [contest = '', college = '', weight] = cell.split('/');
    const few = isFew(manifest, ballots);
    const unanimous = isUnanimous(ballots, counts);
    if (!secret.includes(college) || (!few && !unanimous)) return [];
    const where = `${titles.contest(contest)}, ${titles.college(college)}${weight === '1' ? '' : `, weight ${weight}`}`;
    const why = unanimous
      ? 'all who voted voted alike, so the count tells how'
      : `only ${ballots} voted, so whoever knows some of these votes can guess the others`;
    return [html`<p class="note">${where}: ${why}.</p>`];
  });
}

function resultSection(election: PublishedElection, titles: Titles): Html {
  const { manifest, result, summary } = election;
  if (result === null) {
    const why =
      summary.phase === 'tallied'
        ? 'The trustees are at work.'
        : 'Nothing is decrypted before voting is over.';
    return html`<section><h2>Result</h2><p>There is no result yet. ${why}</p></section>`;
  }
  const parts = manifest.rules.map((rule, i) => {
    const [heading = '', ...working] = outcomeInWords(
      rule,
      result.outcome[i],
      manifest,
      result.counts,
      titles,
    );
    const contest = manifest.contests.find(({ id }) => id === rule.contest);
    // The votes of an election are in the bars.
    const sentences = rule.kind === 'seats' ? working.slice(contest?.options.length ?? 0) : working;
    return html`<h3>${heading}</h3>
${sentences.map((line) => html`<p>${line.trim()}</p>`)}
${contest === undefined ? '' : contestBars(contest, election, titles)}`;
  });
  return html`<section><h2>Result</h2>${parts}${tellingCounts(election, titles)}</section>`;
}

/** Every file of the record, and how to recount it. */
function recordSection({ summary: { election, size }, blobs }: PublishedElection, url: string): Html {
  const record = `/elections/${election}/record`;
  const address = `${url}/elections/${election}`;
  const file = (path: string, what: string): Html => html`<li><a href="${record}/${path}">${what}</a></li>`;
  const tiles = Array.from(tilePaths(size), (path) => file(path, path));
  return html`<section>
<h2>Check it yourself</h2>
<p>Every ballot, still encrypted, and every proof is published. Anyone can recount the election, here or from a copy:</p>
<pre><code>teller verify ${address} --anchor ${election}</code></pre>
<pre><code>teller export ${address} record
teller verify record --anchor ${election}</code></pre>
<p>The name of this election is <code>${election}</code>. Compare it with your letter: it stands for every rule on this page.</p>
<ul>
${file('checkpoint', `Checkpoint of the log, ${size.toLocaleString('en-GB')} entries`)}
${blobs.map(({ what, blob }) => file(blobPath(blob.sha256), what))}
</ul>
<details><summary>All ${tiles.length} tiles of the log</summary><ul class="files">${tiles}</ul></details>
</section>`;
}

function registrarSentence(inProcess: boolean): string {
  return inProcess
    ? 'Who runs the registrar: this service itself. Whoever controls it could vote in the place of members who stay away. Each member can ask for the proof that nobody did.'
    : 'The registrar, who issues the tokens, is run by others than this service.';
}

export function electionPage(election: PublishedElection, { registrarInProcess, url }: PageSetting): Html {
  const { summary, manifest, texts } = election;
  const titles = new Titles(texts);
  const voted = summary.colleges.map(
    ({ id, roll, voted: n }) => html`<tr>
  <th scope="row">${titles.college(id)}</th>
  <td class="number">${roll.toLocaleString('en-GB')}</td>
  <td class="number">${n.toLocaleString('en-GB')}</td>
  <td class="number">${percentage(n, roll)} %</td>
</tr>`,
  );
  return layout(
    texts.title,
    html`<h1>${texts.title}</h1>
<p>${badge(summary)}</p>
${paragraphs(texts.intro)}
${resultSection(election, titles)}
<section>
<h2>Who may vote</h2>
<table>
<caption>On the roll, and voted so far</caption>
<thead><tr><th scope="col">College</th><th scope="col" class="number">Roll</th><th scope="col" class="number">Voted</th><th scope="col" class="number">Turnout</th></tr></thead>
<tbody>${voted}</tbody>
</table>
${rollSection(election, titles)}
<p>${registrarSentence(registrarInProcess)}</p>
</section>
<section>
<h2>The questions and the rules</h2>
${manifest.contests.map((contest) => contestSection(contest, election, titles))}
<h3>Terms</h3>
<ul>${termsInWords(manifest).map((sentence) => html`<li>${sentence}</li>`)}</ul>
${manifest.trustees === null ? '' : html`<p>Trustees take part <a href="/elections/${summary.election}/trustee">on a page of their own</a>, or with <code>teller trustee</code>.</p>`}
</section>
${recordSection(election, url)}`,
  );
}
