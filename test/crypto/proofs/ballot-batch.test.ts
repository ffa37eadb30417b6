/** Batches of ballots against the reference: docs/protocol.md §6.3, attacks B1 to B4 and B13. */
import { randomBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../../src/crypto/bytes.ts';
import { bigintKernel } from '../../../src/crypto/kernel/bigint.ts';
import type { Kernel } from '../../../src/crypto/kernel/kernel.ts';
import type { ProvedStatement } from '../../../src/crypto/proofs/ballot-groups.ts';
import { verifyBallotProof } from '../../../src/crypto/proofs/verify-ballot.ts';
import { verifyBallotProofs } from '../../../src/crypto/proofs/verify-ballots.ts';
import { addScalars, encodeScalar, negateScalar, ONE, parseScalar } from '../../../src/crypto/scalar.ts';
import { REFUSED_ENCODINGS, refusalOf } from '../hostile-inputs.ts';
import { encryptAny, proveAnything, signedAnew } from './second-prover.ts';
import { attack, attacked, KEY_BYTES, ONE_OF_TWO, plan, prove, replaced } from './statements.ts';

/** The kernel, and how many sums were made with it, of how many points. */
function counting(): { kernel: Kernel; sums: number[] } {
  const sums: number[] = [];
  return {
    sums,
    kernel: {
      ...bigintKernel,
      sumEncoded: (lists) => {
        const found = bigintKernel.sumEncoded(lists);
        if (found.ok) sums.push(lists.reduce((sum, { scalars }) => sum + scalars.length / 32, 0));
        return found;
      },
    },
  };
}

const batch = (ballots: readonly ProvedStatement[], kernel = bigintKernel): string[] =>
  verifyBallotProofs(kernel, KEY_BYTES, ballots).map((error) =>
    error === null ? 'accepted' : `${error.code} at ${error.where}`,
  );

const alone = ({ statement, proof }: ProvedStatement): string =>
  refusalOf(() => verifyBallotProof(statement, KEY_BYTES, proof));

/** Two ballots under one weakness: bad by +δ and by −δ, so that sums without weights would not show it. */
function oppositePair(): [ProvedStatement, ProvedStatement] {
  const { statement, proof } = prove(ONE_OF_TWO);
  const at = proof.length - 32;
  const r = parseScalar(proof.subarray(at));
  return [
    { statement, proof: replaced(proof, at, encodeScalar(addScalars(r, ONE))) },
    { statement, proof: replaced(proof, at, encodeScalar(addScalars(r, negateScalar(ONE)))) },
  ];
}

describe('a batch', () => {
  test('of good ballots is one multi-scalar multiplication, in which G and Y appear once', () => {
    const ballots = Array.from({ length: 5 }, () => prove(ONE_OF_TWO));
    const { kernel, sums } = counting();
    expect(batch(ballots, kernel)).toEqual(ballots.map(() => 'accepted'));
    // P, two ciphertexts, T, and A and B of five values
    expect(sums).toEqual([2 + 5 * (1 + 4 + 1 + 10)]);
  });

  test('of none is none', () => {
    const { kernel, sums } = counting();
    expect(batch([], kernel)).toEqual([]);
    expect(sums).toEqual([]);
  });

  test('names each bad ballot by its place, with the word of the reference', () => {
    const good = Array.from({ length: 9 }, () => prove(ONE_OF_TWO));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 8 }), { maxLength: 4 }), (places) => {
        const ballots = good.map((ballot, i) =>
          places.includes(i) ? { ...ballot, statement: { ...ballot.statement, M: randomBytes(64) } } : ballot,
        );
        expect(batch(ballots)).toEqual(
          ballots.map((_, i) => (places.includes(i) ? 'bad-proof at proof.credential' : 'accepted')),
        );
      }),
      { numRuns: 6 },
    );
  });

  test('says of every ballot what the reference says, whatever was done to it', () => {
    const [before, after] = [prove(ONE_OF_TWO), prove(ONE_OF_TWO)];
    fc.assert(
      fc.property(plan, attack, (random, change) => {
        const ballot = attacked(prove(random), change);
        expect(batch([before, ballot, after])).toEqual(['accepted', alone(ballot), 'accepted']);
      }),
      { numRuns: 60 },
    );
  });

  test('of any true statements passes at once: the reference is not asked', () => {
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 3 }), (plans) => {
        const { kernel, sums } = counting();
        expect(batch(plans.map(prove), kernel)).toEqual(plans.map(() => 'accepted'));
        expect(sums).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });

  test('drops the ballots of strangers by their credentials, and finds liars among the rest', () => {
    const [honest, liar] = [prove(ONE_OF_TWO), oppositePair()[0]];
    const stranger = (): ProvedStatement => {
      const { statement, proof } = prove(ONE_OF_TWO);
      return { statement: { ...statement, P: honest.statement.P }, proof };
    };
    const ballots = Array.from({ length: 40 }, (_, i) => (i === 7 ? honest : i === 20 ? liar : stranger()));
    const { kernel, sums } = counting();
    const said = batch(ballots, kernel);
    expect(said).toEqual(
      ballots.map((_, i) => {
        if (i === 7) return 'accepted';
        return `bad-proof at proof.${i === 20 ? 'clauses[2]' : 'credential'}`;
      }),
    );
    // All equations; the credentials of all, of eighths and of each; the clauses of two, of each and of the liar.
    expect(sums).toHaveLength(1 + (1 + 8 + 40) + (1 + 2 + 2));
  });

  test('finds two ballots whose faults cancel each other', () => {
    const pair = oppositePair();
    expect(batch(pair)).toEqual(['bad-proof at proof.clauses[2]', 'bad-proof at proof.clauses[2]']);
  });

  test('does not let an undecodable ballot in: the others pass in one sum', () => {
    const [good, other] = [prove(ONE_OF_TWO), prove(ONE_OF_TWO)];
    const { statement, witness } = good;
    for (const [, bytes] of REFUSED_ENCODINGS.slice(0, 7)) {
      const proof = signedAnew(statement.M, witness.x, replaced(good.proof, 32, bytes), 32 * (1 + 2 * 5));
      const bad = { statement, proof };
      const { kernel, sums } = counting();
      expect(batch([good, bad, other], kernel)).toEqual([
        'accepted',
        'bad-encoding at proof.commitments[1]',
        'accepted',
      ]);
      expect(sums).toHaveLength(1);
    }
  });

  test('refuses the identity as P and as α, though x = 0 and k = 0 satisfy every equation', () => {
    const { statement, witness } = prove(ONE_OF_TWO);
    const clauses = statement.clauses.map(({ terms, set }) => ({ terms, set: set.map(BigInt) }));
    const values = ONE_OF_TWO.values.map(BigInt);
    const told = { ...witness, M: statement.M, Y: KEY_BYTES, values, clauses };
    const open = concat(...values.map((v) => encryptAny(KEY_BYTES, v, 0n)));
    expect(
      batch([
        { statement: { ...statement, P: new Uint8Array(32) }, proof: proveAnything({ ...told, x: 0n }) },
        { statement: { ...statement, ciphertexts: open }, proof: proveAnything({ ...told, k: [0n, 0n] }) },
      ]),
    ).toEqual(['identity-refused at P', 'identity-refused at ciphertexts[0].alpha']);
  });

  test('draws 128 bits for every equation of every ballot, anew for every sum', () => {
    const drawn: number[] = [];
    const random = (length: number): Uint8Array => {
      drawn.push(length);
      return randomBytes(length);
    };
    const [bad, good] = [oppositePair()[0], prove(ONE_OF_TWO)];
    verifyBallotProofs(bigintKernel, KEY_BYTES, [good, bad], random);
    const each = 16 * (1 + 2 * 5);
    // All equations, the credentials, the clauses; of each ballot; of the bad one the first clause, then the second.
    expect(drawn).toEqual([2 * each, 2 * each, 2 * each, each, each, each, each]);
  });

  test('with a weight known in advance can be fooled: why weights come last', () => {
    const [one, two] = oppositePair();
    const constant = (length: number): Uint8Array => new Uint8Array(length).fill(1);
    expect(verifyBallotProofs(bigintKernel, KEY_BYTES, [one, two], constant)).toEqual([null, null]);
  });

  test('refuses a key that is the identity or no element, and clauses without a key', () => {
    const ballot = prove(ONE_OF_TWO);
    const under = (key: Uint8Array | null): string =>
      refusalOf(() => verifyBallotProofs(bigintKernel, key, [ballot]));
    expect(under(new Uint8Array(32))).toBe('identity-refused at key');
    expect(under(new Uint8Array(32).fill(255))).toBe('bad-encoding at key');
    expect(verifyBallotProofs(bigintKernel, null, [ballot])).toMatchObject([{ code: 'bad-key' }]);
  });
});
