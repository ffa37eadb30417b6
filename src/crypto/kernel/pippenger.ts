/**
 * Multi-scalar multiplication by buckets (Pippenger), with signed digits. Variable time: public data only.
 *
 * A scalar is s = Σ dⱼ·2^(cj) with −2^(c−1) < dⱼ ≤ 2^(c−1). Window j adds ±P to bucket |dⱼ|; then
 * Σ b·bucket_b is the sum of the running sums of the buckets, from the top. Above the end of a short scalar
 * the digits are zero and cost nothing.
 */
import type { Bytes } from '../bytes.ts';
import {
  add,
  addNiels,
  double,
  IDENTITY,
  type Niels,
  type Point,
  subtractNiels,
  toNiels,
} from './edwards.ts';
import { ENCODED_BYTES as SCALAR_BYTES } from './lengths.ts';

/** So that a digit fits 16 bits, and lies in three bytes wherever it starts. */
const MOST_DIGIT_BITS = 15;

/** The length in bits of scalar i. */
function bitLength(bytes: Bytes, i: number): number {
  let top = SCALAR_BYTES - 1;
  while (top > 0 && bytes[i * SCALAR_BYTES + top] === 0) top -= 1;
  return 8 * top + 32 - Math.clz32(bytes[i * SCALAR_BYTES + top] ?? 0);
}

/** The c that costs the fewest field multiplications: 7 to add to a bucket, 9 for another addition. */
function chooseDigitBits(count: number, totalBits: number, mostBits: number): number {
  const cost = (c: number): number => {
    const buckets = 2 ** (c - 1);
    const windows = Math.floor(mostBits / c) + 1;
    return (7 * totalBits) / c + 9 * windows * (buckets + Math.min(buckets, count));
  };
  let best = 2;
  for (let c = 3; c <= MOST_DIGIT_BITS; c += 1) if (cost(c) < cost(best)) best = c;
  return best;
}

/** All digits, window by window: that of scalar i in window j is at j·count + i. */
function signedDigits(bytes: Bytes, count: number, c: number, windows: number): Int16Array {
  const digits = new Int16Array(windows * count);
  const half = 2 ** (c - 1);
  const mask = 2 * half - 1;
  // Two zeros behind, which a digit at the end may be cut from.
  const own = new Uint8Array(SCALAR_BYTES + 2);
  for (let i = 0; i < count; i += 1) {
    own.set(bytes.subarray(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES));
    let carry = 0;
    for (let j = 0; j < windows; j += 1) {
      const at = (j * c) >> 3;
      const three = (own[at] ?? 0) | ((own[at + 1] ?? 0) << 8) | ((own[at + 2] ?? 0) << 16);
      const digit = ((three >> ((j * c) & 7)) & mask) + carry;
      carry = digit > half ? 1 : 0;
      digits[j * count + i] = digit - 2 * half * carry;
    }
  }
  return digits;
}

/** Σ dᵢ·Pᵢ for digits of at most `half` in absolute value. */
function sumWindow(points: readonly Niels[], digits: Int16Array, half: number): Point {
  const buckets = Array.from({ length: half + 1 }, () => IDENTITY);
  points.forEach((point, i) => {
    const digit = digits[i] ?? 0;
    const bucket = buckets[Math.abs(digit)] ?? IDENTITY;
    if (digit > 0) buckets[digit] = addNiels(bucket, point);
    if (digit < 0) buckets[-digit] = subtractNiels(bucket, point);
  });
  let running = IDENTITY;
  let sum = IDENTITY;
  for (let b = half; b > 0; b -= 1) {
    const bucket = buckets[b] ?? IDENTITY;
    if (bucket !== IDENTITY) running = add(running, bucket);
    if (running !== IDENTITY) sum = add(sum, running);
  }
  return sum;
}

/** Σ sᵢ·Pᵢ for as many scalars, 0 ≤ sᵢ < 2^253 in 32 bytes, little-endian, as points. */
export function multiplyAndSum(points: readonly Point[], bytes: Bytes): Point {
  const count = points.length;
  let totalBits = 0;
  let mostBits = 0;
  for (let i = 0; i < count; i += 1) {
    const bits = bitLength(bytes, i);
    totalBits += bits;
    mostBits = Math.max(mostBits, bits);
  }
  const c = chooseDigitBits(count, totalBits, mostBits);
  // One bit more than the longest scalar has, so that no carry is left at the top.
  const windows = Math.floor(mostBits / c) + 1;
  const digits = signedDigits(bytes, count, c, windows);
  const prepared = toNiels(points);
  let sum = IDENTITY;
  for (let j = windows - 1; j >= 0; j -= 1) {
    for (let bit = 0; bit < c; bit += 1) sum = double(sum);
    sum = add(sum, sumWindow(prepared, digits.subarray(j * count, (j + 1) * count), 2 ** (c - 1)));
  }
  return sum;
}
