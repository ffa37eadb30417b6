/**
 * The count of an open election, kept up while ballots come in (docs/protocol.md §9.2, §9.3): a running sum and a count
 * tree for every cell. Only what was touched is counted again, so that little is left to do when voting closes, and
 * the sum, which knows nothing of the tree, is what the tree has to come to. Ballots have been verified before.
 */
import { type Bytes, equalBytes } from '../crypto/bytes.ts';
import type { Kernel, Points } from '../crypto/kernel/kernel.ts';
import type { Cell } from './cells.ts';
import { ciphertextColumns } from './contest-adder.ts';
import type { CountTree } from './count-tree.ts';
import { TallyError } from './errors.ts';
import { type ContentHints, RunningSum } from './sums.ts';
import {
  buildCellTree,
  type CellTree,
  type CountingBallot,
  type ProvableTally,
  type TallyBasis,
  tallyOf,
  tallyTrees,
} from './tally-document.ts';

/** Where a voter is in a cell, whose voters ascend; −1: nowhere. */
function placeIn({ voters }: Cell, voter: number): number {
  let low = 0;
  let high = voters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((voters[middle] ?? 0) < voter) low = middle + 1;
    else high = middle;
  }
  return voters[low] === voter ? low : -1;
}

interface LiveCell {
  readonly cell: Cell;
  readonly counted: CellTree;
  /** Null in recorded cells, whose counts anybody can add up. */
  readonly sum: RunningSum | null;
}

export class LiveCount {
  readonly #kernel: Kernel;
  readonly #basis: Pick<TallyBasis, 'election' | 'ctx' | 'roll' | 'ballotOf'>;
  readonly #ballots: Map<number, CountingBallot>;
  readonly #hints: ContentHints = new WeakMap();
  readonly #cells: readonly LiveCell[];

  /**
   * @param ballots the counting ballots so far, by voter number.
   * @throws TallyError `bad-encoding` for ballots that could not have been accepted.
   */
  constructor(
    kernel: Kernel,
    basis: Pick<TallyBasis, 'election' | 'ctx' | 'roll' | 'cells'>,
    ballots: ReadonlyMap<number, CountingBallot>,
  ) {
    this.#kernel = kernel;
    this.#ballots = new Map(ballots);
    this.#basis = { ...basis, ballotOf: (voter) => this.#ballots.get(voter) };
    this.#cells = basis.cells.map((cell) => ({
      cell,
      counted: buildCellTree(kernel, this.#basis, cell, this.#hints),
      sum: this.#sumOf(cell),
    }));
  }

  #sumOf(cell: Cell): RunningSum | null {
    if (cell.college.mode === 'recorded') return null;
    const sum = new RunningSum(this.#kernel, ciphertextColumns(this.#kernel, cell.contest, this.#hints));
    for (const voter of cell.voters) {
      const content = this.#ballots.get(voter)?.contents.get(cell.contest.id);
      if (content !== undefined) sum.add(content);
    }
    return sum;
  }

  /** The ballot of a voter number, which the server keeps to prove what was counted. */
  ballotOf(voter: number): CountingBallot | undefined {
    return this.#ballots.get(voter);
  }

  /** The voter's ballot is this one now. @throws TallyError `bad-encoding`. */
  take(voter: number, ballot: CountingBallot): void {
    const before = this.#ballots.get(voter);
    this.#ballots.set(voter, ballot);
    for (const { cell, counted, sum } of this.#cells) {
      const place = placeIn(cell, voter);
      if (place < 0) continue;
      counted.tree.touch(place);
      const content = ballot.contents.get(cell.contest.id);
      if (content !== undefined) sum?.add(content, before?.contents.get(cell.contest.id));
    }
  }

  /** Counts some of what was touched. @returns whether all is counted. */
  refresh(): boolean {
    for (const { counted } of this.#cells) if (!counted.tree.refresh(1)) return false;
    return true;
  }

  /** Whether the leaf of every voter's counting ballot is this; 32 zero bytes where there is none. */
  isOf(leaves: Bytes): boolean {
    const none = new Uint8Array(32);
    for (let voter = 1; voter <= this.#basis.roll; voter += 1) {
      const own = this.#ballots.get(voter)?.leaf ?? none;
      if (!equalBytes(own, leaves.subarray(32 * (voter - 1), 32 * voter))) return false;
    }
    return leaves.length === 32 * this.#basis.roll;
  }

  /**
   * @param cells all that are published: those kept up here, and others, which are counted now.
   * @throws TallyError `mismatch` with a cell whose tree does not come to its running sum.
   */
  tally(closing: string, cells: readonly Cell[]): ProvableTally {
    const kept = new Map(this.#cells.map((live) => [live.cell.id, live]));
    for (const live of this.#cells) this.#compare(live);
    const trees = cells.map(
      (cell) => kept.get(cell.id)?.counted ?? buildCellTree(this.#kernel, this.#basis, cell, this.#hints),
    );
    return { ...tallyOf({ ...this.#basis, closing, cells }, tallyTrees(this.#kernel, cells, trees)), trees };
  }

  #compare({ cell, counted, sum }: LiveCell): void {
    if (sum === null || counted.mode !== 'secret') return;
    const { ballots, total }: CountTree<Points> = counted.tree;
    if (ballots === sum.ballots && equalBytes(this.#kernel.encode(total), sum.encode())) return;
    throw new TallyError('mismatch', cell.id, 'the count tree does not come to the running sum');
  }
}
