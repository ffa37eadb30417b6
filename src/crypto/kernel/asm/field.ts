/**
 * Two field elements at a time, one in each half of a v128: the field of p = 2^255 − 19 in the exact integers
 * of f64 (Bernstein, Curve25519, 2006, section 4). Variable time: public data only.
 *
 * An element is 12 limbs, Σ x_k, of which x_k is a multiple of 2^E_k with E_k = ⌈21.25·k⌉, W_k = E_(k+1) − E_k bits
 * apart. In memory: 12 v128 of 16 bytes each, 192 bytes. `product.ts`, which scripts/build-kernel.ts writes,
 * has `multiply` and `square`.
 *
 * Bounds. Call x an n-fold if |x_k| ≤ n·(2^(W_k − 1) + ε_k)·2^E_k, where ε_k is what the last carries leave:
 * 2^15.4 for k = 0, 2^11 for k = 4 and 8, 1 otherwise. Products come out as 1-folds. Sums of an n-fold and an
 * m-fold are (n + m)-folds. Column k of a product of an n-fold and an m-fold is at most
 * n·m·2^48.97 units of 2^E_k, a sum of multiples of that unit: exact in the 53 bits of an f64 while n·m ≤ 16.
 * Every caller keeps to that, and says so beside the line.
 */
import { multiply, square } from './product';

// @ts-ignore: decorator
@inline export const LIMBS: usize = 12;
/** Of a pair of elements. */
// @ts-ignore: decorator
@inline export const PAIR: usize = 192;
/** Of one element: 12 f64. */
// @ts-ignore: decorator
@inline export const SINGLE: usize = 96;

/** W_k. */
// @ts-ignore: decorator
@inline export function width(k: usize): i32 {
  return k % 4 == 0 ? 22 : 21;
}

/** 19·2^−255: what a carry out of the top limb is worth at the bottom. */
// @ts-ignore: decorator
@inline export const WRAP: f64 = 19.0 / 57896044618658097711785492504343953926634992332820282019728792003956564819968.0;

/** x + ROUND_k − ROUND_k is x to the nearest multiple of 2^E_(k+1): ROUND_k = 3·2^(51 + E_(k+1)). Pairs. */
export const ROUND = memory.data(192, 16);
/** x + UNITS_k has x / 2^E_k in its low bits: UNITS_k = 3·2^(51 + E_k). Pairs. */
const UNITS = memory.data(192, 16);
/** The limbs of 8·p as integers. Pairs. */
const EIGHT_P = memory.data(192, 16);

export const ONE = memory.data(192, 16);
export const ZERO = memory.data(192, 16);
/** d = −121665/121666. */
export const D = memory.data(192, 16);
export const TWO_D = memory.data(192, 16);
export const SQRT_M1 = memory.data(192, 16);
/** 1/√(a − d) with a = −1. */
export const INVSQRT_A_MINUS_D = memory.data(192, 16);

function powerOfTwo(n: i64): f64 {
  return reinterpret<f64>((1023 + n) << 52);
}

function constant(o: usize, w0: u64, w1: u64, w2: u64, w3: u64): void {
  const bytes = memory.data(32, 16);
  store<u64>(bytes, w0);
  store<u64>(bytes, w1, 8);
  store<u64>(bytes, w2, 16);
  store<u64>(bytes, w3, 24);
  fromBytes(o, bytes, bytes);
}

/** Fills the tables; once, before anything else. */
export function initField(): void {
  let e: i64 = 0;
  for (let k: usize = 0; k < LIMBS; k++) {
    const w = width(k);
    v128.store(UNITS + 16 * k, f64x2.splat(3.0 * powerOfTwo(51 + e)));
    v128.store(ROUND + 16 * k, f64x2.splat(3.0 * powerOfTwo(51 + e + w)));
    v128.store(EIGHT_P + 16 * k, i64x2.splat(8 * (((<i64>1) << w) - (k == 0 ? 19 : 1))));
    e += w;
  }
  constant(ONE, 1, 0, 0, 0);
  constant(D, 0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73);
  constant(TWO_D, 0xebd69b9426b2f159, 0x00e0149a8283b156, 0x198e80f2eef3d130, 0x2406d9dc56dffce7);
  constant(SQRT_M1, 0xc4ee1b274a0ea0b0, 0x2f431806ad2fe478, 0x2b4d00993dfbd7a7, 0x2b8324804fc1df0b);
  constant(INVSQRT_A_MINUS_D, 0x99c8fdaa805d40ea, 0x9d2f16175a4172be, 0x16c27b91fe01d840, 0x786c8905cfaffca2);
}

export function copy(o: usize, a: usize): void {
  memory.copy(o, a, PAIR);
}

export function add(o: usize, a: usize, b: usize): void {
  for (let k: usize = 0; k < PAIR; k += 16) {
    v128.store(o + k, f64x2.add(v128.load(a + k), v128.load(b + k)));
  }
}

export function subtract(o: usize, a: usize, b: usize): void {
  for (let k: usize = 0; k < PAIR; k += 16) {
    v128.store(o + k, f64x2.sub(v128.load(a + k), v128.load(b + k)));
  }
}

