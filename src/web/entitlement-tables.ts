/** The delegates that each body is entitled to, with the working, and how near it is to another one or one fewer. */
import { html } from 'hono/html';
import { type Entitlement, type EntitlementPart, entitlements } from '../roll/entitlement.ts';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import type { Catalogue } from './texts/languages.ts';
import { nameOf, type Titles } from './texts/titles.ts';

function partInWords(
  { pages: { roll } }: Catalogue,
  { n, formula, bound, sensitivity }: EntitlementPart,
): string {
  const working = formula ?? (n === null ? roll.fixed : roll.bySize(n));
  const limit =
    bound === null ? [] : [bound.kind === 'least' ? roll.atLeast(bound.seats) : roll.atMost(bound.seats)];
  const { more, fewer } = sensitivity ?? { more: null, fewer: null };
  return [
    [working, ...limit].join(', '),
    ...(more === null ? [] : [roll.withMore(more.members, more.seats)]),
    ...(fewer === null ? [] : [roll.withFewer(fewer.members, fewer.seats)]),
  ].join('; ');
}

function entitlementInWords(words: Catalogue, { parts, reserved }: Entitlement): string {
  const { roll } = words.pages;
  if (parts.length === 0) return roll.noPlaces;
  return [
    ...parts.map((part) => partInWords(words, part)),
    ...reserved.flatMap(({ group, seats }) => (seats === 0 ? [] : [roll.reserved(nameOf(group), seats)])),
  ].join('. ');
}

/** One table for each college of delegates. */
export function entitlementTables(
  words: Catalogue,
  { roll, manifest }: Pick<PublishedElection, 'roll' | 'manifest'>,
  titles: Titles,
): Html[] {
  if (roll === null) return [];
  const own = words.pages.roll;
  return manifest.colleges.flatMap(({ id, entitlement }) => {
    if (entitlement === null) return [];
    const filled = new Map(
      roll.counts.filter(({ college }) => college === id).map(({ body, n }) => [body, n]),
    );
    const rows = entitlements(entitlement, roll.bodies, roll.counts).map(
      (one) =>
        html`<tr><th scope="row">${nameOf(one.body)} <small>${entitlementInWords(words, one)}</small></th><td class="number">${one.seats}</td><td class="number">${filled.get(one.body) ?? 0}</td></tr>`,
    );
    return [
      html`<table><caption>${own.places(titles.college(id))}</caption><thead><tr><th scope="col">${own.body}</th><th scope="col" class="number">${own.placesHead}</th><th scope="col" class="number">${own.filled}</th></tr></thead><tbody>${rows}</tbody></table>`,
    ];
  });
}
