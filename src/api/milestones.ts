/** The few entries that everything else of an election hangs on, with their receipts, and single lines of the roll. */
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { parseDocument, parseEntry } from '../record/envelope.ts';
import { type RollLine, rollDocument } from '../roll/roll-document.ts';
import { proveLine, rollTree } from '../roll/roll-tree.ts';
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
  readonly lines: readonly RollLine[];
  readonly tree: ReturnType<typeof rollTree>;
}

/** The lines of a published roll, which never changes, with the proof that each is in it. */
export class RollLines {
  #read: Lines | null = null;

  /** @throws Problem `unknown-voter`, also while there is no roll. */
  prove(log: ElectionLog, voter: number, blob: (sha256: string) => Bytes): ProvedLine {
    const { roll } = log.state;
    if (roll === null || voter > roll.body.size) throw new Problem('unknown-voter', { field: 'voter' });
    if (this.#read === null) {
      const { lines } = parseDocument(rollDocument, blob(roll.body.blob.sha256));
      this.#read = { lines, tree: rollTree({ lines }) };
    }
    const line = this.#read.lines[voter - 1];
    if (line === undefined) throw new Problem('unknown-voter', { field: 'voter' });
    return { line, proof: proveLine(this.#read.tree, voter).map(toBase64Url) };
  }
}