/** −a in the halves of `mask` that are all ones, a in those that are all zeros. */
export function negateIf(o: usize, a: usize, mask: v128): void {
  const sign = v128.and(mask, f64x2.splat(-0.0));
  for (let k: usize = 0; k < PAIR; k += 16) {
    v128.store(o + k, v128.xor(v128.load(a + k), sign));
  }
}

/** a where `mask` has ones, b where it has zeros. */
export function select(o: usize, a: usize, b: usize, mask: v128): void {
  for (let k: usize = 0; k < PAIR; k += 16) {
    v128.store(o + k, v128.bitselect(v128.load(a + k), v128.load(b + k), mask));
  }
}

/** Limbs of up to 2^30 units become a 1-fold: all carry at once, by at most 2^9 units (19·2^9 at the bottom). */
export function carry(a: usize): void {
  const top = v128.load(a, 176);
  const most = v128.load(ROUND, 176);
  let from = f64x2.mul(f64x2.sub(f64x2.add(top, most), most), f64x2.splat(WRAP));
  for (let k: usize = 0; k < PAIR; k += 16) {
    const x = v128.load(a + k);
    const round = v128.load(ROUND + k);
    const c = f64x2.sub(f64x2.add(x, round), round);
    v128.store(a + k, f64x2.add(f64x2.sub(x, c), from));
    from = c;
  }
}

/** 32 bytes each, little-endian, all 256 bits of them, as a 1-fold. Word i holds the limbs 3i, 3i + 1, 3i + 2. */
export function fromBytes(o: usize, first: usize, second: usize): void {
  let k: usize = 0;
  for (let i: usize = 0; i < 4; i++) {
    let words = i64x2.replace_lane(i64x2.splat(load<i64>(first + 8 * i)), 1, load<i64>(second + 8 * i));
    for (let j = 0; j < 3; j++, k++) {
      const units = v128.load(UNITS + 16 * k);
      // The last limb keeps bit 255.
      const mask = k == 11 ? i64x2.splat(-1) : i64x2.splat(((<i64>1) << width(k)) - 1);
      v128.store(o + 16 * k, f64x2.sub(i64x2.add(units, v128.and(words, mask)), units));
      words = i64x2.shr_u(words, width(k));
    }
  }
  carry(o);
}

/** Masks off and hands on all carries of non-negative integer limbs; what leaves the top. */
function carryIntegers(o: usize): v128 {
  let c = i64x2.splat(0);
  for (let k: usize = 0; k < LIMBS; k++) {
    const x = i64x2.add(v128.load(o + 16 * k), c);
    c = i64x2.shr_u(x, width(k));
    v128.store(o + 16 * k, v128.and(x, i64x2.splat(((<i64>1) << width(k)) - 1)));
  }
  return c;
}

function addToFirst(o: usize, x: v128): void {
  v128.store(o, i64x2.add(v128.load(o), x));
}

// @ts-ignore: decorator
@inline function times19(x: v128): v128 {
  return i64x2.add(i64x2.shl(x, 4), i64x2.add(x, i64x2.shl(x, 1)));
}

/** The representatives in 0 … p − 1 of up to 8-folds, as integer limbs of W_k bits. */
export function canonical(o: usize, a: usize): void {
  for (let k: usize = 0; k < PAIR; k += 16) {
    // 8·p keeps every limb above zero.
    const units = v128.load(UNITS + k);
    const x = i64x2.sub(f64x2.add(v128.load(a + k), units), units);
    v128.store(o + k, i64x2.add(x, v128.load(EIGHT_P + k)));
  }
  // x = r + c·2^255 ≡ r + 19·c < 2·p
  addToFirst(o, times19(carryIntegers(o)));
  // q = 1 if that is p or more: if 19 more reach 2^255.
  let q = i64x2.splat(19);
  for (let k: usize = 0; k < LIMBS; k++) {
    q = i64x2.shr_u(i64x2.add(v128.load(o + 16 * k), q), width(k));
  }
  addToFirst(o, times19(q));
  carryIntegers(o);
}

/** Canonical limbs as 32 bytes each. */
export function toBytes(first: usize, second: usize, a: usize): void {
  for (let i: usize = 0; i < 4; i++) {
    const at = a + 48 * i;
    const w0 = width(3 * i);
    const w1 = w0 + width(3 * i + 1);
    const words = v128.or(
      v128.load(at),
      v128.or(i64x2.shl(v128.load(at, 16), w0), i64x2.shl(v128.load(at, 32), w1)),
    );
    store<i64>(first + 8 * i, i64x2.extract_lane(words, 0));
    store<i64>(second + 8 * i, i64x2.extract_lane(words, 1));
  }
}

/** Of canonical limbs: ones where the element is "negative" in the sense of RFC 9496 section 4.1, odd. */
// @ts-ignore: decorator
@inline export function isOdd(a: usize): v128 {
  return i64x2.neg(v128.and(v128.load(a), i64x2.splat(1)));
}

