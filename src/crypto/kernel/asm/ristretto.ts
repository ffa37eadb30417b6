/**
 * ristretto255, RFC 9496 section 4, on two elements at a time. Encodings and hints are hostile input; masks have
 * ones in the halves where a statement holds. What a refused half computes on the way does not matter.
 */
import { E, F, G, H, pairPoints, POINT, POINTS, T, Y, Z } from './edwards';
import {
  add,
  canonical,
  copy,
  D,
  fromBytes,
  INVSQRT_A_MINUS_D,
  invert,
  invertSqrt,
  isInverseRoot,
  isNegative,
  isOdd,
  isZero,
  negateIf,
  ONE,
  PAIR,
  powerP58,
  select,
  settleRoot,
  SQRT_M1,
  subtract,
  toBytes,
  ZERO,
} from './field';
import { multiply, square } from './product';

const S = memory.data(384, 16);
const U1 = memory.data(384, 16);
const U2 = memory.data(384, 16);
const U2U2 = memory.data(192, 16);
const V = memory.data(384, 16);
const W = memory.data(384, 16);
const ROOT = memory.data(384, 16);
const DX = memory.data(192, 16);
const DY = memory.data(192, 16);
const LEAST = memory.data(192, 16);

/**
 * s < p − 1 and even, for 32 bytes. What encodes nothing for y = 0 alone is s² = 1: then u₁ = 0, and otherwise
 * y = u₁·D_y = u₁/u₂ is not zero. Of ±1 the even one is p − 1.
 */
function isCanonical(bytes: usize): bool {
  const top = load<u64>(bytes, 24);
  if (top >= 0x7fffffffffffffff) {
    const all = load<u64>(bytes, 8) & load<u64>(bytes, 16);
    if (top > 0x7fffffffffffffff || (all == u64.MAX_VALUE && load<u64>(bytes) >= 0xffffffffffffffec)) return false;
  }
  return (load<u8>(bytes) & 1) == 0;
}

/** Encodings that are decoded at once: two pairs. */
// @ts-ignore: decorator
@inline export const FOUR: i32 = 4;

/** s, u₁, u₂, v and v·u₂² of the pair at `at`. */
function beginDecoding(at: usize, bytes1: usize, bytes2: usize): void {
  const s = S + at;
  const u1 = U1 + at;
  const u2 = U2 + at;
  const v = V + at;
  fromBytes(s, bytes1, bytes2);
  square(v, s);
  subtract(u1, ONE, v); // a 2-fold, and so is
  add(u2, ONE, v);
  square(U2U2, u2);
  square(v, u1);
  multiply(v, v, D);
  add(v, v, U2U2);
  subtract(v, ZERO, v); // v = −d·u₁² − u₂², a 2-fold
  multiply(W + at, v, U2U2);
}

/** Whether the hints of the pair at `at` are both right. They are in ROOT. */
function areRight(at: usize, hint1: usize, hint2: usize): bool {
  fromBytes(ROOT + at, hint1, hint2);
  return i64x2.all_true(isInverseRoot(ROOT + at, W + at));
}

/** 1/√(v·u₂²) of the pair at `at`, whose power is in ROOT; written as hints. */
function settle(at: usize, hint1: usize, hint2: usize): v128 {
  const isSquare = settleRoot(ROOT + at, W + at);
  canonical(LEAST, ROOT + at);
  toBytes(hint1, hint2, LEAST);
  return isSquare;
}

/** x, y and t of the pair at `at`. @returns ones where the point is refused for t. */
function finishDecoding(o: usize, at: usize): v128 {
  const s = S + at;
  multiply(DX, ROOT + at, U2 + at);
  multiply(DY, ROOT + at, DX);
  multiply(DY, DY, V + at);
  // x = |2·s·D_x|, y = u₁·D_y, t = x·y
  add(s, s, s);
  multiply(o, s, DX);
  negateIf(o, o, isNegative(o));
  multiply(o + Y, U1 + at, DY);
  copy(o + Z, ONE);
  multiply(o + T, o, o + Y);
  return isNegative(o + T);
}

/**
 * Section 4.3.1 for four encodings, of 32 bytes, side by side as their hints are, to two pairs of points at `o`. Of
 * fewer, the last stands for those that are missing. `hinted`: the hints are used; those that are wrong are written.
 * @returns bits 0 to 3: whether each is an encoding.
 */
export function decodeFour(o: usize, bytes: usize, hints: usize, n: i32, hinted: bool): i32 {
  const second: usize = n > 1 ? 32 : 0;
  const third: usize = n > 2 ? 64 : second;
  const fourth: usize = n > 3 ? 96 : third;
  beginDecoding(0, bytes, bytes + second);
  beginDecoding(PAIR, bytes + third, bytes + fourth);
  let isSquare1 = i64x2.splat(-1);
  let isSquare2 = isSquare1;
  const right = hinted && areRight(0, hints, hints + second) && areRight(PAIR, hints + third, hints + fourth);
  if (!right) {
    powerP58(ROOT, W, 2 * PAIR);
    isSquare1 = settle(0, hints, hints + second);
    isSquare2 = settle(PAIR, hints + third, hints + fourth);
  }
  const ok1 = i64x2.bitmask(v128.andnot(isSquare1, finishDecoding(o, 0)));
  const ok2 = i64x2.bitmask(v128.andnot(isSquare2, finishDecoding(o + POINTS, PAIR)));
  let ok = ok1 | (ok2 << 2);
  if (!isCanonical(bytes)) ok &= ~1;
  if (!isCanonical(bytes + second)) ok &= ~2;
  if (!isCanonical(bytes + third)) ok &= ~4;
  if (!isCanonical(bytes + fourth)) ok &= ~8;
  return ok;
}

