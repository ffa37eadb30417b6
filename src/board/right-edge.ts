/**
 * The right edge of a growing Merkle tree (RFC 6962 section 2.1): the roots of the perfect subtrees that the
 * leaves so far make up, the largest first. A tree of n leaves has one for every bit set in n, so that root
 * and append need logarithmic memory and time however long the log is.
 */
import { type Bytes, concat, u64 } from '../crypto/bytes.ts';
import { BoardError } from './errors.ts';
import { checkHash, checkInteger, EMPTY_ROOT, HASH_BYTES, hashNode } from './merkle.ts';

export class RightEdge {
  #size = 0;
  readonly #subtrees: Bytes[] = [];

  /** The number of leaves. */
  get size(): number {
    return this.#size;
  }

  /** @throws BoardError `bad-length` unless `leafHash` is a hash. */
  append(leafHash: Bytes): void {
    checkHash(leafHash, 'leafHash');
    let subtree = leafHash;
    // Each trailing one of the old size is a subtree as high as the one that has just been completed.
    for (let n = this.#size; n % 2 === 1; n = Math.floor(n / 2)) {
      const left = this.#subtrees.pop();
      if (left !== undefined) subtree = hashNode(left, subtree);
    }
    this.#subtrees.push(subtree);
    this.#size += 1;
  }

  /** The root of the tree of all leaves so far. */
  root(): Bytes {
    return (
      this.#subtrees.reduceRight<Bytes | undefined>(
        (right, left) => (right === undefined ? left : hashNode(left, right)),
        undefined,
      ) ?? EMPTY_ROOT
    );
  }

  /** size (8 bytes, big-endian) ‖ the subtrees' roots. */
  encode(): Bytes {
    return concat(u64(this.#size), ...this.#subtrees);
  }

  /** @throws BoardError `bad-length` or `out-of-range` unless `bytes` is what `encode` returns for some tree. */
  static parse(bytes: Bytes): RightEdge {
    if (bytes.length < 8) throw new BoardError('bad-length', 'rightEdge', 'shorter than its size field');
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    checkInteger(size, 0, Number.MAX_SAFE_INTEGER, 'rightEdge.size');
    const ones = size.toString(2).replaceAll('0', '').length;
    if (bytes.length !== 8 + ones * HASH_BYTES) {
      throw new BoardError('bad-length', 'rightEdge', `${bytes.length} bytes for a tree of ${size}`);
    }
    const edge = new RightEdge();
    edge.#size = size;
    for (let at = 8; at < bytes.length; at += HASH_BYTES) {
      edge.#subtrees.push(bytes.slice(at, at + HASH_BYTES));
    }
    return edge;
  }
}
