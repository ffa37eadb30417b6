/**
 * Counts one election in a thread of its own: while voting is open it keeps the count up, when voting has closed it
 * makes the tally, and then it proves to voters what was counted.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type Bytes, fromBase64Url } from '../../crypto/bytes.ts';
import { ELEMENT_BYTES } from '../../crypto/group.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { parseEntry } from '../../record/envelope.ts';
import type { Cell } from '../../tally/cells.ts';
import { type CountProof, proveCount } from '../../tally/count-proof.ts';
import { LiveCount } from '../../tally/live-count.ts';
import {
  type CountingBallot,
  countLeaves,
  encodeContent,
  type ProvableTally,
  type TallyBasis,
} from '../../tally/tally-document.ts';

/** Voter number, leaf and the entry's bytes. */
export interface CastBallot {
  readonly voter: number;
  readonly leaf: Bytes;
  readonly bytes: Bytes;
}

/** Plain data for the thread. */
export interface TallyWork extends Omit<TallyBasis, 'ballotOf' | 'closing'> {
  /** The counting ballots so far. */
  readonly ballots: readonly CastBallot[];
}

export type TallyRequest =
  /** These have been cast since, in order. */
  | { readonly kind: 'ballots'; readonly ballots: readonly CastBallot[] }
  | {
      readonly kind: 'close';
      readonly closing: string;
      /** All that are published. */
      readonly cells: readonly Cell[];
      /** Of every voter the leaf of the counting ballot, zeros where there is none. */
      readonly leaves: Bytes;
    }
  | { readonly kind: 'prove'; readonly id: number; readonly voter: number };

export type TallyMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'tally'; readonly bytes: Bytes }
  | { readonly kind: 'proofs'; readonly id: number; readonly proofs: readonly CountProof[] };

/** Ballots that come one upon another touch the same voters' neighbours: what they touch is counted when they pause. */
const PAUSE_MILLISECONDS = 300;

function countingBallot({ leaf, bytes }: CastBallot): CountingBallot {
  const entry = parseEntry(bytes);
  const contests = entry.type === 'ballot' ? entry.body.contests : [];
  return { leaf, contents: new Map(contests.map((contest) => [contest.id, encodeContent(contest)])) };
}

/** The kernel, saying after each decoding how many of the points have been read. */
function reportingKernel(of: number, report: (message: TallyMessage) => void): Kernel {
  let done = 0;
  return {
    ...wasmKernel,
    decode: (bytes, hints) => {
      const decoded = wasmKernel.decode(bytes, hints);
      done = Math.min(of, done + bytes.length / ELEMENT_BYTES);
      report({ kind: 'progress', done, of });
      return decoded;
    },
  };
}

class TallyingThread {
  readonly #work: TallyWork;
  readonly #live: LiveCount;
  readonly #report: (message: TallyMessage) => void;
  #tally: ProvableTally | null = null;
  #pause: NodeJS.Timeout | undefined;

  constructor(work: TallyWork, report: (message: TallyMessage) => void) {
    this.#work = work;
    this.#report = report;
    const ballots = new Map(work.ballots.map((cast) => [cast.voter, countingBallot(cast)]));
    // Choices of recorded ballots are no points, and take no time.
    const points = (content: Bytes): number => Math.floor(content.length / ELEMENT_BYTES);
    const contents = Array.from(ballots.values(), (ballot) => [...ballot.contents.values()]).flat();
    const of = contents.reduce((sum, content) => sum + points(content), 0);
    this.#live = new LiveCount(reportingKernel(of, report), work, ballots);
  }

  answer(request: TallyRequest): void {
    if (request.kind === 'ballots') {
      for (const cast of request.ballots) this.#live.take(cast.voter, countingBallot(cast));
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#catchUp(), PAUSE_MILLISECONDS);
    } else if (request.kind === 'close') {
      this.#close(request);
    } else {
      this.#report({ kind: 'proofs', id: request.id, proofs: this.#prove(request.voter) });
    }
  }

  /** A little at a time: requests that have come are answered between. */
  #catchUp(): void {
    if (!this.#live.refresh()) this.#pause = setTimeout(() => this.#catchUp(), 0);
  }

  #close({ closing, cells, leaves }: Extract<TallyRequest, { kind: 'close' }>): void {
    if (!this.#live.isOf(leaves)) throw new Error('the ballots counted so far are not those of the log');
    this.#tally = this.#live.tally(closing, cells);
    this.#report({ kind: 'tally', bytes: this.#tally.bytes });
  }

  #prove(voter: number): CountProof[] {
    const { cells, trees } = this.#tally ?? { cells: [], trees: [] };
    const basis = { ballotOf: (of: number) => this.#live.ballotOf(of) };
    const { ctx, roll } = this.#work;
    return cells.flatMap((cell, i) => {
      if (cell.body !== null) return [];
      const place = cell.voters.indexOf(voter);
      const tree = trees[i]?.tree;
      const leaf = countLeaves(basis, cell).at(place);
      if (place < 0 || tree === undefined || leaf === undefined) return [];
      return [proveCount(tree, { ctx: fromBase64Url(ctx), cell: cell.id, roll }, leaf, place)];
    });
  }
}

const port = parentPort;
if (port !== null) {
  const thread = new TallyingThread(workerData as TallyWork, (message) => port.postMessage(message));
  port.on('message', (request: TallyRequest) => thread.answer(request));
}
