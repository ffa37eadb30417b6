/**
 * Multi-scalar multiplication by buckets (Pippenger), with signed digits, two windows at a time: the first half
 * of a pair of points works on window 2q, the second on window 2q + 1, and both add the same points. Variable
 * time: public data only.
 *
 * A scalar is s = Σ dⱼ·2^(cj) with −2^(c−1) < dⱼ ≤ 2^(c−1). Terms with scalars of more than 128 bits fill the
 * table from the front, the others from the back, so that the high windows pass over those.
 */
import {
  A,
  addPoints,
  B,
  C,
  complete,
  double,
  E,
  F,
  G,
  H,
  POINT,
  POINTS,
  pairPoints,
  setIdentity,
  T,
  unpairPoints,
  Y,
  Z,
} from './edwards';
import {
  add,
  carry,
  copy,
  invert,
  LIMBS,
  ONE,
  PAIR,
  pair,
  SINGLE,
  subtract,
  TWO_D,
  unpair,
} from './field';
import { multiply } from './product';

/** Terms of one sum. */
export const CAPACITY: i32 = 32768;
/** Digits of 12 bits at most: 2^11 buckets in each of two windows. */
export const MOST_DIGIT_BITS: i32 = 12;
/** Digits of 4 bits at least: 64 windows. */
export const LEAST_DIGIT_BITS: i32 = 4;

/** y + x, y − x, 2d·x·y of an affine point. */
// @ts-ignore: decorator
@inline const NIELS: usize = 3 * SINGLE;

// @ts-ignore: decorator
@inline export const TABLE_BYTES: i32 = 9437184;
export const TABLE = memory.data(9437184, 16);
/** dⱼ of term i, an i16 at 2·(j·CAPACITY + i). */
const DIGITS = memory.data(4194304, 16);
/** Bucket b of the two windows at hand, as a pair of points. */
const BUCKETS = memory.data(1573632, 16);

let digitBits: i32 = 0;
/** Windows of a scalar of 253 and of 128 bits, rounded up to even. */
let longWindows: i32 = 0;
let shortWindows: i32 = 0;
/** Terms from the front, and the first of those at the back. */
let longEnd: i32 = 0;
let shortStart: i32 = 0;

export function beginSum(c: i32): void {
  digitBits = c;
  // One bit more than the scalar has, so that no carry is left at the top.
  longWindows = (253 / c + 2) & ~1;
  shortWindows = (128 / c + 2) & ~1;
  longEnd = 0;
  shortStart = CAPACITY;
}

const X1 = memory.data(192, 16);
const Y1 = memory.data(192, 16);
const Z1 = memory.data(192, 16);
const PRODUCT = memory.data(192, 16);

function allAffine(points: usize, n: i32): bool {
  for (let i = 0; i < n; i++) {
    const z = points + POINT * i + 2 * SINGLE;
    for (let k: usize = 0; k < LIMBS; k++) if (load<f64>(z + 8 * k) != (k == 0 ? 1.0 : 0.0)) return false;
  }
  return true;
}

/** Divides n points by their Z, which is never zero, by one inversion. `room` has 96 bytes for each. */
export function affinePoints(points: usize, n: i32, room: usize): void {
  if (allAffine(points, n)) return;
  copy(PRODUCT, ONE);
  for (let i = 0; i < n; i += 2) {
    const first = points + POINT * i;
    copy(room + SINGLE * i, PRODUCT);
    pair(Z1, first + 2 * SINGLE, (i + 1 < n ? first + POINT : first) + 2 * SINGLE);
    multiply(PRODUCT, PRODUCT, Z1);
  }
  invert(PRODUCT, PRODUCT);
  for (let i = (n - 1) & ~1; i >= 0; i -= 2) {
    const first = points + POINT * i;
    const second = i + 1 < n ? first + POINT : first;
    pairPoints(SUM, first, second);
    multiply(Z1, PRODUCT, room + SINGLE * i);
    multiply(PRODUCT, PRODUCT, SUM + Z);
    multiply(SUM, SUM, Z1);
    multiply(SUM + Y, SUM + Y, Z1);
    copy(SUM + Z, ONE);
    multiply(SUM + T, SUM, SUM + Y);
    unpairPoints(first, second, SUM);
  }
}

/** 32 bytes and zeros behind, which a digit at the end may be cut from. */
const SCALAR = memory.data(40, 8);

function writeDigits(slot: i32, windows: i32): void {
  const half = 1 << (digitBits - 1);
  const mask = (1 << digitBits) - 1;
  let carry = 0;
  for (let j = 0; j < windows; j++) {
    const bit = j * digitBits;
    const digit = <i32>((load<u32>(SCALAR + (bit >> 3)) >> (bit & 7)) & mask) + carry;
    carry = digit > half ? 1 : 0;
    store<i16>(DIGITS + 2 * (j * CAPACITY + slot), <i16>(digit - (carry << digitBits)));
  }
}

/** The slot that the term gets. */
function place(scalar: usize): i32 {
  memory.copy(SCALAR, scalar, 32);
  const long = (load<u64>(SCALAR, 16) | load<u64>(SCALAR, 24)) != 0;
  const slot = long ? longEnd++ : --shortStart;
  writeDigits(slot, long ? longWindows : shortWindows);
  return slot;
}

