/**
 * B5, clash: two members who vote alike are shown one ballot, and the other vote is free to use (Helios variant,
 * Wombat; Küsters, Truderung and Vogt, "Clash attacks on the verifiability of e-voting systems", S&P 2012).
 */
import { describe, expect, test } from 'vitest';
import { openBallot, readOpenedBallot } from '../../src/ballot/ballot-check.ts';
import { credential } from '../ballot/election.ts';
import { context, edited, honest, verdict } from './ballots.ts';

const [alice, bob] = [credential(context), credential(context)];
const lineOf = (P: string) => ({ P, college: 'members', weight: 1 });
/** A booth in the attacker's hands: no randomness at all. */
const dead = (length: number): Uint8Array => new Uint8Array(length);

describe('two members who vote alike', () => {
  test('have different fingerprints, be the booth without randomness', () => {
    const [hers, his] = [alice, bob].map((voter) => honest(voter, { motion: ['option-1'] }, context, dead));
    expect(hers?.fingerprint).not.toBe(his?.fingerprint);
  });

  test('cannot share ciphertexts, proof and fingerprint: P is in all of them', () => {
    const hers = honest(alice);
    expect(verdict(edited(hers.entry, { P: bob.P }))).toBe('bad-proof');
  });

  test('cannot be shown the same opened ballot: the second device asks the roll for the letter’s voter number', () => {
    const opened = openBallot(honest(alice), 1);
    expect(readOpenedBallot(opened, context, lineOf(alice.P)).voter).toBe(1);
    expect(() => readOpenedBallot({ ...opened, voter: 2 }, context, lineOf(bob.P))).toThrow(
      expect.objectContaining({ code: 'not-on-roll' }),
    );
  });

  test('whose P is put in place get another fingerprint than the one they were shown', () => {
    const ballot = honest(alice);
    const swapped = { ...openBallot(ballot, 2), P: bob.P };
    expect(readOpenedBallot(swapped, context, lineOf(bob.P)).fingerprint).not.toBe(ballot.fingerprint);
  });
});

test('no two of many ballots have one fingerprint', () => {
  const all = Array.from({ length: 30 }, (_, i) => honest(i % 2 === 0 ? alice : bob).fingerprint);
  expect(new Set(all).size).toBe(30);
});
