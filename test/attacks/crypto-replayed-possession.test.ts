/**
 * T4: FROST's proof of possession names no election (docs/protocol.md §7), so a trustee may show a commitment and
 * proof of an earlier ceremony, whose secret is somebody else's. What stops it: the commitment hash names election,
 * attempt and place, and who does not know the secret cannot deal.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import {
  type Ceremony,
  commitHash,
  dealShares,
  finishDealing,
  type Round1,
  startDealing,
  verifyReveal,
} from '../../src/crypto/dkg.ts';
import { encodeElement, G, multiplyPublic, parseElement, subtract } from '../../src/crypto/group.ts';
import { encodeScalar, randomScalar, scalarOf } from '../../src/crypto/scalar.ts';

const failing = (code: string, where: string) => expect.objectContaining({ code, where });
const ceremony = (count = 3, threshold = 2): Ceremony => ({
  election: randomBytes(32),
  attempt: 1,
  count,
  threshold,
});

/** Trustee 2's round 1 in an earlier election. */
const stolen = startDealing(ceremony(), 2).round1;

describe('a reveal of an earlier ceremony', () => {
  const now = ceremony();
  const old = ceremony();

  test('does not fit the hash that was committed to in this one', () => {
    const hashes: [string, Ceremony, number][] = [
      ['another election', old, 2],
      ['another attempt', { ...now, attempt: 2 }, 2],
      ['another place', now, 1],
      ['more trustees', { ...now, count: 5 }, 2],
    ];
    for (const [, other, i] of hashes) {
      expect(() => verifyReveal(now, 2, stolen, commitHash(other, i, stolen))).toThrow(
        failing('bad-proof', 'reveals[2]'),
      );
    }
  });

  test('is no proof at another place', () => {
    expect(() => verifyReveal(now, 1, stolen, commitHash(now, 1, stolen))).toThrow(
      failing('bad-proof', 'reveals[1].proof'),
    );
  });

  test('is no proof with the commitments of another: C_0 of one, proof of the other', () => {
    const own = startDealing(now, 2).round1;
    const mixed: Round1 = { commitments: own.commitments, proof: stolen.proof };
    expect(() => verifyReveal(now, 2, mixed, commitHash(now, 2, mixed))).toThrow(
      failing('bad-proof', 'reveals[2].proof'),
    );
  });

  test('committed to again passes, as FROST has it, but its shares cannot be dealt to more than t − 1', () => {
    // The thief knows no f, but may choose C_1 so that f(1)·G is a point whose logarithm it knows.
    const f1 = randomScalar();
    const C0 = stolen.commitments[0] ?? new Uint8Array();
    const C1 = subtract(multiplyPublic(G, f1), parseElement(C0));
    const shown: Round1 = { commitments: [C0, encodeElement(C1)], proof: stolen.proof };
    expect(() => verifyReveal(now, 2, shown, commitHash(now, 2, shown))).not.toThrow();

    const honest = [1, 3].map((i) => startDealing(now, i));
    const [one, three] = honest;
    if (one === undefined || three === undefined) throw new Error('no dealings');
    const reveals = [one.round1, shown, three.round1];
    const dealt = honest.map((dealing) => dealShares(dealing, reveals));
    const to = (i: number, own: Uint8Array) =>
      [dealt[0]?.[i - 1], own, dealt[1]?.[i - 1]].map((s) => s ?? own);
    expect(() => finishDealing(one, reveals, to(1, encodeScalar(f1)))).not.toThrow();
    for (const guess of [f1, scalarOf(0), randomScalar()]) {
      expect(() => finishDealing(three, reveals, to(3, encodeScalar(guess)))).toThrow(
        failing('bad-share', 'shares[2]'),
      );
    }
  });
});
