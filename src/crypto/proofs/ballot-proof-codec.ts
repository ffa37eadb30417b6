/**
 * The bytes of a ballot's proof, docs/protocol.md §6.3: K ‖ r ‖ for each clause (c of every value but the
 * last) ‖ (r of every value), where K = T ‖ for each clause, for each value, A ‖ B. Hostile input.
 */
import { type Bytes, concat } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { ELEMENT_BYTES } from '../group.ts';
import { encodeScalar, parseScalar, SCALAR_BYTES, type Scalar } from '../scalar.ts';
import { type Clause, countValues } from './ballot-statement.ts';

export interface ClauseResponse {
  /** c of every value but the last. */
  readonly challenges: readonly Scalar[];
  /** r of every value. */
  readonly responses: readonly Scalar[];
}

export interface BallotProof {
  /** K, not yet decoded. */
  readonly commitments: Bytes;
  /** r of the credential. */
  readonly response: Scalar;
  readonly clauses: readonly ClauseResponse[];
}

/** Length of K: T, and A and B of every value. */
export function commitmentBytes(clauses: readonly Clause[]): number {
  return ELEMENT_BYTES * (1 + 2 * countValues(clauses));
}

/** Length of a proof of these clauses. */
export function ballotProofBytes(clauses: readonly Clause[]): number {
  return commitmentBytes(clauses) + SCALAR_BYTES * (1 + 2 * countValues(clauses) - clauses.length);
}

export function encodeBallotProof({ commitments, response, clauses }: BallotProof): Bytes {
  const scalars = clauses.flatMap(({ challenges, responses }) => [...challenges, ...responses]);
  return concat(commitments, encodeScalar(response), ...scalars.map(encodeScalar));
}

/** @throws CryptoError `bad-length`; `out-of-range` for a scalar that is not below ℓ. */
export function parseBallotProof(bytes: Bytes, clauses: readonly Clause[]): BallotProof {
  const expected = ballotProofBytes(clauses);
  if (bytes.length !== expected) {
    throw new CryptoError('bad-length', 'proof', `${bytes.length} bytes instead of ${expected}`);
  }
  let at = commitmentBytes(clauses);
  const commitments = bytes.subarray(0, at);
  const next = (where: string): Scalar => {
    at += SCALAR_BYTES;
    return parseScalar(bytes.subarray(at - SCALAR_BYTES, at), where);
  };
  const response = next('proof.r');
  const parsed = clauses.map(({ set }, i) => ({
    challenges: set.slice(1).map((_, v) => next(`proof.clauses[${i}].c[${v}]`)),
    responses: set.map((_, v) => next(`proof.clauses[${i}].r[${v}]`)),
  }));
  return { commitments, response, clauses: parsed };
}
