/** Ballots and checks of one election, from their entry to the receipt. What comes in is hostile. */
import { statedCheck } from '../ballot/ballot-check.ts';
import type { BallotContext } from '../ballot/ballot-context.ts';
import { ballotStatement } from '../ballot/check-ballot.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import type { EntryOf } from '../record/entries.ts';
import { voterOf } from '../record/replacements.ts';
import { CastingQueue, type Stated } from './casting-queue.ts';
import type { Head } from './documents.ts';
import {
  type Candidate,
  candidateOf,
  type ElectionLog,
  type Submitted,
  type Verdict,
} from './election-log.ts';
import { Problem } from './problem.ts';
import { checkingBallot, refused } from './refusals.ts';
import type { VoterLimit } from './voter-limit.ts';
import type { Verifier } from './workers/verifier-thread.ts';

type VoteEntry = EntryOf<'ballot'> | EntryOf<'check'>;

export interface VotingSetting {
  readonly log: ElectionLog;
  readonly verifier: Verifier;
  readonly limit: VoterLimit;
  /** What ballots are checked against. @throws Problem unless voting is open. */
  readonly openContext: () => BallotContext;
  /** Told what has come into the log, for the count. */
  readonly onAdmitted: (candidates: readonly Candidate[], verdicts: readonly Verdict[]) => void;
  /** The head of the chain of a credential on the roll. */
  readonly headOf: (P: string) => Head['head'];
}

export class Voting {
  readonly #setting: VotingSetting;
  #queue: CastingQueue | null = null;
  /** Ballots and checks on their way into the log, by leaf. */
  readonly #underWay = new Map<string, Promise<Verdict>>();

  constructor(setting: VotingSetting) {
    this.#setting = setting;
  }

  /**
   * Casts a ballot; settles when it is on disk or refused.
   * @param bytes the canonical form of the entry.
   * @throws Problem `not-open`, `voting-closed`, `not-on-roll`, `stale-link`, `checked-ballot`, `bad-ballot`,
   * `too-many-votes` …
   */
  async cast(entry: EntryOf<'ballot'>, bytes: Bytes): Promise<Submitted> {
    const candidate = candidateOf(entry, bytes);
    const sent = this.#sentBefore(candidate, entry);
    if (sent !== undefined) return await sent;
    const context = this.#setting.openContext();
    const stated = checkingBallot(() => ballotStatement(entry, context));
    const complete = { ...candidate, fingerprint: fromBase64Url(stated.fingerprint) };
    const refusals = this.#setting.log.refusals(complete);
    if (refusals.length > 0) throw this.#refusedVote(refused(refusals), entry);
    return await this.#enqueue(context, stated, complete, entry);
  }

  /** @throws Problem as `cast` does, and `bad-check`. */
  async check(entry: EntryOf<'check'>, bytes: Bytes): Promise<Submitted> {
    const candidate = candidateOf(entry, bytes);
    const sent = this.#sentBefore(candidate, entry);
    if (sent !== undefined) return await sent;
    const context = this.#setting.openContext();
    const refusals = this.#setting.log.refusals(candidate);
    if (refusals.length > 0) throw refused(refusals);
    const credential = checkingBallot(() => statedCheck(entry, context), 'bad-check');
    return await this.#enqueue(context, { credential }, candidate, entry);
  }

  /** When all that has arrived is settled. */
  async drain(): Promise<void> {
    await this.#queue?.drain();
  }

  /** The answer to bytes that are in the log, or on their way into it. */
  #sentBefore(candidate: Candidate, entry: VoteEntry): Promise<Submitted> | Submitted | undefined {
    const { log } = this.#setting;
    const first = this.#underWay.get(toBase64Url(candidate.leaf));
    if (first !== undefined) {
      return first.then((verdict) => ({ ...this.#answer(verdict, entry), again: true }));
    }
    const same = log.indexOf(candidate);
    return same === undefined ? undefined : { receipt: log.receiptOf(same), again: true };
  }

  async #enqueue(
    context: BallotContext,
    stated: Stated,
    candidate: Candidate,
    entry: VoteEntry,
  ): Promise<Submitted> {
    const name = toBase64Url(candidate.leaf);
    const verdict = this.#queueFor(context)
      .cast(stated, candidate, this.#voterOf(entry))
      .finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, verdict);
    return this.#answer(await verdict, entry);
  }

  #queueFor({ keyBytes }: BallotContext): CastingQueue {
    const { log, verifier, limit, onAdmitted } = this.#setting;
    const verify = { credentials: verifier.verifyCredentials, ballots: verifier.verifierFor(keyBytes) };
    const countedLog: Pick<ElectionLog, 'admit' | 'refusals'> = {
      refusals: (candidate) => log.refusals(candidate),
      admit: (candidates) => {
        const verdicts = log.admit(candidates);
        onAdmitted(candidates, verdicts);
        return verdicts;
      },
    };
    return (this.#queue ??= new CastingQueue(countedLog, verify, limit));
  }

  /** The voter number, from the roll. */
  #voterOf({ body: { P } }: VoteEntry): number {
    const line = voterOf(this.#setting.log.state, P);
    if (line === undefined) throw new Problem('not-on-roll', { field: 'body.P' });
    return line.voter;
  }

  #answer(verdict: Verdict, entry: VoteEntry): Submitted {
    if (verdict.refusals) throw this.#refusedVote(refused(verdict.refusals), entry);
    return this.#setting.log.answer(verdict, entry);
  }

  /** `stale-link` shows the head, so that a client can judge it and begin anew. */
  #refusedVote(problem: Problem, { body: { P } }: VoteEntry): Problem {
    if (problem.code !== 'stale-link') return problem;
    return new Problem('stale-link', { ...problem.details, members: { head: this.#setting.headOf(P) } });
  }
}
