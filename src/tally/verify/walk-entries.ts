/**
 * The one pass over the entries of a record (docs/protocol.md §5, §6): signatures, grammar, ceremony, ballots and
 * chains. Entries are hostile; an entry with a problem is reported, kept out of the count, and passed over.
 */

import type { BallotSetting } from '../../ballot/ballot-context.ts';
import type { BallotProblem } from '../../ballot/check-ballot.ts';
import { BallotError, type BallotErrorCode } from '../../ballot/errors.ts';
import type { CheckedBallots, PackedEntries } from '../../ballot/regular-ballots.ts';
import { hashLeaf } from '../../board/merkle.ts';
import { type Bytes, concat } from '../../crypto/bytes.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { judgeComplaint } from '../../record/complaint.ts';
import {
  apply,
  applyUnreadable,
  type ElectionState,
  isComplete,
  useRoll,
} from '../../record/election-state.ts';
import type { Entry, EntryOf } from '../../record/entries.ts';
import { isSigned, parseEntry } from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';
import { advance, examine } from '../../record/grammar.ts';
import type { Item } from '../../record/item.ts';
import type { CheckName, Problem } from '../../record/problem.ts';
import type { RecordSource } from '../../record/record-source.ts';
import { takeRegular } from '../../record/regular-ballot.ts';
import { voterOf } from '../../record/replacements.ts';
import { RollIndex } from '../../record/roll-index.ts';
import { checkRoll } from '../../roll/check-roll.ts';
import type { Roll } from '../../roll/flat-lines.ts';
import { checkerHere, type EntryChecker, entryAt } from '../ballots/check-entries.ts';
import type { OtherVote, VoteEntry } from '../ballots/other-votes.ts';
import { CountedBallots, type Scratch } from '../counted-ballots.ts';
import { encodeContent } from '../tally-document.ts';
import { faultOf, told } from './faults.ts';
import type { Findings } from './findings.ts';
import { readRoll } from './read-documents.ts';

/** What an entry of each type is looked at for, besides its encoding, grammar and context. */
const LOOKED_AT: Readonly<Record<string, readonly CheckName[] | undefined>> = {
  join: ['ceremony'],
  commit: ['ceremony'],
  reveal: ['ceremony'],
  dealt: ['ceremony'],
  confirm: ['ceremony'],
  complaint: ['ceremony'],
  void: ['ceremony'],
  ballot: ['ballots', 'chains', 'checked', 'weights'],
  check: ['ballots', 'checked'],
  replacement: ['roll'],
  closing: ['size'],
  agreement: ['agreement'],
};

/** What cannot be said of a ballot without a roll. */
const ROLL_NEEDED: readonly CheckName[] = ['chains', 'checked', 'weights'];

/** Problems of a ballot that the grammar knows by another name. */
const CHECK_OF: Partial<Record<BallotErrorCode, CheckName>> = {
  'wrong-election': 'context',
  'wrong-context': 'context',
  'not-on-roll': 'weights',
  'wrong-college': 'weights',
  'wrong-weight': 'weights',
};

const UNVERIFIED: BallotProblem = {
  code: 'bad-proof',
  where: '',
  message: 'there is nothing to verify it with',
};

export interface WalkOptions {
  readonly kernel: Kernel;
  /** In place of checking in this thread alone. */
  readonly open?: ((setting: BallotSetting) => EntryChecker) | undefined;
  /** Where so many bytes of ballots are kept that are to be counted, in place of memory. */
  readonly scratch?: ((bytes: number) => Scratch) | undefined;
}

export class EntryWalk {
  readonly state: ElectionState;
  /** The roll, as far as there is one that can be read. */
  roll: Roll | null = null;
  /** The valid ballots that no later ones replace, as soon as there is a roll. */
  ballots: CountedBallots | null = null;
  readonly #source: RecordSource;
  readonly #findings: Findings;
  readonly #options: WalkOptions;
  /** As soon as there is something to check ballots against. */
  checker: EntryChecker | null = null;
  /** ctx of an opening that `checker` is for before it has been taken. */
  expected: string | null = null;

