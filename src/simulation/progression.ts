/**
 * Many scalars and their multiples of public points for one addition each: s, s + d, s + 2d …. FOR SIMULATION ONLY:
 * whoever learns one of them learns all, and they go through the kernel, which hides nothing.
 */
import { type Bytes, toUtf8 } from '../crypto/bytes.ts';
import type { Kernel, Points } from '../crypto/kernel/kernel.ts';
import {
  addScalars,
  hashToScalar,
  invertScalar,
  multiplyScalars,
  type Scalar,
  scalarOf,
} from '../crypto/scalar.ts';

const HALF = invertScalar(scalarOf(2));

/** A scalar of a seed and a name. */
export function seededScalar(seed: string, name: string): Scalar {
  return hashToScalar('teller/simulation', toUtf8(`${seed}/${name}`));
}

/** s·B/2, as everything is here that `encodeDoubles` is to encode. */
export function halfMultiple(kernel: Kernel, base: Points, scalar: Scalar): Points {
  return kernel.multiplyAndSum(base, [multiplyScalars(scalar, HALF)]);
}

/** `count` times the one point. */
function repeat(kernel: Kernel, point: Points, count: number): Points {
  return kernel.concat(Array.from({ length: count }, () => point));
}

export class Progression {
  readonly #kernel: Kernel;
  readonly #step: Scalar;
  readonly #bases: readonly Points[];
  /** For each base B: 0·d·B/2, 1·d·B/2, 2·d·B/2 … */
  readonly #blocks: readonly Points[];

  /** @param length at most so many scalars at once. @param bases one point each. */
  constructor(kernel: Kernel, bases: readonly Points[], step: Scalar, length: number) {
    this.#kernel = kernel;
    this.#step = step;
    this.#bases = bases;
    this.#blocks = bases.map((base) => {
      let block = kernel.identities(1);
      for (let times = step; block.length < length; times = addScalars(times, times)) {
        const next = repeat(kernel, halfMultiple(kernel, base, times), block.length);
        block = kernel.concat([block, kernel.add(block, next)]);
      }
      return kernel.slice(block, 0, length);
    });
  }

  /** start, start + d …: `count` scalars. */
  scalars(start: Scalar, count: number): Scalar[] {
    const scalars: Scalar[] = [];
    for (let i = 0, s = start; i < count; i += 1, s = addScalars(s, this.#step)) scalars.push(s);
    return scalars;
  }

  /** Half of their multiples, for each base. @throws RangeError for more than the length. */
  halves(start: Scalar, count: number): Points[] {
    return this.#blocks.map((block, i) => {
      if (count > block.length) throw new RangeError(`${count} scalars instead of ${block.length} at most`);
      const base = this.#bases[i] ?? this.#kernel.generator;
      const offset = halfMultiple(this.#kernel, base, start);
      return this.#kernel.add(this.#kernel.slice(block, 0, count), repeat(this.#kernel, offset, count));
    });
  }
}

/** 32 bytes each, little-endian, into `out` from `at` on. */
export function writeScalar(out: Bytes, at: number, scalar: Scalar): void {
  const view = new DataView(out.buffer, out.byteOffset + at, 32);
  for (let word = 0; word < 4; word += 1) view.setBigUint64(8 * word, scalar >> BigInt(64 * word), true);
}
