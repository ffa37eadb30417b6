/**
 * One election as the ballot box serves it: what may be sent to it, when, and what may be asked of it. What comes
 * in is hostile.
 */

import type { BallotContext } from '../ballot/ballot-context.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { closesOf } from '../record/acts.ts';
import type { Act, EntryOf } from '../record/entries.ts';
import { encodeEntry, entryLeaf, parseDocument, parseEntry, signEntry } from '../record/envelope.ts';
import { examineSignatures } from '../record/grammar.ts';
import { resultDocument } from '../record/outcome-document.ts';
import type { Receipt } from '../record/receipt.ts';
import { nameBlob } from '../record/record-source.ts';
import { linkOf, voterOf } from '../record/replacements.ts';
import { needsSecond } from '../record/second-officer.ts';
import type { Report } from './application.ts';
import { Disputes } from './disputes.ts';
import type {
  Counting,
  Head,
  Milestones,
  Phase,
  ProvedLine,
  SubmittedEntry,
  Summary,
  TallyState,
  Turnout as TurnoutDocument,
} from './documents.ts';
import { type Candidate, candidateOf, type ElectionLog, type Submitted } from './election-log.ts';
import { phaseAt, summarise } from './election-summary.ts';
import { matchBlobs } from './entry-blobs.ts';
import { type ContentSetting, checkContent, type DeclaredResult } from './entry-content.ts';
import { milestonesOf, RollLines } from './milestones.ts';
import { Problem } from './problem.ts';
import { publishedBytes, refused } from './refusals.ts';
import type { ServiceKeys } from './service-keys.ts';
import type { RecordStore } from './store/record-store.ts';
import { TallyRun } from './tally-run.ts';
import { Turnout } from './turnout.ts';
import { VoterLimit } from './voter-limit.ts';
import { Voting } from './voting.ts';
import type { Verifier } from './workers/verifier-thread.ts';

/** Unix seconds. */
export type Clock = () => number;

export interface ElectionSetting {
  readonly store: RecordStore;
  readonly keys: ServiceKeys;
  readonly verifier: Verifier;
  readonly votesPerMinute: number;
  readonly clock: Clock;
  readonly report: Report;
  /** What other elections of this service declared. */
  readonly declaredBy: ContentSetting['declaredBy'];
}

export class Election {
  readonly log: ElectionLog;
  readonly disputes: Disputes;
  readonly #published: number;
  readonly #setting: ElectionSetting;
  readonly #tally: TallyRun;
  readonly #voting: Voting;
  #closing: Promise<Submitted> | null = null;
  readonly #turnout = new Turnout();
  readonly #lines = new RollLines();

