/**
 * The tally of a recount (docs/protocol.md §9.4): as tally-document.ts computes it, but part by part, in whatever
 * threads there are, and nothing is kept for proofs. So memory does not grow with the count trees.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { fromBase64Url } from '../crypto/bytes.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import type { TallyCell } from '../record/entries.ts';
import type { Cell } from './cells.ts';
import { choiceColumns, ciphertextColumns } from './contest-adder.ts';
import { CountEdge, type CountedPart, type CountPart, PART } from './count-part.ts';
import type { CountedBallots } from './counted-ballots.ts';
import { recordedCell, secretCell, type Tally, type TallyBasis, tallyOf } from './tally-document.ts';

/** Counts parts, in this thread or another. */
export interface PartCounter {
  /** How many parts are worth asking for before the first is answered. */
  readonly width: number;
  count(part: CountPart): Promise<CountedPart>;
}

export interface RecountBasis extends Omit<TallyBasis, 'ballotOf'> {
  readonly ballots: CountedBallots;
  /** The leaf of a voter's counting ballot. */
  readonly leafOf: (voter: number) => Bytes | undefined;
}

const LEAF_BYTES = 32;

function partOf({ ctx, roll, ballots, leafOf }: RecountBasis, cell: Cell, first: number): CountPart {
  const voters = cell.voters.slice(first, first + PART);
  const leaves = new Uint8Array(voters.length * LEAF_BYTES);
  const lengths = new Uint32Array(voters.length);
  for (const [i, voter] of voters.entries()) {
    const leaf = leafOf(voter);
    if (leaf === undefined) continue;
    leaves.set(leaf, i * LEAF_BYTES);
    lengths[i] = ballots.lengthOf(voter, cell.contest.id);
  }
  const contents = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const hints = new Uint8Array(cell.college.mode === 'secret' ? contents.length : 0);
  let at = 0;
  for (const [i, voter] of voters.entries()) {
    const length = lengths[i] ?? 0;
    if (length === 0) continue;
    ballots.readContent(voter, cell.contest.id, contents.subarray(at, at + length));
    if (hints.length > 0) ballots.readHints(voter, cell.contest.id, hints.subarray(at, at + length));
    at += length;
  }
  return {
    context: { ctx: fromBase64Url(ctx), cell: cell.id, roll },
    contest: cell.contest,
    mode: cell.college.mode,
    voters,
    leaves,
    lengths,
    contents,
    hints,
  };
}

/** Gives the counted parts of a cell to `take`, in order. */
async function countParts(
  basis: RecountBasis,
  cell: Cell,
  counter: PartCounter,
  take: (part: CountedPart) => void,
): Promise<void> {
  const asked: Promise<CountedPart>[] = [];
  const settle = async (most: number): Promise<void> => {
    while (asked.length > most) {
      const first = await asked.shift();
      if (first !== undefined) take(first);
    }
  };
  for (let first = 0; first < cell.voters.length; first += PART) {
    const counted = counter.count(partOf(basis, cell, first));
    // It is awaited in its turn, which does not come if something fails before.
    counted.catch(() => undefined);
    asked.push(counted);
    await settle(counter.width);
  }
  await settle(0);
}

/** @throws TallyError `bad-encoding` with the voter number of a ballot that could not have been accepted. */
export async function recountTally(
  kernel: Kernel,
  basis: RecountBasis,
  counter: PartCounter,
): Promise<Tally> {
  const tallied: TallyCell[] = [];
  for (const cell of basis.cells) {
    if (cell.college.mode === 'secret') {
      const edge = new CountEdge(ciphertextColumns(kernel, cell.contest));
      await countParts(basis, cell, counter, (part) => edge.push(part));
      const { ballots, voters } = edge;
      tallied.push(secretCell(kernel, cell.id, { ballots, voters, ...edge.finish() }));
    } else {
      const edge = new CountEdge(choiceColumns(cell.contest));
      await countParts(basis, cell, counter, (part) => edge.push(part));
      const { ballots, voters } = edge;
      tallied.push(recordedCell(cell.id, { ballots, voters, ...edge.finish() }));
    }
  }
  return tallyOf(basis, tallied);
}
