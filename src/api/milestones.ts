/** The few entries that everything else of an election hangs on, with their receipts, and single lines of the roll. */
import { HASH_BYTES } from '../board/merkle.ts';
import { MerkleTree } from '../board/merkle-tree.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { parseEntry } from '../record/envelope.ts';
import { parseRoll } from '../record/read-roll.ts';
import type { Roll } from '../roll/flat-lines.ts';
import { lineHashes } from '../roll/roll-head.ts';
import { proveLine } from '../roll/roll-tree.ts';
import type { Milestones, ProvedLine } from './documents.ts';
import type { ElectionLog } from './election-log.ts';
import { Problem } from './problem.ts';

/**
 * Manifest, roll, confirms of the key, acts, opening, closing, the tally that is decrypted, and result, as far as there
 * are any, in the order of the log.
 */
export function milestonesOf(log: ElectionLog): Milestones {
  const { roll, ceremony, acts, opening, closing, tallies, result } = log.state;
  const tally = tallies.find(({ leaf }) => leaf === result?.body.tally);
  const places = [roll, ...ceremony.confirm, ...acts, opening, closing, tally ?? null, result];
  const indices = [0, ...places.flatMap((place) => (place === null ? [] : [place.index]))];
  const entries = [...new Set(indices)]
    .sort((a, b) => a - b)
    .map((index) => {
      const entry = parseEntry(log.entryBytes(index));
      return { entry, receipt: log.receiptOf(index, entry) };
    });
  return { entries };
}

interface Lines {
  readonly lines: Roll['lines'];
  readonly tree: MerkleTree;
}

function treeOf(roll: Roll): MerkleTree {
  const tree = new MerkleTree();
  const hashes = lineHashes(roll);
  for (let at = 0; at < hashes.length; at += HASH_BYTES) tree.append(hashes.subarray(at, at + HASH_BYTES));
  return tree;
}

/** The lines of a published roll, which never changes, with the proof that each is in it. */
export class RollLines {
  #read: Lines | null = null;

  /** @throws Problem `unknown-voter`, also while there is no roll. */
  prove(log: ElectionLog, voter: number, blob: (sha256: string) => Bytes): ProvedLine {
    const { roll } = log.state;
    if (roll === null || voter > roll.body.size) throw new Problem('unknown-voter', { field: 'voter' });
    if (this.#read === null) {
      const read = parseRoll(blob(roll.body.blob.sha256));
      this.#read = { lines: read.lines, tree: treeOf(read) };
    }
    const line = this.#read.lines.at(voter - 1);
    if (line === undefined) throw new Problem('unknown-voter', { field: 'voter' });
    return { line, proof: proveLine(this.#read.tree, voter).map(toBase64Url) };
  }
}
