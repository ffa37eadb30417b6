/**
 * The one pass over the entries of a record (docs/protocol.md §5, §6): signatures, grammar, ceremony, ballots and
 * chains. Entries are hostile; an entry with a problem is reported, kept out of the count, and passed over.
 */

import { verifyCheckEntry } from '../../ballot/ballot-check.ts';
import { type BallotContext, ballotContext } from '../../ballot/ballot-context.ts';
import {
  type BallotProblem,
  type BallotVerifier,
  ballotStatement,
  type StatedBallot,
  verifyBallots,
} from '../../ballot/check-ballot.ts';
import { BallotError, type BallotErrorCode } from '../../ballot/errors.ts';
import type { LogEntry } from '../../board/log-reader.ts';
import { fromBase64Url } from '../../crypto/bytes.ts';
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
import { RollIndex } from '../../record/roll-index.ts';
import { checkRoll } from '../../roll/check-roll.ts';
import type { Roll } from '../../roll/flat-lines.ts';
import { type CountingBallot, encodeContent } from '../tally-document.ts';
import type { Findings } from './findings.ts';
import { readRoll } from './read-documents.ts';

/** Ballots that are verified together: batches get cheaper per ballot up to a few hundred. */
const CHUNK = 512;

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

type VoteEntry = EntryOf<'ballot'> | EntryOf<'check'>;

interface Vote {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly entry: VoteEntry;
}

const UNVERIFIED: BallotProblem = {
  code: 'bad-proof',
  where: '',
  message: 'there is nothing to verify it with',
};

/** A ballot that was hashed, or what is wrong with a ballot or check. */
interface Stated {
  readonly stated?: StatedBallot;
  readonly problem?: BallotProblem;
}

export interface WalkOptions {
  readonly kernel: Kernel;
  /** In place of verifying in this thread. */
  readonly ballotVerifier?: ((context: BallotContext) => BallotVerifier) | undefined;
}

export class EntryWalk {
  readonly state: ElectionState;
  /** The roll, as far as there is one that can be read. */
  roll: Roll | null = null;
  /** By voter number: the valid ballot that no later one replaces. */
  readonly ballots = new Map<number, CountingBallot>();
  readonly #source: RecordSource;
  readonly #findings: Findings;
  readonly #options: WalkOptions;
  #context: BallotContext | null = null;
  #verify: BallotVerifier | null = null;
  #votes: Vote[] = [];

  constructor(state: ElectionState, source: RecordSource, findings: Findings, options: WalkOptions) {
    this.state = state;
    this.#source = source;
    this.#findings = findings;
    this.#options = options;
  }

  /** Takes the entries after the manifest, one by one. */
  async take({ index, bytes, leafHash }: LogEntry): Promise<void> {
    this.#findings.looked('encoding');
    const entry = this.#parse(index, bytes);
    if (entry?.type === 'ballot' || entry?.type === 'check') {
      this.#votes.push({ index, leaf: leafHash, entry });
      if (this.#votes.length >= CHUNK) await this.#settleVotes();
      return;
    }
    await this.#settleVotes();
    if (entry === undefined) applyUnreadable(this.state, leafHash);
    else await this.#takeRoleEntry({ index, leaf: leafHash, entry });
  }

  /** To be called after the last entry. */
  async finish(): Promise<void> {
    await this.#settleVotes();
    const { manifest } = this.state;
    if (manifest.trustees !== null && !isComplete(this.state, 'confirm')) {
      this.#findings.unproven('ceremony', 'record', 'not every trustee has confirmed the key');
    }
    if (manifest.trustees?.threshold === 1) {
      this.#findings.noted(
        'ceremony',
        'manifest',
        'one key alone decrypts: whoever holds it could read every vote',
      );
    }
  }

