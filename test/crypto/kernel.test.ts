/**
 * Every kernel against RFC 9496 appendix A and against @noble/curves, on random and hostile input (attacks B3,
 * B13).
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, fromHex, toHex } from '../../src/crypto/bytes.ts';
import {
  add,
  type Element,
  encodeElement,
  equal,
  G,
  hashToGroup,
  IDENTITY,
  multiplyPublic,
  parseElement,
} from '../../src/crypto/group.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import type { Points } from '../../src/crypto/kernel/kernel.ts';
import { KERNEL_WASM } from '../../src/crypto/kernel/kernel-wasm.ts';
import { makeWasmKernel, wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import {
  GROUP_ORDER,
  negateScalar,
  ONE,
  randomScalar,
  type Scalar,
  scalarOf,
  ZERO,
} from '../../src/crypto/scalar.ts';
import rfc9496 from '../vectors/rfc9496/rfc9496_vectors.json' with { type: 'json' };
import { anyScalar, littleEndian, REFUSED_ENCODINGS, refusalOf } from './hostile-inputs.ts';

const NOTHING = new Uint8Array(32);
const MULTIPLES = rfc9496.base_multiples.map((multiple) => fromHex(multiple));
const hexOf = (...elements: Element[]): string => toHex(concat(...elements.map(encodeElement)));

function acceptedByNoble(bytes: Uint8Array): boolean {
  return refusalOf(() => parseElement(bytes)) === 'accepted';
}

const anyElement: fc.Arbitrary<Element> = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 8 }).map((seed) => hashToGroup('test', seed)) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 15 }).map((m) => multiplyPublic(G, scalarOf(m))) },
);

describe.each([
  ['bigint', bigintKernel],
  ['WebAssembly', wasmKernel],
  ['WebAssembly, without relaxed SIMD,', makeWasmKernel(KERNEL_WASM)],
])('%s kernel', (_name, kernel) => {
  const IDENTITIES = kernel.identities(1);
  const hex = (...points: Points[]): string => toHex(kernel.encode(kernel.concat(points)));

  function decodeGood(...encodings: Uint8Array[]): Points {
    const decoded = kernel.decode(concat(...encodings));
    if (!decoded.ok) throw new Error(`refused: ${decoded.bad.join()}`);
    return decoded.points;
  }
  const pointsOf = (...elements: Element[]): Points => decodeGood(...elements.map(encodeElement));

  /** 0·G, 1·G, 2·G …, each with another Z. */
  function firstMultiples(count: number): Points {
    const points = [IDENTITIES];
    while (points.length < count) points.push(kernel.add(points.at(-1) ?? IDENTITIES, kernel.generator));
    return kernel.concat(points);
  }

  describe('RFC 9496 appendix A', () => {
    test('A.1: multiples of the generator', () => {
      let sum = IDENTITIES;
      for (const multiple of MULTIPLES) {
        expect(hex(sum)).toBe(toHex(multiple));
        sum = kernel.add(sum, kernel.generator);
      }
      expect(hex(decodeGood(...MULTIPLES))).toBe(toHex(concat(...MULTIPLES)));
    });

    test('A.2 and B13: every bad encoding is refused, by its index among good ones', () => {
      const good = MULTIPLES[1] ?? new Uint8Array();
      const mixed = REFUSED_ENCODINGS.flatMap(([, bytes]) => [bytes, good]);
      const decoded = kernel.decode(concat(...mixed));
      const bad = REFUSED_ENCODINGS.map((_, i) => 2 * i);
      expect(decoded).toMatchObject({ ok: false, bad });
      expect(hex(decoded.points)).toBe(
        toHex(concat(...mixed.map((bytes, i) => (i % 2 === 0 ? NOTHING : bytes)))),
      );
    });

    test.each(REFUSED_ENCODINGS)('refused alone: %s', (_, bytes) => {
      expect(kernel.decode(bytes)).toMatchObject({ ok: false, bad: [0] });
    });
  });

  describe('decoding', () => {
    test('nothing, the identity, wrong lengths', () => {
      expect(kernel.decode(new Uint8Array())).toMatchObject({ ok: true, points: { length: 0 } });
      expect(kernel.isIdentity(decodeGood(NOTHING))).toBe(true);
      expect(refusalOf(() => kernel.decode(new Uint8Array(33)))).toBe('bad-length at encodings');
    });

    test('accepts what @noble/curves accepts, and reads the same element', () => {
      const nearEdge = fc
        .bigInt({ min: -300n, max: 300n })
        .chain((near) =>
          fc
            .constantFrom(0n, 2n ** 255n - 19n, 2n ** 255n, 2n ** 256n, 2n ** 254n)
            .map((edge) => littleEndian(BigInt.asUintN(256, edge + near))),
        );
      const flipped = fc.tuple(anyElement, fc.nat(255)).map(([element, bit]) => {
        const bytes = Uint8Array.from(encodeElement(element));
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return bytes;
      });
      const random = fc.uint8Array({ minLength: 32, maxLength: 32 });
      const positive = random.map((bytes) =>
        Uint8Array.from(bytes, (byte, i) => byte & (i === 0 ? 254 : i === 31 ? 127 : 255)),
      );
      fc.assert(
        fc.property(fc.oneof(nearEdge, flipped, random, positive), (bytes) => {
          const decoded = kernel.decode(bytes);
          expect(decoded.ok).toBe(acceptedByNoble(bytes));
          if (decoded.ok) expect(toHex(kernel.encode(decoded.points))).toBe(toHex(bytes));
        }),
        { numRuns: 600 },
      );
    });
  });

  describe('against @noble/curves', () => {
    test('encodings, sums, doubles and equality', () => {
      fc.assert(
        fc.property(anyElement, anyElement, (a, b) => {
          const [p, q] = [pointsOf(a), pointsOf(b)];
          const sum = kernel.add(p, q);
          expect(hex(p, q, sum)).toBe(hexOf(a, b, add(a, b)));
          expect(toHex(kernel.encodeDoubles(kernel.concat([p, q, sum])))).toBe(
            hexOf(add(a, a), add(b, b), add(add(a, b), add(a, b))),
          );
          expect(kernel.equal(p, q)).toBe(equal(a, b));
          expect(kernel.equal(kernel.add(p, q), kernel.add(q, p))).toBe(true);
        }),
        { numRuns: 150 },
      );
    });

    test('doubles: none, identities among others, and representatives with every Z', () => {
      expect(kernel.encodeDoubles(kernel.identities(0))).toHaveLength(0);
      const points = kernel.concat([IDENTITIES, kernel.generator, firstMultiples(20)]);
      expect(toHex(kernel.encodeDoubles(points))).toBe(hex(kernel.add(points, points)));
      expect(toHex(kernel.encodeDoubles(IDENTITIES))).toBe('00'.repeat(32));
    });

    const term = fc.tuple(anyElement, anyScalar);
    test.each([0, 1, 2, 3, 17])('multiply and sum %d points', (size) => {
      fc.assert(
        fc.property(fc.array(term, { minLength: size, maxLength: size }), (terms) => {
          const expected = terms.reduce(
            (sum, [element, s]) => add(sum, multiplyPublic(element, s)),
            IDENTITY,
          );
          const points = pointsOf(...terms.map(([element]) => element));
          const sum = kernel.multiplyAndSum(
            points,
            terms.map(([, s]) => s),
          );
          expect(hex(sum)).toBe(hexOf(expected));
        }),
        { numRuns: size > 3 ? 8 : 30 },
      );
    });

    test.each([300, 3000])(
      'multiply and sum %d known multiples of G, long and short scalars mixed',
      (size) => {
        const points = firstMultiples(size);
        const scalars = Array.from(
          { length: size },
          (_, i) => BigInt.asUintN(i % 3 === 0 ? 253 : 128, randomScalar()) as Scalar,
        );
        const expected = scalars.reduce<bigint>((sum, s, i) => sum + s * BigInt(i), 0n);
        const sum = kernel.multiplyAndSum(points, scalars);
        const reduced = kernel.multiplyAndSum(kernel.generator, [scalarOf(expected % GROUP_ORDER)]);
        expect(kernel.equal(sum, reduced)).toBe(true);
        expect(hex(sum)).toBe(hex(reduced));
      },
    );
  });

  describe('multiply and sum to the identity', () => {
    const element = hashToGroup('test', new Uint8Array([9]));
    const [p, q] = [pointsOf(element), pointsOf(multiplyPublic(element, negateScalar(ONE)))];
    const sumOf = (points: Points[], scalars: Scalar[]): Points =>
      kernel.multiplyAndSum(kernel.concat(points), scalars);

    test('no points, zero scalars, identities, P and −P, repeated points, ℓ·P', () => {
      const most = negateScalar(ONE);
      const sums = [
        sumOf([], []),
        sumOf([p], [ZERO]),
        sumOf([p, q, p], [ZERO, ZERO, ZERO]),
        sumOf([IDENTITIES, IDENTITIES], [most, ONE]),
        sumOf([p, q], [most, most]),
        sumOf([p, p], [ONE, most]),
        sumOf([p, p, p, q, q, q], [ONE, scalarOf(2), most, most, scalarOf(2), ONE]),
      ];
      expect(sums.map((point) => kernel.isIdentity(point))).toEqual(sums.map(() => true));
      expect(hex(...sums)).toBe('00'.repeat(32 * sums.length));
    });

    test('a sum that is anything else is not the identity', () => {
      expect(kernel.isIdentity(sumOf([p, q], [ONE, scalarOf(2)]))).toBe(false);
      expect(kernel.isIdentity(p)).toBe(false);
    });

    test('an identity in every one of its representatives: ℓ·P leaves the torsion of P', () => {
      for (const multiple of MULTIPLES) {
        const point = decodeGood(multiple);
        const torsion = sumOf([point, point], [negateScalar(ONE), ONE]);
        expect(kernel.isIdentity(torsion)).toBe(true);
        expect(kernel.equal(torsion, IDENTITIES)).toBe(true);
        expect(hex(kernel.add(torsion, kernel.generator))).toBe(toHex(MULTIPLES[1] ?? multiple));
        expect(toHex(kernel.encodeDoubles(torsion))).toBe('00'.repeat(32));
      }
    });

    test('as many scalars as points', () => {
      expect(refusalOf(() => kernel.multiplyAndSum(p, []))).toBe('bad-length at scalars');
      expect(refusalOf(() => kernel.multiplyAndSum(p, NOTHING.subarray(1)))).toBe('bad-length at scalars');
      expect(refusalOf(() => kernel.add(p, kernel.identities(2)))).toBe('bad-length at b');
      expect(refusalOf(() => kernel.equal(p, kernel.identities(2)))).toBe('bad-length at b');
    });
  });
});
