/** How sums of many terms pass through the WebAssembly module (asm/pippenger.ts): in which digits, and in what parts. */
import type { Bytes } from '../bytes.ts';
import { ENCODED_BYTES } from './lengths.ts';
import { LIMBS, type Machine } from './wasm-module.ts';

interface Digits {
  /** Bits of a digit in the windows that all scalars reach, and above. */
  readonly low: number;
  readonly high: number;
}

/** As asm/pippenger.ts counts windows: two at a time. */
const pairsOfWindows = (bits: number, c: number): number => Math.floor((Math.ceil(bits / c) + 1) / 2);

/** What windows cost, in products of pairs of field elements; a point that comes and goes is worth about one. */
const costOf = (pairs: number, terms: number, c: number): number =>
  terms === 0 ? 0 : pairs * (8 * terms + 20 * 2 ** (c - 1) + 16 * c);

/** Those that cost the least for so many scalars of more than 128 bits, and others. */
function chooseDigits({ run }: Machine, long: number, short: number): Digits {
  const [least, most] = [run.LEAST_DIGIT_BITS.value, run.MOST_DIGIT_BITS.value];
  const room = run.DIGITS_CAPACITY.value / (2 * Math.max(1, long + short));
  let best: Digits = { low: most, high: most };
  let bestCost = Number.POSITIVE_INFINITY;
  for (let low = least; low <= most; low += 1) {
    const lowPairs = pairsOfWindows(129, low);
    for (let high = least; high <= most; high += 1) {
      const highPairs = pairsOfWindows(254 - 2 * lowPairs * low, high);
      const cost = costOf(lowPairs, long + short, low) + costOf(highPairs, long, high);
      if (cost < bestCost && lowPairs + highPairs <= room) [best, bestCost] = [{ low, high }, cost];
    }
  }
  return best;
}

function countLong(scalars: Bytes): number {
  const view = new DataView(scalars.buffer, scalars.byteOffset, scalars.length);
  let long = 0;
  for (let at = ENCODED_BYTES / 2; at < scalars.length; at += ENCODED_BYTES) {
    const high =
      view.getUint32(at + 12) | view.getUint32(at + 8) | view.getUint32(at + 4) | view.getUint32(at);
    if (high !== 0) long += 1;
  }
  return long;
}

/**
 * Sums of as many terms as the table holds, of lists of terms one after another.
 * @param lists the scalars of each list.
 * @param push takes `n` terms of a list from `at` on; it says whether they are any good.
 * @returns the points of the sums, 48 f64 each; undefined if some terms were not.
 */
export function sumsOf(
  own: Machine,
  lists: readonly Bytes[],
  push: (list: number, at: number, n: number) => boolean,
): Float64Array[] | undefined {
  const counts = lists.map(({ length }) => length / ENCODED_BYTES);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const long = lists.reduce((sum, scalars) => sum + countLong(scalars), 0);
  const parts = Math.ceil(total / own.capacity);
  const size = Math.ceil(total / parts);
  const share = size / total;
  const digits = chooseDigits(own, Math.ceil(long * share), Math.floor((total - long) * share));
  const sums: Float64Array[] = [];
  let isGood = true;
  let done = 0;
  /** How many are still to come of the sum that has begun. */
  let left = 0;
  for (const [list, count] of counts.entries()) {
    for (let at = 0; at < count; ) {
      if (left === 0) {
        left = Math.min(size, total - done);
        own.run.begin(digits.low, digits.high, left);
      }
      const n = Math.min(own.chunk, count - at, left);
      if (!push(list, at, n)) isGood = false;
      at += n;
      done += n;
      left -= n;
      if (left > 0 || !isGood) continue;
      own.run.finish();
      sums.push(own.points.slice(0, LIMBS));
    }
  }
  return isGood ? sums : undefined;
}
