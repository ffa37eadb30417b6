/**
 * Equations that are false by amounts that cancel each other. A batch adds up every equation of every ballot, each
 * times a weight of its own; were two of them weighted alike, a ballot could be off by D in the one and by −D in the
 * other. For A and B of one value, whoever knows Y's discrete logarithm, as trustees who
 * collude do, could then prove votes that are none.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import type { Kernel } from '../../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { ballotPlan } from '../../src/crypto/proofs/ballot-equations.ts';
import type { ProvedStatement } from '../../src/crypto/proofs/ballot-groups.ts';
import { verifyBallotProof } from '../../src/crypto/proofs/verify-ballot.ts';
import { verifyBallotProofs } from '../../src/crypto/proofs/verify-ballots.ts';
import { college, contest, credential, election } from '../ballot/election.ts';
import { G, random, times } from '../crypto/proofs/second-prover.ts';
import { plan } from '../crypto/proofs/statements.ts';
import { context, honest, KEY_BYTES, setting, shifted, verdict } from './ballots.ts';

const D = times(G, random());
const MINUS_D = times(D, -1n);
const voter = credential(context);
const EVERY_KERNEL: readonly (readonly [string, Kernel])[] = [
  ['compiled', wasmKernel],
  ['plain', bigintKernel],
];

/** T of the credential; A and B of none and of one vote, for each of two options; A and B of the sum. */
const PLACES = ['T', 'A₀', 'B₀', 'A₁', 'B₁', "A₀'", "B₀'", "A₁'", "B₁'", 'A of the sum', 'B of the sum'];
const CLAUSE_OF = ['credential', ...[0, 0, 0, 0, 1, 1, 1, 1, 2, 2].map((clause) => `clauses[${clause}]`)];
const refusal = (place: number): string => `bad-proof at proof.${CLAUSE_OF[place]}`;

const prepared = honest(voter);
const off = (...shifts: (readonly [place: number, by: typeof D])[]) =>
  shifted(context, voter, prepared, new Map(shifts));
const stated = (entry: ReturnType<typeof off>): ProvedStatement => ballotStatement(entry, context);

const batch = (kernel: Kernel, ...ballots: readonly ProvedStatement[]): string[] =>
  verifyBallotProofs(kernel, KEY_BYTES, ballots).map((error) =>
    error === null ? 'accepted' : `${error.code} at ${error.where}`,
  );

test('the same prover, by whom nothing is shifted, is believed', () => {
  const ballot = stated(off());
  for (const [, kernel] of EVERY_KERNEL) expect(batch(kernel, ballot)).toEqual(['accepted']);
  expect(verifyBallotProof(ballot.statement, KEY_BYTES, ballot.proof)).toBeUndefined();
  expect(verdict(off())).toBe('accepted');
});

test('every equation is weighed: one that is false is found', () => {
  const ballots = PLACES.map((_, place) => stated(off([place, D])));
  expect(batch(wasmKernel, ...ballots)).toEqual(PLACES.map((_, place) => refusal(place)));
});

describe('A + D and B − D of one value', () => {
  test.each([1, 3, 9])('at %i', (place) => {
    const entry = off([place, D], [place + 1, MINUS_D]);
    const ballot = stated(entry);
    for (const [, kernel] of EVERY_KERNEL) {
      expect(batch(kernel, ballot)).toEqual([refusal(place)]);
    }
    expect(() => verifyBallotProof(ballot.statement, KEY_BYTES, ballot.proof)).toThrow(
      expect.objectContaining({ code: 'bad-proof', where: `proof.${CLAUSE_OF[place]}` }),
    );
    expect(verdict(entry)).toBe('bad-proof');
  });
});

describe('D and −D in two equations of a ballot', () => {
  test.each([
    ['of the credential and a vote', 0, 1],
    ['A of two values', 1, 3],
    ['B of two values', 2, 4],
    ['A of two clauses', 1, 5],
    ['B of two clauses', 4, 10],
    ['A of a clause and B of another', 3, 6],
  ])('%s', (_, one, other) => {
    expect(batch(wasmKernel, stated(off([one, D], [other, MINUS_D])))).toEqual([refusal(one)]);
  });

  test('no two have one weight, whatever the clauses', () => {
    fc.assert(
      fc.property(plan, ({ values, clauses }) => {
        const { own, products, weights } = ballotPlan(clauses, values.length);
        // The sums of G, Y, P and the ciphertexts come first; those of the points of K are one weight each.
        const first = 2 + 1 + 2 * values.length;
        const ofK = Array.from({ length: own + 2 - first }, (_, i) =>
          products.filter(({ sum }) => sum === first + i),
        );
        expect(ofK.map(({ length }) => length)).toEqual(ofK.map(() => 1));
        expect(ofK.flatMap(([one]) => (one ? [one.scalar, one.factor] : []))).toEqual(
          ofK.flatMap(() => [0, 1]),
        );
        expect(new Set(ofK.flatMap(([one]) => one?.weight ?? [])).size).toBe(weights);
        expect(ofK).toHaveLength(weights);
      }),
    );
  });
});

describe('D in one ballot and −D in another', () => {
  test.each(EVERY_KERNEL)('of one shape, the %s kernel', (_, kernel) => {
    for (const place of [0, 1, 2, 10]) {
      const pair = [D, MINUS_D].map((by) => stated(off([place, by])));
      expect(batch(kernel, ...pair)).toEqual([refusal(place), refusal(place)]);
    }
  });

  test('of two shapes, which are added up one after the other', () => {
    const { setting: wider } = election([contest('motion', 3, 1, 1)], [college('members')], 'wider');
    const other = ballotContext({ ...wider, key: setting.key });
    const own = credential(other);
    const third = honest(own, { motion: ['option-1'] }, other);
    for (const place of [0, 1, 2]) {
      const small = stated(off([place, D]));
      const wide = ballotStatement(shifted(other, own, third, new Map([[place, MINUS_D]])), other);
      expect(batch(wasmKernel, small, wide)).toEqual([refusal(place), refusal(place)]);
    }
  });
});