/** |s|, which is even, as 32 bytes; s up to a 1-fold. */
function writeAbsolute(bytes1: usize, bytes2: usize, s: usize): void {
  canonical(LEAST, s);
  negateIf(s, s, isOdd(LEAST));
  canonical(LEAST, s);
  toBytes(bytes1, bytes2, LEAST);
}

const D1 = memory.data(192, 16);
const D2 = memory.data(192, 16);
const INVERSE_Z = memory.data(192, 16);
const X1 = memory.data(192, 16);
const Y1 = memory.data(192, 16);

/** Section 4.3.2. */
export function encodePair(bytes1: usize, bytes2: usize, p: usize): void {
  add(U1, p + Z, p + Y);
  subtract(U2, p + Z, p + Y);
  multiply(U1, U1, U2);
  multiply(U2, p, p + Y);
  square(W, U2);
  multiply(W, W, U1);
  // The radicand is a square for every element; it is zero for the identity alone, whose root and s are zero.
  invertSqrt(ROOT, W);
  multiply(D1, ROOT, U1);
  multiply(D2, ROOT, U2);
  multiply(INVERSE_Z, D1, D2);
  multiply(INVERSE_Z, INVERSE_Z, p + T);
  multiply(W, p + T, INVERSE_Z);
  const rotate = isNegative(W);
  multiply(X1, p + Y, SQRT_M1);
  multiply(Y1, p, SQRT_M1);
  multiply(D1, D1, INVSQRT_A_MINUS_D);
  select(X1, X1, p, rotate);
  select(Y1, Y1, p + Y, rotate);
  select(D1, D1, D2, rotate);
  multiply(W, X1, INVERSE_Z);
  negateIf(Y1, Y1, isNegative(W));
  subtract(Y1, p + Z, Y1);
  multiply(S, D1, Y1);
  writeAbsolute(bytes1, bytes2, S);
}

const P = memory.data(768, 16);
const EG = memory.data(192, 16);
const FH = memory.data(192, 16);

/** 2P = (e/f, g/h) of P in extended coordinates, not yet divided: e, f, g, h, and eg, fh. */
function halfway(p: usize): void {
  square(V, p + Z);
  square(W, p + T);
  multiply(W, W, D);
  multiply(E, p, p + Y);
  add(E, E, E);
  add(F, V, W);
  subtract(H, V, W);
  square(V, p + Y);
  square(W, p);
  add(G, V, W); // all 2-folds
  multiply(EG, E, G);
  multiply(FH, F, H);
}

/** |s| of 2P from its halves and 1/(e·f·g·h), or 0 for the identity. */
function finishDouble(bytes1: usize, bytes2: usize, inverse: usize): void {
  multiply(INVERSE_Z, EG, inverse);
  multiply(U1, FH, inverse); // 1/T
  multiply(W, EG, INVERSE_Z);
  const rotate = isNegative(W);
  // rotated: e, g, h become g, −e, f·√−1
  multiply(F, F, SQRT_M1);
  select(H, F, H, rotate);
  subtract(V, ZERO, E);
  select(X1, G, E, rotate);
  select(Y1, V, G, rotate);
  select(D1, SQRT_M1, INVSQRT_A_MINUS_D, rotate);
  multiply(W, H, X1);
  multiply(W, W, INVERSE_Z);
  negateIf(Y1, Y1, isNegative(W));
  multiply(V, Y1, U1);
  multiply(V, V, D1);
  subtract(W, H, Y1);
  multiply(S, W, V);
  writeAbsolute(bytes1, bytes2, S);
}

const PRODUCT = memory.data(192, 16);

/**
 * The encodings of 2P for n points, by one inversion for each half: double-and-compress of curve25519-dalek.
 * `room` has 192 bytes for each point: e·f·g·h of pair i, and the product of those before.
 */
export function doublesOf(bytes: usize, points: usize, n: i32, room: usize): void {
  copy(PRODUCT, ONE);
  for (let i = 0, at = room; i < n; i += 2, at += 2 * PAIR) {
    const j = i + 1 < n ? i + 1 : i;
    pairPoints(P, points + POINT * i, points + POINT * j);
    halfway(P);
    multiply(at, EG, FH);
    // Zero for the identity alone: 1 in its place, for the product's sake.
    select(at, ONE, at, isZero(at));
    copy(at + PAIR, PRODUCT);
    multiply(PRODUCT, PRODUCT, at);
  }
  invert(PRODUCT, PRODUCT);
  for (let i = (n - 1) & ~1; i >= 0; i -= 2) {
    const at = room + PAIR * i;
    const j = i + 1 < n ? i + 1 : i;
    pairPoints(P, points + POINT * i, points + POINT * j);
    halfway(P);
    multiply(at + PAIR, at + PAIR, PRODUCT);
    multiply(PRODUCT, PRODUCT, at);
    multiply(at, EG, FH);
    select(at + PAIR, ZERO, at + PAIR, isZero(at));
    finishDouble(bytes + 32 * i, bytes + 32 * j, at + PAIR);
  }
}

/** Section 4.3.3: x₁·y₂ = y₁·x₂ or y₁·y₂ = x₁·x₂. @returns bits as `decodePair` does. */
export function equalPair(p: usize, q: usize): i32 {
  multiply(V, p, q + Y);
  multiply(W, p + Y, q);
  subtract(V, V, W);
  multiply(U1, p + Y, q + Y);
  multiply(U2, p, q);
  subtract(U1, U1, U2);
  return i64x2.bitmask(v128.or(isZero(V), isZero(U1)));
}

/** The identity's four points are those with X = 0 or Y = 0. */
export function identityPair(p: usize): i32 {
  return i64x2.bitmask(v128.or(isZero(p), isZero(p + Y)));
}
