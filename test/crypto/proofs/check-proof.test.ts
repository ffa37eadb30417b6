/** The proof of a `check` entry: docs/protocol.md §6.6. */
import { randomBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../../src/crypto/bytes.ts';
import { encodeElement, G, multiplySecret } from '../../../src/crypto/group.ts';
import { proveCheck, verifyCheck } from '../../../src/crypto/proofs/check-proof.ts';
import { randomScalar } from '../../../src/crypto/scalar.ts';
import { REFUSED_ENCODINGS, refusalOf } from '../hostile-inputs.ts';
import { replaced } from './statements.ts';

const x = randomScalar();
const statement = { ctx: randomBytes(32), P: encodeElement(multiplySecret(G, x)), F: randomBytes(32) };
const proof = proveCheck(statement, x);
const refused = (change: object, bytes = proof): string =>
  refusalOf(() => verifyCheck({ ...statement, ...change }, bytes));

describe('the proof of a check', () => {
  test('is accepted for its own statement', () => {
    expect(refused({})).toBe('accepted');
    expect(proof).toHaveLength(64);
  });

  test.each(['ctx', 'P', 'F'] as const)('binds %s', (part) => {
    expect(refused({ [part]: encodeElement(multiplySecret(G, randomScalar())) })).toBe('bad-proof at proof');
  });

  test('is refused with any bit changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 63 }), fc.nat({ max: 7 }), (at, bit) => {
        const changed = proof.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        expect(refused({}, changed)).not.toBe('accepted');
      }),
      { numRuns: 40 },
    );
  });

  test('is made by nobody without x', () => {
    expect(refused({}, proveCheck(statement, randomScalar()))).toBe('bad-proof at proof');
  });

  test.each([
    ['short', {}, proof.subarray(1), 'bad-length at proof'],
    ['long', {}, concat(proof, proof), 'bad-length at proof'],
    ['r not reduced', {}, replaced(proof, 32, new Uint8Array(32).fill(255)), 'out-of-range at proof.r'],
    ['P the identity', { P: new Uint8Array(32) }, proof, 'identity-refused at P'],
  ])('%s', (_, change, bytes, expected) => {
    expect(refused(change, bytes)).toBe(expected);
  });

  test.each(REFUSED_ENCODINGS)('T or P with %s', (_, bad) => {
    expect(refused({}, replaced(proof, 0, bad))).toBe('bad-encoding at proof.T');
    expect(refused({ P: bad })).toBe('bad-encoding at P');
  });
});
