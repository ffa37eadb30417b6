/**
 * What the cells of a contest in a college add up to: the numbers that rules go by (docs/protocol.md §10). Counts may
 * be hostile.
 */
import { contestColumns } from '../ballot/columns.ts';
import { ballotWeight, type Cell, rollWeight } from './cells.ts';
import { TallyError } from './errors.ts';

/** The count of one cell, as the result publishes it. */
export interface CellCount {
  readonly cell: string;
  readonly ballots: number;
  /** One number for each column of the contest. */
  readonly counts: readonly number[];
}

/** Weighted sums over the cells of one contest in one college. */
export interface CollegeTotals {
  readonly college: string;
  readonly roll: bigint;
  readonly voters: bigint;
  readonly ballots: bigint;
  /** By column: those of the options first. */
  readonly votes: readonly bigint[];
}

export type TotalsIn = (contest: string, college: string) => CollegeTotals;

/** @throws TallyError `out-of-range` above 2^53 − 1. */
export function published(total: bigint, where: string): number {
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) throw new TallyError('out-of-range', where, 'above 2^53 − 1');
  return Number(total);
}

/** Counts stand in the order of the cells, one for each. @throws TallyError `mismatch`, `out-of-range`. */
export function checkCellCounts(cells: readonly Cell[], counts: readonly CellCount[]): void {
  if (counts.length !== cells.length) {
    throw new TallyError('mismatch', 'counts', `${counts.length} counts for ${cells.length} cells`);
  }
  cells.forEach((cell, i) => {
    const count = counts[i];
    if (count?.cell !== cell.id) throw new TallyError('mismatch', `counts[${i}].cell`, `not ${cell.id}`);
    if (count.counts.length !== contestColumns(cell.contest, cell.weight).length) {
      throw new TallyError('mismatch', `counts[${i}].counts`, 'not one count for each column');
    }
    for (const n of [count.ballots, ...count.counts]) {
      if (!Number.isSafeInteger(n) || n < 0) {
        throw new TallyError('out-of-range', `counts[${i}]`, `${n} is not a count`);
      }
    }
  });
}

/** Σ weight × … over the whole cells of a contest in a college; zeros where there are none. */
export function totalsOf(cells: readonly Cell[], counts: readonly CellCount[]): TotalsIn {
  const totals = new Map<string, CollegeTotals>();
  const none = (college: string) => ({ college, roll: 0n, voters: 0n, ballots: 0n, votes: [] });
  cells.forEach((cell, i) => {
    const count = counts[i];
    if (cell.body !== null || count === undefined) return;
    const key = `${cell.contest.id}/${cell.college.id}`;
    const { college, roll, voters, ballots, votes } = totals.get(key) ?? none(cell.college.id);
    totals.set(key, {
      college,
      roll: roll + BigInt(rollWeight(cell)),
      voters: voters + BigInt(cell.voters.length),
      ballots: ballots + BigInt(ballotWeight(cell, count)),
      votes: count.counts.map((n, column) => (votes[column] ?? 0n) + BigInt(cell.weight) * BigInt(n)),
    });
  });
  return (contest, college) => totals.get(`${contest}/${college}`) ?? none(college);
}
