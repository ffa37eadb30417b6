/**
 * A kernel does the group arithmetic of verification: many elements at a time, and in a time that depends
 * on the data. PUBLIC DATA ONLY: no key, token, vote or nonce of a real election ever enters one. Its
 * points are another type than `Element` for that reason; the two meet in 32-byte encodings alone.
 */
import type { Bytes } from '../bytes.ts';
import type { Scalar } from '../scalar.ts';

declare const brand: unique symbol;

/** An element of ristretto255 that holds no secret. It belongs to the kernel that made it. */
export interface PublicPoint {
  readonly [brand]: 'PublicPoint';
}

/** One point per encoding, in order; `bad` are the indices of those that RFC 9496 section 4.3.1 refuses. */
export type Decoded =
  | { readonly ok: true; readonly points: readonly PublicPoint[] }
  | {
      readonly ok: false;
      readonly points: readonly (PublicPoint | undefined)[];
      readonly bad: readonly number[];
    };

export interface Kernel {
  readonly identity: PublicPoint;
  /** The generator G. */
  readonly generator: PublicPoint;

  /**
   * @param encodings n × 32 bytes, hostile. The identity's is valid: where a protocol refuses it, look.
   * @throws CryptoError `bad-length` unless the length is a multiple of 32.
   */
  decode(encodings: Bytes): Decoded;

  /** n × 32 bytes, canonical. An inverse square root each: see `encodeDoubles`. */
  encode(points: readonly PublicPoint[]): Bytes;

  /** The encodings of 2·P for each P, n × 32 bytes, for one inversion in all. */
  encodeDoubles(points: readonly PublicPoint[]): Bytes;

  add(a: PublicPoint, b: PublicPoint): PublicPoint;

  /** Equality of group elements, whatever their representatives. */
  equal(a: PublicPoint, b: PublicPoint): boolean;

  isIdentity(point: PublicPoint): boolean;

  /**
   * Σ sᵢ·Pᵢ; the identity for no points. Short scalars cost less.
   * @throws CryptoError `bad-length` unless there are as many scalars as points.
   */
  multiplyAndSum(points: readonly PublicPoint[], scalars: readonly Scalar[]): PublicPoint;
}
