/** What every kernel refuses alike, and the form in which scalars reach one. */
import type { Bytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import type { Scalar } from '../scalar.ts';

/** Of an encoding, a hint and a scalar. */
export const ENCODED_BYTES = 32;

/** @throws CryptoError `bad-length`. */
export function expectCount(where: string, found: number, expected: number): void {
  if (found !== expected) throw new CryptoError('bad-length', where, `${found} for ${expected}`);
}

/** How many times 32 bytes. @throws CryptoError `bad-length`. */
export function countEncodings(bytes: Bytes, where: string): number {
  if (bytes.length % ENCODED_BYTES === 0) return bytes.length / ENCODED_BYTES;
  throw new CryptoError('bad-length', where, `${bytes.length} bytes are no multiple of ${ENCODED_BYTES}`);
}

/** 32 bytes each, little-endian. @throws CryptoError `bad-length` unless there are `count`. */
export function scalarBytes(scalars: readonly Scalar[] | Bytes, count: number): Bytes {
  if (scalars instanceof Uint8Array) {
    expectCount('scalars', countEncodings(scalars, 'scalars'), count);
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
