/** The published counts of the roll by body, and the delegates that each body is entitled to, with the working. */
import { html } from 'hono/html';
import { entitlements } from '../roll/entitlement.ts';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import type { Titles } from './rules-in-words.ts';
import type { Catalogue } from './texts/languages.ts';

/** A body's id as a name: `alder-bridge` is Alder-bridge. */
const nameOf = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

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
  return html`<div class="wide"><table><caption>${pages.roll.votersByBody}</caption><thead><tr><th scope="col">${pages.roll.body}</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function entitlementTables(
  { pages }: Catalogue,
  { roll, manifest }: PublishedElection,
  titles: Titles,
): Html[] {
  if (roll === null) return [];
  return manifest.colleges.flatMap(({ id, entitlement }) => {
    if (entitlement === null) return [];
    const own = new Map(roll.counts.filter(({ college }) => college === id).map(({ body, n }) => [body, n]));
    const rows = entitlements(entitlement, roll.bodies, roll.counts).map(
      ({ body, seats, why }) =>
        html`<tr><th scope="row">${nameOf(body)} <small>${why}</small></th><td class="number">${seats}</td><td class="number">${own.get(body) ?? 0}</td></tr>`,
    );
    return [
      html`<table><caption>${pages.roll.places(titles.college(id))}</caption><thead><tr><th scope="col">${pages.roll.body}</th><th scope="col" class="number">${pages.roll.placesHead}</th><th scope="col" class="number">${pages.roll.filled}</th></tr></thead><tbody>${rows}</tbody></table>`,
    ];
  });
}

export function rollSection(words: Catalogue, election: PublishedElection, titles: Titles): Html {
  if (election.roll === null) return html`<p>${words.pages.roll.notYet}</p>`;
  const bodies = election.roll.bodies.length;
  return html`<details><summary>${words.pages.roll.byBody(bodies)}</summary>
${countsTable(words, election, titles)}
${entitlementTables(words, election, titles)}
</details>`;
}
