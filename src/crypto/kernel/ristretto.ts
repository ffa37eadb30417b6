/**
 * ristretto255, RFC 9496 section 4: an element is a class of four Edwards points; here are its decoding,
 * encoding and equality. Encodings are hostile input. Variable time: public data only.
 */
import type { Bytes } from '../bytes.ts';
import { D, Point } from './edwards.ts';
import { canonical, invertAll, invertSqrt, isNegative, isZero, mul, P, SQRT_M1 } from './field.ts';
import { ENCODED_BYTES } from './lengths.ts';

/** 1/√(a − d) with a = −1. */
const INVSQRT_A_MINUS_D = 0x786c8905cfaffca216c27b91fe01d8409d2f16175a4172be99c8fdaa805d40ean;

function readField(bytes: Bytes): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, ENCODED_BYTES);
  const high = (view.getBigUint64(24, true) << 64n) | view.getBigUint64(16, true);
  const low = (view.getBigUint64(8, true) << 64n) | view.getBigUint64(0, true);
  return (high << 128n) | low;
}

/** Writes |s| as 32 bytes, little-endian, at `at`. */
function writeAbsolute(s: bigint, out: DataView, at: number): void {
  const least = canonical(s);
  const even = (least & 1n) === 1n ? P - least : least;
  for (let word = 0; word < 4; word += 1) {
    out.setBigUint64(at + 8 * word, even >> BigInt(64 * word), true);
  }
}

/** What section 4.3.1 calculates of s: u₁, u₂ and v, and v·u₂², whose inverse square root it takes. */
function radicand(s: bigint): { u1: bigint; u2: bigint; v: bigint; square: bigint } {
  const ss = mul(s, s);
  const u1 = 1n - ss;
  const u2 = 1n + ss;
  const u2u2 = mul(u2, u2);
  const v = -mul(D, mul(u1, u1)) - u2u2;
  return { u1, u2, v, square: mul(v, u2u2) };
}

/**
 * Section 4.3.1.
 * @param hint of `hintOf`, 32 bytes, hostile: it serves if it is ±1/√(v·u₂²), and is written anew if it is not.
 * @returns undefined for 32 bytes that are no canonical encoding.
 */
export function decode(bytes: Bytes, hint?: Bytes): Point | undefined {
  const s = readField(bytes);
  if (s >= P || (s & 1n) === 1n) return undefined;
  const { u1, u2, v, square } = radicand(s);
  const given = hint === undefined ? 0n : readField(hint);
  const serves = canonical(mul(mul(given, given), square)) === 1n;
  const root = serves ? given : invertSqrt(square);
  if (root === undefined) return undefined;
  if (hint !== undefined && !serves) writeAbsolute(root, new DataView(hint.buffer, hint.byteOffset), 0);
  const denominatorX = mul(root, u2);
  const denominatorY = mul(mul(root, denominatorX), v);
  const signed = canonical(mul(2n * s, denominatorX));
  const x = (signed & 1n) === 1n ? P - signed : signed;
  const y = canonical(mul(u1, denominatorY));
  const t = canonical(mul(x, y));
  return (t & 1n) === 1n || y === 0n ? undefined : new Point(x, y, 1n, t);
}

/** The inverse square root of an encoding's v·u₂², 32 bytes; zeros if it has none. */
export function hintOf(bytes: Bytes): Bytes {
  const hint = new Uint8Array(ENCODED_BYTES);
  writeAbsolute(invertSqrt(radicand(readField(bytes)).square) ?? 0n, new DataView(hint.buffer), 0);
  return hint;
}

/** ±s of section 4.3.2. */
function encodedField({ X, Y, Z, T }: Point): bigint {
  const u1 = mul(Z + Y, Z - Y);
  const u2 = mul(X, Y);
  // The radicand is a square for every element; it is zero for the identity alone, whose s is zero.
  const root = invertSqrt(mul(u1, mul(u2, u2))) ?? 0n;
  const d1 = mul(root, u1);
  const d2 = mul(root, u2);
  const inverseZ = mul(mul(d1, d2), T);
  const rotate = isNegative(mul(T, inverseZ));
  const x = rotate ? mul(Y, SQRT_M1) : X;
  const y = rotate ? mul(X, SQRT_M1) : Y;
  const denominator = rotate ? mul(d1, INVSQRT_A_MINUS_D) : d2;
  const signedY = isNegative(mul(x, inverseZ)) ? -y : y;
  return mul(denominator, Z - signedY);
}

/** Section 4.3.2: 32 bytes for each point. */
export function encode(points: readonly Point[]): Bytes {
  const out = new Uint8Array(points.length * ENCODED_BYTES);
  const view = new DataView(out.buffer);
  points.forEach((point, i) => writeAbsolute(encodedField(point), view, i * ENCODED_BYTES));
  return out;
}

/** The unfinished double of a point, 2P = (e/f', g/h') with f' and h' to be inverted together. */
interface Halfway {
  readonly e: bigint;
  readonly f: bigint;
  readonly g: bigint;
  readonly h: bigint;
  readonly eg: bigint;
  readonly fh: bigint;
}

function halfway({ X, Y, Z, T }: Point): Halfway {
  const ZZ = mul(Z, Z);
  const dTT = mul(D, mul(T, T));
  const e = 2n * mul(X, Y);
  const f = ZZ + dTT;
  const g = mul(Y, Y) + mul(X, X);
  const h = ZZ - dTT;
  return { e, f, g, h, eg: mul(e, g), fh: mul(f, h) };
}

/** ±s of 2P. @param inverse 1/(e·f·g·h), or 0 where that is zero: then 2P is the identity, and s = 0. */
function finish({ e, f, g, h, eg, fh }: Halfway, inverse: bigint): bigint {
  const inverseZ = mul(eg, inverse);
  const inverseT = mul(fh, inverse);
  const rotate = isNegative(mul(eg, inverseZ));
  const e2 = rotate ? g : e;
  const g2 = rotate ? -e : g;
  const h2 = rotate ? mul(f, SQRT_M1) : h;
  const magic = rotate ? SQRT_M1 : INVSQRT_A_MINUS_D;
  const g3 = isNegative(mul(mul(h2, e2), inverseZ)) ? -g2 : g2;
  return mul(h2 - g3, mul(magic, mul(g3, inverseT)));
}

/**
 * The encoding of 2P for each P. A double needs no square root, since P is there to take it from:
 * double-and-compress of curve25519-dalek.
 */
export function encodeDoubles(points: readonly Point[]): Bytes {
  const out = new Uint8Array(points.length * ENCODED_BYTES);
  const view = new DataView(out.buffer);
  const states = points.map(halfway);
  const inverses = invertAll(states.map(({ eg, fh }) => mul(eg, fh)));
  states.forEach((state, i) => writeAbsolute(finish(state, inverses[i] ?? 0n), view, i * ENCODED_BYTES));
  return out;
}

/** Section 4.3.3: x₁·y₂ = y₁·x₂ or y₁·y₂ = x₁·x₂. */
export function equal(p: Point, q: Point): boolean {
  return isZero(mul(p.X, q.Y) - mul(p.Y, q.X)) || isZero(mul(p.Y, q.Y) - mul(p.X, q.X));
}

/** The identity's four points are those with X = 0 or Y = 0; comparing with (0, 1) alone is wrong. */
export function isIdentity({ X, Y }: Point): boolean {
  return isZero(X) || isZero(Y);
}
