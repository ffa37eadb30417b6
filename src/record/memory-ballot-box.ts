/**
 * A ballot box in memory: entries go through the same grammar as in the server, so that whole elections can be
 * made without HTTP or a disk. Proofs are not verified here.
 */
import type { BlobName } from '../codec/fields.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import type { SigningKey } from '../crypto/ed25519.ts';
import { apply, type ElectionState, nextItem, openRecord, useRoll } from './election-state.ts';
import type { Entry, EntryOf } from './entries.ts';
import { encodeEntry } from './envelope.ts';
import { RecordError } from './errors.ts';
import { examine, examineSignatures } from './grammar.ts';
import type { Item } from './item.ts';
import { MemoryRecord } from './memory-record.ts';
import type { Problem } from './problem.ts';
import { parseRoll } from './read-roll.ts';
import { makeReceipt, type Receipt } from './receipt.ts';
import { readBlob } from './record-source.ts';
import { holderOf } from './replacements.ts';
import { RollIndex } from './roll-index.ts';

export class RefusedError extends RecordError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    super(
      'refused',
      first?.field ?? '',
      problems.map(({ check, code, why }) => `${check}/${code}: ${why}`).join('; '),
    );
    this.problems = problems;
  }
}

export class MemoryBallotBox {
  readonly record: MemoryRecord;
  readonly state: ElectionState;

  /** @throws RecordError `refused` for a manifest that its officer has not signed. */
  constructor(manifest: EntryOf<'manifest'>, logKey: SigningKey) {
    const bytes = encodeEntry(manifest);
    this.state = openRecord(bytes);
    const problems = examineSignatures(manifest.body, manifest);
    if (problems.length > 0) throw new RefusedError(problems);
    this.record = new MemoryRecord(manifest.body.origin, logKey, [bytes]);
  }

  get election(): string {
    return this.state.election;
  }

  /** The log as it stands, for whoever signs the next entry. */
  get seen(): { size: number; root: string } {
    const { tree } = this.state;
    return { size: tree.size, root: toBase64Url(tree.root()) };
  }

  addBlob(bytes: Bytes): BlobName {
    return this.record.addBlob(bytes);
  }

  /**
   * Appends an entry; a roll's blob has to be there before it.
   * @param fingerprint F of a ballot, to be kept apart from the checked ones.
   * @throws RecordError `refused`, with its problems; as `encodeEntry`, `parseEntry` and `readBlob` do.
   */
  async append(entry: Entry, fingerprint?: Bytes): Promise<Item> {
    const bytes = encodeEntry(entry);
    const item = { ...nextItem(this.state, bytes), fingerprint };
    const problems = [...examineSignatures(this.state.manifest, item.entry), ...examine(this.state, item)];
    if (problems.length > 0) throw new RefusedError(problems);
    if (entry.type === 'roll') {
      useRoll(this.state, new RollIndex(parseRoll(await readBlob(this.record, entry.body.blob))));
    }
    apply(this.state, item, []);
    this.record.appendUnchecked(bytes);
    return item;
  }

  /** The receipt of an entry under the checkpoint of the log as it stands. */
  receiptOf({ entry, leaf, index }: Item): Receipt {
    const { record, state } = this;
    const voter = 'P' in entry.body ? (holderOf(state, entry.body.P)?.voter ?? null) : null;
    const { size, node } = record.tree;
    return makeReceipt(
      { entry, leaf, index, voter },
      { note: record.checkpoint(), origin: record.origin, size, node },
    );
  }
}
