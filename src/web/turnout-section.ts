/** Turnout by college, and how it grew. */
import { html } from 'hono/html';
import { closesOf } from '../record/acts.ts';
import { timeOf } from '../record/moments.ts';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import { head, numberHead, table, timeTag } from './tables.ts';
import type { Catalogue } from './texts/languages.ts';
import type { Titles } from './texts/titles.ts';
import { type Growth, growthByHour, growthPath, growthToShow } from './turnout-by-hour.ts';

const PICTURE = [720, 200] as const;

function collegesTable({ pages, format }: Catalogue, { summary }: PublishedElection, titles: Titles): Html {
  const own = pages.roll;
  const rows = summary.colleges.map(
    ({ id, roll, voted }) => html`<tr>
  <th scope="row">${titles.college(id)}</th>
  <td class="number">${format.number(roll)}</td>
  <td class="number">${format.number(voted)}</td>
  <td class="number">${format.share(voted, roll)} %</td>
</tr>`,
  );
  return table(
    own.caption,
    [head(own.college), ...[own.onRoll, own.voted, own.turnout].map(numberHead)],
    rows,
  );
}

function growthTable(
  { observer, format }: Catalogue,
  hours: readonly Growth[],
  titles: readonly string[],
): Html {
  const { turnout: own } = observer;
  const { by, rows } = growthToShow(hours);
  const isOne = titles.length === 1;
  const lines = rows.map(({ until, voted }) => {
    const total = voted.reduce((sum, n) => sum + n, 0);
    const numbers = isOne ? [total] : [...voted, total];
    return html`<tr><th scope="row">${timeTag(format, until)}</th>${numbers.map((n) => html`<td class="number">${format.number(n)}</td>`)}</tr>`;
  });
  const columns = isOne ? titles : [...titles, own.all];
  return table(
    by === 'hour' ? own.byHour : own.byDay,
    [head(own.untilThen), ...columns.map(numberHead)],
    lines,
  );
}

/** From the opening to the closing, or to the latest that is known. */
function spanOf(
  { state, moments, summary }: PublishedElection,
  hours: readonly Growth[],
): readonly [number, number] {
  const last = hours.at(-1)?.until ?? summary.opens;
  const closed = state.closing === null ? null : timeOf(moments, state.closing.index);
  return [summary.opens, closed ?? Math.max(last, closesOf(state) ?? last)];
}

/** The picture tells in one line what the table has in numbers. */
function picture(
  { observer, format }: Catalogue,
  election: PublishedElection,
  hours: readonly Growth[],
): Html {
  const { turnout: own } = observer;
  const roll = election.summary.colleges.reduce((sum, college) => sum + college.roll, 0);
  const voted = hours.at(-1)?.voted.reduce((sum, n) => sum + n, 0) ?? 0;
  const [opens, ends] = spanOf(election, hours);
  const [width, height] = PICTURE;
  return html`<figure class="growth">
<figcaption>${own.whole}</figcaption>
<svg role="img" aria-label="${own.picture(voted, roll, format.share(voted, roll))}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" preserveAspectRatio="none"><path class="under" d="${growthPath(hours, [opens, ends], PICTURE, roll)}V${height}Z"/><path class="line" d="${growthPath(hours, [opens, ends], PICTURE, roll)}"/></svg>
<p class="ends"><span>${timeTag(format, opens)}</span> <span>${timeTag(format, ends)}</span></p>
</figure>`;
}

/** Nothing before the first ballot. */
function growth(words: Catalogue, election: PublishedElection, titles: Titles): Html | '' {
  const { turnout: own } = words.observer;
  if (election.summary.colleges.every(({ voted }) => voted === 0)) return '';
  const hours = growthByHour(election.state, election.moments);
  if (hours.length === 0) return html`<p>${own.unknown}</p>`;
  const colleges = election.manifest.colleges.map(({ id }) => titles.college(id));
  return html`<h3>${own.byHour}</h3>
<p>${own.note}</p>
${picture(words, election, hours)}
<details><summary>${own.show}</summary>${growthTable(words, hours, colleges)}</details>`;
}

export function turnoutSection(words: Catalogue, election: PublishedElection, titles: Titles): Html {
  return html`${collegesTable(words, election, titles)}${growth(words, election, titles)}`;
}
