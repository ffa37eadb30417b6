/**
 * The group ristretto255, RFC 9496, over @noble/curves: prime order ℓ, generator G, canonical 32-byte
 * encodings. Encodings are hostile input. Which multiplication to take:
 *
 * - `multiplySecret` for keys, votes and all that depends on them: any scalar, any element.
 * - `multiplyUniform` for a scalar drawn uniformly for this one use: a nonce, an encryption's k.
 * - `multiplyPublic` for public data: its time depends on the scalar.
 */
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { type Bytes, toUtf8 } from './bytes.ts';
import { CryptoError } from './errors.ts';
import { randomScalar, type Scalar, subtractScalars, ZERO } from './scalar.ts';

type Point = InstanceType<typeof ristretto255.Point>;
declare const brand: unique symbol;

/** An element of the group. Only this file looks inside. */
export interface Element {
  readonly [brand]: 'Element';
}

const wrap = (point: Point): Element => point as unknown as Element;
const unwrap = (element: Element): Point => element as unknown as Point;

export const ELEMENT_BYTES = 32;

export const IDENTITY: Element = wrap(ristretto255.Point.ZERO);

/**
 * Bits of a digit in the table of a prepared base: 44 windows of 32 points, about 300 kB, 10 ms to make,
 * paid back by a dozen multiplications.
 */
const WINDOW_BITS = 6;

/**
 * `element`, with a table that makes later multiplications of this very object about six times faster.
 * The table is made at the first of them.
 */
export function prepareBase(element: Element): Element {
  return wrap(unwrap(element).precompute(WINDOW_BITS));
}

/** The generator. A copy of @noble/curves' own, whose built-in blinding would repeat what is done here. */
export const G: Element = prepareBase(wrap(ristretto255.Point.fromBytes(ristretto255.Point.BASE.toBytes())));

/**
 * The canonical encoding of an element; the identity is one.
 * @throws CryptoError `bad-length`; `bad-encoding` for all else that RFC 9496 section 4.3.1 refuses.
 */
export function parseElement(bytes: Bytes, where = 'element'): Element {
  if (bytes.length !== ELEMENT_BYTES) {
    throw new CryptoError('bad-length', where, `${bytes.length} bytes instead of ${ELEMENT_BYTES}`);
  }
  try {
    return wrap(ristretto255.Point.fromBytes(bytes));
  } catch {
    throw new CryptoError('bad-encoding', where, 'not the encoding of a ristretto255 element');
  }
}

/** As `parseElement`. @throws CryptoError also `identity-refused`. */
export function parseNonIdentity(bytes: Bytes, where = 'element'): Element {
  const element = parseElement(bytes, where);
  if (isIdentity(element)) throw new CryptoError('identity-refused', where, 'the identity');
  return element;
}

/** 32 bytes. */
export function encodeElement(element: Element): Bytes {
  return unwrap(element).toBytes();
}

export function isIdentity(element: Element): boolean {
  return unwrap(element).is0();
}

export function equal(a: Element, b: Element): boolean {
  return unwrap(a).equals(unwrap(b));
}

export function add(a: Element, b: Element): Element {
  return wrap(unwrap(a).add(unwrap(b)));
}

export function subtract(a: Element, b: Element): Element {
  return wrap(unwrap(a).subtract(unwrap(b)));
}

export function negate(a: Element): Element {
  return wrap(unwrap(a).negate());
}

/**
 * s·P for a secret s, as s₁·P + s₂·P with s₁ random and s₂ = s − s₁ for this call alone. So what a
 * multiplication's time may tell is random, and s = 0 takes the same path as every other value:
 * @noble/curves refuses a zero scalar, which s₁ and s₂ are with probability 2^−252.
 */
export function multiplySecret(element: Element, scalar: Scalar): Element {
  const s1 = randomScalar();
  const s2 = subtractScalars(scalar, s1);
  const point = unwrap(element);
  return wrap(point.multiply(s1).add(point.multiply(s2)));
}

/**
 * s·P in half the time of `multiplySecret`, by @noble/curves' constant sequence of operations. Only for an
 * s drawn uniformly and used once as a secret (by P and perhaps a second base): never a vote, a key, or
 * what is zero for some vote.
 * @throws CryptoError `out-of-range` for zero, which no random source gives.
 */
export function multiplyUniform(element: Element, scalar: Scalar): Element {
  if (scalar === ZERO) throw new CryptoError('out-of-range', 'scalar', 'zero is not a uniform scalar');
  return wrap(unwrap(element).multiply(scalar));
}

/** s·P in a time that depends on s: for public data only. */
export function multiplyPublic(element: Element, scalar: Scalar): Element {
  return wrap(unwrap(element).multiplyUnsafe(scalar));
}

/**
 * hash_to_ristretto255, RFC 9380 appendix B, with DST = `tag`: HashToGroup of RFC 9497 section 4.1.
 * Nobody knows the discrete logarithm of the result.
 */
export function hashToGroup(tag: string, message: Bytes): Element {
  return wrap(ristretto255_hasher.hashToCurve(message, { DST: toUtf8(tag, 'tag') }));
}
