/**
 * Multi-scalar multiplication by buckets (Pippenger), with signed digits. Variable time: public data only.
 *
 * A scalar is s = Σ dⱼ·2^(cj) with −2^(c−1) < dⱼ ≤ 2^(c−1). Window j adds ±P to bucket |dⱼ|; then
 * Σ b·bucket_b is the sum of the running sums of the buckets, from the top. Above the end of a short scalar
 * the digits are zero and cost nothing.
 */
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

/** A scalar's 32 bytes, and two zeros that a digit at its end may be cut from. */
const STRIDE = 34;
/** So that a digit fits 16 bits, and lies in three bytes wherever it starts. */
const MOST_DIGIT_BITS = 15;

/** Scalars as little-endian bytes, at multiples of STRIDE, to cut digits from without bigints. */
function toBytes(scalars: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(scalars.length * STRIDE);
  const view = new DataView(bytes.buffer);
  scalars.forEach((scalar, i) => {
    for (let word = 0; word < 4; word += 1) {
      view.setBigUint64(i * STRIDE + 8 * word, scalar >> BigInt(64 * word), true);
    }
  });
  return bytes;
}

/** The length in bits of scalar i. */
function bitLength(bytes: Uint8Array, i: number): number {
  let top = STRIDE - 1;
  while (top > 0 && bytes[i * STRIDE + top] === 0) top -= 1;
  return 8 * top + 32 - Math.clz32(bytes[i * STRIDE + top] ?? 0);
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
function signedDigits(bytes: Uint8Array, count: number, c: number, windows: number): Int16Array {
  const digits = new Int16Array(windows * count);
  const half = 2 ** (c - 1);
  const mask = 2 * half - 1;
  for (let i = 0; i < count; i += 1) {
    let carry = 0;
    for (let j = 0; j < windows; j += 1) {
      const at = i * STRIDE + ((j * c) >> 3);
      const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
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

/** Σ sᵢ·Pᵢ for as many scalars, 0 ≤ sᵢ < 2^253, as points. */
export function multiplyAndSum(points: readonly Point[], scalars: readonly bigint[]): Point {
  const count = points.length;
  const bytes = toBytes(scalars);
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
