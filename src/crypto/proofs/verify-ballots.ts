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
import type { Kernel, Points, SumPlan } from '../kernel/kernel.ts';
import {
  addScalars,
  encodeScalar,
  isScalar,
  parseScalar,
  type RandomSource,
  SCALAR_BYTES,
  ZERO,
} from '../scalar.ts';
import { ballotChallenges } from './ballot-challenges.ts';
import { ballotPlan } from './ballot-equations.ts';
import { ballotProofBytes, commitmentBytes } from './ballot-proof-codec.ts';
import { type BallotStatement, countCiphertexts } from './ballot-statement.ts';
import { verifyBallotProof } from './verify-ballot.ts';

export interface ProvedStatement {
  readonly statement: BallotStatement;
  readonly proof: Bytes;
  /** Of its encodings, in the order of `ballotEncodings`: they save time, and are not trusted. */
  readonly hints?: Bytes | undefined;
}

/** What ballots with the same clauses and number of ciphertexts have in common. */
interface Shape {
  readonly plan: SumPlan;
  /** Length of K and of the proof. */
  readonly commitments: number;
  readonly proof: number;
}

/** Ballots of one shape whose every point and scalar decodes, side by side. */
interface Group {
  readonly shape: Shape;
  /** Their places among all. */
  readonly places: readonly number[];
  /** P, α₁, β₁, α₂, β₂ …, T, A, B, A, B … of each. */
  readonly points: Points;
  /** 1, e, and the scalars of the proof, of each. */
  readonly scalars: Bytes;
}

/** Those of a group from `start` to before `end`. */
interface Part {
  readonly group: Group;
  readonly start: number;
  readonly end: number;
}

/** Of M. */
const HASH_BYTES = 64;
const WEIGHT_BYTES = 16;

/** The one encoding of the identity. */
function isIdentityEncoding(bytes: Bytes, at: number): boolean {
  for (let i = at; i < at + ELEMENT_BYTES; i += 1) if (bytes[i] !== 0) return false;
  return true;
}

/** The shape of statements that can enter a batch; undefined for others. */
function shapeOf({ ciphertexts, clauses }: BallotStatement, hasKey: boolean): Shape | undefined {
  if (!hasKey && clauses.length > 0) return undefined;
  if (ciphertexts.length % CIPHERTEXT_BYTES !== 0) return undefined;
  const count = countCiphertexts(ciphertexts);
  if (clauses.some(({ terms }) => terms.some(([index]) => index >= count))) return undefined;
  return {
    plan: ballotPlan(clauses, count),
    commitments: commitmentBytes(clauses),
    proof: ballotProofBytes(clauses),
  };
}

/** Whether a ballot has its shape's lengths, no identity where none may be, and scalars below ℓ. */
function isWellFormed({ statement, proof }: ProvedStatement, shape: Shape): boolean {
  const { M, P, ciphertexts } = statement;
  if (proof.length !== shape.proof || M.length !== HASH_BYTES) return false;
  if (P.length !== ELEMENT_BYTES || isIdentityEncoding(P, 0)) return false;
  for (let at = 0; at < ciphertexts.length; at += CIPHERTEXT_BYTES) {
    if (isIdentityEncoding(ciphertexts, at)) return false;
  }
  for (let at = shape.commitments; at < proof.length; at += SCALAR_BYTES) {
    if (!isScalar(proof, at)) return false;
  }
  return true;
}

/** The encodings that verifying a ballot decodes: P, the ciphertexts, and K. Hints are for these, in this order. */
export function ballotEncodings({ statement, proof }: ProvedStatement): Bytes {
  return concat(statement.P, statement.ciphertexts, proof.subarray(0, commitmentBytes(statement.clauses)));
}

/** Side by side: what `of` gives for each ballot, `size` bytes; zeros where it gives nothing. */
function gather(
  ballots: readonly ProvedStatement[],
  size: number,
  of: (ballot: ProvedStatement) => Bytes | undefined,
): Bytes {
  const out = new Uint8Array(ballots.length * size);
  ballots.forEach((ballot, i) => {
    const bytes = of(ballot);
    if (bytes?.length === size) out.set(bytes, i * size);
  });
  return out;
}

