/** What every kernel refuses alike, and the form in which scalars reach one. */
import type { Bytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import type { Scalar } from '../scalar.ts';
import type { EncodedTerms, HashName, SumPlan } from './kernel.ts';

/** Of an encoding, a hint and a scalar. */
export const ENCODED_BYTES = 32;
export const WEIGHT_BYTES = 16;
/** Of a hash, and of a scalar before it is reduced. */
export const WIDE_BYTES = 64;

export const HASH_BYTES: Readonly<Record<HashName, number>> = { sha512: 64, sha512_256: 32, sha256: 32 };

/** @throws CryptoError `bad-length`. */
export function expectCount(where: string, found: number, expected: number): void {
  if (found !== expected) throw new CryptoError('bad-length', where, `${found} for ${expected}`);
}

/** The number of parts. @throws CryptoError `bad-length`. */
export function countParts(bytes: Bytes, length: number, where: string): number {
  if (length > 0 && bytes.length % length === 0) return bytes.length / length;
  throw new CryptoError('bad-length', where, `${bytes.length} bytes are no multiple of ${length}`);
}

/** @throws CryptoError `bad-length` unless there are as many scalars, and hints if any, as encodings. */
export function countTerms({ encodings, scalars, hints }: EncodedTerms): number {
  const count = countParts(encodings, ENCODED_BYTES, 'encodings');
  expectCount('scalars', countParts(scalars, ENCODED_BYTES, 'scalars'), count);
  if (hints !== undefined) expectCount('hints', countParts(hints, ENCODED_BYTES, 'hints'), count);
  return count;
}

/** The items of a plan. @throws CryptoError `bad-length` unless weights and scalars are for equally many. */
export function countItems(plan: SumPlan, weights: Bytes, scalars: Bytes): number {
  const count = countParts(weights, WEIGHT_BYTES * plan.weights, 'weights');
  expectCount('scalars', countParts(scalars, ENCODED_BYTES * plan.scalars, 'scalars'), count);
  return count;
}

/** 32 bytes each, little-endian. @throws CryptoError `bad-length` unless there are `count`. */
export function scalarBytes(scalars: readonly Scalar[] | Bytes, count: number): Bytes {
  if (scalars instanceof Uint8Array) {
    expectCount('scalars', countParts(scalars, ENCODED_BYTES, 'scalars'), count);
    return scalars;
  }
  expectCount('scalars', scalars.length, count);
  const bytes = new Uint8Array(count * ENCODED_BYTES);
  const view = new DataView(bytes.buffer);
  scalars.forEach((scalar, i) => {
    for (let word = 0; word < 4; word += 1) {
      view.setBigUint64(i * ENCODED_BYTES + 8 * word, scalar >> BigInt(64 * word), true);
    }
  });
  return bytes;
}
