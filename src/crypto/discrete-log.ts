/**
 * Small discrete logarithms by baby steps and giant steps: the m with m·G = M and 0 ≤ m ≤ max. Both are
 * public, the decrypted total of a cell. Elements are looked up by the encodings of their doubles, which a
 * kernel gives for a tenth of the price of their own.
 */
import { type Bytes, toHex } from './bytes.ts';
import { CryptoError } from './errors.ts';
import { ELEMENT_BYTES } from './group.ts';
import type { Kernel, Points } from './kernel/kernel.ts';
import { scalarOf, subtractScalars, ZERO } from './scalar.ts';

export interface DiscreteLog {
  /**
   * @param encoding of M, 32 bytes.
   * @returns m, or undefined if it is above `max`. The time grows with max, about 10 ms for each million.
   * @throws CryptoError `bad-length`, `bad-encoding`; `out-of-range` unless `max` is a safe integer ≥ 0.
   */
  find(encoding: Bytes, max: number): number | undefined;
}

/** The best number for totals of some millions: as many baby steps as there are giant ones. */
const BABY_STEPS = 4096;
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

function keysOfDoubles(kernel: Kernel, points: Points): string[] {
  const doubles = kernel.encodeDoubles(points);
  return Array.from({ length: points.length }, (_, i) =>
    toHex(doubles.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)),
  );
}

/** Makes the table of baby steps 0·G … (babySteps − 1)·G, once for any number of searches. */
export function makeDiscreteLog(kernel: Kernel, babySteps = BABY_STEPS): DiscreteLog {
  const babies = walk(kernel, kernel.identities(1), kernel.generator, babySteps);
  const table = new Map(keysOfDoubles(kernel, babies).map((key, m) => [key, m]));
  const back = kernel.multiplyAndSum(kernel.generator, [subtractScalars(ZERO, scalarOf(babySteps))]);

  /** M − i·babySteps·G for i = 0, 1, …, in batches that grow, until one is a baby step. */
  const search = (start: Points, giants: number): number | undefined => {
    let from = start;
    for (let done = 0, size = 1; done < giants; done += size, size = Math.min(2 * size, MOST_AT_ONCE)) {
      const points = walk(kernel, from, back, size + 1);
      from = kernel.slice(points, size, size + 1);
      for (const [i, key] of keysOfDoubles(kernel, kernel.slice(points, 0, size)).entries()) {
        const baby = table.get(key);
        if (baby !== undefined) return (done + i) * babySteps + baby;
      }
    }
    return undefined;
  };

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
      const found = search(decoded.points, Math.floor(max / babySteps) + 1);
      return found !== undefined && found <= max ? found : undefined;
    },
  };
}
