/**
 * Verifying many ballots at once: every equation of docs/protocol.md §6.3, each times a random weight, adds up
 * to one multi-scalar multiplication. If an equation is false, the sum is the identity with probability 2^−128.
 * All input is hostile, and public.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat } from '../bytes.ts';
import { CIPHERTEXT_BYTES } from '../elgamal.ts';
import { CryptoError } from '../errors.ts';
import { ELEMENT_BYTES, parseNonIdentity } from '../group.ts';
import type { Kernel, Points } from '../kernel/kernel.ts';
import { GROUP_ORDER, type RandomSource, type Scalar, scalarOf } from '../scalar.ts';
import { type BallotProof, parseBallotProof } from './ballot-proof-codec.ts';
import {
  allChallenges,
  type BallotStatement,
  ballotChallenge,
  countCiphertexts,
  countValues,
  hashCommitments,
} from './ballot-statement.ts';
import { verifyBallotProof } from './verify-ballot.ts';

export interface ProvedStatement {
  readonly statement: BallotStatement;
  readonly proof: Bytes;
}

/** A ballot of the right form, whose every scalar decodes. */
interface Parsed {
  readonly statement: BallotStatement;
  readonly proof: BallotProof;
  readonly e: Scalar;
  /** P, α₁, β₁, α₂, β₂ …, T, A, B, A, B …: the order of their coefficients too. */
  readonly encodings: Bytes;
}

/** And whose every point does. */
interface Decoded extends Parsed {
  readonly points: Points;
}

const WEIGHT_BYTES = 16;

/** The one encoding of the identity. */
const isIdentityEncoding = (bytes: Bytes): boolean => bytes.every((byte) => byte === 0);

/** Undefined for what cannot enter a batch. */
function parse({ statement, proof: bytes }: ProvedStatement): Parsed | undefined {
  const { M, P, ciphertexts, clauses } = statement;
  let proof: BallotProof;
  let count: number;
  try {
    proof = parseBallotProof(bytes, clauses);
    count = countCiphertexts(ciphertexts);
  } catch {
    return undefined;
  }
  if (clauses.some(({ terms }) => terms.some(([index]) => index >= count))) return undefined;
  if (P.length !== ELEMENT_BYTES || isIdentityEncoding(P)) return undefined;
  for (let at = 0; at < ciphertexts.length; at += CIPHERTEXT_BYTES) {
    if (isIdentityEncoding(ciphertexts.subarray(at, at + ELEMENT_BYTES))) return undefined;
  }
  return {
    statement,
    proof,
    e: ballotChallenge(M, hashCommitments(proof.commitments)),
    encodings: concat(P, ciphertexts, proof.commitments),
  };
}

/** Decodes the points of all ballots at once; undefined for those that have a bad one. */
function decode(kernel: Kernel, ballots: readonly (Parsed | undefined)[]): (Decoded | undefined)[] {
  const decoded = kernel.decode(concat(...ballots.flatMap((ballot) => ballot?.encodings ?? [])));
  const bad = new Set(decoded.ok ? [] : decoded.bad);
  let end = 0;
  return ballots.map((ballot) => {
    if (ballot === undefined) return undefined;
    const start = end;
    end += ballot.encodings.length / ELEMENT_BYTES;
    for (let i = start; bad.size > 0 && i < end; i += 1) if (bad.has(i)) return undefined;
    return { ...ballot, points: kernel.slice(decoded.points, start, end) };
  });
}

