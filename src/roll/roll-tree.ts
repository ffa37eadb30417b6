/**
 * The Merkle tree over the lines of a roll (docs/protocol.md §4.2): RFC 6962 over the RFC 8785 bytes of each. It
 * lets a member show, or be shown, one line without the whole roll.
 */
import { hashLeaf, proveInclusion, verifyInclusion } from '../board/merkle.ts';
import { MerkleTree } from '../board/merkle-tree.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { RollError } from './errors.ts';
import type { RollDocument, RollLine } from './roll-document.ts';

/** The leaf hash of a line. */
export function hashLine(line: RollLine): Bytes {
  return hashLeaf(encodeCanonical(line));
}

export function rollTree({ lines }: Pick<RollDocument, 'lines'>): MerkleTree {
  const tree = new MerkleTree();
  for (const line of lines) tree.append(hashLine(line));
  return tree;
}

/** Inclusion proof of the line of a voter number (from 1). @throws RollError `no-such-line`. */
export function proveLine(tree: MerkleTree, voter: number): Bytes[] {
  if (!Number.isSafeInteger(voter) || voter < 1 || voter > tree.size) {
    throw new RollError('no-such-line', 'voter', `${voter} is no voter number of a roll of ${tree.size}`);
  }
  return proveInclusion(tree.node, voter - 1, tree.size);
}

/** @throws BoardError as `verifyInclusion` does, unless the line is that of this voter number in the roll. */
export function verifyLine(
  line: RollLine,
  voter: number,
  roll: { readonly root: Bytes; readonly size: number },
  proof: readonly Bytes[],
): void {
  verifyInclusion(hashLine(line), voter - 1, roll.size, roll.root, proof);
}
