/**
 * The log of one election: its state in memory and its store on disk. An append changes both or neither, and
 * everything here is synchronous, so that nobody sees half of one.
 */
import type { BallotContext } from '../ballot/ballot-context.ts';
import { signCheckpoint } from '../board/checkpoint.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import type { SigningKey } from '../crypto/ed25519.ts';
import { type ElectionState, indexOfSame, openRecord } from '../record/election-state.ts';
import type { Entry } from '../record/entries.ts';
import { entryLeaf, parseEntry } from '../record/envelope.ts';
import { examine } from '../record/grammar.ts';
import { type Moment, momentsOf } from '../record/moments.ts';
import type { Problem as Refusal } from '../record/problem.ts';
import { makeReceipt, type Receipt } from '../record/receipt.ts';
import { holderOf } from '../record/replacements.ts';
import type { Report } from './application.ts';
import { type LoadedElection, loadElection, type RollFrame, takeEntry } from './load-state.ts';
import { Problem } from './problem.ts';
import { refused } from './refusals.ts';
import type { RecordStore, StoredBlob, StoredEntry } from './store/record-store.ts';

/** An entry whose signature or proof has been verified. */
export interface Candidate {
  readonly bytes: Bytes;
  readonly entry: Entry;
  readonly leaf: Bytes;
  /** F of a ballot. */
  readonly fingerprint?: Bytes;
  /** The contents of the blobs that the entry names, in its order. */
  readonly blobs: readonly StoredBlob[];
}

/** Where an entry is, and whether it was there before; or why it may not come now. */
export type Verdict =
  | { readonly index: number; readonly again: boolean; readonly refusals?: undefined }
  | { readonly refusals: readonly Refusal[] };

export interface Submitted {
  readonly receipt: Receipt;
  /** The same bytes were in the log before. */
  readonly again: boolean;
}

export interface LogSetting {
  readonly store: RecordStore;
  /** Signs checkpoints. */
  readonly key: SigningKey;
  /** Unix seconds. */
  readonly clock: () => number;
  readonly report: Report;
}

export class ElectionLog {
  readonly election: string;
  readonly #setting: LogSetting;
  /** Null after a failure that could not be mended. */
  #loaded: LoadedElection | null;
  #moments: Moment[];

  private constructor(setting: LogSetting, election: string, loaded: LoadedElection) {
    this.#setting = setting;
    this.election = election;
    this.#loaded = loaded;
    this.#moments = setting.store.moments(election);
  }

  /** @throws DamagedRecord if the stored log is not what was signed. */
  static load(setting: LogSetting, election: string): ElectionLog {
    return new ElectionLog(setting, election, loadElection(setting.store, election));
  }

  /** A new log with the manifest as its first entry. @throws Problem `store-failed`. */
  static begin(setting: LogSetting, manifest: Candidate, published: number): ElectionLog {
    const state = openRecord(manifest.bytes);
    const { election } = state;
    const note = checkpointNote(state, setting.key);
    const entries = [storedEntry(0, manifest)];
    try {
      setting.store.create(
        { election, published },
        {
          entries,
          blobs: manifest.blobs,
          checkpoint: { size: 1, note },
          moments: [{ size: 1, time: published }],
        },
      );
    } catch (error) {
      setting.report(`election ${election} could not be written: ${String(error)}`);
      throw new Problem('store-failed');
    }
    return new ElectionLog(setting, election, { state, context: null, roll: null });
  }

  /** False after a failure that could not be mended: then `state` throws. */
  get isAvailable(): boolean {
    return this.#loaded !== null;
  }

  get #current(): LoadedElection {
    if (this.#loaded === null) throw new Problem('election-unavailable');
    return this.#loaded;
  }

  get state(): ElectionState {
    return this.#current.state;
  }

  get context(): BallotContext | null {
    return this.#current.context;
  }

  get roll(): RollFrame | null {
    return this.#current.roll;
  }

  /** How long the log was when. */
  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** Where the same bytes are in the log already. */
  indexOf({ entry, leaf }: Pick<Candidate, 'entry' | 'leaf'>): number | undefined {
    if (entry.type === 'ballot' || entry.type === 'check') return indexOfSame(this.state, { entry, leaf });
    return this.#setting.store.entryOf(this.election, toBase64Url(leaf))?.index;
  }

  /** Why the entry may not come next, but for its signature or proof; empty if it may. */
  refusals({ entry, leaf, fingerprint }: Omit<Candidate, 'blobs' | 'bytes'>): Refusal[] {
    return examine(this.state, { index: this.state.tree.size, leaf, entry, fingerprint });
  }

