/** The places of delegates that a manifest's rules give to bodies, as sentences (docs/protocol.md §4.3). */
import type { College } from '../ballot/manifest.ts';
import type { EntitlementRule, Rate, SeatsRule } from '../roll/entitlement-rule.ts';
import { type DecisionTexts, decisions } from './texts/en/decisions.ts';
import type { PlacesTexts } from './texts/en/places.ts';
import { nameOf, type Titles } from './texts/titles.ts';

const BODIES = ['branches', 'outside', 'regions', 'strands', 'affiliates'] as const;

/** What a rule for bodies of a kind says; that for members outside branches may go by the rate of branches. */
function ruleFor(rule: EntitlementRule, kind: (typeof BODIES)[number]): SeatsRule | null {
  const { [kind]: own } = rule;
  return own?.kind === 'same-rate' ? rule.branches : own;
}

function seatsInWords(rule: Exclude<SeatsRule, { kind: 'named' }>, words: PlacesTexts): string {
  if (rule.kind === 'rate') return words.rate(rule satisfies Rate);
  if (rule.kind === 'each') return words.each(rule.seats);
  return words.classes(rule.classes.map(({ from, seats }) => words.class(from, seats)));
}

function ruleInWords(rule: EntitlementRule, college: string, titles: Titles, words: PlacesTexts): string[] {
  const bodies = BODIES.flatMap((kind) => {
    const own = ruleFor(rule, kind);
    if (own === null) return [];
    if (own.kind === 'named')
      return [
        words.named(
          college,
          own.bodies.map(({ body, seats }) => [nameOf(body), seats]),
        ),
      ];
    return [words.sentence(college, words.bodies[kind], seatsInWords(own, words))];
  });
  const reserved = rule.reserved.map((one) => words.reserved(college, { ...one, group: nameOf(one.group) }));
  return [...bodies, ...reserved, words.from(college, titles.college(rule.from))];
}

/** Of every college that has an entitlement. */
export function placesInWords(
  colleges: readonly Pick<College, 'id' | 'entitlement'>[],
  titles: Titles,
  { places }: DecisionTexts = decisions,
): string[] {
  return colleges.flatMap(({ id, entitlement }) =>
    entitlement === null ? [] : ruleInWords(entitlement, titles.college(id), titles, places),
  );
}
