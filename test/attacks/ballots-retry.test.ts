/**
 * B10, nonce reuse by retry: a server that answers "conflict" makes the client prove again, and two challenges under
 * one commitment give the credential away: r − r' = (e − e')·x.
 */
import { describe, expect, test } from 'vitest';
import type { BallotEntry } from '../../src/ballot/ballot-entry.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { type PreparedBallot, prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { toHex } from '../../src/crypto/bytes.ts';
import { parseBallotProof } from '../../src/crypto/proofs/ballot-proof-codec.ts';
import { ballotChallenge, hashCommitments } from '../../src/crypto/proofs/ballot-statement.ts';
import {
  invertScalar,
  multiplyScalars,
  type RandomSource,
  scalarOf,
  subtractScalars,
} from '../../src/crypto/scalar.ts';
import { credential, hashOf } from '../ballot/election.ts';
import { ciphertextsOf, context, honest } from './ballots.ts';

const voter = credential(context);

/** The client's answer to the conflict number `i`: a ballot after another head of its chain. */
function attempt(i: number, random?: RandomSource, choice = 'option-1'): PreparedBallot {
  return prepareBallot({
    context,
    college: 'members',
    weight: 1,
    credential: voter,
    prev: { kind: 'ballot', leaf: hashOf(`head ${i}`) },
    choices: { motion: [choice] },
    ...(random && { random }),
  });
}

function openProof(entry: BallotEntry) {
  const { statement, proof } = ballotStatement(entry, context);
  const parsed = parseBallotProof(proof, statement.clauses);
  return { ...parsed, e: ballotChallenge(statement.M, hashCommitments(parsed.commitments)) };
}

/** T, every A, every B and every α and β, in hexadecimal. */
function points(entry: BallotEntry): string[] {
  const bytes = [ciphertextsOf(entry), openProof(entry).commitments];
  return bytes.flatMap((all) =>
    Array.from({ length: all.length / 32 }, (_, i) => toHex(all.subarray(32 * i, 32 * i + 32))),
  );
}

const dead: RandomSource = (length) => new Uint8Array(length);

describe('a hundred conflicts', () => {
  test('never see a commitment or a ciphertext twice', () => {
    const seen = Array.from({ length: 100 }, (_, i) => points(attempt(i).entry)).flat();
    expect(seen).toHaveLength(100 * (4 + 11));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('nor where the server repeats the conflict, so that the request is the same', () => {
    const seen = Array.from({ length: 10 }, () => points(attempt(0).entry)).flat();
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('nor where the random source is dead, and only the head of the chain or the choice changes', () => {
    const attempts = [attempt(0, dead), attempt(1, dead), attempt(1, dead, 'option-2')];
    const seen = attempts.flatMap(({ entry }) => points(entry));
    expect(new Set(seen).size).toBe(seen.length);
  });
});

test('a dead random source and the very same request give the very same ballot: one challenge, nothing to compare', () => {
  expect(attempt(0, dead).bytes).toEqual(attempt(0, dead).bytes);
});

test('what it is about: two responses under one nonce are two equations for x', () => {
  const { response, e } = openProof(honest(voter).entry);
  // w is the same in both: r' = w + e'·x for the e' that another statement would have had.
  const other = scalarOf(12_345);
  const again = subtractScalars(response, multiplyScalars(subtractScalars(e, other), voter.x));
  const x = multiplyScalars(subtractScalars(response, again), invertScalar(subtractScalars(e, other)));
  expect(x).toBe(voter.x);
});
