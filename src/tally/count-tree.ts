/**
 * The count tree of a cell (docs/protocol.md §9.3): a hash tree over all voters of the cell in roll order whose
 * nodes carry sums, in the shape of RFC 6962. Its root commits to who is counted, with which ballot, and to how
 * they add up, so that a member can be shown that the ballot is counted, or that nobody voted in their place.
 */
import { type Bytes, toUtf8, u32 } from '../crypto/bytes.ts';
import { hash256Each } from '../crypto/kernel/hash-each.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';
import { TallyError } from './errors.ts';
import type { Adder } from './sums.ts';

/** What every leaf of one tree is bound to. */
export interface CountTreeContext {
  /** The leaf of the opening. */
  readonly ctx: Bytes;
  readonly cell: string;
  /** n: the size of the whole roll. */
  readonly roll: number;
}

/** A voter's place in the tree: the counting ballot and what it says in this cell's contest, or none. */
export interface CountLeaf {
  /** i: the voter number. */
  readonly voter: number;
  readonly ballot: { readonly leaf: Bytes; readonly content: Bytes } | null;
}

export interface CountNode {
  /** The number of voters below. */
  readonly leaves: number;
  readonly hash: Bytes;
  /** As the parent hashes them. */
  readonly sums: Bytes;
}

/** A sibling on the way from a leaf to the root. */
export interface CountStep extends CountNode {
  readonly side: 'left' | 'right';
}

/** The root of a cell without voters. */
export const EMPTY_COUNT_ROOT: Bytes = new Uint8Array(32);

const NONE = new Uint8Array();
const CHUNK_LEVELS = 8;
const CHUNK = 2 ** CHUNK_LEVELS;

/** Leaves by their place: an array of them, or what finds them when they are asked for. */
export interface CountLeaves {
  readonly length: number;
  at(place: number): CountLeaf | undefined;
}

function leafParts({ ctx, cell, roll }: CountTreeContext, { voter, ballot }: CountLeaf): Bytes[] {
  const [leaf, content] = ballot === null ? [NONE, NONE] : [ballot.leaf, ballot.content];
  return [ctx, toUtf8(cell), u32(voter), u32(roll), leaf, content];
}

export function hashCountLeaf(context: CountTreeContext, leaf: CountLeaf): Bytes {
  return hash256(TAGS.countLeaf, ...leafParts(context, leaf));
}

function nodeParts(left: CountNode, right: CountNode): Bytes[] {
  return [u32(left.leaves), left.hash, left.sums, u32(right.leaves), right.hash, right.sums];
}

export function hashCountNode(left: CountNode, right: CountNode): Bytes {
  return hash256(TAGS.countNode, ...nodeParts(left, right));
}

/** A node, and what its sums encode. */
export interface Summed<S> {
  readonly node: CountNode;
  readonly sum: S;
}

/** What each leaf adds. @throws TallyError `bad-encoding` with the voter number, for a content that is none. */
function readLeaves<S>(adder: Adder<S>, leaves: readonly CountLeaf[]): S[] {
  const voted = leaves.flatMap(({ voter, ballot }) => (ballot === null ? [] : [{ voter, ...ballot }]));
  for (const { voter, content } of voted) {
    if (!adder.fits(content)) {
      throw new TallyError('bad-encoding', `voter ${voter}`, 'another number of values');
    }
  }
  const sums = adder.read(voted.map(({ content }) => content))[Symbol.iterator]();
  return leaves.map(({ ballot }) => (ballot === null ? undefined : sums.next().value) ?? adder.zero);
}

/** The lowest row of a tree. @throws TallyError `bad-encoding` with the voter number, for a content that is none. */
export function leafRow<S>(
  context: CountTreeContext,
  adder: Adder<S>,
  leaves: readonly CountLeaf[],
): Summed<S>[] {
  const sums = readLeaves(adder, leaves);
  const encoded = adder.encodeForTree(sums);
  const hashes = hash256Each(
    wasmKernel,
    TAGS.countLeaf,
    leaves.map((leaf) => leafParts(context, leaf)),
  );
  return leaves.map((_, i) => ({
    node: { leaves: 1, hash: hashes[i] ?? NONE, sums: encoded[i] ?? NONE },
    sum: sums[i] ?? adder.zero,
  }));
}

/** Pairs neighbours; one left over at the end goes up as it is, which is the shape of RFC 6962. */
export function nextRow<S>(adder: Adder<S>, row: readonly Summed<S>[]): Summed<S>[] {
  const left = row.filter((_, i) => i % 2 === 0 && i + 1 < row.length);
  const right = row.filter((_, i) => i % 2 === 1);
  if (right.length === 0) return [...row];
  const totals = adder.addEach(
    left.map(({ sum }) => sum),
    right.map(({ sum }) => sum),
  );
  const sums = adder.encodeForTree(totals);
  const nodes = left.flatMap(({ node }, i) => {
    const other = right[i]?.node;
    return other === undefined ? [] : [{ left: node, right: other }];
  });
  const hashes = hash256Each(
    wasmKernel,
    TAGS.countNode,
    nodes.map((pair) => nodeParts(pair.left, pair.right)),
  );
  const parents = nodes.map((pair, i) => ({
    node: { leaves: pair.left.leaves + pair.right.leaves, hash: hashes[i] ?? NONE, sums: sums[i] ?? NONE },
    sum: totals[i] ?? adder.zero,
  }));
  return [...parents, ...row.slice(2 * parents.length)];
}

