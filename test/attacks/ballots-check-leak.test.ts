/**
 * B11, the check that gives away the key: who sees everything that a checked ballot releases (what the second device
 * gets, and the log's check entry), and even the ballot's proof should it leak later, cannot work out x.
 */
import { describe, expect, test } from 'vitest';
import { encodeOpenedBallot, openBallot, proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { fromBase64Url, fromUtf8, toBase64Url } from '../../src/crypto/bytes.ts';
import { parseBallotProof } from '../../src/crypto/proofs/ballot-proof-codec.ts';
import {
  allChallenges,
  ballotChallenge,
  hashCommitments,
  sumOfTerms,
} from '../../src/crypto/proofs/ballot-statement.ts';
import {
  addScalars,
  encodeScalar,
  hashToScalar,
  invertScalar,
  multiplyScalars,
  negateScalar,
  parseScalar,
  type Scalar,
  subtractScalars,
  ZERO,
} from '../../src/crypto/scalar.ts';
import { framed } from '../../src/crypto/transcript.ts';
import { credential } from '../ballot/election.ts';
import { context, honest } from './ballots.ts';

const voter = credential(context);
const ballot = honest(voter);
const opened = openBallot(ballot, 1);
const check = proveCheckEntry(context, voter, ballot.fingerprint);
const released = fromUtf8(encodeOpenedBallot(opened)) + fromUtf8(encodeCanonical(check));

const { statement, proof } = ballotStatement(ballot.entry, context);
const { commitments, response: r, clauses } = parseBallotProof(proof, statement.clauses);
const e = ballotChallenge(statement.M, hashCommitments(commitments));
const k = ballot.opening.contests.flatMap((contest) => contest.k);

/** What only the prover knows: w = r − e·x, and a = r_v − c_v·k' of every value of every clause. */
const w = subtractScalars(r, multiplyScalars(e, voter.x));
const challenges = clauses.flatMap((clause) => allChallenges(e, clause.challenges));
const responses = clauses.flatMap((clause) => clause.responses);
const kOfValue = statement.clauses.flatMap((clause) => clause.set.map(() => sumOfTerms(clause, k)));
const nonces = responses.map((rv, i) =>
  subtractScalars(rv, multiplyScalars(challenges[i] ?? ZERO, kOfValue[i] ?? ZERO)),
);

const checkProof = fromBase64Url(check.body.proof);
const checkR = parseScalar(checkProof.subarray(32));
const checkE = hashToScalar(
  'teller/v1/check-challenge',
  framed(fromBase64Url(check.body.ctx), statement.P, fromBase64Url(check.body.F), checkProof.subarray(0, 32)),
);

test('what is released has these fields and no others', () => {
  expect(Object.keys(opened).sort()).toEqual(
    ['C', 'P', 'college', 'contests', 'ctx', 'election', 'prev', 'v', 'voter', 'weight'].sort(),
  );
  expect(opened.contests.map((contest) => Object.keys(contest))).toEqual([['id', 'k', 'values']]);
});

describe('what is released does not contain', () => {
  test.each<[string, readonly Scalar[]]>([
    ['x', [voter.x]],
    ['a nonce', [w, ...nonces]],
    ['a challenge', [e, ...challenges]],
    ['a response', [r, ...responses]],
  ])('%s, nor its negative', (_, scalars) => {
    for (const scalar of scalars.flatMap((one) => [one, negateScalar(one)])) {
      expect(released).not.toContain(toBase64Url(encodeScalar(scalar)));
    }
  });

  test('a commitment', () => {
    for (let at = 0; at < commitments.length; at += 32) {
      expect(released).not.toContain(toBase64Url(commitments.subarray(at, at + 32)));
    }
  });
});

describe('x does not follow', () => {
  test('from any one, or the sum, difference, product or quotient of any two, of the scalars released', () => {
    const known = [...k, checkR, checkE];
    const found = known.flatMap((a) => [
      a,
      negateScalar(a),
      ...known.flatMap((b) => [
        addScalars(a, b),
        subtractScalars(a, b),
        multiplyScalars(a, b),
        multiplyScalars(a, invertScalar(b)),
      ]),
    ]);
    expect(found).not.toContain(voter.x);
  });

  test('from the check’s proof, if its nonce is one of the ballot’s: it is not', () => {
    const checkW = subtractScalars(checkR, multiplyScalars(checkE, voter.x));
    expect([w, ...nonces, ...k]).not.toContain(checkW);
    expect(toBase64Url(checkProof.subarray(0, 32))).not.toBe(toBase64Url(commitments.subarray(0, 32)));
    // With one nonce in both, x would be (r − r')/(e − e').
    const slope = multiplyScalars(subtractScalars(r, checkR), invertScalar(subtractScalars(e, checkE)));
    expect(slope).not.toBe(voter.x);
  });

  test('from the released k and the ballot’s own proof, should it leak: its nonces come out, but w is none of them', () => {
    // (r − w')/e for every w' that the holder of k and of the proof can compute.
    const guesses = [...nonces, ...k, ...responses, ...challenges];
    const found = guesses.map((guess) => multiplyScalars(subtractScalars(r, guess), invertScalar(e)));
    expect(found).not.toContain(voter.x);
    expect(new Set([w, ...nonces, ...k]).size).toBe(1 + nonces.length + k.length);
  });

  test('as it would if w were released: the same computation, with w', () => {
    expect(multiplyScalars(subtractScalars(r, w), invertScalar(e))).toBe(voter.x);
  });
});

test('k and nonces do not come from the same random bytes', () => {
  const drawn: string[] = [];
  honest(voter, undefined, undefined, (length) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    drawn.push(toBase64Url(bytes));
    return bytes;
  });
  // k of two options; w; a and c of five values
  expect(drawn).toHaveLength(2 + 1 + 10);
  expect(new Set(drawn).size).toBe(13);
});
