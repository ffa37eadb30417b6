/**
 * B2, weak Fiat-Shamir: where the challenge hashes commitments but not the statement, a prover makes the
 * commitments first and chooses the ciphertexts afterwards, to encrypt any number at all (Helios; Bernhard, Pereira
 * and Warinschi, "How not to prove yourself", ASIACRYPT 2012).
 *
 * With A_v = a·G and B_v = a·Y + g_v·G for v = 0, 1 and e fixed by these, both values' equations hold for α = k·G,
 * β = m·G + k·Y and r_v = a + c_v·k if g_0 + c_0·m = 0 and g_1 + c_1·(m − 1) = 0. With c_1 = e − c_0 that is
 * c_0² + (g_0 + g_1 − e)·c_0 − g_0·e = 0, which half of all (g_0, g_1) solve; then m = −g_0/c_0.
 */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { hashBallot } from '../../src/ballot/ballot-hash.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { concat, toBase64Url } from '../../src/crypto/bytes.ts';
import { college, contest, credential, election } from '../ballot/election.ts';
import {
  encryptAny,
  G,
  hashC,
  L,
  mod,
  point,
  random,
  scalarBytes,
  strongChallenge,
  times,
} from '../crypto/proofs/second-prover.ts';
import { edited, verdict } from './ballots.ts';

const { Fn } = ristretto255.Point;

// One option, none or one: both clauses are that its value is 0 or 1, so one solution serves both.
const { context } = election([contest('motion', 1, 0, 1)], [college('members')]);
const Y = context.keyBytes ?? new Uint8Array();
const voter = credential(context);
const { entry } = prepareBallot({
  context,
  college: 'members',
  weight: 1,
  credential: voter,
  prev: { kind: 'none' },
  choices: { motion: [] },
});

function squareRoot(n: bigint): bigint | undefined {
  try {
    return Fn.sqrt(mod(n));
  } catch {
    return undefined;
  }
}

/** c_0 for these commitments and this e, if there is one. */
function solve(e: bigint, g0: bigint, g1: bigint): bigint | undefined {
  const p = mod(g0 + g1 - e);
  const root = squareRoot(p * p + 4n * g0 * e);
  return root === undefined ? undefined : mod((root - p) * Fn.inv(2n));
}

interface Forgery {
  readonly m: bigint;
  readonly k: bigint;
  readonly ciphertext: Uint8Array;
  readonly proof: Uint8Array;
  readonly e: bigint;
}

/** A proof for which the challenge is the one told, whatever the statement. */
function forge(challenge: (C: Uint8Array) => bigint): Forgery {
  for (;;) {
    const [w, a, g0, g1, k] = [random(), random(), random(), random(), random()];
    const A = times(G, a).toBytes();
    const B = [g0, g1].map((g) => times(point(Y), a).add(times(G, g)).toBytes());
    const pair = concat(A, B[0] ?? A, A, B[1] ?? A);
    const K = concat(times(G, w).toBytes(), pair, pair);
    const e = challenge(hashC(K));
    const c0 = solve(e, g0, g1);
    if (c0 === undefined) continue;
    const m = mod(-g0 * Fn.inv(c0));
    const clause = [c0, a + c0 * k, a + mod(e - c0) * k];
    const scalars = [w + e * voter.x, ...clause, ...clause];
    return { m, k, e, ciphertext: encryptAny(Y, m, k), proof: concat(K, ...scalars.map(scalarBytes)) };
  }
}

/** Every equation of §6.3, for a challenge that is given. */
function equationsHold({ ciphertext, proof, e }: Forgery): boolean {
  const at = (i: number): Uint8Array => proof.subarray(32 * i, 32 * i + 32);
  const scalar = (i: number): bigint => at(i).reduceRight((n, byte) => (n << 8n) | BigInt(byte), 0n);
  const [alpha, beta] = [point(ciphertext.subarray(0, 32)), point(ciphertext.subarray(32))];
  const P = times(G, voter.x);
  const holds = [0, 1].flatMap((clause) => {
    const c0 = scalar(10 + 3 * clause);
    return [0, 1].flatMap((v) => {
      const c = v === 0 ? c0 : mod(e - c0);
      const r = scalar(11 + 3 * clause + v);
      const [A, B] = [point(at(1 + 4 * clause + 2 * v)), point(at(2 + 4 * clause + 2 * v))];
      return [
        times(G, r).equals(A.add(times(alpha, c))),
        times(point(Y), r).equals(B.add(times(beta.subtract(times(G, BigInt(v))), c))),
      ];
    });
  });
  return [times(G, scalar(9)).equals(point(at(0)).add(times(P, e))), ...holds].every(Boolean);
}

function cast({ ciphertext, proof }: Forgery): string {
  const contests = [{ id: 'motion', mode: 'secret' as const, ciphertexts: toBase64Url(ciphertext) }];
  return verdict(edited(entry, { contests, proof: toBase64Url(proof) }), context);
}

describe('a statement chosen after the challenge', () => {
  test('forges a vote of a huge number where only the commitments are hashed', () => {
    const weak = forge((C) => strongChallenge(new Uint8Array(), C));
    expect(weak.m > 2n && weak.m < L - 2n).toBe(true);
    expect(equationsHold(weak)).toBe(true);
  });

  test('is refused, since the challenge hashes the statement', () => {
    expect(cast(forge((C) => strongChallenge(new Uint8Array(), C)))).toBe('bad-proof');
  });

  test('is refused even with everything of the statement hashed but the ciphertexts', () => {
    const rules = context.colleges.get('members')?.ofWeight(1);
    if (rules === undefined) throw new Error('no such college');
    // The M of the honest ballot: the forger's differs in the ciphertexts alone.
    const M = hashBallot(entry.body, {}, rules);
    const forgery = forge((C) => strongChallenge(M, C));
    expect(equationsHold(forgery)).toBe(true);
    expect(cast(forgery)).toBe('bad-proof');
  });
});

test('the honest ballot passes', () => {
  expect(verdict(entry, context)).toBe('accepted');
});
