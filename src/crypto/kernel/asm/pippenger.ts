/**
 * Multi-scalar multiplication by buckets (Pippenger), with signed digits, two windows at a time: the first half
 * of a pair of points works on window 2q, the second on window 2q + 1, and both add the same points. Variable
 * time: public data only.
 *
 * A scalar is s = Σ dⱼ·2^(bⱼ) with −2^(c−1) < dⱼ ≤ 2^(c−1), where c = bⱼ₊₁ − bⱼ is one width for the low windows, which
 * hold 128 bits and a carry, and another for the high ones. Terms with scalars of more than 128 bits fill the table
 * from the front, the others from the back, so that the high windows pass over those; being for fewer terms, they
 * have narrower digits.
 */
import { beginAddition, endAddition, FACTOR, MINUS, PLUS } from './bucket';
import {
  A,
  addPoints,
  addPrepared,
  B,
  C,
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
  ZERO,
} from './field';
import { multiply, multiplyApart } from './product';

/** Terms of one sum: 2,048 ballots of three options. */
export const CAPACITY: i32 = 45312;
/** Digits of 11 bits at most: 2^10 buckets in each of two windows. More of them leave the processor's nearer caches. */
export const MOST_DIGIT_BITS: i32 = 11;
export const LEAST_DIGIT_BITS: i32 = 4;
/** Digits of all terms of a sum in all windows. */
export const DIGITS_CAPACITY: i32 = 1179648;

/** y + x, y − x, 2d·x·y of an affine point. */
// @ts-ignore: decorator
@inline const NIELS: usize = 3 * SINGLE;

// @ts-ignore: decorator
@inline export const TABLE_BYTES: i32 = 13049856;
export const TABLE = memory.data(13049856, 16);
/** dⱼ of the term in slot i, an i16 at 2·(j·slots + i). */
const DIGITS = memory.data(2359296, 16);
/** Bucket b of the two windows at hand, as a pair of points. */
const BUCKETS = memory.data(787200, 16);

/** The digits of the low windows and of the high ones, and the numbers of those, which are even. */
let lowBits: i32 = 0;
let lowWindows: i32 = 0;
let highBits: i32 = 0;
let highWindows: i32 = 0;
let slots: i32 = 0;
/** Terms from the front, and the first of those at the back. */
let longEnd: i32 = 0;
let shortStart: i32 = 0;

/** Windows of c bits for so many bits. */
// @ts-ignore: decorator
@inline function windowsFor(bits: i32, c: i32): i32 {
  return ((bits + c - 1) / c + 1) & ~1;
}

/** A sum of so many terms, with digits of so many bits. */
export function beginSum(low: i32, high: i32, terms: i32): void {
  lowBits = low;
  highBits = high;
  // One bit more than the scalars have, so that no carry is left at the top.
  lowWindows = windowsFor(129, low);
  highWindows = windowsFor(max(254 - low * lowWindows, 0), high);
  slots = terms;
  longEnd = 0;
  shortStart = terms;
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

/** Digits of c bits, from `bit` on, for windows from `from` to before `to`. @returns what they carry. */
// @ts-ignore: decorator
@inline function writeDigits(slot: i32, from: i32, to: i32, start: i32, c: i32, carried: i32): i32 {
  const half = 1 << (c - 1);
  const mask = (1 << c) - 1;
  let carry = carried;
  let bit = start;
  for (let j = from; j < to; j++, bit += c) {
    const digit = <i32>((load<u32>(SCALAR + (bit >> 3)) >> (bit & 7)) & mask) + carry;
    carry = digit > half ? 1 : 0;
    store<i16>(DIGITS + 2 * (j * slots + slot), <i16>(digit - (carry << c)));
  }
  return carry;
}

/** Where in the table the term belongs. */
function place(scalar: usize): usize {
  memory.copy(SCALAR, scalar, 32);
  const long = (load<u64>(SCALAR, 16) | load<u64>(SCALAR, 24)) != 0;
  const slot = long ? longEnd++ : --shortStart;
  const carry = writeDigits(slot, 0, lowWindows, 0, lowBits, 0);
  if (long) writeDigits(slot, lowWindows, lowWindows + highWindows, lowBits * lowWindows, highBits, carry);
  return TABLE + NIELS * slot;
}

/** Takes two affine points, x, y and x·y as pairs, and their scalars, of 32 bytes each; of one alone, `isLast`. */
export function pushPair(x: usize, y: usize, t: usize, scalars: usize, isLast: bool): void {
  const to1 = place(scalars);
  const to2 = isLast ? to1 : place(scalars + 32);
  add(A, y, x);
  carry(A);
  unpair(to1, to2, A);
  subtract(A, y, x);
  carry(A);
  unpair(to1 + SINGLE, to2 + SINGLE, A);
  multiply(A, t, TWO_D);
  unpair(to1 + 2 * SINGLE, to2 + 2 * SINGLE, A);
}

/** Takes n affine points and their scalars, of 32 bytes each. */
export function pushTerms(points: usize, scalars: usize, n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const isLast = i + 1 == n;
    const first = points + POINT * i;
    const second = isLast ? first : first + POINT;
    pair(X1, first, second);
    pair(Y1, first + SINGLE, second + SINGLE);
    pair(Z1, first + 3 * SINGLE, second + 3 * SINGLE);
    pushPair(X1, Y1, Z1, scalars + 32 * i, isLast);
  }
}

