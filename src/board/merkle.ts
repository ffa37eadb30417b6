/**
 * The Merkle tree of RFC 6962 section 2.1: its hashes, and proofs of inclusion and of consistency. Proofs are
 * made as section 2.1 defines them and verified by the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 * Proofs, roots, sizes and indices to be verified are hostile.
 *
 * Sizes and indices are safe integers, so arithmetic is by division: JavaScript's shifts have 32 bits.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concat, equalBytes } from '../crypto/bytes.ts';
import { BoardError } from './errors.ts';

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** The root of the tree without leaves: the hash of nothing. */
export const EMPTY_ROOT: Bytes = sha256(new Uint8Array());

/** SHA-256(0x00 ‖ entry). */
export function hashLeaf(entry: Bytes): Bytes {
  return sha256.create().update(LEAF).update(entry).digest();
}

/** SHA-256(0x01 ‖ left ‖ right). @throws BoardError `bad-length` unless both are hashes. */
export function hashNode(left: Bytes, right: Bytes): Bytes {
  checkHash(left, 'left');
  checkHash(right, 'right');
  return sha256(concat(NODE, left, right));
}

/** @throws BoardError `bad-length` unless `hash` is 32 bytes long. */
export function checkHash(hash: Bytes, where: string): void {
  if (hash.length !== HASH_BYTES) {
    throw new BoardError('bad-length', where, `${hash.length} bytes instead of ${HASH_BYTES}`);
  }
}

/** @throws BoardError `out-of-range` unless `value` is an integer from `least` to `most`. */
export function checkInteger(value: number, least: number, most: number, where: string): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new BoardError('out-of-range', where, `${value} is no integer from ${least} to ${most}`);
  }
}

/**
 * The hash of the perfect subtree of height `level` over the leaves [index·2^level, (index + 1)·2^level).
 * @throws BoardError `out-of-range` if the tree does not have all of them.
 */
export type NodeReader = (level: number, index: number) => Bytes;

/** k of RFC 6962: the largest power of two smaller than n, for n ≥ 2. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** MTH(D[n]) over the leaf hashes, straight from the definition. */
export function treeHead(leafHashes: readonly Bytes[]): Bytes {
  const [only] = leafHashes;
  if (only === undefined) return EMPTY_ROOT;
  if (leafHashes.length === 1) {
    checkHash(only, 'leafHash');
    return only;
  }
  const k = split(leafHashes.length);
  return hashNode(treeHead(leafHashes.slice(0, k)), treeHead(leafHashes.slice(k)));
}

/** MTH(D[start:end]) where `start` is a multiple of the least power of two ≥ end − start. */
function rangeHash(node: NodeReader, start: number, end: number): Bytes {
  const k = end - start > 1 ? split(end - start) : 0;
  if (2 * k === end - start || k === 0) {
    return node(Math.log2(end - start), start / (end - start));
  }
  return hashNode(rangeHash(node, start, start + k), rangeHash(node, start + k, end));
}

/** The root of the tree of the first `size` leaves. */
export function rootAt(node: NodeReader, size: number): Bytes {
  checkInteger(size, 0, Number.MAX_SAFE_INTEGER, 'size');
  return size === 0 ? EMPTY_ROOT : rangeHash(node, 0, size);
}

/** PATH(index, D[size]), from the leaf to the root. @throws BoardError `out-of-range` unless index < size. */
export function proveInclusion(node: NodeReader, index: number, size: number): Bytes[] {
  checkInteger(size, 1, Number.MAX_SAFE_INTEGER, 'size');
  checkInteger(index, 0, size - 1, 'index');
  const proof: Bytes[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      proof.push(rangeHash(node, middle, end));
      end = middle;
    } else {
      proof.push(rangeHash(node, start, middle));
      start = middle;
    }
  }
  return proof.reverse();
}

/**
 * PROOF(first, D[second]): that the first tree is a prefix of the second.
 * @throws BoardError `out-of-range` unless 0 < first ≤ second.
 */
