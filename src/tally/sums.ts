/**
 * The two kinds of sum that are counted (docs/protocol.md §9.2, §9.3): of ciphertexts, as points of the public
 * kernel, and of open choices, as integers. Ballots have been verified before; what does not decode is refused.
 */
import { type Bytes, concat, u64 } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { Kernel, Points } from '../crypto/kernel/kernel.ts';
import { GROUP_ORDER, ONE, type Scalar } from '../crypto/scalar.ts';
import { TallyError } from './errors.ts';

export const CHOICE_BYTES = 8;

/** How the contents of ballots are added up in one cell; S is a sum, one item for each column or more. */
export interface Adder<S> {
  /** The length of an encoded sum. */
  readonly sumBytes: number;
  /** Whether this has the length of a ballot's content. */
  readonly fits: (content: Bytes) => boolean;
  /** The sum over no ballots. */
  readonly zero: S;
  /** What each ballot adds. @throws TallyError `bad-encoding` with the place of the first content that is none. */
  readonly read: (contents: readonly Bytes[]) => S[];
  /** @throws TallyError `bad-encoding` with the place of the first that is no encoded sum. */
  readonly parse: (sums: readonly Bytes[]) => S[];
  readonly add: (a: S, b: S) => S;
  /** a₁ + b₁, a₂ + b₂ …: as many of both. */
  readonly addEach: (a: readonly S[], b: readonly S[]) => S[];
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

/** Hints for decoding contents again, by the very content: see `Kernel.decode`. */
export type ContentHints = WeakMap<Bytes, Bytes>;

/** The hints of contents, made where there are none yet. */
function takeHints(hints: ContentHints, contents: readonly Bytes[]): { joined: Bytes; keep: () => void } {
  const joined = concat(...contents.map((content) => hints.get(content) ?? new Uint8Array(content.length)));
  let at = 0;
  const keep = (): void => {
    for (const content of contents) {
      if (!hints.has(content)) hints.set(content, joined.slice(at, at + content.length));
      at += content.length;
    }
  };
  return { joined, keep };
}

/**
 * Sums of ciphertexts: Σα₁, Σβ₁, Σα₂, Σβ₂ … of ballots whose values are the columns.
 * @param hints where contents are read more than once.
 */
export function ciphertextAdder(kernel: Kernel, columns: number, hints?: ContentHints): Adder<Points> {
  const sumBytes = columns * CIPHERTEXT_BYTES;
  const points = 2 * columns;
  const inGroups = (all: Points) =>
    Array.from({ length: all.length / points }, (_, i) => kernel.slice(all, i * points, (i + 1) * points));
  const parse = (sums: readonly Bytes[]): Points[] => {
    checkLengths(sums, sumBytes);
    const own = hints && takeHints(hints, sums);
    const decoded = kernel.decode(concat(...sums), own?.joined);
    if (!decoded.ok) {
      const place = Math.floor((decoded.bad[0] ?? 0) / points);
      throw new TallyError('bad-encoding', `contents[${place}]`, 'a ciphertext does not decode');
    }
    own?.keep();
    return inGroups(decoded.points);
  };
  return {
    sumBytes,
    fits: ({ length }) => length === sumBytes,
    zero: kernel.identities(points),
    read: parse,
    parse,
    add: (a, b) => kernel.add(a, b),
    addEach: (a, b) => inGroups(kernel.add(kernel.concat(a), kernel.concat(b))),
    encode: (sum) => kernel.encode(sum),
    forTree: (sum) => kernel.add(sum, sum),
    encodeForTree: (sums) => split(kernel.encodeDoubles(kernel.concat(sums)), sumBytes),
  };
}

/** Counts are safe integers, so that sums of a path stay far below 2^64. */
function count(n: bigint, place: number): bigint {
  if (n <= BigInt(Number.MAX_SAFE_INTEGER)) return n;
  throw new TallyError('bad-encoding', `contents[${place}]`, 'a count beyond 2^53 − 1');
}

/** u64, u64 …; `place` among others, for errors. */
export function parseChoices(content: Bytes, place: number): bigint[] {
  const view = new DataView(content.buffer, content.byteOffset);
  const length = content.length / CHOICE_BYTES;
  return Array.from({ length }, (_, i) => count(view.getBigUint64(i * CHOICE_BYTES), place));
}

/** Sums of the choices of a recorded college, of ballots whose values are the columns. */
export function choiceAdder(columns: number): Adder<readonly bigint[]> {
  const sumBytes = columns * CHOICE_BYTES;
  const parse = (sums: readonly Bytes[]): bigint[][] => {
    checkLengths(sums, sumBytes);
    return sums.map(parseChoices);
  };
  const add = (a: readonly bigint[], b: readonly bigint[]) => a.map((n, i) => n + (b[i] ?? 0n));
  const encode = (sum: readonly bigint[]) => concat(...sum.map((n) => u64(n)));
  return {
    sumBytes,
    fits: ({ length }) => length === sumBytes,
    zero: Array.from({ length: columns }, () => 0n),
    read: parse,
    parse,
    add,
    addEach: (a, b) => a.map((sum, i) => add(sum, b[i] ?? [])),
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

  constructor(kernel: Kernel, adder: Adder<Points>) {
    this.#kernel = kernel;
    this.#adder = adder;
    this.#added = this.#adder.zero;
    this.#replaced = this.#adder.zero;
  }

  /**
   * @param ciphertexts the content of the new ballot; `replaced` those of the one that it replaces.
   * @throws TallyError `bad-encoding`; then nothing has been added.
   */
  add(ciphertexts: Bytes, replaced?: Bytes): void {
    const [next, previous] = this.#adder.read(
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