  #parse(index: number, bytes: Uint8Array): Entry | undefined {
    try {
      return parseEntry(bytes);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.#findings.failed('encoding', `entry ${index} ${error.where}`, error.message);
      return undefined;
    }
  }

  #look(entry: Entry): void {
    const checks = LOOKED_AT[entry.type] ?? [];
    for (const check of ['grammar', 'context', ...checks] as const) this.#findings.looked(check);
    if (isSigned(entry)) this.#findings.looked('authority');
  }

  #report(index: number, problems: readonly Problem[]): void {
    for (const { check, field, why } of problems) {
      this.#findings.failed(check, `entry ${index} ${field}`.trimEnd(), why);
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
    this.#findings.noted(
      'ceremony',
      `entry ${index}`,
      `trustee ${judgement.blamed} is to blame: ${judgement.why}`,
    );
  }

  async #takeRoll(body: EntryOf<'roll'>['body']): Promise<void> {
    const { state } = this;
    const document = await readRoll(this.#source, body.blob, this.#findings);
    if (document === undefined) return;
    this.#findings.looked('roll', document.lines.length);
    for (const { where, why } of checkRoll(document, state.manifest, { election: state.election, body })) {
      this.#findings.failed('roll', `roll ${where}`, why);
    }
    try {
      useRoll(state, new RollIndex(document));
      this.roll = document;
    } catch (error) {
      // `checkRoll` has reported it: without an order there are no voter numbers.
      if (!(error instanceof RecordError)) throw error;
    }
  }

  #open(index: number, ctx: string, { key }: EntryOf<'opening'>['body']): void {
    const { election, manifest } = this.state;
    try {
      const context = ballotContext({ election, ctx, key, manifest });
      this.#context = context;
      this.#verify =
        this.#options.ballotVerifier?.(context) ??
        // oxlint-disable-next-line require-await
        (async (ballots) => verifyBallots(ballots, context, this.#options.kernel));
    } catch (error) {
      if (!(error instanceof BallotError)) throw error;
      this.#findings.failed('context', `entry ${index} body.${error.where}`, error.message);
    }
  }

  /** Verifies the proofs of the ballots at hand together, then takes them in log order. */
  async #settleVotes(): Promise<void> {
    const votes = this.#votes;
    if (votes.length === 0) return;
    this.#votes = [];
    const all = votes.map(({ entry }) => this.#stateVote(entry));
    const ballots = all.flatMap(({ stated }) => (stated === undefined ? [] : [stated]));
    const verdicts = new Map<StatedBallot, BallotProblem | null>();
    if (this.#verify !== null && ballots.length > 0) {
      const results = await this.#verify(ballots);
      ballots.forEach((ballot, i) =>
        verdicts.set(ballot, results[i] === undefined ? UNVERIFIED : results[i]),
      );
    }
    votes.forEach((vote, i) => {
      const { stated, problem } = all[i] ?? {};
      this.#takeVote(vote, stated, problem ?? (stated && verdicts.get(stated)) ?? null);
    });
  }

  #stateVote(entry: VoteEntry): Stated {
    const context = this.#context;
    if (context === null) return { problem: UNVERIFIED };
    try {
      if (entry.type === 'ballot') return { stated: ballotStatement(entry, context) };
      verifyCheckEntry(entry, context);
      return {};
    } catch (error) {
      if (error instanceof BallotError) return { problem: error };
      throw error;
    }
  }

  #takeVote({ index, leaf, entry }: Vote, stated: StatedBallot | undefined, own: BallotProblem | null): void {
    this.#look(entry);
    if (this.roll === null) {
      for (const check of ROLL_NEEDED) this.#findings.unproven(check, `entry ${index}`, 'there is no roll');
    }
    const fingerprint = stated && fromBase64Url(stated.fingerprint);
    const item: Item = { index, leaf, entry, fingerprint };
    const problems = examine(this.state, item).filter(
      ({ code }) => this.roll !== null || code !== 'unknown-voter',
    );
    this.#report(index, problems);
    const check = own === null ? undefined : (CHECK_OF[own.code] ?? 'ballots');
    if (own !== null && check !== undefined && !problems.some((problem) => problem.check === check)) {
      this.#findings.failed(check, `entry ${index} ${own.where}`.trimEnd(), own.message);
    }
    if (own !== null) {
      applyUnreadable(this.state, leaf);
      return;
    }
    apply(this.state, item, problems);
    if (problems.length > 0 || entry.type !== 'ballot') return;
    const voter = this.state.voters?.find(entry.body.P)?.voter;
    if (voter === undefined) return;
    const contents = new Map(entry.body.contests.map((contest) => [contest.id, encodeContent(contest)]));
    this.ballots.set(voter, { leaf, contents });
  }
}
