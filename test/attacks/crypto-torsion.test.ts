/**
 * B8, cofactors: ristretto255 stands on a curve of order 8ℓ. A sum that is compared with the wrong notion of the
 * identity, or a key that is equal to another but for torsion, has broken signatures before (Chalkias, Garillot and
 * Nikolaenko 2020; Monero's key images 2017).
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { concat, toHex, toUtf8 } from '../../src/crypto/bytes.ts';
import { generateSigningKey, parsePublicKey, publicKeyOf, sign, verify } from '../../src/crypto/ed25519.ts';
import { add, GENERATOR, IDENTITY, Point } from '../../src/crypto/kernel/edwards.ts';
import { multiplyAndSum } from '../../src/crypto/kernel/pippenger.ts';
import { encode, equal, isIdentity } from '../../src/crypto/kernel/ristretto.ts';
import { encodeScalar, GROUP_ORDER, negateScalar, ONE } from '../../src/crypto/scalar.ts';

const ORDER_8 = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const torsion = Array.from({ length: 8 }, (_, i) => {
  const { x, y } = ORDER_8.multiplyUnsafe(BigInt(i)).toAffine();
  return new Point(x, y, 1n, ed25519.Point.Fp.mul(x, y));
});
const fourth = torsion.filter((_, i) => i % 2 === 0);
const eighth = torsion.filter((_, i) => i % 2 === 1);

describe('in the kernel', () => {
  test('the identity is the four points of order 1, 2 and 4, and not those of order 8', () => {
    expect(fourth.map(isIdentity)).toEqual([true, true, true, true]);
    expect(eighth.map(isIdentity)).toEqual([false, false, false, false]);
  });

  test('a sum of equations may end in any of the four; a batch that compared with (0, 1) would refuse honest ballots', () => {
    const scalars = concat(encodeScalar(negateScalar(ONE)), encodeScalar(ONE));
    const sums = fourth.map((T) => multiplyAndSum([GENERATOR, add(GENERATOR, T)], scalars));
    expect(sums.map(isIdentity)).toEqual([true, true, true, true]);
    expect(sums.filter(({ X, Y, Z }) => X === 0n && Y === Z)).toHaveLength(1);
  });

  test('an element plus such a point is the same element, equal and encoded alike; never another', () => {
    const same = fourth.map((T) => add(GENERATOR, T));
    expect(same.map((point) => equal(point, GENERATOR))).toEqual([true, true, true, true]);
    expect(new Set(same.map((point) => toHex(encode([point])))).size).toBe(1);
    expect(same.map((point) => equal(point, IDENTITY))).toEqual([false, false, false, false]);
    expect(equal(add(GENERATOR, GENERATOR), GENERATOR)).toBe(false);
  });
});

describe('in role signatures', () => {
  const key = generateSigningKey();
  const A = ed25519.Point.fromBytes(publicKeyOf(key));
  const message = toUtf8('entry');
  const signature = sign(key, message);

  test('R plus torsion is another message to the hash: a stranger cannot re-spell a signature', () => {
    const R = ed25519.Point.fromBytes(signature.subarray(0, 32));
    for (let i = 1; i < 8; i += 1) {
      const twin = Uint8Array.from([
        ...R.add(ORDER_8.multiplyUnsafe(BigInt(i))).toBytes(),
        ...signature.subarray(32),
      ]);
      expect(verify(publicKeyOf(key), message, twin)).toBe(false);
    }
  });

  test('S plus the order is refused', () => {
    const S = signature.subarray(32).reduceRight((n, byte) => (n << 8n) | BigInt(byte), 0n) + GROUP_ORDER;
    const again = Uint8Array.from({ length: 32 }, (_, i) => Number((S >> BigInt(8 * i)) & 255n));
    expect(verify(publicKeyOf(key), message, Uint8Array.from([...signature.subarray(0, 32), ...again]))).toBe(
      false,
    );
  });

  test('a key plus torsion is another key, under which the signature does not pass', () => {
    for (let i = 1; i < 8; i += 1) {
      const twin = parsePublicKey(A.add(ORDER_8.multiplyUnsafe(BigInt(i))).toBytes());
      expect(verify(twin, message, signature)).toBe(false);
    }
  });

  test('all eight points of small order are refused as keys', () => {
    for (let i = 0; i < 8; i += 1) {
      expect(() => parsePublicKey(ORDER_8.multiplyUnsafe(BigInt(i)).toBytes())).toThrow(
        expect.objectContaining({ code: 'bad-key' }),
      );
    }
  });
});
