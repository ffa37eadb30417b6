/** RFC 9591: Shamir shares and Lagrange coefficients, against its vectors and by properties. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/crypto/bytes.ts';
import {
  add,
  encodeElement,
  equal,
  G,
  IDENTITY,
  multiplyPublic,
  parseElement,
} from '../../src/crypto/group.ts';
import {
  addScalars,
  encodeScalar,
  multiplyScalars,
  parseScalar,
  type Scalar,
  scalarFromWide,
  scalarOf,
  ZERO,
} from '../../src/crypto/scalar.ts';
import { lagrangeAtZero, publicShareOf, shareOf } from '../../src/crypto/shamir.ts';

interface Vectors {
  readonly inputs: {
    readonly group_secret_key: string;
    readonly group_public_key: string;
    readonly share_polynomial_coefficients: readonly string[];
    readonly participant_shares: readonly {
      readonly identifier: number;
      readonly participant_share: string;
    }[];
  };
}

const file = new URL('../vectors/rfc9591/frost-ristretto255-sha512.json', import.meta.url);
const { inputs } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const scalar = (hex: string): Scalar => parseScalar(fromHex(hex));
const coefficients = [inputs.group_secret_key, ...inputs.share_polynomial_coefficients].map(scalar);
const commitments = coefficients.map((c) => multiplyPublic(G, c));

const anyScalar = fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => scalarFromWide(bytes));
const secretOf = (points: readonly (readonly [number, Scalar])[]): Scalar => {
  const lambdas = lagrangeAtZero(points.map(([i]) => i));
  return points.reduce<Scalar>(
    (sum, [, share], k) => addScalars(sum, multiplyScalars(lambdas[k] ?? ZERO, share)),
    ZERO,
  );
};

describe('RFC 9591 frost-ristretto255-sha512.json', () => {
  test('the shares of the group secret', () => {
    expect(inputs.participant_shares).toHaveLength(3);
    for (const { identifier, participant_share } of inputs.participant_shares) {
      expect(toHex(encodeScalar(shareOf(coefficients, identifier)))).toBe(participant_share);
      const S = publicShareOf(commitments, identifier);
      expect(equal(S, multiplyPublic(G, scalar(participant_share)))).toBe(true);
    }
  });

  test('the group public key, from the secret and from every two verifying shares', () => {
    const key = parseElement(fromHex(inputs.group_public_key));
    expect(toHex(encodeElement(commitments[0] ?? IDENTITY))).toBe(inputs.group_public_key);
    for (const pair of [
      [1, 2],
      [3, 1],
      [2, 3],
    ]) {
      const lambdas = lagrangeAtZero(pair);
      const sum = pair.reduce(
        (left, i, k) => add(left, multiplyPublic(publicShareOf(commitments, i), lambdas[k] ?? ZERO)),
        IDENTITY,
      );
      expect(equal(sum, key)).toBe(true);
    }
  });

  test('the secret, from any two shares', () => {
    const points = inputs.participant_shares.map((s) => [s.identifier, scalar(s.participant_share)] as const);
    for (const left of points) {
      for (const right of points.filter((other) => other !== left)) {
        expect(toHex(encodeScalar(secretOf([left, right])))).toBe(inputs.group_secret_key);
      }
    }
  });
});

describe('Shamir shares', () => {
  test('any t of n shares give the secret, and t − 1 give another', () => {
    const scheme = fc
      .array(anyScalar, { minLength: 2, maxLength: 6 })
      .chain((f) =>
        fc.tuple(
          fc.constant(f),
          fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: f.length, maxLength: f.length }),
        ),
      );
    fc.assert(
      fc.property(scheme, ([f, identifiers]) => {
        const points = identifiers.map((i) => [i, shareOf(f, i)] as const);
        expect(secretOf(points)).toBe(f[0]);
        expect(secretOf(points.slice(1))).not.toBe(f[0]);
      }),
    );
  });

  test('degree 0: everybody has the secret', () => {
    expect(shareOf([scalarOf(7)], 1)).toBe(7n);
    expect(lagrangeAtZero([1])).toEqual([1n]);
  });

  test('of nobody give nothing, rather than 0', () => {
    expect(() => lagrangeAtZero([])).toThrow(
      expect.objectContaining({ code: 'out-of-range', where: 'identifiers' }),
    );
  });

  test('identifiers are positive and distinct', () => {
    for (const i of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
      expect(() => shareOf(coefficients, i)).toThrow(
        expect.objectContaining({ code: 'out-of-range', where: 'identifier' }),
      );
      expect(() => publicShareOf(commitments, i)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
      expect(() => lagrangeAtZero([1, i])).toThrow(
        expect.objectContaining({ code: 'out-of-range', where: 'identifiers[1]' }),
      );
    }
    expect(() => lagrangeAtZero([1, 2, 1])).toThrow(
      expect.objectContaining({ code: 'out-of-range', where: 'identifiers[0]' }),
    );
  });
});
