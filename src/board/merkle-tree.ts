/**
 * A Merkle tree (RFC 6962 section 2.1) that keeps the hashes of all perfect subtrees, 64 bytes a leaf, so that
 * any root, proof or tile of any size up to its own takes logarithmic time.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { BoardError } from './errors.ts';
import { checkHash, HASH_BYTES, hashNode, type NodeReader, rootAt } from './merkle.ts';

/** A growing row of hashes in one buffer. */
class Row {
  length = 0;
  #bytes: Bytes = new Uint8Array(16 * HASH_BYTES);

  push(hash: Bytes): void {
    const at = this.length * HASH_BYTES;
    if (at === this.#bytes.length) {
      const larger = new Uint8Array(2 * at);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, at);
    this.length += 1;
  }

  at(index: number): Bytes {
    return this.#bytes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }
}

export class MerkleTree {
  /** rows[l] has the perfect subtrees of height l, from the left. */
  readonly #rows: Row[] = [new Row()];

  /** The number of leaves. */
  get size(): number {
    return this.#rows[0]?.length ?? 0;
  }

  /** @throws BoardError `bad-length` unless `leafHash` is a hash. */
  append(leafHash: Bytes): void {
    checkHash(leafHash, 'leafHash');
    let hash = leafHash;
    for (let level = 0; ; level += 1) {
      const row = (this.#rows[level] ??= new Row());
      row.push(hash);
      if (row.length % 2 === 1) return;
      hash = hashNode(row.at(row.length - 2), hash);
    }
  }

  /** Reads the perfect subtrees: what proofs and tiles are made of. */
  readonly node: NodeReader = (level, index) => {
    const row = this.#rows[level];
    if (row === undefined || !Number.isSafeInteger(index) || index < 0 || index >= row.length) {
      throw new BoardError('out-of-range', `node(${level}, ${index})`, `not in a tree of ${this.size}`);
    }
    return row.at(index);
  };

  /** The root of the first `size` leaves. @throws BoardError `out-of-range` if there are fewer. */
  root(size: number = this.size): Bytes {
    return rootAt(this.node, size);
  }
}
