/**
 * The first clause of a ballot's proof, docs/protocol.md §6.3: its maker knows x with P = x·G. It can be verified
 * before the rest, for many ballots at once, and for little: whoever does not hold P gets no further, and P is
 * public. All input is hostile, and public.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { ELEMENT_BYTES } from '../group.ts';
import type { Kernel, Points } from '../kernel/kernel.ts';
import {
  addScalars,
  multiplyScalars,
  negateScalar,
  type RandomSource,
  type Scalar,
  ZERO,
} from '../scalar.ts';
import type { BallotProof } from './ballot-proof-codec.ts';
import { type BallotStatement, ballotChallenge, hashCommitments } from './ballot-statement.ts';

/** r·G = T + e·P. Plain data: it can be sent to a worker. */
export interface CredentialClause {
  /** 32 bytes each, not yet decoded. */
  readonly P: Bytes;
  readonly T: Bytes;
  readonly e: Scalar;
  readonly r: Scalar;
}

/** That of a ballot. @param C of the commitments, where it is known. */
export function credentialClause(
  { M, P }: Pick<BallotStatement, 'M' | 'P'>,
  { commitments, response }: BallotProof,
  C = hashCommitments(commitments),
): CredentialClause {
  const e = ballotChallenge(M, C);
  return { P, T: commitments.subarray(0, ELEMENT_BYTES), e, r: response };
}

/** A clause whose points decode: P and T. */
interface Decoded extends Pick<CredentialClause, 'e' | 'r'> {
  readonly points: Points;
}

const POINTS = 2;

function decode(kernel: Kernel, clauses: readonly CredentialClause[]): (Decoded | CryptoError)[] {
  const decoded = kernel.decode(concat(...clauses.flatMap(({ P, T }) => [P, T])));
  const bad = new Set(decoded.ok ? [] : decoded.bad);
  const notDecoded = (where: string): CryptoError =>
    new CryptoError('bad-encoding', where, 'not the encoding of a ristretto255 element');
  return clauses.map(({ P, e, r }, i) => {
    if (bad.has(POINTS * i)) return notDecoded('P');
    if (P.every((byte) => byte === 0)) return new CryptoError('identity-refused', 'P', 'the identity');
    if (bad.has(POINTS * i + 1)) return notDecoded('proof.commitments[0]');
    return { e, r, points: kernel.slice(decoded.points, POINTS * i, POINTS * (i + 1)) };
  });
}

const WEIGHT_BYTES = 16;

/** 128 bits, of the verifier's own choosing, once the clauses are fixed. */
function drawWeight(random: RandomSource): Scalar {
  const bytes = random(WEIGHT_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, WEIGHT_BYTES);
  return ((view.getBigUint64(0) << 64n) | view.getBigUint64(8)) as Scalar;
}

/** Whether Σ weight·(T + e·P − r·G) is the identity. */
function allHold(kernel: Kernel, clauses: readonly Decoded[], random: RandomSource): boolean {
  let ofG: Scalar = ZERO;
  const scalars = clauses.flatMap(({ e, r }) => {
    const weight = drawWeight(random);
    ofG = addScalars(ofG, multiplyScalars(weight, negateScalar(r)));
    return [multiplyScalars(weight, e), weight];
  });
  const points = kernel.concat([kernel.generator, ...clauses.map((clause) => clause.points)]);
  return kernel.isIdentity(kernel.multiplyAndSum(points, [ofG, ...scalars]));
}

/** A part that fails is searched by eighths: at worst, each of 4,096 clauses is in five sums. */
const FAN = 8;

/** Those that do not hold alone. */
function falseAmong(kernel: Kernel, clauses: readonly Decoded[], random: RandomSource): Decoded[] {
  if (clauses.length === 0 || allHold(kernel, clauses, random)) return [];
  if (clauses.length === 1) return [...clauses];
  const size = Math.ceil(clauses.length / FAN);
  const parts = Array.from({ length: FAN }, (_, i) => clauses.slice(i * size, (i + 1) * size));
  return parts.flatMap((part) => falseAmong(kernel, part, random));
}

/** For each clause null, or what is wrong: `bad-encoding`, `identity-refused` (P), `bad-proof`. */
export function verifyCredentialClauses(
  kernel: Kernel,
  clauses: readonly CredentialClause[],
  random: RandomSource = randomBytes,
): (CryptoError | null)[] {
  const decoded = decode(kernel, clauses);
  const good = decoded.flatMap((clause) => (clause instanceof CryptoError ? [] : [clause]));
  const bad = new Set<Decoded | CryptoError>(falseAmong(kernel, good, random));
  return decoded.map((clause) => {
    if (clause instanceof CryptoError) return clause;
    return bad.has(clause) ? new CryptoError('bad-proof', 'proof.credential', 'does not verify') : null;
  });
}
