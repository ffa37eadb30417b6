/**
 * A part of a cell's count tree (docs/protocol.md §9.3), counted in whatever thread: the subtree of some neighbouring
 * voters. Of a whole cell only the right edge is kept, as of a log (RFC 6962 section 2.1).
 */
import type { College, Contest } from '../ballot/manifest.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { choiceColumns, ciphertextColumns } from './contest-adder.ts';
import {
  type CountLeaf,
  type CountTreeContext,
  EMPTY_COUNT_ROOT,
  leafRow,
  nextRow,
  type Summed,
} from './count-tree.ts';
import type { Adder, ContentHints } from './sums.ts';

/** Voters of a part, but for the last one of a cell: a power of two. */
export const PART = 1024;
/** Points are kept of so many voters at a time. */
const CHUNK = 256;
const LEAF_BYTES = 32;

/** Plain data: it can be sent to a thread. */
export interface CountPart {
  readonly context: CountTreeContext;
  readonly contest: Contest;
  readonly mode: College['mode'];
  readonly voters: Uint32Array;
  /** Of each voter: the leaf of the counting ballot, and the length of its content, 0 where there is no ballot. */
  readonly leaves: Bytes;
  readonly lengths: Uint32Array;
  readonly contents: Bytes;
  /** Of the contents, as many bytes; none where they are open. They are not trusted. */
  readonly hints: Bytes;
}

/** The top of the part. */
export interface CountedPart {
  readonly voters: number;
  readonly ballots: number;
  readonly hash: Bytes;
  readonly sums: Bytes;
  /** The sum in ordinary encodings. */
  readonly total: Bytes;
}

/** The leaves of a part, some at a time: objects that live long would cost memory. @param known takes their hints. */
function* chunksOf(
  { voters, leaves, lengths, contents, hints }: CountPart,
  known: ContentHints,
): Generator<CountLeaf[], void, void> {
  let at = 0;
  let chunk: CountLeaf[] = [];
  for (const [i, voter] of voters.entries()) {
    const length = lengths[i] ?? 0;
    const leaf = leaves.subarray(i * LEAF_BYTES, (i + 1) * LEAF_BYTES);
    const content = contents.subarray(at, at + length);
    if (hints.length === contents.length) known.set(content, hints.subarray(at, at + length));
    at += length;
    chunk.push({ voter, ballot: length === 0 ? null : { leaf, content } });
    if (chunk.length < CHUNK && i + 1 < voters.length) continue;
    yield chunk;
    chunk = [];
  }
}

function countWith<S>(adder: Adder<S>, part: CountPart, hints: ContentHints): CountedPart {
  let row: Summed<S>[] = [];
  for (const leaves of chunksOf(part, hints)) {
    let chunk = leafRow(part.context, adder, leaves);
    while (chunk.length > 1) chunk = nextRow(adder, chunk);
    row.push(...chunk);
  }
  while (row.length > 1) row = nextRow(adder, row);
  const [top] = row;
  return {
    voters: part.voters.length,
    ballots: part.lengths.reduce((sum, length) => sum + (length === 0 ? 0 : 1), 0),
    hash: top?.node.hash ?? EMPTY_COUNT_ROOT,
    sums: top?.node.sums ?? adder.encodeForTree([adder.zero])[0] ?? EMPTY_COUNT_ROOT,
    total: adder.encode(top?.sum ?? adder.zero),
  };
}

/** @throws TallyError `bad-encoding` with the voter number, for a content that is none. */
export function countPart(kernel: Kernel, part: CountPart): CountedPart {
  const hints: ContentHints = new WeakMap();
  return part.mode === 'secret'
    ? countWith(ciphertextColumns(kernel, part.contest, hints), part, hints)
    : countWith(choiceColumns(part.contest), part, hints);
}

/** The parts of a cell so far, the largest subtrees first. */
export class CountEdge<S> {
  readonly #adder: Adder<S>;
  readonly #subtrees: Summed<S>[] = [];
  ballots = 0;
  voters = 0;

  constructor(adder: Adder<S>) {
    this.#adder = adder;
  }

  /** Takes the next part: after one of fewer voters than `PART` there is none. */
  push({ voters, ballots, hash, sums, total }: CountedPart): void {
    this.voters += voters;
    this.ballots += ballots;
    const [sum = this.#adder.zero] = this.#adder.parse([total]);
    let top: Summed<S> = { node: { leaves: voters, hash, sums }, sum };
    while (this.#subtrees.at(-1)?.node.leaves === top.node.leaves)
      top = this.#join(this.#subtrees.pop(), top);
    this.#subtrees.push(top);
  }

  #join(left: Summed<S> | undefined, right: Summed<S>): Summed<S> {
    return left === undefined ? right : (nextRow(this.#adder, [left, right])[0] ?? right);
  }

  /** The root of all parts, and the sum over all ballots. */
  finish(): { readonly root: Bytes; readonly total: S } {
    const last = this.#subtrees.at(-1);
    if (last === undefined) return { root: EMPTY_COUNT_ROOT, total: this.#adder.zero };
    const top = this.#subtrees.slice(0, -1).reduceRight((right, left) => this.#join(left, right), last);
    return { root: top.node.hash, total: top.sum };
  }
}