const SUM = memory.data(768, 16);

/** Adds N to a bucket of each window, or −N, which has plus and minus exchanged and the product negated. */
function addToBuckets(bucket1: usize, bucket2: usize, niels: usize, negate1: bool, negate2: bool): void {
  const sign = f64x2.replace_lane(f64x2.splat(negate1 ? -0.0 : 0.0), 1, negate2 ? -0.0 : 0.0);
  const minus = niels + SINGLE;
  const plus1 = negate1 ? minus : niels;
  const plus2 = negate2 ? minus : niels;
  const minus1 = negate1 ? niels : minus;
  const minus2 = negate2 ? niels : minus;
  beginAddition(bucket1, bucket2, minus1, minus2, plus1, plus2, niels, sign);
  multiply(A, A, MINUS);
  multiply(B, B, PLUS);
  multiply(C, C, FACTOR);
  endAddition(bucket1, bucket2);
  multiplyApart(bucket1, bucket2, E, F);
  multiplyApart(bucket1 + Y, bucket2 + Y, G, H);
  multiplyApart(bucket1 + Z, bucket2 + Z, F, G);
  multiplyApart(bucket1 + T, bucket2 + T, E, H);
}

/** Adds the terms of a range of the table to the buckets of windows 2q and 2q + 1. */
function fillBuckets(q: i32, from: i32, to: i32): void {
  let digits = DIGITS + 2 * (2 * q * slots + from);
  for (let i = from; i < to; i++, digits += 2) {
    const d1 = <i32>load<i16>(digits);
    const d2 = <i32>load<i16>(digits + 2 * slots);
    if ((d1 | d2) == 0) continue;
    const bucket1 = BUCKETS + POINTS * abs(d1);
    const bucket2 = BUCKETS + POINTS * abs(d2) + 8;
    addToBuckets(bucket1, bucket2, TABLE + NIELS * i, d1 < 0, d2 < 0);
  }
}

/** A sum so far, its 2d·T, and what it is added to. */
const RUNNING = memory.data(768, 16);
const RUNNING_2DT = memory.data(192, 16);
const WINDOWS = memory.data(768, 16);

/** Σ b·bucket_b of windows 2q and 2q + 1, of c bits, into WINDOWS. Bucket 0 takes what counts for nothing. */
function sumWindows(q: i32, c: i32): void {
  const half = 1 << (c - 1);
  for (let b = 0; b <= half; b++) setIdentity(BUCKETS + POINTS * b);
  fillBuckets(q, 0, longEnd);
  if (2 * q < lowWindows) fillBuckets(q, shortStart, slots);
  setIdentity(RUNNING);
  setIdentity(WINDOWS);
  copy(RUNNING_2DT, ZERO);
  for (let b = half; b > 0; b--) {
    addPrepared(RUNNING, BUCKETS + POINTS * b, RUNNING, RUNNING_2DT);
    multiply(RUNNING_2DT, RUNNING + T, TWO_D);
    addPrepared(WINDOWS, WINDOWS, RUNNING, RUNNING_2DT);
  }
}

const TOTAL = memory.data(768, 16);
const SINGLES = memory.data(768, 16);

/** TOTAL = TOTAL·2^(c·windows) + Σ of windows, of c bits, from `from` on: both halves alone, and then together. */
function addWindows(from: i32, windows: i32, c: i32): void {
  for (let q = (from + windows) / 2 - 1; q >= from / 2; q--) {
    for (let bit = 0; bit < 2 * c; bit++) double(TOTAL, TOTAL);
    sumWindows(q, c);
    addPoints(TOTAL, TOTAL, WINDOWS);
  }
  // The second half is worth 2^c times the first.
  unpairPoints(SINGLES, SINGLES + POINT, TOTAL);
  pairPoints(TOTAL, SINGLES, SINGLES);
  pairPoints(RUNNING, SINGLES + POINT, SINGLES + POINT);
  for (let bit = 0; bit < c; bit++) double(RUNNING, RUNNING);
  addPoints(TOTAL, TOTAL, RUNNING);
}

/** Σ sᵢ·Pᵢ of the terms since `beginSum`, as a single point. */
export function endSum(o: usize): void {
  setIdentity(TOTAL);
  if (longEnd > 0) addWindows(lowWindows, highWindows, highBits);
  setIdentity(SUM);
  // Of the two halves, which are the same now, the second begins anew.
  unpairPoints(SINGLES, SINGLES, SUM);
  unpairPoints(SINGLES + POINT, SINGLES + POINT, TOTAL);
  pairPoints(TOTAL, SINGLES + POINT, SINGLES);
  addWindows(0, lowWindows, lowBits);
  unpairPoints(o, o, TOTAL);
}