  constructor(state: ElectionState, source: RecordSource, findings: Findings, options: WalkOptions) {
    this.state = state;
    this.#source = source;
    this.#findings = findings;
    this.#options = options;
  }

  /** To be called after the last entry. */
  finish(): void {
    const { manifest } = this.state;
    if (manifest.trustees !== null && !isComplete(this.state, 'confirm')) {
      this.#findings.unproven('ceremony', 'record', faultOf('not-confirmed'));
    }
    if (manifest.trustees?.threshold === 1) {
      this.#findings.noted('ceremony', 'manifest', faultOf('one-key'));
    }
  }

  /** Frees what checks and counts; nothing is asked of it after that. */
  async stop(): Promise<void> {
    await this.checker?.stop();
  }

  /** An entry that no checker has judged. */
  async takeUnchecked(index: number, bytes: Bytes): Promise<void> {
    this.#findings.looked('encoding');
    const leaf = hashLeaf(bytes);
    const entry = this.#parse(index, bytes);
    if (entry === undefined) applyUnreadable(this.state, leaf);
    else if (entry.type === 'ballot' || entry.type === 'check') {
      this.#takeVote({ index, leaf, entry }, entry, UNVERIFIED);
    } else await this.#takeRoleEntry({ index, leaf, entry });
  }