/** Of canonical limbs: ones where the element is the small number. */
function isSmall(a: usize, small: i64): v128 {
  let rest = v128.xor(v128.load(a), i64x2.splat(small));
  for (let k: usize = 16; k < PAIR; k += 16) rest = v128.or(rest, v128.load(a + k));
  return i64x2.eq(rest, i64x2.splat(0));
}

const CANONICAL = memory.data(192, 16);

/** Ones where a, up to an 8-fold, is zero mod p. */
export function isZero(a: usize): v128 {
  canonical(CANONICAL, a);
  return isSmall(CANONICAL, 0);
}

/** Ones where a, up to an 8-fold, is odd mod p. */
export function isNegative(a: usize): v128 {
  canonical(CANONICAL, a);
  return isOdd(CANONICAL);
}

/** Squares so many pairs, side by side: each step waits for the one before, but not for that of its neighbour. */
function squareTimes(o: usize, a: usize, times: i32, end: usize): void {
  for (let at: usize = 0; at < end; at += PAIR) square(o + at, a + at);
  for (let i = 1; i < times; i++) for (let at: usize = 0; at < end; at += PAIR) square(o + at, o + at);
}

function multiplyEach(o: usize, a: usize, b: usize, end: usize): void {
  for (let at: usize = 0; at < end; at += PAIR) multiply(o + at, a + at, b + at);
}

const P1 = memory.data(384, 16);
const P2 = memory.data(384, 16);

/** a^(2^(m + n) − 1) from x = a^(2^m − 1) and y = a^(2^n − 1). */
function extend(o: usize, x: usize, y: usize, n: i32, end: usize): void {
  squareTimes(P2, x, n, end);
  multiplyEach(o, P2, y, end);
}

const P5 = memory.data(384, 16);
const P10 = memory.data(384, 16);
const P20 = memory.data(384, 16);
const P40 = memory.data(384, 16);
const P80 = memory.data(384, 16);

/**
 * a^(2^252 − 3) = a^((p − 5)/8) of up to 4-folds, one pair or two side by side: `end` is their size. Pn stands for
 * a^(2^n − 1). `o` may be `a`.
 */
export function powerP58(o: usize, a: usize, end: usize): void {
  memory.copy(P1, a, end);
  extend(P5, P1, P1, 1, end);
  extend(P10, P5, P5, 2, end);
  extend(P5, P10, P1, 1, end);
  extend(P10, P5, P5, 5, end);
  extend(P20, P10, P10, 10, end);
  extend(P40, P20, P20, 20, end);
  extend(P80, P40, P40, 40, end);
  extend(P40, P80, P80, 80, end);
  extend(P20, P40, P80, 80, end);
  extend(P5, P20, P10, 10, end);
  squareTimes(P5, P5, 2, end);
  multiplyEach(o, P5, P1, end);
}

const CUBE = memory.data(192, 16);

/** 1/a = a^(p − 2) with p − 2 = 8·(2^252 − 3) + 3, and 0 for 0, of an up to 4-fold. */
export function invert(o: usize, a: usize): void {
  square(CUBE, a);
  multiply(CUBE, CUBE, a);
  powerP58(o, a, PAIR);
  squareTimes(o, o, 3, PAIR);
  multiply(o, o, CUBE);
}

const CHECK = memory.data(192, 16);

/** Ones where root²·a = 1; both up to 2-folds. */
export function isInverseRoot(root: usize, a: usize): v128 {
  square(CHECK, root);
  multiply(CHECK, CHECK, a);
  canonical(CHECK, CHECK);
  return isSmall(CHECK, 1);
}

const TWISTED = memory.data(192, 16);

/** Of o = a^((p − 5)/8), one of ±1/√a; zeros in the mask where a, an up to 2-fold, is zero or no square. */
export function settleRoot(o: usize, a: usize): v128 {
  // o²·a is 1 or −1 for the squares, and then o or o·√−1 is a root; ±√−1 for the rest.
  const right = isInverseRoot(o, a);
  multiply(TWISTED, o, SQRT_M1);
  const twisted = isInverseRoot(TWISTED, a);
  select(o, TWISTED, o, twisted);
  return v128.or(right, twisted);
}

/** One of ±1/√a and the mask, as `settleRoot` says. `o` is not `a`. */
export function invertSqrt(o: usize, a: usize): v128 {
  powerP58(o, a, PAIR);
  return settleRoot(o, a);
}

/** Interleaves 12 f64 of one element with those of another. */
export function pair(o: usize, first: usize, second: usize): void {
  for (let k: usize = 0; k < LIMBS; k++) {
    v128.store(o + 16 * k, v128.load64_lane(second + 8 * k, v128.load64_zero(first + 8 * k), 1));
  }
}

export function unpair(first: usize, second: usize, a: usize): void {
  for (let k: usize = 0; k < LIMBS; k++) {
    const x = v128.load(a + 16 * k);
    v128.store64_lane(first + 8 * k, x, 0);
    v128.store64_lane(second + 8 * k, x, 1);
  }
}
