/**
 * ristretto255, RFC 9496 section 4, on two elements at a time. Encodings and hints are hostile input; masks have
 * ones in the halves where a statement holds. What a refused half computes on the way does not matter.
 */
import { E, F, G, H, pairPoints, POINT, T, Y, Z } from './edwards';
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
  select,
  SQRT_M1,
  subtract,
  toBytes,
  ZERO,
} from './field';
import { multiply, square } from './product';

const S = memory.data(192, 16);
const U1 = memory.data(192, 16);
const U2 = memory.data(192, 16);
const U2U2 = memory.data(192, 16);
const V = memory.data(192, 16);
const W = memory.data(192, 16);
const ROOT = memory.data(192, 16);
const DX = memory.data(192, 16);
const DY = memory.data(192, 16);
const LEAST = memory.data(192, 16);

/** s < p and even, for 32 bytes. */
function isCanonical(bytes: usize): bool {
  const top = load<u64>(bytes, 24);
  if (top >= 0x7fffffffffffffff) {
    const all = load<u64>(bytes, 8) & load<u64>(bytes, 16);
    if (top > 0x7fffffffffffffff || (all == u64.MAX_VALUE && load<u64>(bytes) >= 0xffffffffffffffed)) return false;
  }
  return (load<u8>(bytes) & 1) == 0;
}

/** 1/√(v·u₂²) into ROOT: the hints if both are right, or else calculated, and then written as hints. */
function root(hint1: usize, hint2: usize, hinted: bool): v128 {
  if (hinted) {
    fromBytes(ROOT, hint1, hint2);
    const right = isInverseRoot(ROOT, W);
    if (i64x2.all_true(right)) return right;
  }
  const square = invertSqrt(ROOT, W);
  canonical(LEAST, ROOT);
  toBytes(hint1, hint2, LEAST);
  return square;
}

/** Section 4.3.1. @returns bit 0 for the first, bit 1 for the second: whether it is an encoding. */
export function decodePair(o: usize, bytes1: usize, bytes2: usize, hint1: usize, hint2: usize, hinted: bool): i32 {
  fromBytes(S, bytes1, bytes2);
  square(V, S);
  subtract(U1, ONE, V); // a 2-fold, and so is
  add(U2, ONE, V);
  square(U2U2, U2);
  square(V, U1);
  multiply(V, V, D);
  add(V, V, U2U2);
  subtract(V, ZERO, V); // v = −d·u₁² − u₂², a 2-fold
  multiply(W, V, U2U2);
  const isSquare = root(hint1, hint2, hinted);
  multiply(DX, ROOT, U2);
  multiply(DY, ROOT, DX);
  multiply(DY, DY, V);
  // x = |2·s·D_x|, y = u₁·D_y, t = x·y
  add(S, S, S);
  multiply(o, S, DX);
  negateIf(o, o, isNegative(o));
  multiply(o + Y, U1, DY);
  copy(o + Z, ONE);
  multiply(o + T, o, o + Y);
  const refused = v128.or(isNegative(o + T), isZero(o + Y));
  const ok = i64x2.bitmask(v128.andnot(isSquare, refused));
  return ok & (<i32>isCanonical(bytes1) | (<i32>isCanonical(bytes2) << 1));
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