  constructor(log: ElectionLog, published: number, setting: ElectionSetting) {
    this.log = log;
    this.#published = published;
    this.#setting = setting;
    this.disputes = new Disputes({ log, store: setting.store, clock: setting.clock });
    this.#tally = new TallyRun(log, setting.keys.box, (sha256) => this.blob(sha256), setting.report);
    this.#tally.keepUp();
    this.#voting = new Voting({
      log,
      verifier: setting.verifier,
      limit: new VoterLimit(setting.votesPerMinute, setting.clock),
      openContext: () => this.#openContext(),
      onAdmitted: (candidates, verdicts) => this.#tally.take(candidates, verdicts),
      headOf: (P) => this.head(P).head,
    });
  }

  // Entries of roles.

  /**
   * Appends an entry that its role has signed.
   * @throws Problem for a signature, a place or a content that is not right; then nothing has changed.
   */
  submit(entry: SubmittedEntry, uploads: readonly Bytes[]): Submitted {
    const candidate = candidateOf(entry, publishedBytes(entry), matchBlobs(entry, uploads));
    const same = this.log.indexOf(candidate);
    if (same !== undefined) return { receipt: this.log.receiptOf(same), again: true };
    this.#check(candidate, entry, uploads);
    const submitted = this.#admit(candidate);
    if (entry.type === 'opening' || entry.type === 'void') {
      this.#setting.store.dropMail(this.log.election);
    }
    return submitted;
  }

  /**
   * Whether an entry lacks nothing but the signature of a second officer.
   * @throws Problem as `submit` does; `second-not-needed`.
   */
  checkProposal(entry: SubmittedEntry, uploads: readonly Bytes[]): void {
    if (!needsSecond(entry, this.log.state.manifest))
      throw new Problem('second-not-needed', { field: 'entry.type' });
    this.#check(candidateOf(entry, publishedBytes(entry), matchBlobs(entry, uploads)), entry, uploads, 1);
  }

  /** Whether an entry that is proposed has its turn as the log stands. */
  canCome(entry: SubmittedEntry): boolean {
    return this.log.refusals({ entry, leaf: entryLeaf(publishedBytes(entry)) }).length === 0;
  }

  /** @param missing how many signatures are still to come. */
  #check(candidate: Candidate, entry: SubmittedEntry, uploads: readonly Bytes[], missing = 0): void {
    const { state } = this.log;
    const refusals = [...examineSignatures(state.manifest, entry, missing), ...this.log.refusals(candidate)];
    if (refusals.length > 0) throw refused(refusals, 'entry.');
    if (entry.type === 'act') this.#checkActTime(entry.body.act);
    checkContent(entry, uploads, {
      state,
      published: this.#published,
      declaredBy: this.#setting.declaredBy,
      blobOf: ({ sha256 }) => this.blob(sha256),
    });
  }

  /** Voting is put off before it closes, not after. @throws Problem `voting-closed`. */
  #checkActTime({ kind }: Act): void {
    if (kind === 'extension' && (this.phase() === 'closed' || this.#closing !== null)) {
      throw new Problem('voting-closed');
    }
  }

  #admit(candidate: Candidate): Submitted {
    const [verdict] = this.log.admit([candidate]);
    return this.log.answer(verdict, candidate.entry);
  }

  // Votes.

  /** @throws Problem as `Voting.cast` does. */
  cast(entry: EntryOf<'ballot'>, bytes: Bytes): Promise<Submitted> {
    return this.#voting.cast(entry, bytes);
  }

  /** @throws Problem as `Voting.check` does. */
  check(entry: EntryOf<'check'>, bytes: Bytes): Promise<Submitted> {
    return this.#voting.check(entry, bytes);
  }

  /** What ballots are checked against, while voting is open. */
  #openContext(): BallotContext {
    const phase = this.phase();
    if (phase === 'preparing' || phase === 'scheduled' || phase === 'abandoned')
      throw new Problem('not-open');
    if (phase !== 'open' || this.#closing !== null) throw new Problem('voting-closed');
    const { context } = this.log;
    if (context === null) throw new Problem('internal');
    return context;
  }

  // Closing and tally.

  /** Closes a real election whose time has come, or a rehearsal without one: what an officer may ask for. */
  close(): Promise<Submitted> {
    const { closing, opening } = this.log.state;
    if (closing !== null) return Promise.resolve({ receipt: this.log.receiptOf(closing.index), again: true });
    const closes = closesOf(this.log.state);
    const now = this.#setting.clock();
    if (opening === null || now < opening.body.opens) throw new Problem('not-open');
    if (closes !== null && now < closes) {
      throw new Problem('too-early', { detail: `voting closes at ${closes}` });
    }
    this.#closing ??= this.#close().finally(() => {
      this.#closing = null;
    });
    return this.#closing;
  }

  /** Closes if the time has come. May be called at any time and any number of times. */
  async closeIfDue(): Promise<void> {
    const { closing, opening } = this.log.state;
    const closes = closesOf(this.log.state);
    if (closing !== null || opening === null || closes === null || this.#setting.clock() < closes) return;
    await this.close();
  }

  /** Ballots that came in time are settled first; those that come now are refused. */
  async #close(): Promise<Submitted> {
    await this.#voting.drain();
    const { election, opening, tree } = this.log.state;
    const covered = { size: tree.size, root: toBase64Url(tree.root()) };
    const entry = signEntry<'closing'>(
      {
        v: 1,
        type: 'closing',
        election,
        seen: covered,
        body: { ctx: opening?.leaf ?? '', ...covered },
        ext: {},
      },
      'box',
      1,
      this.#setting.keys.box.secret,
    );
    const submitted = this.#admit(candidateOf(entry, encodeEntry(entry)));
    this.#setting.report(`election ${election} closed with ${covered.size} entries before`);
    return submitted;
  }

  startTally(): TallyState {
    this.#tally.start();
    return this.#tally.state();
  }

  tallyState(): TallyState {
    return this.#tally.state();
  }

  // Questions.

  phase(): Phase {
    return phaseAt(this.log.state, this.#setting.clock());
  }

  summary(): Summary {
    const { state } = this.log;
    return summarise(state, this.#published, this.#setting.clock(), this.#turnout.of(state));
  }

  turnout(): TurnoutDocument {
    return { bodies: this.#turnout.byBody(this.log.state) };
  }

  /** The chain of a credential. @throws Problem `unknown-credential`, `credential-replaced`. */
  head(P: string): Head {
    const line = voterOf(this.log.state, P);
    if (this.log.state.replacements.ended(P) !== undefined)
      throw new Problem('credential-replaced', { field: 'P' });
    if (line === undefined) throw new Problem('unknown-credential', { field: 'P' });
    const place = linkOf(this.log.state, line.voter);
    const { voter, college, weight } = line;
    return { P, voter, college, weight, head: place === undefined ? null : this.#link(place.index) };
  }

  #link(index: number): Head['head'] {
    const entry = parseEntry(this.log.entryBytes(index));
    if (entry.type !== 'ballot' && entry.type !== 'replacement') throw new Problem('internal');
    return { entry, receipt: this.log.receiptOf(index) };
  }

  /** @throws Problem `unknown-entry`. */
  receipt(leaf: string): Receipt {
    const stored = this.#setting.store.entryOf(this.log.election, leaf);
    if (stored === undefined) throw new Problem('unknown-entry', { field: 'leaf' });
    return this.log.receiptOf(stored.index);
  }

  /** @throws Problem `unknown-voter`, `not-tallied`. */
  async counting(voter: number): Promise<Counting> {
    if (this.log.state.voters?.at(voter) === undefined)
      throw new Problem('unknown-voter', { field: 'voter' });
    return { proofs: [...(await this.#tally.proofs(voter))] };
  }

  milestones(): Milestones {
    return milestonesOf(this.log);
  }

  /** @throws Problem `unknown-voter`. */
  rollLine(voter: number): ProvedLine {
    return this.#lines.prove(this.log, voter, (sha256) => this.blob(sha256));
  }

  /** Null before there is a result. */
  declared(): DeclaredResult | null {
    const { result } = this.log.state;
    if (result === null) return null;
    const { outcome } = parseDocument(resultDocument, this.blob(result.body.blob.sha256), 'result');
    return { leaf: result.leaf, outcome };
  }

  /** The latest one, as a signed note. */
  checkpoint(): Bytes {
    const stored = this.#setting.store.latestCheckpoint(this.log.election);
    if (stored === undefined) throw new Problem('internal');
    return stored.note;
  }

  /** The contents of a blob that an entry names. */
  blob(sha256: string): Bytes {
    const bytes = this.#setting.store.blob(this.log.election, sha256);
    if (bytes === undefined) throw new Problem('unknown-resource');
    return bytes;
  }

  // Mail of the ceremony.

  /** Takes a file that a `dealt` entry of the log names. @throws Problem `unknown-mail`. */
  putMail(sha256: string, bytes: Bytes): void {
    const dealt = this.log.state.ceremony.dealt.flatMap(({ body }) => body.shares);
    const own = nameBlob(bytes);
    const named = dealt.some((share) => share.sha256 === sha256 && share.bytes === own.bytes);
    if (!named || own.sha256 !== sha256) throw new Problem('unknown-mail', { field: 'sha256' });
    this.#setting.store.putMail(this.log.election, { sha256, bytes });
  }

  /** @throws Problem `unknown-mail`. */
  mail(sha256: string): Bytes {
    const bytes = this.#setting.store.mail(this.log.election, sha256);
    if (bytes === undefined) throw new Problem('unknown-mail', { field: 'sha256' });
    return bytes;
  }

  /** When nothing is under way. */
  async settle(): Promise<void> {
    await this.#voting.drain();
    await this.#closing;
  }

  async stop(): Promise<void> {
    await this.settle();
    await this.#tally.stop();
    await this.#tally.settled();
  }
}
