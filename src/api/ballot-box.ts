/** The ballot box: all elections of the service, loaded and verified at start, closed when their time comes. */
import type { Bytes } from '../crypto/bytes.ts';
import type { EntryOf } from '../record/entries.ts';
import { electionName } from '../record/envelope.ts';
import { examineSignatures } from '../record/grammar.ts';
import type { ElectionList } from './documents.ts';
import { Election, type ElectionSetting } from './election.ts';
import { candidateOf, ElectionLog, type Submitted } from './election-log.ts';
import { matchBlobs } from './entry-blobs.ts';
import { checkPublication } from './entry-content.ts';
import { DamagedRecord } from './load-state.ts';
import { Problem } from './problem.ts';
import { type RecordFile, recordFile } from './record-files.ts';
import { publishedBytes, refused } from './refusals.ts';

/** Why an election is unavailable whose store failed while it was served. */
const LOST = 'a write failed, and the record could not be read again';

export class BallotBox {
  readonly #setting: ElectionSetting;
  readonly #elections = new Map<string, Election>();
  /** By the origin of its log. */
  readonly #origins = new Map<string, string>();
  /** Elections whose stored record did not verify, and why. */
  readonly #unavailable = new Map<string, string>();

  /** Reads every stored election; those that do not verify are reported and not served. */
  constructor(setting: Omit<ElectionSetting, 'declaredBy'>) {
    this.#setting = { ...setting, declaredBy: (manifest) => this.#elections.get(manifest)?.declared() };
    for (const { election, published } of setting.store.elections()) {
      try {
        this.#keep(this.#load(election, published));
      } catch (error) {
        if (!(error instanceof DamagedRecord)) throw error;
        this.#unavailable.set(election, error.message);
        setting.report(error.message);
      }
    }
  }

  get #logSetting() {
    const { store, keys, clock, report } = this.#setting;
    return { store, key: keys.log.secret, clock, report };
  }

  #load(election: string, published: number): Election {
    return new Election(ElectionLog.load(this.#logSetting, election), published, this.#setting);
  }

  #keep(election: Election): void {
    const { log } = election;
    this.#elections.set(log.election, election);
    this.#origins.set(log.state.manifest.origin, log.election);
  }

  /**
   * Starts the log of an election with its manifest.
   * @param uploads the texts.
   * @throws Problem `bad-entry`, `bad-signature`, `bad-manifest`, `wrong-keys`, `notice-too-short`, `bad-blob`.
   */
  publish(entry: EntryOf<'manifest'>, uploads: readonly Bytes[]): Submitted {
    const bytes = publishedBytes(entry);
    const name = electionName(bytes);
    if (this.#elections.has(name)) return { receipt: this.election(name).log.receiptOf(0), again: true };
    const refusals = examineSignatures(entry.body, entry);
    if (refusals.length > 0) throw refused(refusals, 'entry.');
    const blobs = matchBlobs(entry, uploads);
    const texts = entry.body.texts.map(
      ({ blob }) => blobs.find(({ sha256 }) => sha256 === blob.sha256)?.bytes ?? new Uint8Array(),
    );
    const now = this.#setting.clock();
    checkPublication(entry.body, texts, this.#setting.keys, now);
    this.#refuseOrigin(entry.body.origin);
    const election = this.#begin(name, candidateOf(entry, bytes, blobs), now);
    this.#keep(election);
    return { receipt: election.log.receiptOf(0), again: false };
  }

  /** One key signs all logs: two under one name, with different roots of one size, would prove it a liar. */
  #refuseOrigin(origin: string): void {
    const election = this.#origins.get(origin);
    if (election === undefined) return;
    const detail = `the log of election ${election} has this name`;
    throw new Problem('bad-manifest', { field: 'entry.body.origin', reason: 'duplicate', detail });
  }

  #begin(name: string, manifest: ReturnType<typeof candidateOf>, now: number): Election {
    try {
      return new Election(ElectionLog.begin(this.#logSetting, manifest, now), now, this.#setting);
    } catch (error) {
      // A write that failed may have reached the disk.
      const stored = this.#setting.store.elections().find(({ election }) => election === name);
      if (stored === undefined) throw error;
      this.#keep(this.#load(name, stored.published));
      throw error;
    }
  }

  /** @throws Problem `unknown-election`, `election-unavailable`. */
  election(name: string): Election {
    const election = this.#elections.get(name);
    if (election !== undefined) return election;
    const detail = this.#unavailable.get(name);
    if (detail !== undefined) throw new Problem('election-unavailable', { detail });
    throw new Problem('unknown-election', { field: 'election' });
  }

  /** Those that verified. */
  get elections(): Iterable<Election> {
    return this.#elections.values();
  }

  list(): ElectionList {
    const all = [...this.#elections.values()];
    const lost = all.filter(({ log }) => !log.isAvailable).map(({ log }) => [log.election, LOST] as const);
    return {
      elections: all.filter(({ log }) => log.isAvailable).map((election) => election.summary()),
      unavailable: [...this.#unavailable, ...lost].map(([election, why]) => ({ election, why })),
    };
  }

  /** A file of an election's record, or of an election before it that this service has. @throws Problem `unknown-resource`. */
  file(name: string, path: string): RecordFile {
    const { log } = this.election(name);
    const linked = /^linked\/([^/]+)\/(.+)$/.exec(path);
    if (linked === null) return recordFile(log, this.#setting.store, path);
    const [, other = '', own = ''] = linked;
    if (!this.#linkedFrom(name).has(other)) throw new Problem('unknown-resource');
    return recordFile(this.election(other).log, this.#setting.store, own);
  }

  /** The elections of this service that one goes on from, whether by one link or several. */
  #linkedFrom(name: string): ReadonlySet<string> {
    const found = new Set([name]);
    for (const one of found) {
      for (const { manifest } of this.#elections.get(one)?.log.state.manifest.links ?? []) {
        if (this.#elections.has(manifest)) found.add(manifest);
      }
    }
    return found;
  }

  /** Closes every election whose time has come; called by a timer, as often as it likes. */
  async tick(): Promise<void> {
    for (const [name, election] of this.#elections) {
      // It was reported when it was lost.
      if (!election.log.isAvailable) continue;
      try {
        await election.closeIfDue();
      } catch (error) {
        this.#setting.report(`election ${name} could not be closed: ${String(error)}`);
      }
    }
  }

  /** Waits for what is under way and stops all threads. */
  async stop(): Promise<void> {
    await Promise.allSettled(Array.from(this.#elections.values(), (election) => election.stop()));
    await this.#setting.verifier.stop();
  }
}
