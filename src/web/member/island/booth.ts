/**
 * The booth: read, choose, review, done (docs/protocol.md §6). Code, choices and openings stay in the tab. A ballot is
 * remembered before it is sent, and the same bytes are sent until there is an answer, so that no vote is lost or
 * counted twice. "Recorded" is said only after the log's promise has been verified.
 */
import { openBallot, proveCheckEntry } from '../../../ballot/ballot-check.ts';
import { BallotError } from '../../../ballot/errors.ts';
import type { Contest, TextsDocument } from '../../../ballot/manifest.ts';
import { type PreparedBallot, prepareBallot } from '../../../ballot/prepare-ballot.ts';
import { parseToken, type Token } from '../../../ballot/token.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../../../crypto/bytes.ts';
import { encodeEntry, entryLeaf } from '../../../record/envelope.ts';
import type { Receipt } from '../../../record/receipt.ts';
import type { CodeFault, ReviewNote, Scene, StopReason } from './booth-scene.ts';
import { choiceOfDraft, choicesOf, type Draft, type Drafts, EMPTY } from './drafts.ts';
import { type MemberElection, readElection, readTexts, Untrue } from './election.ts';
import {
  type Cast,
  readCast,
  readSent,
  readUnderway,
  type SentBallot,
  writeCast,
  writeSent,
  writeUnderway,
} from './memory.ts';
import { Refused, Unreachable } from './requests.ts';
import { Conflict, findPlace, type Head, type Place, previousOf, sendBallot, sendCheck } from './voter.ts';

/** Of a token that cannot be read. */
function codeFault(text: string): CodeFault {
  const n = text.replace(/[ -]/g, '').length;
  if (n === 0) return { kind: 'empty' };
  return n === 28 ? { kind: 'mistyped' } : { kind: 'short', n };
}

export class Booth {
  readonly election: string;
  readonly #now: () => number;
  #onChange: () => void = () => undefined;
  #language: string;
  #scene: Scene = { kind: 'loading' };
  #known: MemberElection | null = null;
  #texts: TextsDocument | null = null;
  #code = '';
  #place: Place | null = null;
  #drafts: Drafts = {};
  #sent: SentBallot[] = [];
  #sending: Bytes | null = null;
  /** Cast in this tab before the page was loaded again. */
  #cast: Cast | null = null;
  #changing: string | null = null;

  /** @param now Unix seconds. */
  constructor(election: string, language: string, now: () => number) {
    this.election = election;
    this.#language = language;
    this.#now = now;
  }

  /** @param onChange is told whenever what is shown has changed. */
  listen(onChange: () => void): void {
    this.#onChange = onChange;
  }

  get scene(): Scene {
    return this.#scene;
  }

  get known(): MemberElection | null {
    return this.#known;
  }

  get texts(): TextsDocument | null {
    return this.#texts;
  }

  /** For this device's other pages, behind a `#`. */
  get code(): string {
    return this.#code;
  }

  get place(): Place | null {
    return this.#place;
  }

  get drafts(): Drafts {
    return this.#drafts;
  }

  /** Of the voter's college, in order. */
  get contests(): readonly Contest[] {
    const college = this.#place?.college ?? this.#cast?.college ?? '';
    return this.#known?.manifest.contests.filter(({ colleges }) => colleges.includes(college)) ?? [];
  }

  /** Whether there is a ballot of this voter already. */
  get hasVoted(): boolean {
    return this.#place?.head?.kind === 'ballot';
  }

