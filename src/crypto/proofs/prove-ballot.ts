/**
 * Making the proof of a ballot, docs/protocol.md §6.4. Everything here but the statement is secret: it
 * touches @noble/curves alone, and the work done does not depend on the vote.
 */
import { type Bytes, concat } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { add, type Element, encodeElement, G, multiplyUniform, subtract } from '../group.ts';
import { hedgedNonce } from '../hedged-nonce.ts';
import {
  addScalars,
  encodeScalar,
  multiplyScalars,
  type RandomSource,
  type Scalar,
  scalarOf,
  subtractScalars,
  ZERO,
} from '../scalar.ts';
import { TAGS } from '../tags.ts';
import { type ClauseResponse, encodeBallotProof } from './ballot-proof-codec.ts';
import {
  type BallotStatement,
  ballotChallenge,
  type Clause,
  hashCommitments,
  sumOfTerms,
} from './ballot-statement.ts';

export interface BallotWitness {
  /** P = x·G. */
  readonly x: Scalar;
  /** k and value of every ciphertext. */
  readonly k: readonly Scalar[];
  readonly values: readonly number[];
}

/** One value v of a clause, on its way to A, B, c and r. */
interface Branch {
  readonly v: number;
  /** A = a·G. */
  readonly a: Scalar;
  /** The challenge; for the true value a dummy, until e is known. */
  readonly c: Scalar;
}

/** B = a·Y − c·(t − v)·G for the true value t, and A. */
function commit(key: Element, t: Scalar, { v, a, c }: Branch): Bytes {
  const shift = multiplyScalars(c, subtractScalars(t, scalarOf(v)));
  const A = multiplyUniform(G, a);
  // As a·Y + A − (a + shift)·G: with a uniform, so is a + shift, though shift is zero for v = t.
  const B = add(multiplyUniform(key, a), subtract(A, multiplyUniform(G, addScalars(a, shift))));
  return concat(encodeElement(A), encodeElement(B));
}

/** c of the true value is e less the others; r = a + c·k' for every value. */
function respond(branches: readonly Branch[], t: Scalar, kSum: Scalar, e: Scalar): ClauseResponse {
  const missing = branches.reduce((rest, { c }) => subtractScalars(rest, c), e);
  const challenges = branches.map(({ v, c }) => addScalars(c, BigInt(v) === t ? missing : ZERO));
  const responses = branches.map(({ a }, i) => addScalars(a, multiplyScalars(challenges[i] ?? ZERO, kSum)));
  return { challenges: challenges.slice(0, -1), responses };
}

function trueValue(clause: Clause, values: readonly Scalar[], where: string): Scalar {
  const t = sumOfTerms(clause, values);
  if (!clause.set.some((v) => BigInt(v) === t)) {
    throw new CryptoError('out-of-range', where, 'the values do not satisfy the clause');
  }
  return t;
}

/**
 * A proof of the statement, with new nonces on every call: two challenges under one commitment give x away.
 * @param key Y, from `prepareBase`; null if there are no clauses.
 * @throws CryptoError `out-of-range` if the values do not satisfy a clause, `bad-key` if a clause has no key.
 */
export function proveBallot(
  statement: BallotStatement,
  key: Element | null,
  { x, k, values }: BallotWitness,
  random?: RandomSource,
): Bytes {
  const { M, clauses } = statement;
  const secret = encodeScalar(x);
  let drawn = 0;
  const draw = (): Scalar => hedgedNonce(TAGS.nonce, secret, M, drawn++, random);

  const w = draw();
  const plain = values.map((value) => scalarOf(value));
  const proving = clauses.map((clause, i) => {
    if (key === null) throw new CryptoError('bad-key', 'key', 'a secret ballot needs one');
    const t = trueValue(clause, plain, `clauses[${i}]`);
    const branches = clause.set.map((v) => ({ v, a: draw(), c: draw() }));
    return {
      t,
      kSum: sumOfTerms(clause, k),
      branches,
      sent: branches.map((branch) => commit(key, t, branch)),
    };
  });
  const commitments = concat(encodeElement(multiplyUniform(G, w)), ...proving.flatMap(({ sent }) => sent));
  const e = ballotChallenge(M, hashCommitments(commitments));
  return encodeBallotProof({
    commitments,
    response: addScalars(w, multiplyScalars(e, x)),
    clauses: proving.map(({ branches, t, kSum }) => respond(branches, t, kSum, e)),
  });
}
