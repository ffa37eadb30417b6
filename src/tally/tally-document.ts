/**
 * The tally: roots and sums of all cells (docs/protocol.md §9.4), one deterministic function of the record's
 * closed ballots. The ballot box publishes it, trustees and verifiers compute it again.
 */
import type { VotedContest } from '../ballot/ballot-entry.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, concat, fromBase64Url, toBase64Url, u64 } from '../crypto/bytes.ts';
import type { Kernel, Points } from '../crypto/kernel/kernel.ts';
import type { TallyCell, TallyDocument } from '../record/entries.ts';
import type { Cell } from './cells.ts';
import { choiceColumns, ciphertextColumns } from './contest-adder.ts';
import { type CountLeaves, CountTree } from './count-tree.ts';
import type { ContentHints } from './sums.ts';

/** A ballot at the head of its voter's chain. */
export interface CountingBallot {
  /** Its leaf in the log. */
  readonly leaf: Bytes;
  /** What it says in each contest, by contest id: α₁‖β₁‖… or u64(choice)‖…. */
  readonly contents: ReadonlyMap<string, Bytes>;
}

/** Everything that a tally depends on. */
export interface TallyBasis {
  /** Names of the election, the opening and the closing, in base64url. */
  readonly election: string;
  readonly ctx: string;
  readonly closing: string;
  readonly cells: readonly Cell[];
  /** The size of the roll. */
  readonly roll: number;
  /** The counting ballot of a voter number. */
  readonly ballotOf: (voter: number) => CountingBallot | undefined;
}

export type CellTree =
  | { readonly mode: 'secret'; readonly tree: CountTree<Points> }
  | { readonly mode: 'recorded'; readonly tree: CountTree<readonly bigint[]> };

export interface Tally {
  readonly document: TallyDocument;
  /** The blob. */
  readonly bytes: Bytes;
  readonly cells: readonly Cell[];
}

/** A tally with what proves it to each voter. */
export interface ProvableTally extends Tally {
  /** One for each cell, in order. */
  readonly trees: readonly CellTree[];
}

/** The content of one contest of a ballot, as leaves of count trees have it (§9.3). */
export function encodeContent(contest: VotedContest): Bytes {
  return contest.mode === 'secret'
    ? fromBase64Url(contest.ciphertexts)
    : concat(...contest.choices.map((choice) => u64(choice)));
}

/** The leaves of a cell's count tree, as the basis has them when they are asked for. */
export function countLeaves({ ballotOf }: Pick<TallyBasis, 'ballotOf'>, cell: Cell): CountLeaves {
  return {
    length: cell.voters.length,
    at: (place) => {
      const voter = cell.voters[place];
      if (voter === undefined) return undefined;
      const ballot = ballotOf(voter);
      const content = ballot?.contents.get(cell.contest.id);
      return { voter, ballot: ballot && content ? { leaf: ballot.leaf, content } : null };
    },
  };
}

/**
 * The count tree of one cell.
 * @param hints where contents are read more than once.
 * @throws TallyError `bad-encoding` with the voter number of a ballot that could not have been accepted.
 */
export function buildCellTree(
  kernel: Kernel,
  basis: Pick<TallyBasis, 'ctx' | 'roll' | 'ballotOf'>,
  cell: Cell,
  hints?: ContentHints,
): CellTree {
  const context = { ctx: fromBase64Url(basis.ctx), cell: cell.id, roll: basis.roll };
  const leaves = countLeaves(basis, cell);
  return cell.college.mode === 'secret'
    ? { mode: 'secret', tree: new CountTree(context, ciphertextColumns(kernel, cell.contest, hints), leaves) }
    : { mode: 'recorded', tree: new CountTree(context, choiceColumns(cell.contest), leaves) };
}

/** A cell as the tally has it. */
export interface CountedCell<S> {
  readonly ballots: number;
  readonly voters: number;
  readonly root: Bytes;
  readonly total: S;
}

export function secretCell(kernel: Kernel, id: string, counted: CountedCell<Points>): TallyCell {
  const { ballots, voters, root, total } = counted;
  const sums = toBase64Url(kernel.encode(total));
  return { id, mode: 'secret', ballots, voters, root: toBase64Url(root), sums };
}

export function recordedCell(id: string, counted: CountedCell<readonly bigint[]>): TallyCell {
  const { ballots, voters, root, total } = counted;
  return { id, mode: 'recorded', ballots, voters, root: toBase64Url(root), counts: total.map(Number) };
}

export function tallyOf(
  { election, ctx, closing, cells }: Pick<TallyBasis, 'election' | 'ctx' | 'closing' | 'cells'>,
  tallied: TallyCell[],
): Tally {
  const document: TallyDocument = { v: 1, election, ctx, closing, cells: tallied };
  return { document, bytes: encodeCanonical(document), cells };
}

/** @throws TallyError as `buildCellTree` does. */
export function recomputeTally(kernel: Kernel, basis: TallyBasis): ProvableTally {
  const trees = basis.cells.map((cell) => buildCellTree(kernel, basis, cell));
  return { ...tallyOf(basis, tallyTrees(kernel, basis.cells, trees)), trees };
}

export function tallyTrees(kernel: Kernel, cells: readonly Cell[], trees: readonly CellTree[]): TallyCell[] {
  return cells.flatMap(({ id }, i) => {
    const counted = trees[i];
    if (counted === undefined) return [];
    return [
      counted.mode === 'secret' ? secretCell(kernel, id, counted.tree) : recordedCell(id, counted.tree),
    ];
  });
}
