/** The published counts of the roll by body, and the delegates that each body is entitled to, with the working. */
import { html } from 'hono/html';
import { entitlementTables } from './entitlement-tables.ts';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import type { Catalogue } from './texts/languages.ts';
import { nameOf, type Titles } from './texts/titles.ts';

function countsTable(
  { pages, format }: Catalogue,
  { roll, manifest }: PublishedElection,
  titles: Titles,
): Html {
  const { bodies = [], counts = [] } = roll ?? {};
  const n = new Map(counts.map(({ college, body, n: own }) => [`${college}/${body}`, own]));
  const rows = bodies.map(({ id, kind, region }) => {
    const cells = manifest.colleges.map(
      (college) => html`<td class="number">${format.number(n.get(`${college.id}/${id}`) ?? 0)}</td>`,
    );
    const place = region === null ? pages.roll.kinds[kind] : pages.roll.branchIn(nameOf(region));
    return html`<tr><th scope="row">${nameOf(id)} <small>${place}</small></th>${cells}</tr>`;
  });
  const heads = manifest.colleges.map(
    ({ id }) => html`<th scope="col" class="number">${titles.college(id)}</th>`,
  );
  return html`<div class="wide" role="region" tabindex="0" aria-label="${pages.roll.votersByBody}"><table><caption>${pages.roll.votersByBody}</caption><thead><tr><th scope="col">${pages.roll.body}</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export function rollSection(words: Catalogue, election: PublishedElection, titles: Titles): Html {
  if (election.roll === null) return html`<p>${words.pages.roll.notYet}</p>`;
  const bodies = election.roll.bodies.length;
  return html`<details><summary>${words.pages.roll.byBody(bodies)}</summary>
${countsTable(words, election, titles)}
${entitlementTables(words, election, titles)}
</details>`;
}
