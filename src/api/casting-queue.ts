/**
 * Ballots on their way into the log, after their form, line of the roll and prev have been found right. All that
 * can be had in anybody's name, since every P is public: so credentials come first, for whatever has arrived. Those
 * who hold theirs go on and are counted; what they alone can cause takes the rest of the work.
 * (Somebody else could change responses in a published ballot, and its credential clause would still hold; but that
 * ballot follows on nothing any more, and its prev is looked at before.)
 *
 * Verification is off the main thread. Ballots are appended in one transaction, and nobody is answered before that
 * has reached the disk. Order of arrival is order in the log, but for further ballots of one voter.
 */
import type {
  BallotProblem,
  BallotVerifier,
  CredentialVerifier,
  StatedBallot,
} from '../ballot/check-ballot.ts';
import type { Candidate, ElectionLog, Verdict } from './election-log.ts';
import { Problem } from './problem.ts';
import { badBallot } from './refusals.ts';
import type { VoterLimit } from './voter-limit.ts';

/** Bounded, so that what is proved goes on while more arrives. */
const MAX_CREDENTIALS = 1024;
/** Bounded, so that few wait for the search if some are bad. */
const MAX_BALLOTS = 256;
const MAX_WAITING = 50_000;

export interface DoorVerifiers {
  readonly credentials: CredentialVerifier;
  readonly ballots: BallotVerifier;
}

interface Waiting {
  readonly ballot: StatedBallot;
  readonly candidate: Candidate;
  /** The number on the roll of P. */
  readonly voter: number;
  readonly answer: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

export class CastingQueue {
  readonly #log: Pick<ElectionLog, 'admit' | 'refusals'>;
  readonly #verify: DoorVerifiers;
  readonly #limit: Pick<VoterLimit, 'count'>;
  readonly #maxWaiting: number;
  #arrived: Waiting[] = [];
  /** Those whose credential is proved. */
  #proved: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(
    log: Pick<ElectionLog, 'admit' | 'refusals'>,
    verify: DoorVerifiers,
    limit: Pick<VoterLimit, 'count'>,
    maxWaiting = MAX_WAITING,
  ) {
    this.#log = log;
    this.#verify = verify;
    this.#limit = limit;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * The verdict on a ballot, once it is on disk or refused.
   * @throws Problem `overloaded`, `bad-ballot`, `too-many-votes`, `store-failed`.
   */
  cast(ballot: StatedBallot, candidate: Candidate, voter: number): Promise<Verdict> {
    if (this.#waiting >= this.#maxWaiting) throw new Problem('overloaded');
    return new Promise((answer, fail) => {
      this.#arrived.push({ ballot, candidate, voter, answer, fail });
      this.#start();
    });
  }

  get #waiting(): number {
    return this.#arrived.length + this.#proved.length;
  }

  #start(): void {
    if (this.#running !== null || this.#waiting === 0) return;
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
    while (this.#waiting > 0) {
      await failingAll(this.#arrived.splice(0, MAX_CREDENTIALS), (batch) => this.#prove(batch));
      await failingAll(this.#takeProved(), (batch) => this.#settle(batch));
    }
  }

  async #prove(batch: readonly Waiting[]): Promise<void> {
    const problems = await this.#verify.credentials(batch.map(({ ballot }) => ballot.credential));
    for (const waiting of passed(batch, problems)) {
      try {
        this.#limit.count(waiting.voter);
        this.#proved.push(waiting);
      } catch (error) {
        waiting.fail(error);
      }
    }
  }

  /** One ballot of each voter: a second one cannot follow on what the first did, unless that turns out bad. */
  #takeProved(): Waiting[] {
    const taken = new Map<number, Waiting>();
    this.#proved = this.#proved.filter((waiting) => {
      if (taken.size >= MAX_BALLOTS || taken.has(waiting.voter)) return true;
      taken.set(waiting.voter, waiting);
      return false;
    });
    return [...taken.values()];
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    // The log has grown since they arrived.
    const due = batch.filter(({ candidate, answer }) => {
      const refusals = this.#log.refusals(candidate);
      if (refusals.length > 0) answer({ refusals });
      return refusals.length === 0;
    });
    if (due.length === 0) return;
    const valid = passed(due, await this.#verify.ballots(due.map(({ ballot }) => ballot)));
    const verdicts = this.#log.admit(valid.map(({ candidate }) => candidate));
    valid.forEach(({ answer, fail }, i) => {
      const verdict = verdicts[i];
      if (verdict === undefined) fail(new Problem('internal'));
      else answer(verdict);
    });
  }
}

/** Does something with a batch; a fault fails each that is not answered. */
async function failingAll(
  batch: readonly Waiting[],
  act: (batch: readonly Waiting[]) => Promise<void>,
): Promise<void> {
  if (batch.length === 0) return;
  try {
    await act(batch);
  } catch (error) {
    for (const { fail } of batch) fail(error);
  }
}

/** Those without a problem; the others are told theirs. */
function passed(batch: readonly Waiting[], problems: readonly (BallotProblem | null)[]): Waiting[] {
  return batch.filter(({ fail }, i) => {
    const problem = problems[i];
    if (problem !== null) fail(problem === undefined ? new Problem('internal') : badBallot(problem));
    return problem === null;
  });
}
