/**
 * What the proof of a ballot is about, in bytes, and the hashes that bind it: docs/protocol.md §6.2 and §6.3.
 * Nothing here knows of JSON, contests or colleges; M, which hashes them all, comes from outside.
 */
import { type Bytes, concat } from '../bytes.ts';
import { CIPHERTEXT_BYTES } from '../elgamal.ts';
import { CryptoError } from '../errors.ts';
import {
  addScalars,
  hashToScalar,
  multiplyScalars,
  type Scalar,
  scalarOf,
  subtractScalars,
  ZERO,
} from '../scalar.ts';
import { TAGS } from '../tags.ts';
import { type Hash512, hash512, hash512_256 } from '../transcript.ts';

/** Σ coefficient·value over `terms` is one of `set`. */
export interface Clause {
  /** [index of a ciphertext from 0, coefficient]: non-negative safe integers. */
  readonly terms: readonly (readonly [index: number, coefficient: number])[];
  /** Non-negative safe integers, ascending, distinct, at least one. */
  readonly set: readonly number[];
}

/** Plain data: it can be sent to a worker. */
export interface BallotStatement {
  /** 64 bytes: the hash of everything that is said but the proof. */
  readonly M: Bytes;
  /** The credential, 32 bytes. */
  readonly P: Bytes;
  /** α₁‖β₁‖α₂‖β₂…, 64 bytes each; hostile, not yet decoded. */
  readonly ciphertexts: Bytes;
  readonly clauses: readonly Clause[];
}

/** Number of ciphertexts. @throws CryptoError `bad-length` unless they are a multiple of 64 bytes. */
export function countCiphertexts(ciphertexts: Bytes): number {
  if (ciphertexts.length % CIPHERTEXT_BYTES !== 0) {
    throw new CryptoError('bad-length', 'ciphertexts', `${ciphertexts.length} bytes are no multiple of 64`);
  }
  return ciphertexts.length / CIPHERTEXT_BYTES;
}

/** Size of the sets of all clauses: the number of pairs (A, B). */
export function countValues(clauses: readonly Clause[]): number {
  return clauses.reduce((sum, { set }) => sum + set.length, 0);
}

/** C, 64 bytes, from the commitments K. */
export function hashCommitments(commitments: Bytes, hash: Hash512 = hash512): Bytes {
  return hash(TAGS.ballotCommitments, commitments);
}

/** e. */
export function ballotChallenge(M: Bytes, C: Bytes): Scalar {
  return hashToScalar(TAGS.ballotChallenge, concat(M, C));
}

/** F, 32 bytes: what a member compares on two devices. */
export function ballotFingerprint(M: Bytes, C: Bytes): Bytes {
  return hash512_256(TAGS.ballotFingerprint, M, C);
}

/** Σ coefficient·valueⱼ over the terms of a clause, mod ℓ; of the k as of the values. */
export function sumOfTerms({ terms }: Clause, scalars: readonly Scalar[]): Scalar {
  return terms.reduce((sum, [index, coefficient]) => {
    const scalar = scalars[index];
    if (scalar === undefined) throw new CryptoError('out-of-range', 'clause', `no ciphertext ${index}`);
    return addScalars(sum, multiplyScalars(scalarOf(coefficient, 'coefficient'), scalar));
  }, ZERO);
}

/** The challenges of a clause, one per value: those sent, and last e less their sum. */
export function allChallenges(e: Scalar, sent: readonly Scalar[]): Scalar[] {
  return [...sent, sent.reduce(subtractScalars, e)];
}
