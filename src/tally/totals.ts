/**
 * From shares to counts (docs/protocol.md §9.5, §9.6). The shares have been verified; tally and counts may be
 * hostile, as far as a record that has not been recounted yet is.
 */
import { columnNames, largestEntry } from '../ballot/columns.ts';
import { type Bytes, equalBytes, fromBase64Url } from '../crypto/bytes.ts';
import type { DiscreteLog } from '../crypto/discrete-log.ts';
import { CryptoError } from '../crypto/errors.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { scalarOf } from '../crypto/scalar.ts';
import { combineShares, lotSeed, type VerifiedShares } from '../crypto/threshold.ts';
import type { TallyCell, TallyDocument } from '../record/entries.ts';
import type { Cell } from './cells.ts';
import { decryptedCells, encryptedBetas } from './decryption.ts';
import { TallyError } from './errors.ts';
import type { CellCount } from './outcome.ts';
import { heaviest, impossibleCounts } from './possible-counts.ts';
import { split } from './sums.ts';

/** A decrypted tally, its counts still in the exponent. */
export interface OpenedTally {
  /** m·G for each option, 32 bytes each, by the id of a decrypted cell. */
  readonly cells: ReadonlyMap<string, readonly Bytes[]>;
  /** Of the lot; null where there are no trustees. */
  readonly seed: Bytes | null;
}

/** The encoding of 0·G. */
const IDENTITY = new Uint8Array(ELEMENT_BYTES);

/** Where every college votes on the record there is nothing to decrypt, and no lot. */
export const NOTHING_SECRET: OpenedTally = { cells: new Map(), seed: null };

/**
 * @param shares at least t of one tally, verified; the first t are combined.
 * @throws TallyError `too-few-shares`; `bad-encoding` for sums that do not decode.
 */
export function openTally(
  kernel: Kernel,
  tally: TallyDocument,
  threshold: number,
  shares: readonly VerifiedShares[],
): OpenedTally {
  if (shares.length < threshold) {
    throw new TallyError('too-few-shares', 'shares', `${shares.length} valid shares of ${threshold} needed`);
  }
  const decryption = decrypt(kernel, tally, shares.slice(0, threshold));
  return {
    cells: new Map(
      decryptedCells(tally).map(({ id }, i) => [
        id,
        split(decryption.cells[i] ?? new Uint8Array(), ELEMENT_BYTES),
      ]),
    ),
    seed: lotSeed(fromBase64Url(tally.ctx), decryption.lot),
  };
}

function decrypt(kernel: Kernel, tally: TallyDocument, shares: readonly VerifiedShares[]) {
  try {
    return combineShares(kernel, encryptedBetas(tally), shares);
  } catch (error) {
    if (error instanceof CryptoError) throw new TallyError('bad-encoding', error.where, error.message);
    throw error;
  }
}

/** The largest count that the ballots of a cell may have in a column. */
function largestCount({ contest, weight, cards }: Cell, { ballots }: TallyCell): number {
  return cards === null ? ballots * largestEntry(contest, weight) : heaviest(cards, ballots);
}

/** For messages. */
function labels({ contest }: Cell): string[] {
  return columnNames(contest).map((name) => ('id' in name ? name.id : name.kind));
}

function checkCells(tally: TallyDocument, cells: readonly Cell[]): void {
  const same = tally.cells.length === cells.length && cells.every(({ id }, i) => tally.cells[i]?.id === id);
  if (!same) throw new TallyError('mismatch', 'tally.cells', 'not the cells of the manifest');
}

/**
 * The counts of all cells, by discrete logarithms.
 * @throws TallyError `out-of-range` with the cell and option that no number of its ballots explains; `mismatch`.
 */
export function countTally(
  log: DiscreteLog,
  tally: TallyDocument,
  cells: readonly Cell[],
  { cells: opened }: OpenedTally,
): CellCount[] {
  checkCells(tally, cells);
  return cells.flatMap((cell, i) => {
    const tallied = tally.cells[i];
    if (tallied === undefined) return [];
    const max = largestCount(cell, tallied);
    const points = opened.get(cell.id);
    const counts =
      tallied.mode === 'recorded'
        ? [...tallied.counts]
        : labels(cell).map((column, j) => {
            const point = points?.[j];
            const m = point === undefined ? 0 : log.find(point, max);
            if (m !== undefined) return m;
            throw new TallyError('out-of-range', `${cell.id}.${column}`, `no count up to ${max}`);
          });
    const wrong = impossibleCounts(cell, tallied.ballots, counts);
    if (wrong !== undefined) throw new TallyError('mismatch', cell.id, wrong);
    return [{ cell: cell.id, ballots: tallied.ballots, counts }];
  });
}

/** The encoding of m·G. */
function multiplesOfG(kernel: Kernel, m: number): Bytes {
  return kernel.encode(kernel.multiplyAndSum(kernel.generator, [scalarOf(m)]));
}

/** Why the count of a cell is not what its sums decrypt to; undefined if it is. */
function wrongCount(
  kernel: Kernel,
  cell: Cell,
  tallied: TallyCell,
  count: CellCount,
  points: readonly Bytes[] | undefined,
): string | undefined {
  if (count.ballots !== tallied.ballots) return `${count.ballots} ballots; the tally has ${tallied.ballots}`;
  const columns = labels(cell);
  if (count.counts.length !== columns.length) return 'not one count for each column';
  const isOpen = tallied.mode === 'recorded';
  const max = largestCount(cell, tallied);
  for (const [j, m] of count.counts.entries()) {
    const option = columns[j] ?? '';
    if (isOpen && m !== tallied.counts[j]) return `${m} for ${option}; the tally has ${tallied.counts[j]}`;
    if (isOpen) continue;
    if (!Number.isSafeInteger(m) || m < 0 || m > max) return `${m} for ${option} is not within 0 … ${max}`;
    const [own, opened] = [multiplesOfG(kernel, m), points?.[j] ?? IDENTITY];
    if (!equalBytes(own, opened)) {
      return `the sum for ${option} does not decrypt to ${m}`;
    }
  }
  return impossibleCounts(cell, tallied.ballots, count.counts);
}

/** What is wrong with published counts, cell by cell; empty if they are those of the tally. */
export function checkCounts(
  kernel: Kernel,
  tally: TallyDocument,
  cells: readonly Cell[],
  { cells: opened }: OpenedTally,
  counts: readonly CellCount[],
): { readonly where: string; readonly why: string }[] {
  if (counts.length !== tally.cells.length || counts.some(({ cell }, i) => cell !== tally.cells[i]?.id)) {
    return [{ where: 'counts', why: 'not one count for each cell of the tally, in order' }];
  }
  return cells.flatMap((cell, i) => {
    const [tallied, count] = [tally.cells[i], counts[i]];
    if (tallied === undefined || count === undefined) return [{ where: cell.id, why: 'no count' }];
    const why = wrongCount(kernel, cell, tallied, count, opened.get(cell.id));
    return why === undefined ? [] : [{ where: cell.id, why }];
  });
}
