/** The proof of a `check` entry: docs/protocol.md §6.6. */
import { randomBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../../src/crypto/bytes.ts';
import { encodeElement, G, multiplyPublic, multiplySecret } from '../../../src/crypto/group.ts';
import { proveCheck, verifyCheck } from '../../../src/crypto/proofs/check-proof.ts';
import {
  encodeScalar,
  hashToScalar,
  invertScalar,
  multiplyScalars,
  parseScalar,
  randomScalar,
  subtractScalars,
} from '../../../src/crypto/scalar.ts';
import { framed } from '../../../src/crypto/transcript.ts';
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

  test('cannot be made for a P that is chosen after the challenge', () => {
    // With e = H(ctx ‖ F ‖ T), P = (r·G − T)/e would do, for any r.
    const { ctx, F } = statement;
    const [w, r] = [randomScalar(), randomScalar()];
    const T = encodeElement(multiplyPublic(G, w));
    const weak = [framed(ctx, F, T), framed(ctx, statement.P, F, T)];
    for (const e of weak.map((message) => hashToScalar('teller/v1/check-challenge', message))) {
      const P = encodeElement(multiplyPublic(G, multiplyScalars(subtractScalars(r, w), invertScalar(e))));
      expect(refused({ P }, concat(T, encodeScalar(r)))).toBe('bad-proof at proof');
    }
  });

  test('answers the challenge of the document', () => {
    const { ctx, P, F } = statement;
    const T = proof.subarray(0, 32);
    const e = hashToScalar('teller/v1/check-challenge', framed(ctx, P, F, T));
    const w = subtractScalars(parseScalar(proof.subarray(32)), multiplyScalars(e, x));
    expect(encodeElement(multiplyPublic(G, w))).toEqual(T);
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
