/**
 * Counts one closed election in a thread of its own, says how far it is, and then makes count proofs from the
 * trees that it keeps.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type Bytes, fromBase64Url } from '../../crypto/bytes.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { parseEntry } from '../../record/envelope.ts';
import { type CountProof, proveCount } from '../../tally/count-proof.ts';
import {
  type CountingBallot,
  countLeaves,
  encodeContent,
  type ProvableTally,
  recomputeTally,
  type TallyBasis,
} from '../../tally/tally-document.ts';

/** Plain data for the thread. */
export interface TallyWork extends Omit<TallyBasis, 'ballotOf'> {
  /** Counting ballots: voter number, leaf and the entry's bytes. */
  readonly ballots: readonly { readonly voter: number; readonly leaf: Bytes; readonly bytes: Bytes }[];
}

export type TallyMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'tally'; readonly bytes: Bytes }
  | { readonly kind: 'proofs'; readonly id: number; readonly proofs: readonly CountProof[] };

export interface ProofRequest {
  readonly id: number;
  readonly voter: number;
}

const CIPHERTEXT_BYTES = 64;

function basisOf({ ballots, ...basis }: TallyWork): TallyBasis {
  const byVoter = new Map(ballots.map(({ voter, leaf, bytes }) => [voter, countingBallot(leaf, bytes)]));
  return { ...basis, ballotOf: (voter) => byVoter.get(voter) };
}

function countingBallot(leaf: Bytes, bytes: Bytes): CountingBallot {
  const entry = parseEntry(bytes);
  const contests = entry.type === 'ballot' ? entry.body.contests : [];
  return { leaf, contents: new Map(contests.map((contest) => [contest.id, encodeContent(contest)])) };
}

/** The kernel, saying after each decoding how many of the ciphertexts have been read. */
function reportingKernel(
  { ballots }: TallyWork,
  { ballotOf }: TallyBasis,
  report: (message: TallyMessage) => void,
): Kernel {
  const secret = ballots.flatMap(({ voter }) => Array.from(ballotOf(voter)?.contents.values() ?? []));
  const of = secret.reduce((sum, content) => sum + content.length / CIPHERTEXT_BYTES, 0);
  let done = 0;
  return {
    ...wasmKernel,
    decode: (bytes) => {
      const decoded = wasmKernel.decode(bytes);
      done += bytes.length / CIPHERTEXT_BYTES;
      report({ kind: 'progress', done, of });
      return decoded;
    },
  };
}

function proofsFor(voter: number, { cells, trees }: ProvableTally, basis: TallyBasis): CountProof[] {
  return cells.flatMap((cell, i) => {
    if (cell.body !== null) return [];
    const place = cell.voters.indexOf(voter);
    const tree = trees[i]?.tree;
    const leaf = countLeaves(basis, { ...cell, voters: Uint32Array.of(voter) })[0];
    if (place < 0 || tree === undefined || leaf === undefined) return [];
    const context = { ctx: fromBase64Url(basis.ctx), cell: cell.id, roll: basis.roll };
    return [proveCount(tree, context, leaf, place)];
  });
}

const port = parentPort;
if (port !== null) {
  const work = workerData as TallyWork;
  const report = (message: TallyMessage): void => port.postMessage(message);
  const basis = basisOf(work);
  const tally = recomputeTally(reportingKernel(work, basis, report), basis);
  report({ kind: 'tally', bytes: tally.bytes });
  port.on('message', ({ id, voter }: ProofRequest) => {
    report({ kind: 'proofs', id, proofs: proofsFor(voter, tally, basis) });
  });
}
