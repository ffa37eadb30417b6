/**
 * Verifying the proof of one ballot, docs/protocol.md §6.3, equation by equation over @noble/curves. This is
 * the reference: a batch (verify-ballots.ts) must say the same of every ballot. All input is hostile.
 */
import type { Bytes } from '../bytes.ts';
import { addCiphertexts, CIPHERTEXT_BYTES, type Ciphertext, EMPTY_SUM, parseCiphertext } from '../elgamal.ts';
import { CryptoError } from '../errors.ts';
import {
  add,
  ELEMENT_BYTES,
  type Element,
  equal,
  G,
  multiplyPublic,
  parseElement,
  parseNonIdentity,
  subtract,
} from '../group.ts';
import { type Scalar, scalarOf } from '../scalar.ts';
import { type ClauseResponse, parseBallotProof } from './ballot-proof-codec.ts';
import {
  allChallenges,
  type BallotStatement,
  ballotChallenge,
  type Clause,
  countCiphertexts,
  hashCommitments,
} from './ballot-statement.ts';

function parseCiphertexts(bytes: Bytes): Ciphertext[] {
  return Array.from({ length: countCiphertexts(bytes) }, (_, i) =>
    parseCiphertext(bytes.subarray(i * CIPHERTEXT_BYTES, (i + 1) * CIPHERTEXT_BYTES), `ciphertexts[${i}]`),
  );
}

/** T, then A and B of every value: those from `start` to before `end`. */
function parseCommitments(bytes: Bytes, start: number, end = bytes.length / ELEMENT_BYTES): Element[] {
  return Array.from({ length: end - start }, (_, i) => {
    const at = (start + i) * ELEMENT_BYTES;
    return parseElement(bytes.subarray(at, at + ELEMENT_BYTES), `proof.commitments[${start + i}]`);
  });
}

function multiple({ alpha, beta }: Ciphertext, factor: number): Ciphertext {
  if (factor === 1) return { alpha, beta };
  const scalar = scalarOf(factor, 'coefficient');
  return { alpha: multiplyPublic(alpha, scalar), beta: multiplyPublic(beta, scalar) };
}

/** (α', β'), the clause's sum of ciphertexts. */
function clauseSum({ terms }: Clause, ciphertexts: readonly Ciphertext[]): Ciphertext {
  return terms.reduce((sum, [index, coefficient]) => {
    const ciphertext = ciphertexts[index];
    if (ciphertext === undefined) throw new CryptoError('out-of-range', 'clause', `no ciphertext ${index}`);
    return addCiphertexts(sum, multiple(ciphertext, coefficient));
  }, EMPTY_SUM);
}

/** r·G = A + c·α' and r·Y = B + c·(β' − v·G), for one value v. */
function holds(
  Y: Element,
  sum: Ciphertext,
  v: number,
  A: Element,
  B: Element,
  c: Scalar,
  r: Scalar,
): boolean {
  const rest = subtract(sum.beta, multiplyPublic(G, scalarOf(v, 'set')));
  return (
    equal(multiplyPublic(G, r), add(A, multiplyPublic(sum.alpha, c))) &&
    equal(multiplyPublic(Y, r), add(B, multiplyPublic(rest, c)))
  );
}

/** `pairs` are the A and B of the clause's values. */
function verifyClause(
  Y: Element,
  clause: Clause,
  sum: Ciphertext,
  e: Scalar,
  pairs: readonly Element[],
  { challenges, responses }: ClauseResponse,
): boolean {
  const all = allChallenges(e, challenges);
  return clause.set.every((v, i) => {
    const [A, B, c, r] = [pairs[2 * i], pairs[2 * i + 1], all[i], responses[i]];
    if (A === undefined || B === undefined || c === undefined || r === undefined) return false;
    return holds(Y, sum, v, A, B, c, r);
  });
}

/** r·G = T + e·P. */
function checkCredential(P: Element, T: Element | undefined, e: Scalar, r: Scalar): void {
  if (T === undefined || !equal(multiplyPublic(G, r), add(T, multiplyPublic(P, e)))) {
    throw new CryptoError('bad-proof', 'proof.credential', 'does not verify');
  }
}

/**
 * The credential comes before anything that decodes the rest: what is wrong with a ballot is the same whether it is
 * looked at whole, or at the door, where the credential is proved first.
 * @param key Y, 32 bytes; null if there are no clauses.
 * @throws CryptoError `bad-length`, `out-of-range` (a scalar), `bad-encoding`, `identity-refused` (P, an α or the
 * key), `bad-key` (clauses without a key), `bad-proof` with the clause at fault.
 */
export function verifyBallotProof(statement: BallotStatement, key: Bytes | null, proofBytes: Bytes): void {
  const proof = parseBallotProof(proofBytes, statement.clauses);
  const P = parseNonIdentity(statement.P, 'P');
  const [T] = parseCommitments(proof.commitments, 0, 1);
  const e = ballotChallenge(statement.M, hashCommitments(proof.commitments));
  checkCredential(P, T, e, proof.response);
  const ciphertexts = parseCiphertexts(statement.ciphertexts);
  const pairs = parseCommitments(proof.commitments, 1);

  if (statement.clauses.length === 0) return;
  if (key === null) throw new CryptoError('bad-key', 'key', 'a secret ballot needs one');
  const Y = parseNonIdentity(key, 'key');
  let at = 0;
  statement.clauses.forEach((clause, i) => {
    const own = pairs.slice(at, (at += 2 * clause.set.length));
    const response = proof.clauses[i];
    const sum = clauseSum(clause, ciphertexts);
    if (response === undefined || !verifyClause(Y, clause, sum, e, own, response)) {
      throw new CryptoError('bad-proof', `proof.clauses[${i}]`, 'does not verify');
    }
  });
}
