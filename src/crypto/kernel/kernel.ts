/**
 * A kernel does the group arithmetic of verification: many elements at a time, and in a time that depends
 * on the data. PUBLIC DATA ONLY: no key, token, vote or nonce of a real election ever enters one. Its
 * points are another type than `Element` for that reason; the two meet in 32-byte encodings alone.
 */
import type { Bytes } from '../bytes.ts';
import type { Scalar } from '../scalar.ts';

declare const brand: unique symbol;

/** Elements of ristretto255 that hold no secret, in order. They belong to the kernel that made them. */
export interface Points {
  readonly [brand]: 'Points';
  readonly length: number;
}

/**
 * One point per encoding, in order; `bad` are the indices of those that RFC 9496 section 4.3.1 refuses, in whose
 * places the identity stands.
 */
export type Decoded =
  | { readonly ok: true; readonly points: Points }
  | { readonly ok: false; readonly points: Points; readonly bad: readonly number[] };

/** Terms of a sum whose points are hostile encodings, with hints as for `decode`. */
export interface EncodedTerms {
  readonly encodings: Bytes;
  /** Below 2^253, 32 bytes each as `encodeScalar` does. */
  readonly scalars: Bytes;
  readonly hints?: Bytes | undefined;
}

/** One point; or the indices, among all terms, of the encodings that are refused. */
export type SumOfEncoded =
  | { readonly ok: true; readonly sum: Points }
  | { readonly ok: false; readonly bad: readonly number[] };

/**
 * Sums of products modulo ℓ that are formed alike for many items, each with weights (128 bits) and scalars of its
 * own: sum_k = Σ factor·weight_i·scalar_j.
 */
export interface SumPlan {
  readonly weights: number;
  readonly scalars: number;
  /** Sums of all items together, which come first; and sums of each item. */
  readonly shared: number;
  readonly own: number;
  /** Factors are safe integers. */
  readonly products: readonly {
    readonly sum: number;
    readonly weight: number;
    readonly scalar: number;
    readonly factor: number;
  }[];
}

export interface Sums {
  /** `plan.shared` scalars of 32 bytes. */
  readonly shared: Bytes;
  /** `plan.own` scalars of 32 bytes for each item, in order. */
  readonly own: Bytes;
}

/** SHA-512 where none is named. */
export type HashName = 'sha512' | 'sha512_256' | 'sha256';

export interface Kernel {
  /** The generator G, one point. */
  readonly generator: Points;

  /** The identity, `count` times. */
  identities(count: number): Points;

  /** Those from `start` to before `end`. */
  slice(points: Points, start: number, end: number): Points;

  concat(parts: readonly Points[]): Points;

  /**
   * @param encodings n × 32 bytes, hostile. The identity's is valid: where a protocol refuses it, look.
   * @param hints n × 32 bytes as `makeHints` gives them, hostile too: they change the time, never the result. Those
   * that do not serve are overwritten with what was calculated in their place, so that zeros become hints.
   * @throws CryptoError `bad-length` unless the length is a multiple of 32, or for another number of hints.
   */
  decode(encodings: Bytes, hints?: Bytes): Decoded;

  /**
   * For each encoding the inverse square root that decoding it takes most of its time for: a cache to be kept
   * beside the encodings, n × 32 bytes. What it says of encodings that are refused means nothing.
   * @throws CryptoError `bad-length`.
   */
  makeHints(encodings: Bytes): Bytes;

  /** n × 32 bytes, canonical. An inverse square root each: see `encodeDoubles`. */
  encode(points: Points): Bytes;

  /** The encodings of 2·P for each P, n × 32 bytes, for one inversion in some hundreds. */
  encodeDoubles(points: Points): Bytes;

  /** a₁ + b₁, a₂ + b₂ … @throws CryptoError `bad-length` unless there are as many. */
  add(a: Points, b: Points): Points;

  /** Whether a₁ = b₁, a₂ = b₂ …, whatever their representatives. @throws CryptoError `bad-length`. */
  equal(a: Points, b: Points): boolean;

  /** Whether all are the identity. */
  isIdentity(points: Points): boolean;

  /**
   * Σ sᵢ·Pᵢ, one point; the identity for no points. Short scalars cost less.
   * @param scalars one for each point; or all of them as `encodeScalar` does, n × 32 bytes.
   * @throws CryptoError `bad-length` unless there are as many scalars as points.
   */
  multiplyAndSum(points: Points, scalars: readonly Scalar[] | Bytes): Points;

  /**
   * Σ sᵢ·Pᵢ of the terms of all lists: what `decode` and then `multiplyAndSum` give, without keeping the points.
   * @throws CryptoError `bad-length`.
   */
  sumEncoded(lists: readonly EncodedTerms[]): SumOfEncoded;

  /** The hash of each of the messages, all `length` > 0 bytes long and side by side: n × 64 or 32 bytes. */
  hashEach(messages: Bytes, length: number, name?: HashName): Bytes;

  /** n × 64 bytes as `scalarFromWide` takes them, to n × 32 bytes. */
  reduceEach(wide: Bytes): Bytes;

  /**
   * @param weights 16 bytes each, little-endian, item by item.
   * @param scalars 32 bytes each, below ℓ, item by item.
   * @throws CryptoError `bad-length` unless they are for equally many items.
   */
  sumProducts(plan: SumPlan, weights: Bytes, scalars: Bytes): Sums;
}