  #parse(index: number, bytes: Bytes): Entry | undefined {
    try {
      return parseEntry(bytes);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.#findings.failed('encoding', `entry ${index} ${error.where}`, told(error));
      return undefined;
    }
  }

  #look(entry: Entry): void {
    const checks = LOOKED_AT[entry.type] ?? [];
    for (const check of ['grammar', 'context', ...checks] as const) this.#findings.looked(check);
    if (isSigned(entry)) this.#findings.looked('authority');
  }

  #report(index: number, problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.#findings.failed(problem.check, `entry ${index} ${problem.field}`.trimEnd(), problem);
    }
  }

  async #takeRoleEntry(item: Item): Promise<void> {
    const { state } = this;
    this.#look(item.entry);
    this.#report(item.index, advance(state, item));
    if (item.entry.type === 'complaint') await this.#judge(item.index);
    if (state.roll?.index === item.index) await this.#takeRoll(state.roll.body);
    if (state.opening?.index === item.index) this.#open(item.index, state.opening.leaf, state.opening.body);
  }

  /** Who is to blame for a complaint is computed, and harms nothing: the attempt is void. */
  async #judge(index: number): Promise<void> {
    const { election, ceremony } = this.state;
    if (ceremony.complaint?.index !== index) return;
    const judgement = await judgeComplaint(election, ceremony);
    if (judgement === null) return;
    this.#findings.noted('ceremony', `entry ${index}`, {
      why: `trustee ${judgement.blamed} is to blame: ${judgement.why}`,
    });
  }

  async #takeRoll(body: EntryOf<'roll'>['body']): Promise<void> {
    const { state } = this;
    const document = await readRoll(this.#source, body.blob, this.#findings);
    if (document === undefined) return;
    this.#findings.looked('roll', document.lines.length);
    for (const { where, why } of checkRoll(document, state.manifest, { election: state.election, body })) {
      this.#findings.failed('roll', `roll ${where}`, { why });
    }
    try {
      const voters = new RollIndex(document);
      useRoll(state, voters);
      this.roll = document;
      this.ballots = new CountedBallots(state.manifest, voters, this.#options.scratch);
    } catch (error) {
      // `checkRoll` has reported it: without an order there are no voter numbers.
      if (!(error instanceof RecordError)) throw error;
    }
  }

  #open(index: number, ctx: string, body: EntryOf<'opening'>['body']): void {
    if (ctx === this.expected) return;
    try {
      this.checker = this.openChecker(ctx, body);
    } catch (error) {
      if (!(error instanceof BallotError)) throw error;
      this.#findings.failed('context', `entry ${index} body.${error.where}`, told(error));
    }
  }

  /** What checks ballots against an opening. @throws BallotError as `ballotContext` does. */
  openChecker(ctx: string, { key }: EntryOf<'opening'>['body']): EntryChecker {
    const { election, manifest } = this.state;
    const { kernel, open = (setting: BallotSetting) => checkerHere(setting, kernel) } = this.#options;
    return open({ election, ctx, key, manifest });
  }

  /** A ballot of a known form: the entry at a place, and its row in a group. @returns whether nothing was wrong with it. */
  takeRow(index: number, entries: PackedEntries, place: number, group: CheckedBallots, row: number): boolean {
    const hashOf = (hashes: Bytes): Bytes => hashes.subarray(32 * row, 32 * (row + 1));
    const form = group.forms[group.formOf[row] ?? -1];
    const leaf = hashOf(group.leaves);
    const fingerprint = hashOf(group.fingerprints);
    const fault =
      group.faults.length === 0 ? null : (group.faults.find((one) => one.row === row)?.problem ?? null);
    const start = row * group.encodingsSize;
    const voter =
      fault === null && form !== undefined
        ? takeRegular(this.state, {
            index,
            leaf,
            fingerprint,
            college: form.college,
            weight: form.weight,
            P: group.encodings.subarray(start, start + 32),
            previous: form.isLinked ? hashOf(group.previous) : undefined,
          })
        : undefined;
    if (voter !== undefined) {
      const [from, to] = [start + 32, start + (group.contests.at(-1)?.end ?? 32)];
      this.ballots?.set(voter, group.encodings.subarray(from, to), group.hints.subarray(from, to));
      return true;
    }
    this.#findings.looked('encoding');
    const entry = this.#parse(index, entryAt(entries, place));
    if (entry?.type === 'ballot') this.#takeVote({ index, leaf, entry, fingerprint }, entry, fault);
    return false;
  }

  /** Ballots with which nothing was wrong: they were looked at like others. */
  lookedAtRows(count: number): void {
    for (const check of ['encoding', 'grammar', 'context', ...(LOOKED_AT['ballot'] ?? [])] as const)
      this.#findings.looked(check, count);
  }

  takeChecked(index: number, { leaf, entry, fingerprint, problem }: OtherVote): void {
    this.#findings.looked('encoding');
    this.#takeVote({ index, leaf, entry, fingerprint }, entry, problem);
  }

  #lookAtVote(type: VoteEntry['type'], index: number): void {
    for (const check of ['grammar', 'context', ...(LOOKED_AT[type] ?? [])] as const)
      this.#findings.looked(check);
    if (this.roll !== null) return;
    for (const check of ROLL_NEEDED) this.#findings.unproven(check, `entry ${index}`, faultOf('no-roll'));
  }

  #takeVote(item: Item, entry: VoteEntry, fault: BallotProblem | null): void {
    const { index, leaf } = item;
    this.#lookAtVote(entry.type, index);
    const problems = examine(this.state, item).filter(
      ({ code }) => this.roll !== null || code !== 'unknown-voter',
    );
    this.#report(index, problems);
    const check = fault === null ? undefined : (CHECK_OF[fault.code] ?? 'ballots');
    if (fault !== null && check !== undefined && !problems.some((problem) => problem.check === check)) {
      this.#findings.failed(check, `entry ${index} ${fault.where}`.trimEnd(), told(fault));
    }
    if (fault !== null) {
      applyUnreadable(this.state, leaf);
      return;
    }
    apply(this.state, item, problems);
    if (problems.length > 0 || entry.type !== 'ballot') return;
    const voter = voterOf(this.state, entry.body.P)?.voter;
    if (voter === undefined) return;
    this.ballots?.set(voter, concat(...entry.body.contests.map(encodeContent)));
  }
}
