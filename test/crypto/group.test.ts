/** RFC 9496 appendix A, RFC 9497 hash-to-group, and the group's own rules (attacks B3, B8, B13). */
import { ristretto255_hasher } from '@noble/curves/ed25519.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/crypto/bytes.ts';
import {
  add,
  type Element,
  encodeElement,
  equal,
  G,
  hashToGroup,
  IDENTITY,
  isIdentity,
  multiplyPublic,
  multiplySecret,
  multiplyUniform,
  negate,
  parseElement,
  parseNonIdentity,
  prepareBase,
  subtract,
} from '../../src/crypto/group.ts';
import { parseScalar, randomScalar, type Scalar, scalarOf, ZERO } from '../../src/crypto/scalar.ts';
import rfc9496 from '../vectors/rfc9496/rfc9496_vectors.json' with { type: 'json' };
import rfc9497 from '../vectors/rfc9497/allVectors.json' with { type: 'json' };
import { anyScalar, REFUSED_ENCODINGS, refusalOf } from './hostile-inputs.ts';

const hex = (element: Element): string => toHex(encodeElement(element));

describe('RFC 9496 appendix A', () => {
  test('A.1: multiples of the generator, by addition and by every multiplication', () => {
    let sum = IDENTITY;
    rfc9496.base_multiples.forEach((expected, i) => {
      expect(hex(sum)).toBe(expected);
      expect(hex(multiplySecret(G, scalarOf(i)))).toBe(expected);
      expect(hex(multiplyPublic(G, scalarOf(i)))).toBe(expected);
      if (i > 0) expect(hex(multiplyUniform(G, scalarOf(i)))).toBe(expected);
      expect(hex(parseElement(fromHex(expected)))).toBe(expected);
      sum = add(sum, G);
    });
  });

  test.each(REFUSED_ENCODINGS)('A.2 and B13: refused: %s', (_, bytes) => {
    expect(refusalOf(() => parseElement(bytes, 'here'))).toBe('bad-encoding at here');
  });

  test('A.3: the one-way map below hash-to-group', () => {
    const map = (input: string): string =>
      toHex(ristretto255_hasher.deriveToCurve?.(fromHex(input)).toBytes() ?? new Uint8Array());
    for (const { input, output } of rfc9496.element_derivation) expect(map(input)).toBe(output);
    for (const { inputs, output } of rfc9496.element_derivation_same) {
      for (const input of inputs) expect(map(input)).toBe(output);
    }
  });
});

test('RFC 9497 appendix A.1: blinded elements are blind times hash-to-group of the input', () => {
  const suites = rfc9497.filter(({ identifier }) => identifier === 'ristretto255-SHA512');
  const compared = suites.flatMap(({ groupDST, vectors }) => {
    const tag = new TextDecoder().decode(fromHex(groupDST));
    return vectors.flatMap(({ Blind, BlindedElement, Input }) => {
      const inputs = Input.split(',');
      const blinds = Blind.split(',').map((blind) => parseScalar(fromHex(blind)));
      return BlindedElement.split(',').map((expected, i) => {
        const element = hashToGroup(tag, fromHex(inputs[i] ?? ''));
        expect(hex(multiplySecret(element, blinds[i] ?? ZERO))).toBe(expected);
      });
    });
  });
  expect(compared).toHaveLength(10);
});

describe('parsing', () => {
  test('a wrong length is refused', () => {
    expect(refusalOf(() => parseElement(new Uint8Array(31), 'y'))).toBe('bad-length at y');
    expect(refusalOf(() => parseElement(new Uint8Array(33), 'y'))).toBe('bad-length at y');
  });

  test('the identity is an element, but no key', () => {
    const zeros = new Uint8Array(32);
    expect(isIdentity(parseElement(zeros))).toBe(true);
    expect(refusalOf(() => parseNonIdentity(zeros, 'Y'))).toBe('identity-refused at Y');
    expect(refusalOf(() => parseNonIdentity(zeros.subarray(1), 'Y'))).toBe('bad-length at Y');
    expect(equal(parseNonIdentity(encodeElement(G)), G)).toBe(true);
  });
});

describe('multiplications', () => {
  const arbitrary = hashToGroup('test', new Uint8Array([1]));
  const prepared = prepareBase(hashToGroup('test', new Uint8Array([2])));

  test('secret, uniform and public agree on any base', () => {
    fc.assert(
      fc.property(anyScalar, fc.constantFrom(G, arbitrary, prepared, IDENTITY), (s, base) => {
        const expected = hex(multiplyPublic(base, s));
        expect(hex(multiplySecret(base, s))).toBe(expected);
        if (s !== ZERO) expect(hex(multiplyUniform(base, s))).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('zero times anything and anything times the identity', () => {
    for (const base of [G, arbitrary, prepared, IDENTITY, subtract(arbitrary, arbitrary)]) {
      expect(isIdentity(multiplySecret(base, ZERO))).toBe(true);
    }
    expect(isIdentity(multiplySecret(subtract(arbitrary, arbitrary), randomScalar()))).toBe(true);
    expect(refusalOf(() => multiplyUniform(G, ZERO))).toBe('out-of-range at scalar');
  });

  test('a prepared base is the same element', () => {
    const plain = parseElement(encodeElement(prepared));
    expect(equal(prepared, plain)).toBe(true);
    const s: Scalar = randomScalar();
    expect(equal(multiplySecret(prepared, s), multiplySecret(plain, s))).toBe(true);
  });
});

test('subtraction and negation undo addition', () => {
  const a = hashToGroup('test', new Uint8Array([3]));
  expect(equal(subtract(add(a, G), G), a)).toBe(true);
  expect(isIdentity(add(a, negate(a)))).toBe(true);
  expect(equal(a, G)).toBe(false);
  expect(hex(negate(IDENTITY))).toBe('00'.repeat(32));
});

test('hash-to-group tells tags and messages apart', () => {
  const message = new Uint8Array([4]);
  expect(equal(hashToGroup('a', message), hashToGroup('b', message))).toBe(false);
  expect(equal(hashToGroup('a', message), hashToGroup('a', new Uint8Array([5])))).toBe(false);
});
