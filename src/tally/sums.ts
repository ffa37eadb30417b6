/**
 * The two kinds of sum that are counted (docs/protocol.md §9.2, §9.3): of ciphertexts, as points of the public
 * kernel, and of open choices, as integers. Ballots have been verified before; what does not decode is refused.
 */
import { type Bytes, concat, u64 } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { Kernel, Points } from '../crypto/kernel/kernel.ts';
import { GROUP_ORDER, ONE, type Scalar } from '../crypto/scalar.ts';
import { TallyError } from './errors.ts';

const CHOICE_BYTES = 8;

/** How the contents of ballots are added up in one cell; S is a sum, one item for each option or more. */
export interface Adder<S> {
  /** The length of a ballot's content and of an encoded sum. */
  readonly contentBytes: number;
  /** The sum over no ballots. */
  readonly zero: S;
  /** @throws TallyError `bad-encoding` with the place of the first content that is none. */
  readonly parse: (contents: readonly Bytes[]) => S[];
  readonly add: (a: S, b: S) => S;
  /** The content that has this sum alone. */
  readonly encode: (sum: S) => Bytes;
  /** What count trees have in its place: the doubles of points; integers as they are. */
  readonly forTree: (sum: S) => S;
  /** `encode(forTree(sum))` of each, for one inversion in all. */
  readonly encodeForTree: (sums: readonly S[]) => Bytes[];
}

/** Splits bytes into parts of equal length. */
export function split(bytes: Bytes, length: number): Bytes[] {
  return Array.from({ length: bytes.length / length }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
}

function checkLengths(contents: readonly Bytes[], length: number): void {
  contents.forEach((content, i) => {
    if (content.length !== length) {
      throw new TallyError('bad-encoding', `contents[${i}]`, `${content.length} bytes instead of ${length}`);
    }
  });
}

/** Sums of ciphertexts: Σα₁, Σβ₁, Σα₂, Σβ₂ … */
export function ciphertextAdder(kernel: Kernel, options: number): Adder<Points> {
  const contentBytes = options * CIPHERTEXT_BYTES;
  const points = 2 * options;
  const inGroups = (all: Points) =>
    Array.from({ length: all.length / points }, (_, i) => kernel.slice(all, i * points, (i + 1) * points));
  return {
    contentBytes,
    zero: kernel.identities(points),
    parse: (contents) => {
      checkLengths(contents, contentBytes);
      const decoded = kernel.decode(concat(...contents));
      if (!decoded.ok) {
        const place = Math.floor((decoded.bad[0] ?? 0) / points);
        throw new TallyError('bad-encoding', `contents[${place}]`, 'a ciphertext does not decode');
      }
      return inGroups(decoded.points);
    },
    add: (a, b) => kernel.add(a, b),
    encode: (sum) => kernel.encode(sum),
    forTree: (sum) => kernel.add(sum, sum),
    encodeForTree: (sums) => split(kernel.encodeDoubles(kernel.concat(sums)), contentBytes),
  };
}

/** Counts are safe integers, so that sums of a path stay far below 2^64. */
function count(n: bigint, place: number): bigint {
  if (n <= BigInt(Number.MAX_SAFE_INTEGER)) return n;
  throw new TallyError('bad-encoding', `contents[${place}]`, 'a count beyond 2^53 − 1');
}

/** Sums of the choices of a recorded college. */
export function choiceAdder(options: number): Adder<readonly bigint[]> {
  const contentBytes = options * CHOICE_BYTES;
  const encode = (sum: readonly bigint[]) => concat(...sum.map((n) => u64(n)));
  return {
    contentBytes,
    zero: Array.from({ length: options }, () => 0n),
    parse: (contents) => {
      checkLengths(contents, contentBytes);
      return contents.map((content, place) => {
        const view = new DataView(content.buffer, content.byteOffset);
        return Array.from({ length: options }, (_, i) => count(view.getBigUint64(i * CHOICE_BYTES), place));
      });
    },
    add: (a, b) => a.map((n, i) => n + (b[i] ?? 0n)),
    encode,
    forTree: (sum) => sum,
    encodeForTree: (sums) => sums.map(encode),
  };
}

/**
 * The sum of a cell's counting ballots in constant memory, kept up while ballots come in: a later ballot of the
 * same voter replaces the earlier one.
 */
export class RunningSum {
  /** The number of ballots that count. */
  ballots = 0;
  readonly #kernel: Kernel;
  readonly #adder: Adder<Points>;
  #added: Points;
  #replaced: Points;

  constructor(kernel: Kernel, options: number) {
    this.#kernel = kernel;
    this.#adder = ciphertextAdder(kernel, options);
    this.#added = this.#adder.zero;
    this.#replaced = this.#adder.zero;
  }

  /**
   * @param ciphertexts α₁‖β₁‖… of the new ballot; `replaced` those of the one that it replaces.
   * @throws TallyError `bad-encoding`; then nothing has been added.
   */
  add(ciphertexts: Bytes, replaced?: Bytes): void {
    const [next, previous] = this.#adder.parse(
      replaced === undefined ? [ciphertexts] : [ciphertexts, replaced],
    );
    if (next !== undefined) this.#added = this.#adder.add(this.#added, next);
    if (previous !== undefined) this.#replaced = this.#adder.add(this.#replaced, previous);
    else this.ballots += 1;
  }

  /** Σα₁‖Σβ₁‖… in ordinary encodings. */
  encode(): Bytes {
    const minusOne = (GROUP_ORDER - 1n) as Scalar;
    const kernel = this.#kernel;
    const at = (points: Points, i: number): Points => kernel.slice(points, i, i + 1);
    const differences = Array.from({ length: this.#added.length }, (_, i) =>
      kernel.multiplyAndSum(kernel.concat([at(this.#added, i), at(this.#replaced, i)]), [ONE, minusOne]),
    );
    return kernel.encode(kernel.concat(differences));
  }
}
