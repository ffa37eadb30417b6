/** The kernel's field and torsion arithmetic at its extremes, where random group elements never come. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/crypto/bytes.ts';
import { add, D, double, GENERATOR, IDENTITY, Point } from '../../src/crypto/kernel/edwards.ts';
import {
  canonical,
  invert,
  invertAll,
  invertSqrt,
  isNegative,
  mul,
  P,
  SQRT_M1,
} from '../../src/crypto/kernel/field.ts';
import { encode, encodeDoubles, equal, isIdentity } from '../../src/crypto/kernel/ristretto.ts';

const mod = (a: bigint): bigint => ((a % P) + P) % P;
const edges = [
  0n,
  1n,
  -1n,
  18n,
  19n,
  P - 1n,
  P,
  P + 1n,
  2n ** 255n,
  2n ** 256n - 1n,
  2n ** 256n,
  -(2n ** 256n),
  2n ** 260n,
];
const anyField = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: -(2n ** 260n), max: 2n ** 260n }));

describe('the field', () => {
  test('constants', () => {
    expect(canonical(mul(SQRT_M1, SQRT_M1))).toBe(P - 1n);
    expect(canonical(mul(D, 121666n))).toBe(P - 121665n);
  });

  test('products and canonical values of any representatives', () => {
    fc.assert(
      fc.property(anyField, anyField, (a, b) => {
        expect(canonical(mul(a, b))).toBe(mod(a * b));
        expect(mul(a, b)).toBeLessThan(2n ** 256n + 2n ** 20n);
        expect(canonical(a)).toBe(mod(a));
        expect(isNegative(a)).toBe(mod(a) % 2n === 1n);
      }),
      { numRuns: 1000 },
    );
  });

  test('inverses, one by one and together, 0 for 0', () => {
    fc.assert(
      fc.property(fc.array(anyField, { maxLength: 8 }), (values) => {
        const inverses = invertAll(values).map(canonical);
        expect(inverses).toEqual(values.map((value) => canonical(invert(value))));
        values.forEach((value, i) => {
          expect(mod(value * (inverses[i] ?? 0n))).toBe(mod(value) === 0n ? 0n : 1n);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('inverse square roots: of squares alone', () => {
    fc.assert(
      fc.property(anyField, (a) => {
        const root = invertSqrt(mul(a, a));
        if (mod(a) === 0n) expect(root).toBeUndefined();
        else expect(mod(mul(root ?? 0n, root ?? 0n) * a * a)).toBe(1n);
        // 2 and 2·√−1 times a square are no squares: p = 5 mod 8.
        expect(invertSqrt(mul(2n, mul(a, a)))).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe('the torsion that ristretto255 divides out', () => {
  const torsion = [
    IDENTITY,
    new Point(0n, -1n, 1n, 0n),
    new Point(SQRT_M1, 0n, 1n, 0n),
    new Point(-SQRT_M1, 0n, 1n, 0n),
  ];
  const scaled = torsion.map(({ X, Y, Z, T }) => new Point(X * 7n, Y * 7n + P, Z * 7n, T));

  test('all four representatives are the identity', () => {
    for (const point of [...torsion, ...scaled]) {
      expect(isIdentity(point)).toBe(true);
      expect(equal(point, IDENTITY)).toBe(true);
      expect(toHex(encode([point]))).toBe('00'.repeat(32));
      expect(toHex(encodeDoubles([point]))).toBe('00'.repeat(32));
    }
  });

  test('all four representatives of an element encode alike, and so do their doubles', () => {
    const sums = [...torsion, ...scaled].map((point) => add(point, GENERATOR));
    expect(new Set(sums.map((sum) => toHex(encode([sum])))).size).toBe(1);
    expect(new Set(sums.map((sum) => toHex(encodeDoubles([sum])))).size).toBe(1);
    expect(sums.every((sum) => equal(sum, GENERATOR) && !isIdentity(sum))).toBe(true);
  });

  test('doubling is adding a point to itself', () => {
    let point = GENERATOR;
    for (let i = 0; i < 10; i += 1) {
      expect(toHex(encode([double(point)]))).toBe(toHex(encode([add(point, point)])));
      point = double(point);
    }
  });
});
