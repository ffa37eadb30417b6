/**
 * A Merkle tree (RFC 6962 section 2.1) that keeps the hashes of nearly all perfect subtrees, 40 bytes a leaf, so that
 * any root, proof or tile of any size up to its own takes logarithmic time.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { BoardError } from './errors.ts';
import { hashPairs } from './hash-pairs.ts';
import { checkHash, HASH_BYTES, hashNode, type NodeReader, rootAt } from './merkle.ts';

/** Hashes that are taken room for at once. */
const BLOCK = 512;

/** A growing row of hashes, which never moves. */
class Row {
  length = 0;
  readonly #blocks: Bytes[] = [];

  push(hash: Bytes): void {
    const at = this.length % BLOCK;
    if (at === 0) this.#blocks.push(new Uint8Array(BLOCK * HASH_BYTES));
    this.#blocks.at(-1)?.set(hash, at * HASH_BYTES);
    this.length += 1;
  }

  /** Some, one after another. */
  pushAll(hashes: Bytes): void {
    for (let at = 0; at < hashes.length; at += HASH_BYTES) this.push(hashes.subarray(at, at + HASH_BYTES));
  }

  /** Those from `start` to before `end`, one after another. */
  between(start: number, end: number): Bytes {
    const hashes = new Uint8Array((end - start) * HASH_BYTES);
    for (let i = start; i < end; i += 1) hashes.set(this.at(i), (i - start) * HASH_BYTES);
    return hashes;
  }

  /** One that is there, as a view. */
  at(index: number): Bytes {
    const at = (index % BLOCK) * HASH_BYTES;
    const block = this.#blocks[Math.floor(index / BLOCK)];
    return block === undefined ? new Uint8Array() : block.subarray(at, at + HASH_BYTES);
  }
}

/** So many leaves are hashed together, unless somebody asks before. A power of two. */
const PENDING = 1024;

/** Of the lowest rows only the leaves are kept: what is between them and here is hashed when it is asked for. */
const LOWEST_ROW = 3;

export class MerkleTree {
  readonly #leaves = new Row();
  /** rows[l] has the perfect subtrees of height l, from the left; from LOWEST_ROW on. */
  readonly #rows: Row[] = [];

  /** The number of leaves. */
  get size(): number {
    return this.#leaves.length;
  }

  /** @throws BoardError `bad-length` unless `leafHash` is a hash. */
  append(leafHash: Bytes): void {
    checkHash(leafHash, 'leafHash');
    this.#leaves.push(leafHash);
    if (this.size % PENDING === 0) this.#settle();
  }

  /** Hashes what has been appended: many at a time, which costs a fraction of one after another. */
  #settle(): void {
    const lowest = (this.#rows[LOWEST_ROW] ??= new Row());
    const subtrees = Math.floor(this.size / 2 ** LOWEST_ROW);
    if (lowest.length === subtrees) return;
    let hashes = this.#leaves.between(lowest.length * 2 ** LOWEST_ROW, subtrees * 2 ** LOWEST_ROW);
    for (let level = 0; level < LOWEST_ROW; level += 1) hashes = hashPairs(hashes);
    lowest.pushAll(hashes);
    for (let level = LOWEST_ROW; (this.#rows[level]?.length ?? 0) > 1; level += 1) {
      const below = this.#rows[level];
      const row = (this.#rows[level + 1] ??= new Row());
      if (below !== undefined)
        row.pushAll(hashPairs(below.between(2 * row.length, 2 * Math.floor(below.length / 2))));
    }
  }

  /** A subtree from its leaves. */
  #hashed(level: number, index: number): Bytes {
    if (level === 0) return this.#leaves.at(index);
    return hashNode(this.#hashed(level - 1, 2 * index), this.#hashed(level - 1, 2 * index + 1));
  }

  /** Reads the perfect subtrees: what proofs and tiles are made of. */
  readonly node: NodeReader = (level, index) => {
    const count = Math.floor(this.size / 2 ** level);
    if (!Number.isSafeInteger(index) || index < 0 || index >= count) {
      throw new BoardError('out-of-range', `node(${level}, ${index})`, `not in a tree of ${this.size}`);
    }
    if (level >= LOWEST_ROW) this.#settle();
    return (this.#rows[level]?.at(index) ?? this.#hashed(level, index)).slice();
  };

  /** The root of the first `size` leaves. @throws BoardError `out-of-range` if there are fewer. */
  root(size: number = this.size): Bytes {
    return rootAt(this.node, size);
  }
}
