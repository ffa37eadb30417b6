/**
 * Reads a record entry by entry for pages of a copy: signatures of roles and the grammar decide what has an effect, as in
 * a recount. Ballots count as the log has them, without their proofs: only a recount judges these. The record is hostile.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { apply, type ElectionState, openRecord, useRoll } from '../record/election-state.ts';
import type { Entry } from '../record/entries.ts';
import { RecordError } from '../record/errors.ts';
import { type JudgedDispute, judgeDispute, type StoredDispute } from '../record/filed-disputes.ts';
import { examine, examineSignatures } from '../record/grammar.ts';
import type { Moment } from '../record/moments.ts';
import { parseRoll } from '../record/read-roll.ts';
import { RollIndex } from '../record/roll-index.ts';
import type { ReadRecord } from './read-record.ts';

interface ReadEntry {
  readonly index: number;
  readonly bytes: Bytes;
  readonly leafHash: Bytes;
  readonly entry: Entry;
}

/** Blobs that have been fetched and compared with their names. */
type Blobs = ReadonlyMap<string, Bytes>;

/** What is no entry. */
interface Beside {
  readonly note: Bytes;
  readonly moments: readonly Moment[];
  readonly disputes: readonly StoredDispute[];
}

const judged = (disputes: readonly StoredDispute[], state: ElectionState): Map<string, JudgedDispute> =>
  new Map(disputes.map((stored) => [stored.sha256, judgeDispute(stored, state)]));

export class RecordReader {
  #state: ElectionState | null = null;
  #roll: ReadRecord['roll'] = null;
  readonly #ballots = new Map<number, Bytes>();

  /**
   * Takes the next entry of the log.
   * @param rollBlob fetches the roll, when its entry comes.
   * @throws RecordError for a first entry that is no manifest, and a roll that cannot be read.
   */
  async take(
    { index, bytes, leafHash, entry }: ReadEntry,
    rollBlob: (entry: Extract<Entry, { type: 'roll' }>) => Promise<Bytes>,
  ): Promise<void> {
    if (this.#state === null) {
      this.#state = openRecord(bytes);
      return;
    }
    const state = this.#state;
    const item = { index, leaf: leafHash, entry };
    const problems = [
      ...('sigs' in entry ? examineSignatures(state.manifest, entry) : []),
      ...examine(state, item),
    ];
    apply(state, item, problems);
    if (entry.type === 'roll' && state.roll?.index === index) {
      const roll = parseRoll(await rollBlob(entry));
      useRoll(state, new RollIndex(roll));
      this.#roll = { bodies: roll.bodies, counts: roll.counts };
    }
    if (entry.type === 'ballot' && entry.body.contests.some(({ mode }) => mode === 'recorded'))
      this.#ballots.set(index, bytes);
  }

  /** @throws RecordError `no-manifest`, and as `judgeDispute` does; what is returned, `missing-blob`. */
  finish({ note, moments, disputes }: Beside, blobs: Blobs): ReadRecord {
    const state = this.#state;
    if (state === null) throw new RecordError('no-manifest', 'tile/entries', 'the log is empty');
    const found = (bytes: Bytes | undefined, where: string): Bytes => {
      if (bytes === undefined) throw new RecordError('missing-blob', where, 'was not fetched');
      return bytes;
    };
    return {
      state,
      roll: this.#roll,
      moments,
      disputes: judged(disputes, state),
      note,
      blob: (sha256) => found(blobs.get(sha256), `blob/${sha256}`),
      ballotBytes: (index) => found(this.#ballots.get(index), `entry ${index}`),
    };
  }
}