/** Takes n affine points and their scalars, of 32 bytes each. */
export function pushTerms(points: usize, scalars: usize, n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const last = i + 1 == n;
    const first = points + POINT * i;
    const second = last ? first : first + POINT;
    const to1 = TABLE + NIELS * place(scalars + 32 * i);
    const to2 = last ? to1 : TABLE + NIELS * place(scalars + 32 * i + 32);
    pair(X1, first, second);
    pair(Y1, first + SINGLE, second + SINGLE);
    pair(Z1, first + 3 * SINGLE, second + 3 * SINGLE);
    add(A, Y1, X1);
    carry(A);
    unpair(to1, to2, A);
    subtract(A, Y1, X1);
    carry(A);
    unpair(to1 + SINGLE, to2 + SINGLE, A);
    multiply(A, Z1, TWO_D);
    unpair(to1 + 2 * SINGLE, to2 + 2 * SINGLE, A);
  }
}

const MINUS = memory.data(192, 16);
const PLUS = memory.data(192, 16);
const FACTOR = memory.data(192, 16);
const SUM = memory.data(768, 16);

/** Both halves of a bucket pair, from different buckets. */
// @ts-ignore: decorator
@inline function gather(bucket1: usize, bucket2: usize, at: usize): v128 {
  return v128.load64_lane(bucket2 + at, v128.load64_zero(bucket1 + at), 1, 8);
}

/**
 * Adds N in each half to a bucket, or −N, which has plus and minus exchanged and the product negated, where
 * `negative` has ones.
 */
function addToBuckets(bucket1: usize, bucket2: usize, niels: usize, negative: v128): void {
  const sign = v128.and(negative, f64x2.splat(-0.0));
  for (let k: usize = 0, one = niels; k < PAIR; k += 16, one += 8) {
    const x = gather(bucket1, bucket2, k);
    const y = gather(bucket1, bucket2, k + Y);
    v128.store(A + k, f64x2.sub(y, x));
    v128.store(B + k, f64x2.add(y, x));
    v128.store(C + k, v128.xor(gather(bucket1, bucket2, k + T), sign));
    const plus = v128.load64_splat(one);
    const minus = v128.load64_splat(one, 96);
    v128.store(MINUS + k, v128.bitselect(plus, minus, negative));
    v128.store(PLUS + k, v128.bitselect(minus, plus, negative));
    v128.store(FACTOR + k, v128.load64_splat(one, 192));
  }
  multiply(A, A, MINUS);
  multiply(B, B, PLUS);
  multiply(C, C, FACTOR);
  // As in addPoints: E and H are 2-folds, F and G 3-folds.
  for (let k: usize = 0; k < PAIR; k += 16) {
    const a = v128.load(A + k);
    const b = v128.load(B + k);
    const c = v128.load(C + k);
    const z = gather(bucket1, bucket2, k + Z);
    const d = f64x2.add(z, z);
    v128.store(E + k, f64x2.sub(b, a));
    v128.store(F + k, f64x2.sub(d, c));
    v128.store(G + k, f64x2.add(d, c));
    v128.store(H + k, f64x2.add(b, a));
  }
  complete(SUM);
  for (let k: usize = 0; k < POINTS; k += 16) {
    const x = v128.load(SUM + k);
    v128.store64_lane(bucket1 + k, x, 0);
    v128.store64_lane(bucket2 + k, x, 1, 8);
  }
}

/** Adds the terms of a range of the table to the buckets of windows 2q and 2q + 1. */
function fillBuckets(q: i32, from: i32, to: i32): void {
  let digits = DIGITS + 2 * (2 * q * CAPACITY + from);
  for (let i = from; i < to; i++, digits += 2) {
    const d1 = <i32>load<i16>(digits);
    const d2 = <i32>load<i16>(digits + 2 * CAPACITY);
    if ((d1 | d2) == 0) continue;
    const negative = i64x2.replace_lane(i64x2.splat(<i64>(d1 >> 31)), 1, <i64>(d2 >> 31));
    addToBuckets(BUCKETS + POINTS * abs(d1), BUCKETS + POINTS * abs(d2), TABLE + NIELS * i, negative);
  }
}

const RUNNING = memory.data(768, 16);
const WINDOWS = memory.data(768, 16);

/** Σ b·bucket_b of windows 2q and 2q + 1 into WINDOWS. Bucket 0 takes what counts for nothing. */
function sumWindows(q: i32): void {
  const half = 1 << (digitBits - 1);
  for (let b = 0; b <= half; b++) setIdentity(BUCKETS + POINTS * b);
  fillBuckets(q, 0, longEnd);
  if (2 * q < shortWindows) fillBuckets(q, shortStart, CAPACITY);
  setIdentity(RUNNING);
  setIdentity(WINDOWS);
  for (let b = half; b > 0; b--) {
    addPoints(RUNNING, RUNNING, BUCKETS + POINTS * b);
    addPoints(WINDOWS, WINDOWS, RUNNING);
  }
}

const TOTAL = memory.data(768, 16);
const SINGLES = memory.data(768, 16);

/** Σ sᵢ·Pᵢ of the terms since `beginSum`, as a single point. */
export function endSum(o: usize): void {
  setIdentity(TOTAL);
  for (let q = (longEnd > 0 ? longWindows : shortStart < CAPACITY ? shortWindows : 0) / 2 - 1; q >= 0; q--) {
    for (let bit = 0; bit < 2 * digitBits; bit++) double(TOTAL, TOTAL);
    sumWindows(q);
    addPoints(TOTAL, TOTAL, WINDOWS);
  }
  // The second half is worth 2^c times the first.
  unpairPoints(SINGLES, SINGLES + POINT, TOTAL);
  pairPoints(TOTAL, SINGLES, SINGLES);
  pairPoints(RUNNING, SINGLES + POINT, SINGLES + POINT);
  for (let bit = 0; bit < digitBits; bit++) double(RUNNING, RUNNING);
  addPoints(TOTAL, TOTAL, RUNNING);
  unpairPoints(o, o, TOTAL);
}
