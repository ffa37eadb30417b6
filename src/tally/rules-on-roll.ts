/** What a roll makes of the rules of a manifest (docs/protocol.md §10): whether they can be reached, and added up. */
import { largestEntry } from '../ballot/columns.ts';
import type { ManifestBody } from '../ballot/manifest.ts';
import { type Cell, rollWeight } from './cells.ts';

export interface RollRuleProblem {
  /** In the manifest, e.g. `rules[0].needed.n`. */
  readonly where: string;
  readonly code: 'above-roll' | 'too-many-votes';
  readonly why: string;
}

/** The most that a cell can have in a column, times its weight. */
function most(cell: Cell): bigint {
  const { contest, cards, weight, voters } = cell;
  if (cards !== null) return BigInt(rollWeight(cell));
  return BigInt(weight) * BigInt(voters.length) * BigInt(largestEntry(contest, weight));
}

/** Rules that nobody could fulfil with the voters of the roll, and contests whose votes no result could say. */
export function rollRuleProblems(
  { rules, contests }: Pick<ManifestBody, 'rules' | 'contests'>,
  all: readonly Cell[],
): RollRuleProblem[] {
  const cells = all.filter(({ body }) => body === null);
  const heavy = contests.flatMap(({ id }, i): RollRuleProblem[] => {
    const votes = cells
      .filter(({ contest }) => contest.id === id)
      .reduce((sum, cell) => sum + most(cell), 0n);
    if (votes <= BigInt(Number.MAX_SAFE_INTEGER)) return [];
    return [{ where: `contests[${i}]`, code: 'too-many-votes', why: `${votes} votes are above 2^53 − 1` }];
  });
  const unreachable = rules.flatMap((rule, i): RollRuleProblem[] => {
    if (rule.kind !== 'petition' || rule.needed.kind !== 'number') return [];
    const voters = cells
      .filter(({ contest, college }) => contest.id === rule.contest && rule.colleges.includes(college.id))
      .reduce((sum, cell) => sum + cell.voters.length, 0);
    if (rule.needed.n <= voters) return [];
    const why = `${rule.needed.n} supporters of ${voters} voters on the roll`;
    return [{ where: `rules[${i}].needed.n`, code: 'above-roll', why }];
  });
  return [...heavy, ...unreachable];
}
