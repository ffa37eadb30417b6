/**
 * A whole record of an election that nobody held, from manifest to result: for benchmarks of the recount. FOR
 * SIMULATION ONLY: its ballots are valid, and hide nothing.
 */
import { availableParallelism } from 'node:os';
import { signCheckpoint } from '../board/checkpoint.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { applyUnreadable } from '../record/election-state.ts';
import { publishRoll } from '../roll/build-roll.ts';
import { cellsOf } from '../tally/cells.ts';
import { type CountingBallot, recomputeTally } from '../tally/tally-document.ts';
import { RecordFolder } from './record-folder.ts';
import { PART, simulateBallots } from './simulate-ballots.ts';
import { CONTEST, SimulatedElection } from './simulated-election.ts';
import { Credentials, type SimulatedVoters, votes } from './simulated-voters.ts';
import type { BallotsAnswer } from './workers/ballots-worker.ts';

const LEAF_BYTES = 32;

export interface SimulatedRecordOptions {
  readonly members: number;
  /** Options of the one contest. */
  readonly options: number;
  /** How many a ballot may choose; exactly one without it. */
  readonly most?: number;
  /** Per cent of the members; all of them without it. */
  readonly turnout?: number;
  readonly seed: string;
  /** A new folder. */
  readonly directory: string;
  /** All of them without it. */
  readonly cores?: number;
  /** Ballots made so far. */
  readonly onProgress?: (ballots: number) => void;
}

export interface SimulatedRecord {
  /** The manifest's leaf, in base64url. */
  readonly election: string;
  readonly ballots: number;
  /** Entries of the log. */
  readonly entries: number;
}

/** Voter numbers by member: members are numbered from 0, voters by their keys from 1. */
function voterNumbers(keys: Bytes): Uint32Array {
  const view = new DataView(keys.buffer, keys.byteOffset, keys.length);
  const members = keys.length / ELEMENT_BYTES;
  const order = Uint32Array.from({ length: members }, (_, i) => i);
  const word = (i: number, at: number): bigint => view.getBigUint64(i * ELEMENT_BYTES + at);
  order.sort((a, b) => {
    for (let at = 0; at < ELEMENT_BYTES; at += 8) {
      const [x, y] = [word(a, at), word(b, at)];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  });
  const numbers = new Uint32Array(members);
  order.forEach((member, place) => {
    numbers[member] = place + 1;
  });
  return numbers;
}

function* entriesOf(bundle: Bytes): Generator<Bytes, void, void> {
  for (let at = 0; at < bundle.length; ) {
    const length = (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    yield bundle.subarray(at + 2, at + 2 + length);
    at += 2 + length;
  }
}

/** Contents and leaves of the ballots by voter, for the tally. */
class Counted {
  readonly #size: number;
  readonly #contents: Bytes;
  readonly #leaves: Bytes;
  readonly #voted: Uint8Array;

  constructor(members: number, options: number) {
    this.#size = options * CIPHERTEXT_BYTES;
    this.#contents = new Uint8Array(members * this.#size);
    this.#leaves = new Uint8Array(members * LEAF_BYTES);
    this.#voted = new Uint8Array(members);
  }

  /** @param n the ballot's place in the answer. */
  add(voter: number, { leaves, contents }: BallotsAnswer, n: number): void {
    const place = voter - 1;
    this.#voted[place] = 1;
    this.#leaves.set(leaves.subarray(n * LEAF_BYTES, (n + 1) * LEAF_BYTES), place * LEAF_BYTES);
    this.#contents.set(contents.subarray(n * this.#size, (n + 1) * this.#size), place * this.#size);
  }

  readonly ballotOf = (voter: number): CountingBallot | undefined => {
    const place = voter - 1;
    if (this.#voted[place] !== 1) return undefined;
    const content = this.#contents.subarray(place * this.#size, voter * this.#size);
    return {
      leaf: this.#leaves.subarray(place * LEAF_BYTES, voter * LEAF_BYTES),
      contents: new Map([[CONTEST, content]]),
    };
  };
}

/** Writes the record, on all cores. */
export async function writeSimulatedRecord(options: SimulatedRecordOptions): Promise<SimulatedRecord> {
  const { members, seed, directory, turnout = 100, cores = availableParallelism() } = options;
  const contest = { options: options.options, most: options.most ?? 1 };
  const voters: SimulatedVoters = { seed, members, turnout, contest };
  const folder = new RecordFolder(directory);
  const election = new SimulatedElection(seed, contest, folder);
  const { state } = election;

  const keys = new Credentials(wasmKernel, seed).publicKeys(0, members);
  const roll = election.rollOf(
    Array.from({ length: members }, (_, i) => keys.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)),
  );
  const context = election.open(publishRoll(roll, state.manifest));
  const numbers = voterNumbers(keys);
  const counted = new Counted(members, contest.options);
  let ballots = 0;
  for await (const answer of simulateBallots(voters, context, cores)) {
    const entries = entriesOf(answer.entries);
    let n = 0;
    for (let i = answer.start; i < Math.min(members, answer.start + PART); i += 1) {
      if (!votes(voters, i)) continue;
      const { value } = entries.next();
      if (value !== undefined) folder.entry(value);
      applyUnreadable(state, answer.leaves.slice(n * LEAF_BYTES, (n + 1) * LEAF_BYTES));
      counted.add(numbers[i] ?? 0, answer, n);
      n += 1;
    }
    ballots += answer.ballots;
    options.onProgress?.(ballots);
  }
  const tally = recomputeTally(wasmKernel, {
    election: state.election,
    ctx: context.ctx,
    closing: election.close(),
    cells: cellsOf(state.manifest, roll.lines),
    roll: members,
    ballotOf: counted.ballotOf,
  });
  election.declare(wasmKernel, tally);
  const { tree, manifest } = state;
  const checkpoint = { origin: manifest.origin, size: tree.size, root: tree.root() };
  folder.finish(tree, signCheckpoint(checkpoint, election.logKey));
  return { election: state.election, ballots, entries: tree.size };
}
