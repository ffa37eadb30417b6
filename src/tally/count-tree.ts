/**
 * The count tree of a cell (docs/protocol.md §9.3): a hash tree over all voters of the cell in roll order whose
 * nodes carry sums, in the shape of RFC 6962. Its root commits to who is counted, with which ballot, and to how
 * they add up, so that a member can be shown that the ballot is counted, or that nobody voted in their place.
 */
import { type Bytes, toUtf8, u32 } from '../crypto/bytes.ts';
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
const EMPTY_COUNT_ROOT: Bytes = new Uint8Array(32);

const NONE = new Uint8Array();
const CHUNK_LEVELS = 8;
const CHUNK = 2 ** CHUNK_LEVELS;

export function hashCountLeaf({ ctx, cell, roll }: CountTreeContext, { voter, ballot }: CountLeaf): Bytes {
  const [leaf, content] = ballot === null ? [NONE, NONE] : [ballot.leaf, ballot.content];
  return hash256(TAGS.countLeaf, ctx, toUtf8(cell), u32(voter), u32(roll), leaf, content);
}

export function hashCountNode(left: CountNode, right: CountNode): Bytes {
  return hash256(
    TAGS.countNode,
    u32(left.leaves),
    left.hash,
    left.sums,
    u32(right.leaves),
    right.hash,
    right.sums,
  );
}

interface Summed<S> {
  readonly node: CountNode;
  readonly sum: S;
}

/** Pairs neighbours; one left over at the end goes up as it is, which is the shape of RFC 6962. */
function nextRow<S>(adder: Adder<S>, row: readonly Summed<S>[]): Summed<S>[] {
  const pairs = Array.from({ length: Math.floor(row.length / 2) }, (_, i) => row.slice(2 * i, 2 * i + 2));
  const totals = pairs.map((pair) => pair.map(({ sum }) => sum).reduce((a, b) => adder.add(a, b)));
  const sums = adder.encodeForTree(totals);
  const parents = pairs.flatMap(([left, right], i) => {
    const total = totals[i];
    if (left === undefined || right === undefined || total === undefined) return [];
    const leaves = left.node.leaves + right.node.leaves;
    const hash = hashCountNode(left.node, right.node);
    return [{ node: { leaves, hash, sums: sums[i] ?? NONE }, sum: total }];
  });
  return [...parents, ...row.slice(2 * pairs.length)];
}

/** ⌈log₂ n⌉: how often a row of n is halved until one is left. */
function levelsAbove(n: number): number {
  let levels = 0;
  while (2 ** levels < n) levels += 1;
  return levels;
}

export class CountTree<S> {
  /** rows[l][i] covers the voters from place i·2^l to before (i + 1)·2^l, as far as there are any. */
  readonly #rows: CountNode[][] = [];
  readonly #adder: Adder<S>;
  readonly root: Bytes;
  /** The sum over all ballots of the cell. */
  readonly total: S;
  readonly ballots: number;
  readonly voters: number;

  /**
   * @param leaves the voters of the cell in roll order.
   * @throws TallyError `bad-encoding` with the voter number, for a content that is none.
   */
  constructor(context: CountTreeContext, adder: Adder<S>, leaves: readonly CountLeaf[]) {
    this.#adder = adder;
    this.voters = leaves.length;
    this.ballots = leaves.filter(({ ballot }) => ballot !== null).length;
    const roots = Array.from({ length: Math.ceil(leaves.length / CHUNK) }, (_, i) =>
      this.#addChunk(context, leaves.slice(i * CHUNK, (i + 1) * CHUNK)),
    );
    const top = this.#raise(roots.flat(), CHUNK_LEVELS, levelsAbove(roots.length))[0];
    this.root = top?.node.hash ?? EMPTY_COUNT_ROOT;
    this.total = top?.sum ?? adder.zero;
  }

  /** The subtree of up to 256 leaves: points are kept for one chunk at a time, bytes for all. */
  #addChunk(context: CountTreeContext, leaves: readonly CountLeaf[]): readonly Summed<S>[] {
    const sums = this.#parse(leaves);
    const encoded = this.#adder.encodeForTree(sums);
    const row = leaves.map((leaf, i) => ({
      node: { leaves: 1, hash: hashCountLeaf(context, leaf), sums: encoded[i] ?? NONE },
      sum: sums[i] ?? this.#adder.zero,
    }));
    return this.#raise(row, 0, CHUNK_LEVELS);
  }

  #parse(leaves: readonly CountLeaf[]): S[] {
    const voted = leaves.flatMap(({ voter, ballot }) => (ballot === null ? [] : [{ voter, ...ballot }]));
    for (const { voter, content } of voted) {
      if (!this.#adder.fits(content)) {
        throw new TallyError('bad-encoding', `voter ${voter}`, 'another number of values');
      }
    }
    const sums = this.#adder.read(voted.map(({ content }) => content))[Symbol.iterator]();
    return leaves.map(({ ballot }) => (ballot === null ? undefined : sums.next().value) ?? this.#adder.zero);
  }

  /** Keeps the row and those above it, and gives the row `levels` higher. */
  #raise(row: readonly Summed<S>[], level: number, levels: number): readonly Summed<S>[] {
    let current = row;
    for (let up = 0; up < levels; up += 1) {
      (this.#rows[level + up] ??= []).push(...current.map(({ node }) => node));
      current = nextRow(this.#adder, current);
    }
    return current;
  }

  /**
   * The siblings from the leaf at a place (from 0) up to the root.
   * @throws TallyError `out-of-range`.
   */
  path(place: number): CountStep[] {
    if (!Number.isSafeInteger(place) || place < 0 || place >= this.voters) {
      throw new TallyError('out-of-range', 'place', `not among ${this.voters} voters`);
    }
    return this.#rows.flatMap((row, level) => {
      const own = Math.floor(place / 2 ** level);
      const sibling = row[own % 2 === 0 ? own + 1 : own - 1];
      return sibling === undefined ? [] : [{ ...sibling, side: own % 2 === 0 ? 'right' : 'left' } as const];
    });
  }
}
