/** Scalars: strict decoding (attack B3), RFC 9380 expand_message_xmd, RFC 9497 hash-to-scalar. */
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { sha512 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, fromHex, toHex, toUtf8, u16 } from '../../src/crypto/bytes.ts';
import { encodeElement, G, multiplySecret } from '../../src/crypto/group.ts';
import {
  addScalars,
  encodeScalar,
  GROUP_ORDER,
  hashToScalar,
  invertScalar,
  multiplyScalars,
  negateScalar,
  ONE,
  parseScalar,
  randomScalar,
  type Scalar,
  scalarFromWide,
  scalarOf,
  subtractScalars,
  ZERO,
} from '../../src/crypto/scalar.ts';
import expandVectors from '../vectors/rfc9380/expand_message_xmd_SHA512_38.json' with { type: 'json' };
import rfc9497 from '../vectors/rfc9497/allVectors.json' with { type: 'json' };
import { anyScalar, littleEndian, refusalOf } from './hostile-inputs.ts';

describe('decoding', () => {
  test('below ℓ and nothing else', () => {
    expect(GROUP_ORDER).toBe(2n ** 252n + 27742317777372353535851937790883648493n);
    expect(parseScalar(littleEndian(GROUP_ORDER - 1n))).toBe(GROUP_ORDER - 1n);
    expect(parseScalar(littleEndian(0n))).toBe(0n);
    for (const value of [GROUP_ORDER, GROUP_ORDER + 1n, 2n ** 253n, 2n ** 255n, 2n ** 256n - 1n]) {
      expect(refusalOf(() => parseScalar(littleEndian(value), 'r'))).toBe('out-of-range at r');
    }
  });

  test('32 bytes and nothing else, at any offset of a buffer', () => {
    expect(refusalOf(() => parseScalar(new Uint8Array(31), 'r'))).toBe('bad-length at r');
    expect(refusalOf(() => parseScalar(new Uint8Array(33), 'r'))).toBe('bad-length at r');
    const whole = concat(new Uint8Array(3).fill(255), littleEndian(5n), new Uint8Array(3).fill(255));
    expect(parseScalar(whole.subarray(3, 35))).toBe(5n);
  });

  test('every scalar encodes to what decodes to it', () => {
    fc.assert(
      fc.property(anyScalar, (s) => {
        expect(parseScalar(encodeScalar(s))).toBe(s);
      }),
    );
  });

  test('small integers', () => {
    expect(scalarOf(7)).toBe(7n);
    expect(scalarOf(GROUP_ORDER - 1n)).toBe(GROUP_ORDER - 1n);
    for (const bad of [-1, 0.5, 2 ** 53, Number.NaN, GROUP_ORDER, -1n]) {
      expect(refusalOf(() => scalarOf(bad, 'v'))).toBe('out-of-range at v');
    }
  });
});

test('arithmetic modulo ℓ', () => {
  const mod = (n: bigint): bigint => ((n % GROUP_ORDER) + GROUP_ORDER) % GROUP_ORDER;
  fc.assert(
    fc.property(anyScalar, anyScalar, (a, b) => {
      expect(addScalars(a, b)).toBe(mod(a + b));
      expect(subtractScalars(a, b)).toBe(mod(a - b));
      expect(multiplyScalars(a, b)).toBe(mod(a * b));
      expect(negateScalar(a)).toBe(mod(GROUP_ORDER - a));
      if (a !== ZERO) expect(multiplyScalars(a, invertScalar(a))).toBe(ONE);
    }),
  );
  expect(refusalOf(() => invertScalar(ZERO, 'λ'))).toBe('out-of-range at λ');
});

describe('64 bytes to a scalar', () => {
  test('reduced, little-endian', () => {
    expect(scalarFromWide(new Uint8Array(64).fill(255))).toBe((2n ** 512n - 1n) % GROUP_ORDER);
    expect(scalarFromWide(concat(littleEndian(GROUP_ORDER + 3n), new Uint8Array(32)))).toBe(3n);
    expect(refusalOf(() => scalarFromWide(new Uint8Array(32), 'w'))).toBe('bad-length at w');
  });

  test('random scalars differ and are never zero', () => {
    const drawn = Array.from({ length: 100 }, () => randomScalar());
    expect(new Set(drawn).size).toBe(100);
    expect(drawn).not.toContain(ZERO);
    expect(randomScalar((length) => new Uint8Array(length).fill(1))).toBe(
      scalarFromWide(new Uint8Array(64).fill(1)),
    );
  });

  test('a broken random source is refused', () => {
    expect(refusalOf(() => randomScalar((length) => new Uint8Array(length)))).toBe('out-of-range at random');
    expect(refusalOf(() => randomScalar(() => new Uint8Array(8)))).toBe('bad-length at random');
  });
});

test('RFC 9380 appendix K.3: expand_message_xmd with SHA-512', () => {
  for (const { msg, len_in_bytes, uniform_bytes } of expandVectors.tests) {
    const expanded = expand_message_xmd(toUtf8(msg), expandVectors.DST, Number(len_in_bytes), sha512);
    expect(toHex(expanded)).toBe(uniform_bytes);
  }
  expect(expandVectors.tests).toHaveLength(10);
});

/** DeriveKeyPair of RFC 9497 section 3.2.1, whose first try is a hash-to-scalar. */
function deriveKey(mode: number, seed: string, info: string): Scalar {
  const context = concat(toUtf8('OPRFV1-'), new Uint8Array([mode]), toUtf8('-ristretto255-SHA512'));
  const keyInfo = fromHex(info);
  const input = concat(fromHex(seed), u16(keyInfo.length), keyInfo, new Uint8Array([0]));
  return hashToScalar(`DeriveKeyPair${new TextDecoder().decode(context)}`, input);
}

test('RFC 9497 appendix A.1: key pairs are derived by hash-to-scalar', () => {
  const suites = rfc9497.filter(({ identifier }) => identifier === 'ristretto255-SHA512');
  expect(suites).toHaveLength(3);
  for (const suite of suites) {
    const key = deriveKey(suite.mode, suite.seed, suite.keyInfo);
    expect(toHex(encodeScalar(key))).toBe(suite.skSm);
    if (suite.pkSm !== undefined) expect(toHex(encodeElement(multiplySecret(G, key)))).toBe(suite.pkSm);
  }
});
