/**
 * A Merkle tree (RFC 6962 section 2.1) that keeps the hashes of nearly all perfect subtrees, 40 bytes a leaf, so that
 * any root, proof or tile of any size up to its own takes logarithmic time.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { BoardError } from './errors.ts';
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

  /** One that is there. */
  at(index: number): Bytes {
    const at = (index % BLOCK) * HASH_BYTES;
    const block = this.#blocks[Math.floor(index / BLOCK)];
    return block === undefined ? new Uint8Array() : block.slice(at, at + HASH_BYTES);
  }
}

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
    if (this.size % 2 ** LOWEST_ROW !== 0) return;
    let hash = this.#hashed(LOWEST_ROW, this.size / 2 ** LOWEST_ROW - 1);
    for (let level = LOWEST_ROW; ; level += 1) {
      const row = (this.#rows[level] ??= new Row());
      row.push(hash);
      if (row.length % 2 === 1) return;
      hash = hashNode(row.at(row.length - 2), hash);
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
    return this.#rows[level]?.at(index) ?? this.#hashed(level, index);
  };

  /** The root of the first `size` leaves. @throws BoardError `out-of-range` if there are fewer. */
  root(size: number = this.size): Bytes {
    return rootAt(this.node, size);
  }
}
