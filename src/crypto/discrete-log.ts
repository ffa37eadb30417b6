/**
 * Small discrete logarithms by baby steps and giant steps: the m with m·G = M and 0 ≤ m ≤ max. Both are
 * public, the decrypted total of a cell. Elements are looked up by the encodings of their doubles, which a
 * kernel gives for a tenth of the price of their own.
 */
import type { Bytes } from './bytes.ts';
import { CryptoError } from './errors.ts';
import { ELEMENT_BYTES } from './group.ts';
import type { Kernel, Points } from './kernel/kernel.ts';
import { scalarOf, subtractScalars, ZERO } from './scalar.ts';

export interface DiscreteLog {
  /**
   * @param encoding of M, 32 bytes.
   * @returns m, or undefined if it is above `max`. The time grows with the root of max up to 2^36, and with max from
   * there: some ten milliseconds for millions, some two seconds for 2^36.
   * @throws CryptoError `bad-length`, `bad-encoding`; `out-of-range` unless `max` is a safe integer ≥ 0.
   */
  find(encoding: Bytes, max: number): number | undefined;
}

/** As many baby steps as there are giant ones is best: so for totals of some millions, and for 2^36. */
const LEAST_BABY_STEPS = 4096;
const MOST_BABY_STEPS = 2 ** 18;
const MOST_AT_ONCE = 512;

/** P, P + step, P + 2·step, …: `count` points. Those there are, moved by as many steps, are as many again. */
function walk(kernel: Kernel, start: Points, step: Points, count: number): Points {
  let points = start;
  let stride = step;
  while (points.length < count) {
    const strides = kernel.concat(Array.from({ length: points.length }, () => stride));
    points = kernel.concat([points, kernel.add(points, strides)]);
    stride = kernel.add(stride, stride);
  }
  return kernel.slice(points, 0, count);
}

/** 48 bits of the encoding of each point's double: what they are found by. */
function keysOfDoubles(kernel: Kernel, points: Points): number[] {
  const doubles = kernel.encodeDoubles(points);
  const view = new DataView(doubles.buffer, doubles.byteOffset, doubles.length);
  return Array.from({ length: points.length }, (_, i) => {
    const at = i * ELEMENT_BYTES;
    return view.getUint32(at, true) * 2 ** 16 + view.getUint16(at + 4, true);
  });
}

/** m·G. */
function multipleOfG(kernel: Kernel, m: number): Points {
  return kernel.multiplyAndSum(kernel.generator, [scalarOf(m)]);
}

/** The baby steps 0·G, 1·G …, as many as were asked for so far. No two of the most that there may be have one key. */
class BabySteps {
  readonly #kernel: Kernel;
  readonly #places = new Map<number, number>();
  #back: Points;

  constructor(kernel: Kernel, count: number) {
    this.#kernel = kernel;
    this.#back = kernel.generator;
    this.grow(count);
  }

  get count(): number {
    return this.#places.size;
  }

  /** −count·G. */
  get back(): Points {
    return this.#back;
  }

  grow(count: number): void {
    const kernel = this.#kernel;
    while (this.count < count) {
      const some = Math.min(count - this.count, LEAST_BABY_STEPS);
      const points = walk(kernel, multipleOfG(kernel, this.count), kernel.generator, some);
      for (const key of keysOfDoubles(kernel, points)) this.#places.set(key, this.#places.size);
    }
    this.#back = kernel.multiplyAndSum(kernel.generator, [subtractScalars(ZERO, scalarOf(this.count))]);
  }

  find(key: number): number | undefined {
    return this.#places.get(key);
  }
}

/** M − i·babySteps·G for i = 0, 1, …, in batches that grow, until one is a baby step. */
function search(kernel: Kernel, babies: BabySteps, start: Points, giants: number): number | undefined {
  let from = start;
  for (let done = 0, size = 1; done < giants; done += size, size = Math.min(2 * size, MOST_AT_ONCE)) {
    const points = walk(kernel, from, babies.back, size + 1);
    from = kernel.slice(points, size, size + 1);
    for (const [i, key] of keysOfDoubles(kernel, kernel.slice(points, 0, size)).entries()) {
      const baby = babies.find(key);
      if (baby === undefined) continue;
      const found = (done + i) * babies.count + baby;
      // The key is a part of the encoding: another element may have it, by chance.
      if (kernel.equal(start, multipleOfG(kernel, found))) return found;
    }
  }
  return undefined;
}

/** Any number of searches have one table. @param leastSteps of the table; a search for more makes more. */
export function makeDiscreteLog(kernel: Kernel, leastSteps = LEAST_BABY_STEPS): DiscreteLog {
  const babies = new BabySteps(kernel, leastSteps);
  return {
    find(encoding, max) {
      if (!Number.isSafeInteger(max) || max < 0) throw new CryptoError('out-of-range', 'max', `${max}`);
      if (encoding.length !== ELEMENT_BYTES) {
        throw new CryptoError(
          'bad-length',
          'encoding',
          `${encoding.length} bytes instead of ${ELEMENT_BYTES}`,
        );
      }
      const decoded = kernel.decode(encoding);
      if (!decoded.ok) throw new CryptoError('bad-encoding', 'encoding', 'not a ristretto255 element');
      if (max > LEAST_BABY_STEPS ** 2) babies.grow(Math.min(MOST_BABY_STEPS, Math.ceil(Math.sqrt(max))));
      const found = search(kernel, babies, decoded.points, Math.floor(max / babies.count) + 1);
      return found !== undefined && found <= max ? found : undefined;
    },
  };
}