/** ⌈log₂ n⌉: how often a row of n is halved until one is left. */
export function levelsAbove(n: number): number {
  let levels = 0;
  while (2 ** levels < n) levels += 1;
  return levels;
}

/** Some neighbouring nodes, the rows above them, and the last of those. */
interface Raised<S> {
  /** rows[l][i]; without the last. */
  readonly rows: readonly (readonly CountNode[])[];
  readonly top: Summed<S> | undefined;
}

function raise<S>(adder: Adder<S>, row: readonly Summed<S>[], levels: number): Raised<S> {
  const rows: CountNode[][] = [];
  let current = row;
  for (let up = 0; up < levels; up += 1) {
    rows.push(current.map(({ node }) => node));
    current = nextRow(adder, current);
  }
  return { rows, top: current[0] };
}

/** The subtree of up to 256 voters: points are kept of its top alone, bytes of all. */
interface Chunk<S> extends Raised<S> {
  readonly ballots: number;
}

export class CountTree<S> {
  readonly #context: CountTreeContext;
  readonly #adder: Adder<S>;
  readonly #leaves: CountLeaves;
  /** Undefined: it is to be counted again. */
  readonly #chunks: (Chunk<S> | undefined)[];
  /** Above the chunks; undefined: to be made again. */
  #upper: Raised<S> | undefined;

  /**
   * @param leaves the voters of the cell in roll order.
   * @throws TallyError `bad-encoding` with the voter number, for a content that is none.
   */
  constructor(context: CountTreeContext, adder: Adder<S>, leaves: CountLeaves) {
    this.#context = context;
    this.#adder = adder;
    this.#leaves = leaves;
    this.#chunks = Array.from({ length: Math.ceil(leaves.length / CHUNK) });
    this.refresh();
  }

  get voters(): number {
    return this.#leaves.length;
  }

  /** What is above the leaf at a place is to be counted again. */
  touch(place: number): void {
    this.#chunks[Math.floor(place / CHUNK)] = undefined;
    this.#upper = undefined;
  }

  /**
   * Counts again what was touched, or so many chunks of it. @returns whether all is counted.
   * @throws TallyError as the constructor does.
   */
  refresh(most = Number.POSITIVE_INFINITY): boolean {
    let left = most;
    for (let i = 0; i < this.#chunks.length; i += 1) {
      if (this.#chunks[i] !== undefined) continue;
      if (left === 0) return false;
      this.#chunks[i] = this.#count(i);
      left -= 1;
    }
    return true;
  }

  #count(chunk: number): Chunk<S> {
    const first = chunk * CHUNK;
    const length = Math.min(CHUNK, this.voters - first);
    const leaves = Array.from({ length }, (_, i) => this.#leaves.at(first + i)).filter(
      (leaf) => leaf !== undefined,
    );
    const ballots = leaves.filter(({ ballot }) => ballot !== null).length;
    return { ballots, ...raise(this.#adder, leafRow(this.#context, this.#adder, leaves), CHUNK_LEVELS) };
  }

  #raised(): Raised<S> {
    this.refresh();
    const tops = this.#chunks.flatMap((chunk) => chunk?.top ?? []);
    return (this.#upper ??= raise(this.#adder, tops, levelsAbove(tops.length)));
  }

  get root(): Bytes {
    return this.#raised().top?.node.hash ?? EMPTY_COUNT_ROOT;
  }

  /** The sum over all ballots of the cell. */
  get total(): S {
    return this.#raised().top?.sum ?? this.#adder.zero;
  }

  get ballots(): number {
    this.refresh();
    return this.#chunks.reduce((sum, chunk) => sum + (chunk?.ballots ?? 0), 0);
  }

  /**
   * The siblings from the leaf at a place (from 0) up to the root.
   * @throws TallyError `out-of-range`.
   */
  path(place: number): CountStep[] {
    if (!Number.isSafeInteger(place) || place < 0 || place >= this.voters) {
      throw new TallyError('out-of-range', 'place', `not among ${this.voters} voters`);
    }
    const upper = this.#raised().rows;
    const chunk = Math.floor(place / CHUNK);
    const lower = this.#chunks[chunk]?.rows ?? [];
    return [...siblings(lower, place % CHUNK), ...siblings(upper, chunk)];
  }
}

function siblings(rows: readonly (readonly CountNode[])[], place: number): CountStep[] {
  return rows.flatMap((row, level) => {
    const own = Math.floor(place / 2 ** level);
    const sibling = row[own % 2 === 0 ? own + 1 : own - 1];
    return sibling === undefined ? [] : [{ ...sibling, side: own % 2 === 0 ? 'right' : 'left' } as const];
  });
}
