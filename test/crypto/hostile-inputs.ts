/** Inputs that the decoders of this room must settle alike: valid edges, refused edges, random ones. */
import * as fc from 'fast-check';
import { fromHex } from '../../src/crypto/bytes.ts';
import { CryptoError } from '../../src/crypto/errors.ts';
import { GROUP_ORDER, type Scalar } from '../../src/crypto/scalar.ts';
import rfc9496 from '../vectors/rfc9496/rfc9496_vectors.json' with { type: 'json' };

const P = 2n ** 255n - 19n;

/** Any 256-bit integer as 32 bytes, little-endian. */
export function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

function integerOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

const MULTIPLES = rfc9496.base_multiples.map((multiple) => fromHex(multiple));

/**
 * Attack B13: what a decoder refuses only if it checks every condition of RFC 9496 section 4.3.1. Every
 * valid s also comes as p − s (odd, with the same square root) and with bit 255 set.
 */
export const REFUSED_ENCODINGS: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['s = p − 1, which only y ≠ 0 refuses', littleEndian(P - 1n)],
  ['s = p, zero again', littleEndian(P)],
  ['s = p + 1', littleEndian(P + 1n)],
  ['s = 1', littleEndian(1n)],
  ['s = 2^255 − 1', littleEndian(2n ** 255n - 1n)],
  ['s = 2^255, zero with bit 255', littleEndian(2n ** 255n)],
  ['s = 2^256 − 1', littleEndian(2n ** 256n - 1n)],
  ...rfc9496.bad_encodings.map((bad, i) => [`RFC 9496 A.2 number ${i}`, fromHex(bad)] as const),
  ...MULTIPLES.slice(1).map(
    (good, i) => [`odd twin of ${i + 1}·G`, littleEndian(P - integerOf(good))] as const,
  ),
  ...MULTIPLES.map((good, i) => [`${i}·G with bit 255`, littleEndian(integerOf(good) + 2n ** 255n)] as const),
];

/** Scalars with the values at which carries and refusals turn. */
export const anyScalar: fc.Arbitrary<Scalar> = fc
  .oneof(
    fc.bigInt({ min: 0n, max: GROUP_ORDER - 1n }),
    fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
    fc.constantFrom(
      0n,
      1n,
      2n,
      GROUP_ORDER - 1n,
      GROUP_ORDER - 2n,
      2n ** 252n,
      2n ** 252n - 1n,
      2n ** 128n - 1n,
    ),
  )
  .map((value) => value as Scalar);

/** The code and place of the CryptoError that `run` throws. */
export function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CryptoError) return `${error.code} at ${error.where}`;
    throw error;
  }
  return 'accepted';
}