export function proveConsistency(node: NodeReader, first: number, second: number): Bytes[] {
  checkInteger(second, 1, Number.MAX_SAFE_INTEGER, 'second');
  checkInteger(first, 1, second, 'first');
  const proof: Bytes[] = [];
  let start = 0;
  let end = second;
  while (first < end) {
    const middle = start + split(end - start);
    if (first <= middle) {
      proof.push(rangeHash(node, middle, end));
      end = middle;
    } else {
      proof.push(rangeHash(node, start, middle));
      start = middle;
    }
  }
  // A first tree that is a whole left subtree is known to the verifier already: its root is left out.
  if (start > 0) proof.push(rangeHash(node, start, end));
  return proof.reverse();
}

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/** Whether `n` ≥ 1 is a power of two. */
function isPowerOfTwo(n: number): boolean {
  return n === 1 || 2 * split(n) === n;
}

/**
 * Verifies that `leafHash` is leaf number `index` of the tree with this size and root.
 * @throws BoardError `out-of-range` unless 0 ≤ index < size, `bad-length` for a hash of other than 32 bytes,
 * `bad-proof` if the proof has another length or leads to another root.
 */
export function verifyInclusion(
  leafHash: Bytes,
  index: number,
  size: number,
  root: Bytes,
  proof: readonly Bytes[],
): void {
  checkInteger(size, 1, Number.MAX_SAFE_INTEGER, 'size');
  checkInteger(index, 0, size - 1, 'index');
  checkHash(leafHash, 'leafHash');
  checkHash(root, 'root');
  let fn = index;
  let sn = size - 1;
  let r = leafHash;
  for (const [i, p] of proof.entries()) {
    checkHash(p, `proof[${i}]`);
    if (sn === 0) throw new BoardError('bad-proof', `proof[${i}]`, 'more hashes than the path has');
    if (isOdd(fn) || fn === sn) {
      r = hashNode(p, r);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      r = hashNode(r, p);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw new BoardError('bad-proof', 'proof', 'fewer hashes than the path has');
  if (!equalBytes(r, root)) throw new BoardError('bad-proof', 'proof', 'leads to another root');
}

/**
 * Verifies that the tree of the `first` size and root is a prefix of that of the `second`.
 * @throws BoardError `out-of-range` unless 0 < first ≤ second, `bad-length` for a hash of other than 32 bytes,
 * `bad-proof` if the proof has another length or leads to another root.
 */
export function verifyConsistency(
  first: number,
  second: number,
  firstRoot: Bytes,
  secondRoot: Bytes,
  proof: readonly Bytes[],
): void {
  checkInteger(second, 1, Number.MAX_SAFE_INTEGER, 'second');
  checkInteger(first, 1, second, 'first');
  checkHash(firstRoot, 'firstRoot');
  checkHash(secondRoot, 'secondRoot');
  for (const [i, hash] of proof.entries()) checkHash(hash, `proof[${i}]`);
  if (first === second) {
    if (proof.length > 0) throw new BoardError('bad-proof', 'proof', 'equal trees need no hashes');
    if (!equalBytes(firstRoot, secondRoot)) {
      throw new BoardError('bad-proof', 'secondRoot', 'two roots for one size');
    }
    return;
  }
  const [seed, ...path] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof;
  if (seed === undefined) throw new BoardError('bad-proof', 'proof', 'empty');
  let fn = first - 1;
  let sn = second - 1;
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  let fr = seed;
  let sr = seed;
  for (const c of path) {
    if (sn === 0) throw new BoardError('bad-proof', 'proof', 'more hashes than the path has');
    if (isOdd(fn) || fn === sn) {
      fr = hashNode(c, fr);
      sr = hashNode(c, sr);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = hashNode(sr, c);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw new BoardError('bad-proof', 'proof', 'fewer hashes than the path has');
  if (!equalBytes(fr, firstRoot))
    throw new BoardError('bad-proof', 'firstRoot', 'the proof leads to another');
  if (!equalBytes(sr, secondRoot)) {
    throw new BoardError('bad-proof', 'secondRoot', 'the proof leads to another');
  }
}
