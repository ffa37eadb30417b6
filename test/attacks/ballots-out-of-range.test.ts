/**
 * B4, votes out of range: an encryption of 2, of −1, of 1000 here and −999 there, and a sum over a set that is not
 * the contest's. The cheat knows everything an honest voter knows, and proves a like statement, of the same length.
 * And B8: what is encrypted is a multiple of G, never bits of an encoding.
 */
import { describe, expect, test } from 'vitest';
import { ballotStatement, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import { credential } from '../ballot/election.ts';
import { G, L, point, times } from '../crypto/proofs/second-prover.ts';
import { cheating, ciphertextsOf, context, honest, secret, verdict, withCiphertexts } from './ballots.ts';

const voter = credential(context);
const BIT = [0n, 1n];
const HALF = (L + 1n) / 2n;

describe('a vote', () => {
  test('in range passes, by the same prover', () => {
    expect(verdict(cheating(voter, [0n, 1n], [BIT, BIT], [1n]))).toBe('accepted');
  });

  test.each<[string, bigint[], bigint[][], bigint[]]>([
    ['of 2', [2n, 0n], [[0n, 2n], BIT], [1n]],
    ['of 2, its sum claimed too', [2n, 0n], [[0n, 2n], BIT], [2n]],
    ['of −1', [-1n, 1n], [[-1n, 0n], BIT], [0n]],
    [
      'of 1000 and −999, which is one in all',
      [1000n, -999n],
      [
        [0n, 1000n],
        [-999n, 0n],
      ],
      [1n],
    ],
    [
      'of 2 and −1, which is one in all',
      [2n, -1n],
      [
        [0n, 2n],
        [-1n, 0n],
      ],
      [1n],
    ],
    ['for both, where one is allowed', [1n, 1n], [BIT, BIT], [2n]],
    ['for none, where one is required', [0n, 0n], [BIT, BIT], [0n]],
    [
      'of a half and a half, modulo the order',
      [HALF, HALF],
      [
        [0n, HALF],
        [0n, HALF],
      ],
      [1n],
    ],
  ])('%s', (_, values, sets, sum) => {
    const entry = cheating(voter, values, sets, sum);
    expect(verifyCredentials([ballotStatement(entry, context).credential])).toEqual([null]);
    expect(verdict(entry)).toBe('bad-proof');
  });

  test('in range, with a clause proved over another set, is refused too: the set is part of the statement', () => {
    expect(verdict(cheating(voter, [0n, 1n], [[0n, 2n], BIT], [1n]))).toBe('bad-proof');
  });
});

describe('a ciphertext that nothing decrypts to a vote, and that would spoil the sum,', () => {
  test.each(['kAlpha', 'kBeta'] as const)('with another %s than the proof is refused', (other) => {
    const entry = cheating(voter, [0n, 1n], [BIT, BIT], [1n], other);
    expect(verifyCredentials([ballotStatement(entry, context).credential])).toEqual([null]);
    expect(verdict(entry)).toBe('bad-proof');
  });
});

describe('what is encrypted', () => {
  const { entry } = honest(voter, { motion: ['option-2'] });
  const bytes = ciphertextsOf(entry);

  test('is 0·G or 1·G, in the group of prime order', () => {
    const plain = [0, 1].map((j) => {
      const [alpha, beta] = [bytes.subarray(64 * j, 64 * j + 32), bytes.subarray(64 * j + 32, 64 * j + 64)];
      return point(beta).subtract(times(point(alpha), secret));
    });
    expect(plain[0]?.is0()).toBe(true);
    expect(plain[1]?.equals(G)).toBe(true);
    expect(
      times(plain[1] ?? G, -1n)
        .add(G)
        .is0(),
    ).toBe(true);
  });

  test('cannot be shifted by adding G to a β: the vote changes, the proof does not', () => {
    const shifted = bytes.slice();
    shifted.set(point(bytes.subarray(32, 64)).add(G).toBytes(), 32);
    expect(verdict(withCiphertexts(entry, shifted))).toBe('bad-proof');
  });
});