  /**
   * Appends those of the candidates that may come, in order, in one transaction with one checkpoint. They are on
   * disk when this returns.
   * @throws Problem `store-failed`; then the state is what the disk has, with these entries or without.
   */
  admit(candidates: readonly Candidate[]): Verdict[] {
    const first = this.state.tree.size;
    try {
      const admitted: Candidate[] = [];
      const verdicts = candidates.map((candidate) => this.#consider(candidate, admitted));
      if (admitted.length > 0) this.#write(first, admitted);
      return verdicts;
    } catch (error) {
      this.#setting.report(`election ${this.election}: a write at entry ${first} failed: ${String(error)}`);
      this.#reload();
      throw new Problem('store-failed');
    }
  }

  #consider(candidate: Candidate, admitted: Candidate[]): Verdict {
    const same = this.indexOf(candidate);
    if (same !== undefined) return { index: same, again: true };
    const refusals = this.refusals(candidate);
    if (refusals.length > 0) return { refusals };
    const index = this.state.tree.size;
    const { entry, leaf, fingerprint } = candidate;
    const contents = candidate.blobs.map(({ bytes }) => bytes);
    const known = takeEntry(this.state, { index, leaf, entry, fingerprint }, contents);
    this.#loaded = { ...this.#current, ...known };
    admitted.push(candidate);
    return { index, again: false };
  }

  #write(first: number, admitted: readonly Candidate[]): void {
    const { store, key, clock } = this.#setting;
    const types = admitted.map(({ entry }) => entry.type);
    const moments = momentsOf(this.#moments.at(-1), { size: first, now: clock(), types });
    store.append(this.election, {
      entries: admitted.map((candidate, i) => storedEntry(first + i, candidate)),
      blobs: admitted.flatMap(({ blobs }) => blobs),
      checkpoint: { size: this.state.tree.size, note: checkpointNote(this.state, key) },
      moments,
    });
    this.#moments.push(...moments);
  }

  /** Memory is made from the disk again: a write that failed may have been persisted or not. */
  #reload(): void {
    this.#loaded = null;
    try {
      this.#moments = this.#setting.store.moments(this.election);
      this.#loaded = loadElection(this.#setting.store, this.election);
    } catch (error) {
      this.#setting.report(`election ${this.election} is not available: ${String(error)}`);
    }
  }

  /** The published bytes of an entry of the log. */
  entryBytes(index: number): Bytes {
    const [bytes] = this.#setting.store.entryBytes(this.election, index, index + 1);
    if (bytes === undefined) throw new Problem('unknown-entry');
    return bytes;
  }

  /** The answer to whoever sent an entry. @throws Problem of the refusal. */
  answer(verdict: Verdict | undefined, entry: Entry): Submitted {
    if (verdict === undefined) throw new Problem('internal');
    if (verdict.refusals) throw refused(verdict.refusals);
    return { receipt: this.receiptOf(verdict.index, entry), again: verdict.again };
  }

  /**
   * The receipt of an entry; the same one every time: it has the first checkpoint that covered the entry.
   * @param entry the one at the index, if the caller has it.
   */
  receiptOf(index: number, entry = parseEntry(this.entryBytes(index))): Receipt {
    const checkpoint = this.#setting.store.checkpointOver(this.election, index);
    if (checkpoint === undefined) throw new Problem('unknown-entry');
    const { manifest, tree } = this.state;
    const isVote = entry.type === 'ballot' || entry.type === 'check';
    const voter = (isVote ? holderOf(this.state, entry.body.P)?.voter : undefined) ?? null;
    return makeReceipt(
      { entry, leaf: tree.node(0, index), index, voter },
      { ...checkpoint, origin: manifest.origin, node: tree.node },
    );
  }
}

function storedEntry(index: number, { bytes, entry, leaf }: Candidate): StoredEntry {
  return { index, leaf: toBase64Url(leaf), type: entry.type, bytes };
}

function checkpointNote({ manifest, tree }: ElectionState, key: SigningKey): Bytes {
  return signCheckpoint({ origin: manifest.origin, size: tree.size, root: tree.root() }, key);
}

/** A candidate of bytes that are the entry's canonical form. */
export function candidateOf(entry: Entry, bytes: Bytes, blobs: readonly StoredBlob[] = []): Candidate {
  return { entry, bytes, leaf: entryLeaf(bytes), blobs };
}