  #show(scene: Scene): void {
    this.#scene = scene;
    this.#onChange();
  }

  #stop(why: StopReason, detail: string | null = null, receipt: Receipt | null = null): void {
    this.#show({ kind: 'stopped', why, detail, receipt });
  }

  /** What is known of an error that ends the way. */
  #fail(error: unknown): void {
    if (error instanceof Unreachable) return this.#stop('offline');
    if (error instanceof Refused) {
      if (error.code === 'unknown-election' || error.code === 'bad-field') return this.#stop('unknown');
      if (error.code === 'credential-replaced') {
        writeUnderway(this.election, null);
        return this.#stop('replaced');
      }
      return this.#stop('refused', error.code);
    }
    this.#stop('untrue', String(error));
  }

  #keep(): void {
    const sending = this.#sending && toBase64Url(this.#sending);
    writeUnderway(this.election, { code: this.#code, drafts: this.#drafts, sending });
  }

  // Coming in.

  /** @param code of the link; empty if it has none. */
  async start(code: string): Promise<void> {
    const underway = readUnderway(this.election);
    if (code === '' && underway === null) this.#cast = readCast(this.election);
    this.#code = code || (underway?.code ?? '');
    if (underway !== null && underway.code === this.#code) {
      this.#drafts = underway.drafts;
      this.#sending = underway.sending === null ? null : fromBase64Url(underway.sending);
    }
    await this.load();
  }

  /** Reads the election, and goes on from there. Also to try again. */
  async load(): Promise<void> {
    this.#show({ kind: 'loading' });
    try {
      this.#known = await readElection(this.election, this.#now());
      this.#texts = await readTexts(this.#known, this.#language);
      if (this.#cast !== null) return this.#show({ kind: 'done', cast: this.#cast });
      const { phase } = this.#known;
      if (phase !== 'open' && this.#sending === null) {
        return this.#stop(phase === 'counted' ? 'closed' : phase, this.#known.reason);
      }
      if (this.#code === '') return this.#show({ kind: 'code', fault: null });
      await this.#enter(this.#code);
    } catch (error) {
      this.#fail(error);
    }
  }

  async useLanguage(language: string): Promise<void> {
    this.#language = language;
    this.#onChange();
    if (this.#known === null) return;
    try {
      this.#texts = await readTexts(this.#known, language);
      this.#onChange();
    } catch {
      // The texts that are here can still be read.
    }
  }

  /** Takes a code that was typed. */
  async enter(code: string): Promise<void> {
    try {
      await this.#enter(code);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #enter(code: string): Promise<void> {
    let token: Token;
    try {
      token = parseToken(code.trim());
    } catch {
      return this.#show({ kind: 'code', fault: codeFault(code) });
    }
    if (this.#known === null) return;
    this.#show({ kind: 'loading' });
    const place = await findPlace(this.#known, token);
    if (place === null) return this.#show({ kind: 'code', fault: { kind: 'not-on-roll' } });
    this.#code = code;
    this.#place = place;
    this.#recall();
    this.#keep();
    if (this.#sending !== null) return await this.#resume(this.#sending);
    if (!this.#isOwn(place.head)) return;
    this.#show({ kind: 'read' });
  }

  /** A head that is the voter's own, or none where there may be none; otherwise shows what is wrong. */
  #isOwn(head: Head | null): boolean {
    const indexOf = (receipt: Receipt | null | undefined): number => receipt?.index ?? -1;
    const held = this.#sent.map(({ receipt }) => receipt).sort((a, b) => indexOf(b) - indexOf(a))[0] ?? null;
    // The log only grows: nothing from before what it has promised can be the latest.
    if (indexOf(head?.receipt) < indexOf(held)) {
      this.#stop('denied', null, held);
      return false;
    }
    if (head === null || head.kind === 'replacement') return true;
    if (!this.#sent.some(({ leaf }) => leaf === head.leaf)) {
      this.#show({ kind: 'conflict', head, isDenied: false });
      return false;
    }
    this.#remember(head.leaf, head.receipt);
    return true;
  }

  /** What was sent from this device, in any of its tabs. */
  #recall(): void {
    if (this.#place === null) return;
    const kept = readSent(this.election, this.#place.credential.P);
    const isKept = ({ leaf }: SentBallot): boolean => kept.some((one) => one.leaf === leaf);
    this.#sent = [...this.#sent.filter((sent) => !isKept(sent)), ...kept];
  }

  #remember(leaf: string, receipt: Receipt | null): void {
    this.#recall();
    const others = this.#sent.filter((sent) => sent.leaf !== leaf);
    this.#sent = [...others, { leaf, receipt }];
    if (this.#place !== null) writeSent(this.election, this.#place.credential.P, this.#sent);
  }

  /** The answer to "was this you?". */
  answer(isMine: boolean): void {
    if (this.#scene.kind !== 'conflict') return;
    const { head } = this.#scene;
    if (!isMine) return this.#show({ kind: 'conflict', head, isDenied: true });
    this.ownUp();
  }

  /** The voter goes on, knowing of the ballot that is there: the next one takes its place. */
  ownUp(): void {
    if (this.#scene.kind !== 'conflict' || this.#place === null) return;
    const { head } = this.#scene;
    this.#place = { ...this.#place, head };
    this.#remember(head.leaf, head.receipt);
    this.#show({ kind: 'read' });
  }

  // Read, choose, review.

  read(): void {
    this.#show({ kind: 'read' });
  }

  choose(): void {
    this.#show({ kind: 'choose', isTried: false, contest: this.#changing });
    this.#changing = null;
  }

  /** The next choosing begins at this contest. */
  change(contest: string): void {
    this.#changing = contest;
  }

  fill(contest: string, draft: Draft): void {
    this.#drafts = { ...this.#drafts, [contest]: draft };
    this.#keep();
    this.#onChange();
  }

  draft(contest: string): Draft {
    return this.#drafts[contest] ?? EMPTY;
  }

  /** @returns whether there is a ballot to review; otherwise the faults are shown. */
  review(note: ReviewNote = null): boolean {
    const { weight } = this.#place ?? { weight: 1 };
    const isReady = this.contests.every(
      (contest) => 'choice' in choiceOfDraft(contest, weight, this.draft(contest.id)),
    );
    if (!isReady) this.#show({ kind: 'choose', isTried: true, contest: null });
    else this.#show({ kind: 'review', ballot: this.#prepare(), note, busy: null });
    return isReady;
  }

  #prepare(): PreparedBallot {
    const context = this.#known?.context;
    if (context === undefined || context === null || this.#place === null)
      throw new BallotError('bad-manifest', 'ctx', 'not open');
    const { college, weight, credential, head } = this.#place;
    const choices = choicesOf(this.contests, weight, this.#drafts);
    return prepareBallot({ context, college, weight, credential, prev: previousOf(head), choices });
  }

  // Casting.

  /** Casts the ballot that is shown; once, however often it is asked to. */
  async cast(): Promise<void> {
    const scene = this.#scene;
    if (scene.kind !== 'review' || scene.busy !== null) return;
    this.#show({ ...scene, note: null, busy: 'cast' });
    const { bytes, leaf } = scene.ballot;
    this.#sending = bytes;
    this.#remember(leaf, null);
    this.#keep();
    await this.#send(bytes, () => this.#show({ ...scene, note: 'lost', busy: null }));
  }

  /** After the page was loaded again: the same bytes, so that they count once. */
  async #resume(bytes: Bytes): Promise<void> {
    const leaf = toBase64Url(entryLeaf(bytes));
    const head = this.#place?.head;
    if (head?.leaf === leaf) return this.#finish(leaf, head.receipt);
    this.#show({ kind: 'sending', isLost: false });
    await this.#send(bytes, () => this.#show({ kind: 'sending', isLost: true }));
  }

  async resume(): Promise<void> {
    if (this.#sending === null) return;
    await this.#resume(this.#sending);
  }

  /** @param onLost is told when there is no answer. */
  async #send(bytes: Bytes, onLost: () => void): Promise<void> {
    const context = this.#known?.context;
    if (context === undefined || context === null || this.#place === null) return;
    try {
      this.#finish(toBase64Url(entryLeaf(bytes)), await sendBallot(context, this.#place, bytes));
    } catch (error) {
      if (error instanceof Unreachable) return onLost();
      await this.#refuse(error, bytes);
    }
  }

  #finish(leaf: string, receipt: Receipt): void {
    this.#remember(leaf, receipt);
    this.#sending = null;
    this.#drafts = {};
    const cast = { receipt, at: this.#now(), college: this.#place?.college ?? '' };
    writeUnderway(this.election, null);
    writeCast(this.election, cast);
    this.#show({ kind: 'done', cast });
  }

  /** After an answer that is not yes. */
  async #refuse(error: unknown, bytes: Bytes): Promise<void> {
    if (error instanceof Untrue) {
      return this.#stop('promise', `${error.message} (ballot ${toBase64Url(entryLeaf(bytes))})`);
    }
    this.#sending = null;
    this.#keep();
    if (error instanceof Conflict) return await this.#settle(error.head);
    if (!(error instanceof Refused)) return this.#fail(error);
    if (error.code === 'checked-ballot') return void this.review('opened');
    if (error.code === 'too-many-votes') return void this.review('busy');
    if (error.code === 'voting-closed') return this.#stop('closed-now');
    if (error.code === 'not-open') return this.#stop('preparing');
    this.#fail(error);
  }

  /** Another ballot is recorded than the one that this one would replace. */
  async #settle(head: Head | null): Promise<void> {
    this.#recall();
    if (this.#place === null || !this.#isOwn(head)) return;
    if (head?.leaf === this.#place.head?.leaf) return this.#stop('refused', 'stale-link');
    this.#place = { ...this.#place, head };
    // One of one's own, from another tab: the voter has just asked for this one.
    if (this.review()) await this.cast();
  }

  // Checking instead of casting.

  /** Opens the ballot that is shown, once it is recorded that it can never be cast. */
  async check(): Promise<void> {
    const scene = this.#scene;
    const context = this.#known?.context;
    if (scene.kind !== 'review' || scene.busy !== null || this.#place === null || !context) return;
    this.#show({ ...scene, note: null, busy: 'check' });
    const { credential, voter } = this.#place;
    const { ballot } = scene;
    try {
      const entry = proveCheckEntry(context, credential, ballot.fingerprint);
      const receipt = await sendCheck(context, voter, encodeEntry(entry));
      this.#show({ kind: 'check', ballot, opened: openBallot(ballot, voter), isReport: false, receipt });
    } catch (error) {
      if (error instanceof Unreachable) return this.#show({ ...scene, note: 'check-lost', busy: null });
      if (error instanceof Refused && error.code === 'too-many-votes') return void this.review('busy');
      if (error instanceof Refused && error.code === 'voting-closed') return this.#stop('closed-now');
      this.#fail(error);
    }
  }

  report(): void {
    if (this.#scene.kind === 'check') this.#show({ ...this.#scene, isReport: true });
  }
}
