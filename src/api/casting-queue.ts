/**
 * Ballots on their way into the log. Whatever has arrived is verified as one batch, off the main thread, and
 * then appended in one transaction; nobody is answered before that has reached the disk. Order of arrival is
 * order in the log.
 */
import type { BallotVerifier, StatedBallot } from '../ballot/check-ballot.ts';
import type { Candidate, ElectionLog, Verdict } from './election-log.ts';
import { Problem } from './problem.ts';
import { badBallot } from './refusals.ts';

/** A batch is bounded, so that nobody waits for more than two of them. */
const MAX_BATCH = 1024;
const MAX_WAITING = 50_000;

interface Waiting {
  readonly ballot: StatedBallot;
  readonly candidate: Candidate;
  readonly answer: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

export class CastingQueue {
  readonly #log: Pick<ElectionLog, 'admit'>;
  readonly #verify: BallotVerifier;
  readonly #maxWaiting: number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(log: Pick<ElectionLog, 'admit'>, verify: BallotVerifier, maxWaiting = MAX_WAITING) {
    this.#log = log;
    this.#verify = verify;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * The verdict on a ballot, once it is on disk or refused.
   * @throws Problem `overloaded`, `bad-ballot`, `store-failed`.
   */
  cast(ballot: StatedBallot, candidate: Candidate): Promise<Verdict> {
    if (this.#waiting.length >= this.#maxWaiting) throw new Problem('overloaded');
    return new Promise((answer, fail) => {
      this.#waiting.push({ ballot, candidate, answer, fail });
      this.#start();
    });
  }

  #start(): void {
    if (this.#running !== null || this.#waiting.length === 0) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      // What came after the last look.
      this.#start();
    });
  }

  /** When every ballot that has arrived is settled. */
  async drain(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    // Requests that have been read in the same turn join the first batch.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        await this.#settle(batch);
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    const problems = await this.#verify(batch.map(({ ballot }) => ballot));
    const valid = batch.filter(({ fail }, i) => {
      const problem = problems[i];
      if (problem !== null) fail(problem === undefined ? new Problem('internal') : badBallot(problem));
      return problem === null;
    });
    const verdicts = this.#log.admit(valid.map(({ candidate }) => candidate));
    valid.forEach(({ answer, fail }, i) => {
      const verdict = verdicts[i];
      if (verdict === undefined) fail(new Problem('internal'));
      else answer(verdict);
    });
  }
}