/** Decodes well-formed ballots of one shape, and leaves out those that have a bad point. */
function decodeGroup(
  kernel: Kernel,
  shape: Shape,
  ballots: readonly ProvedStatement[],
  places: readonly number[],
): Group {
  const perBallot = shape.plan.own;
  const size = perBallot * ELEMENT_BYTES;
  const encodings = gather(ballots, size, ballotEncodings);
  const hints = ballots.some((ballot) => ballot.hints !== undefined)
    ? gather(ballots, size, (ballot) => ballot.hints)
    : undefined;
  const decoded = kernel.decode(encodings, hints);
  if (!decoded.ok) {
    const bad = new Set(decoded.bad.map((i) => Math.floor(i / perBallot)));
    const good = [...ballots.keys()].filter((i) => !bad.has(i));
    return decodeGroup(
      kernel,
      shape,
      good.flatMap((i) => ballots[i] ?? []),
      good.flatMap((i) => places[i] ?? []),
    );
  }
  const challenges = ballotChallenges(
    kernel,
    gather(ballots, HASH_BYTES, ({ statement }) => statement.M),
    gather(ballots, shape.commitments, ({ proof }) => proof.subarray(0, shape.commitments)),
    shape.commitments,
  );
  const scalarsSize = shape.plan.scalars * SCALAR_BYTES;
  const scalars = new Uint8Array(ballots.length * scalarsSize);
  ballots.forEach(({ proof }, i) => {
    const at = i * scalarsSize;
    scalars[at] = 1;
    scalars.set(challenges.subarray(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES), at + SCALAR_BYTES);
    scalars.set(proof.subarray(shape.commitments), at + 2 * SCALAR_BYTES);
  });
  return { shape, places, points: decoded.points, scalars };
}

/** The ballots that can enter a batch, by shape. */
function decodeAll(kernel: Kernel, ballots: readonly ProvedStatement[], hasKey: boolean): Group[] {
  const shapes = new Map<string, { shape: Shape | undefined; places: number[] }>();
  ballots.forEach((ballot, place) => {
    const { ciphertexts, clauses } = ballot.statement;
    const name = `${ciphertexts.length} ${JSON.stringify(clauses)}`;
    const known = shapes.get(name) ?? { shape: shapeOf(ballot.statement, hasKey), places: [] };
    shapes.set(name, known);
    if (known.shape !== undefined && isWellFormed(ballot, known.shape)) known.places.push(place);
  });
  return [...shapes.values()].flatMap(({ shape, places }) =>
    shape === undefined || places.length === 0
      ? []
      : [
          decodeGroup(
            kernel,
            shape,
            places.flatMap((place) => ballots[place] ?? []),
            places,
          ),
        ],
  );
}

/** Weights of 128 bits, of the verifier's own choosing, once the ballots are fixed. */
function drawWeights(count: number, random: RandomSource): Bytes {
  const bytes = new Uint8Array(WEIGHT_BYTES * count);
  for (let at = 0; at < bytes.length; at += MOST_RANDOM_BYTES) {
    bytes.set(random(Math.min(MOST_RANDOM_BYTES, bytes.length - at)), at);
  }
  return bytes;
}

/** What getRandomValues gives at most. */
const MOST_RANDOM_BYTES = 65_536;

/** Whether every equation of every ballot holds. */
function allHold(kernel: Kernel, Y: Points, parts: readonly Part[], random: RandomSource): boolean {
  const points = [kernel.generator, Y];
  const coefficients: Bytes[] = [];
  let [ofG, ofY] = [ZERO, ZERO];
  for (const { group, start, end } of parts) {
    const { plan } = group.shape;
    const size = plan.scalars * SCALAR_BYTES;
    const weights = drawWeights((end - start) * plan.weights, random);
    const { shared, own } = kernel.sumProducts(
      plan,
      weights,
      group.scalars.subarray(start * size, end * size),
    );
    ofG = addScalars(ofG, parseScalar(shared.subarray(0, SCALAR_BYTES)));
    ofY = addScalars(ofY, parseScalar(shared.subarray(SCALAR_BYTES)));
    points.push(kernel.slice(group.points, start * plan.own, end * plan.own));
    coefficients.push(own);
  }
  const scalars = concat(encodeScalar(ofG), encodeScalar(ofY), ...coefficients);
  return kernel.isIdentity(kernel.multiplyAndSum(kernel.concat(points), scalars));
}

/** Two halves of two ballots or more. */
function halves(parts: readonly Part[]): readonly [Part[], Part[]] {
  const [first] = parts;
  if (parts.length !== 1 || first === undefined) {
    const middle = parts.length >> 1;
    return [parts.slice(0, middle), parts.slice(middle)];
  }
  const middle = (first.start + first.end) >> 1;
  return [[{ ...first, end: middle }], [{ ...first, start: middle }]];
}

/** The places of those that do not hold alone, by halves, each with weights of its own. */
function suspects(kernel: Kernel, Y: Points, parts: readonly Part[], random: RandomSource): number[] {
  const count = parts.reduce((sum, { start, end }) => sum + end - start, 0);
  if (count === 0 || allHold(kernel, Y, parts, random)) return [];
  if (count === 1) return parts.flatMap(({ group, start, end }) => group.places.slice(start, end));
  return halves(parts).flatMap((half) => suspects(kernel, Y, half, random));
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
  const parts = decodeAll(kernel, ballots, key !== null)
    .filter(({ places }) => places.length > 0)
    .map((group): Part => ({ group, start: 0, end: group.places.length }));
  const passed = new Set(parts.flatMap(({ group }) => group.places));
  for (const place of suspects(kernel, Y, parts, random)) passed.delete(place);
  return ballots.map((ballot, place) => (passed.has(place) ? null : settle(ballot, key)));
}
