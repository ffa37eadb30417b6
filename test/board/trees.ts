/** What the tests of this room share: leaves, trees, and how a refusal looks. */
import { expect } from 'vitest';
import { BoardError, type BoardErrorCode } from '../../src/board/errors.ts';
import { hashLeaf } from '../../src/board/merkle.ts';
import { MerkleTree } from '../../src/board/merkle-tree.ts';
import { type Bytes, u32 } from '../../src/crypto/bytes.ts';

/** Hashes of `size` different leaves. */
export function leaves(size: number): Bytes[] {
  return Array.from({ length: size }, (_, i) => hashLeaf(u32(i)));
}

export function treeOf(leafHashes: readonly Bytes[]): MerkleTree {
  const tree = new MerkleTree();
  for (const hash of leafHashes) tree.append(hash);
  return tree;
}

export function flipBit(bytes: Bytes, bit: number): Bytes {
  const flipped = Uint8Array.from(bytes);
  const at = Math.floor(bit / 8);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit % 8));
  return flipped;
}

/** The BoardError that `act` throws; anything else fails the test. */
export function refusal(act: () => unknown): BoardError {
  try {
    act();
  } catch (error) {
    if (error instanceof BoardError) return error;
    throw error;
  }
  return expect.unreachable('nothing was refused');
}

export function expectRefusal(act: () => unknown, code: BoardErrorCode, where?: string): void {
  const error = refusal(act);
  expect(error.code).toBe(code);
  if (where !== undefined) expect(error.where).toBe(where);
}