/** Weights of 128 bits, of the verifier's own choosing, once the ballots are fixed: the next at each call. */
function drawWeights(count: number, random: RandomSource): () => bigint {
  const bytes = random(WEIGHT_BYTES * count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  // Reading beyond the last weight throws.
  return () => {
    at += WEIGHT_BYTES;
    return (view.getBigUint64(at - WEIGHT_BYTES) << 64n) | view.getBigUint64(at - WEIGHT_BYTES / 2);
  };
}

/** Σ weight·(right − left) over the equations of one ballot, as coefficients of its points, of G and of Y. */
interface Combination {
  readonly own: readonly bigint[];
  readonly G: bigint;
  readonly Y: bigint;
}

function combine(
  { statement: { clauses, ciphertexts }, proof, e }: Decoded,
  random: RandomSource,
): Combination {
  const weight = drawWeights(1 + 2 * countValues(clauses), random);
  const t = weight();
  // T + e·P − r·G
  const ofP = t * e;
  let ofG = -t * proof.response;
  let ofY = 0n;
  const ofCiphertexts = Array.from({ length: ciphertexts.length / ELEMENT_BYTES }, () => 0n);
  const ofCommitments = [t];
  clauses.forEach(({ terms, set }, i) => {
    const { challenges = [], responses = [] } = proof.clauses[i] ?? {};
    const all = allChallenges(e, challenges);
    let ofAlpha = 0n;
    let ofBeta = 0n;
    set.forEach((v, j) => {
      const [c, r] = [all[j] ?? 0n, responses[j] ?? 0n];
      const [a, b] = [weight(), weight()];
      // A + c·α' − r·G and B + c·(β' − v·G) − r·Y
      ofCommitments.push(a, b);
      ofAlpha += a * c;
      ofBeta += b * c;
      ofG -= a * r + b * c * BigInt(v);
      ofY -= b * r;
    });
    for (const [index, coefficient] of terms) {
      ofCiphertexts[2 * index] = (ofCiphertexts[2 * index] ?? 0n) + BigInt(coefficient) * ofAlpha;
      ofCiphertexts[2 * index + 1] = (ofCiphertexts[2 * index + 1] ?? 0n) + BigInt(coefficient) * ofBeta;
    }
  });
  return { own: [ofP, ...ofCiphertexts, ...ofCommitments], G: ofG, Y: ofY };
}

function reduce(n: bigint): Scalar {
  const rest = n % GROUP_ORDER;
  return scalarOf(rest < 0n ? rest + GROUP_ORDER : rest);
}

/** Whether every equation of every ballot holds. */
function allHold(kernel: Kernel, Y: Points, ballots: readonly Decoded[], random: RandomSource): boolean {
  const points = kernel.concat([kernel.generator, Y, ...ballots.map((ballot) => ballot.points)]);
  const scalars: Scalar[] = [];
  let [ofG, ofY] = [0n, 0n];
  for (const ballot of ballots) {
    const combination = combine(ballot, random);
    ofG += combination.G;
    ofY += combination.Y;
    for (const coefficient of combination.own) scalars.push(reduce(coefficient));
  }
  return kernel.isIdentity(kernel.multiplyAndSum(points, [reduce(ofG), reduce(ofY), ...scalars]));
}

/** Those among `ballots` that do not hold alone, by halves, each with weights of its own. */
function suspects(kernel: Kernel, Y: Points, ballots: readonly Decoded[], random: RandomSource): Decoded[] {
  if (allHold(kernel, Y, ballots, random)) return [];
  if (ballots.length === 1) return [...ballots];
  const middle = ballots.length >> 1;
  return [ballots.slice(0, middle), ballots.slice(middle)].flatMap((half) =>
    suspects(kernel, Y, half, random),
  );
}

function settle({ statement, proof }: ProvedStatement, key: Bytes | null): CryptoError | null {
  try {
    verifyBallotProof(statement, key, proof);
    return null;
  } catch (error) {
    if (error instanceof CryptoError) return error;
    throw error;
  }
}

/**
 * For each ballot null, or what `verifyBallotProof` says of it: every ballot that does not pass in the batch is
 * settled by that, alone.
 * @param key Y, 32 bytes; null if no ballot has clauses.
 * @throws CryptoError if `key` itself is bad.
 */
export function verifyBallotProofs(
  kernel: Kernel,
  key: Bytes | null,
  ballots: readonly ProvedStatement[],
  random: RandomSource = randomBytes,
): (CryptoError | null)[] {
  if (key !== null) parseNonIdentity(key, 'key');
  const Y = key === null ? kernel.identities(1) : kernel.decode(key).points;
  const decoded = decode(
    kernel,
    ballots.map((ballot) =>
      key === null && ballot.statement.clauses.length > 0 ? undefined : parse(ballot),
    ),
  );
  const batch = decoded.filter((ballot) => ballot !== undefined);
  const bad = new Set(batch.length === 0 ? [] : suspects(kernel, Y, batch, random));
  return ballots.map((ballot, i) => {
    const own = decoded[i];
    return own === undefined || bad.has(own) ? settle(ballot, key) : null;
  });
}
