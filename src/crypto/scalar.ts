/**
 * Scalars: integers modulo ℓ, the prime order of ristretto255 (RFC 9496 section 4). Encodings are hostile
 * input and strict; the arithmetic is @noble/curves', since scalars may be keys, votes and nonces.
 */
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, toUtf8 } from './bytes.ts';
import { CryptoError } from './errors.ts';

/** An integer s with 0 ≤ s < ℓ. */
export type Scalar = bigint & { readonly __brand: 'Scalar' };

/** Gives `length` bytes that nobody can predict. */
export type RandomSource = (length: number) => Bytes;

const { Fn } = ristretto255.Point;

/** ℓ = 2^252 + 27742317777372353535851937790883648493. */
export const GROUP_ORDER: bigint = Fn.ORDER;
export const SCALAR_BYTES = 32;
const WIDE_BYTES = 64;

export const ZERO = 0n as Scalar;
export const ONE = 1n as Scalar;

function littleEndian(bytes: Bytes): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let value = 0n;
  for (let i = bytes.length - 8; i >= 0; i -= 8) value = (value << 64n) | view.getBigUint64(i, true);
  return value;
}

function expectLength(bytes: Bytes, length: number, where: string): void {
  if (bytes.length !== length) {
    throw new CryptoError('bad-length', where, `${bytes.length} bytes instead of ${length}`);
  }
}

/**
 * 32 bytes, little-endian, below ℓ.
 * @throws CryptoError `bad-length`; `out-of-range` for ℓ and above.
 */
export function parseScalar(bytes: Bytes, where = 'scalar'): Scalar {
  expectLength(bytes, SCALAR_BYTES, where);
  const value = littleEndian(bytes);
  if (value >= GROUP_ORDER) throw new CryptoError('out-of-range', where, 'not below the group order');
  return value as Scalar;
}

/** The highest byte of ℓ. */
const TOP_BYTE = 0x10;

/** Whether `parseScalar` takes the 32 bytes at `at`. */
export function isScalar(bytes: Bytes, at: number): boolean {
  const top = bytes[at + SCALAR_BYTES - 1] ?? 0;
  if (top < TOP_BYTE) return true;
  return top === TOP_BYTE && littleEndian(bytes.subarray(at, at + SCALAR_BYTES)) < GROUP_ORDER;
}

/** 32 bytes, little-endian. */
export function encodeScalar(scalar: Scalar): Bytes {
  return Fn.toBytes(scalar);
}

/** @throws CryptoError `out-of-range` unless `value` is a safe integer or bigint with 0 ≤ value < ℓ. */
export function scalarOf(value: number | bigint, where = 'value'): Scalar {
  const n = typeof value === 'bigint' || Number.isSafeInteger(value) ? BigInt(value) : -1n;
  if (n < 0n || n >= GROUP_ORDER) throw new CryptoError('out-of-range', where, 'not in 0 … ℓ − 1');
  return n as Scalar;
}

export function addScalars(a: Scalar, b: Scalar): Scalar {
  return Fn.add(a, b) as Scalar;
}

export function subtractScalars(a: Scalar, b: Scalar): Scalar {
  return Fn.sub(a, b) as Scalar;
}

export function multiplyScalars(a: Scalar, b: Scalar): Scalar {
  return Fn.mul(a, b) as Scalar;
}

export function negateScalar(a: Scalar): Scalar {
  return Fn.neg(a) as Scalar;
}

/**
 * 1/a mod ℓ. Takes a time that depends on `a`: for public scalars only.
 * @throws CryptoError `out-of-range` for zero.
 */
export function invertScalar(a: Scalar, where = 'scalar'): Scalar {
  if (a === ZERO) throw new CryptoError('out-of-range', where, 'zero has no inverse');
  return Fn.inv(a) as Scalar;
}

/**
 * 64 bytes, little-endian, reduced modulo ℓ: uniform, to within 2^−259, if the bytes are.
 * @throws CryptoError `bad-length`.
 */
export function scalarFromWide(bytes: Bytes, where = 'bytes'): Scalar {
  expectLength(bytes, WIDE_BYTES, where);
  return Fn.create(littleEndian(bytes)) as Scalar;
}

/** A uniform scalar, not zero. @throws CryptoError `out-of-range` if the source is broken and gives zero. */
export function randomScalar(random: RandomSource = randomBytes): Scalar {
  const scalar = scalarFromWide(random(WIDE_BYTES), 'random');
  if (scalar === ZERO) throw new CryptoError('out-of-range', 'random', 'the random source gave zero');
  return scalar;
}

/**
 * HashToScalar of ristretto255-SHA512, RFC 9497 section 4.1, with DST = `tag`: expand_message_xmd of
 * RFC 9380 section 5.3.1 with SHA-512 to 64 bytes, read as `scalarFromWide` does.
 */
export function hashToScalar(tag: string, message: Bytes): Scalar {
  return scalarFromWide(expand_message_xmd(message, toUtf8(tag, 'tag'), WIDE_BYTES, sha512));
}
