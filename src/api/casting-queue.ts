/**
 * Ballots and checks on their way into the log, after their form, line of the roll and prev have been found right.
 * All that can be had in anybody's name, since every P is public: so credentials come first, for whatever has
 * arrived. Those who hold theirs go on and are counted; what they alone can cause takes the rest of the work. For a
 * check there is no rest.
 * (Somebody else could change responses in a published ballot, and its credential clause would still hold; but that
 * ballot follows on nothing any more, and its prev is looked at before.)
 *
 * Verification is off the main thread. Entries are appended in one transaction, and nobody is answered before that
 * has reached the disk. Order of arrival is order in the log, but for further entries of one voter.
 */
import type {
  BallotProblem,
  BallotVerifier,
  CredentialVerifier,
  StatedBallot,
} from '../ballot/check-ballot.ts';
import type { CredentialClause } from '../crypto/proofs/credential-clause.ts';
import type { Candidate, ElectionLog, Verdict } from './election-log.ts';
import { Problem } from './problem.ts';
import { badBallot } from './refusals.ts';
import type { VoterLimit } from './voter-limit.ts';

/** Bounded, so that what is proved goes on while more arrives. */
const MAX_CREDENTIALS = 1024;
/** Bounded, so that few wait for the search if some are bad. */
const MAX_BALLOTS = 256;
/** Of all that wait; their bytes are a quarter of what they take up here. */
const MOST_WAITING: Waiting = { entries: 50_000, bytes: 64 * 2 ** 20 };

export interface DoorVerifiers {
  readonly credentials: CredentialVerifier;
  readonly ballots: BallotVerifier;
}

interface Waiting {
  readonly entries: number;
  readonly bytes: number;
}

/** A ballot, or the one equation of a check. */
export type Stated = StatedBallot | { readonly credential: CredentialClause; readonly statement?: undefined };

interface Vote {
  readonly stated: Stated;
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
  readonly #most: Waiting;
  #arrived: Vote[] = [];
  /** Those whose credential is proved. */
  #proved: Vote[] = [];
  #bytes = 0;
  #running: Promise<void> | null = null;

  constructor(
    log: Pick<ElectionLog, 'admit' | 'refusals'>,
    verify: DoorVerifiers,
    limit: Pick<VoterLimit, 'count'>,
    most = MOST_WAITING,
  ) {
    this.#log = log;
    this.#verify = verify;
    this.#limit = limit;
    this.#most = most;
  }

  /**
   * The verdict on a ballot or check, once it is on disk or refused.
   * @throws Problem `overloaded`, `bad-ballot` or `bad-check`, `too-many-votes`, `store-failed`.
   */
  cast(stated: Stated, candidate: Candidate, voter: number): Promise<Verdict> {
    const { length } = candidate.bytes;
    if (this.#waiting >= this.#most.entries || this.#bytes + length > this.#most.bytes) {
      throw new Problem('overloaded');
    }
    this.#bytes += length;
    return new Promise<Verdict>((answer, fail) => {
      this.#arrived.push({ stated, candidate, voter, answer, fail });
      this.#start();
    }).finally(() => {
      this.#bytes -= length;
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

  /** When all that has arrived is settled. */
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

  async #prove(batch: readonly Vote[]): Promise<void> {
    const problems = await this.#verify.credentials(batch.map(({ stated }) => stated.credential));
    for (const vote of passed(batch, problems)) {
      try {
        this.#limit.count(vote.voter);
        this.#proved.push(vote);
      } catch (error) {
        vote.fail(error);
      }
    }
  }

  /** One of each voter: a second ballot cannot follow on what the first did, unless that turns out bad. */
  #takeProved(): Vote[] {
    const taken = new Map<number, Vote>();
    this.#proved = this.#proved.filter((vote) => {
      if (taken.size >= MAX_BALLOTS || taken.has(vote.voter)) return true;
      taken.set(vote.voter, vote);
      return false;
    });
    return [...taken.values()];
  }

  async #settle(batch: readonly Vote[]): Promise<void> {
    // The log has grown since they arrived.
    const due = batch.filter(({ candidate, answer }) => {
      const refusals = this.#log.refusals(candidate);
      if (refusals.length > 0) answer({ refusals });
      return refusals.length === 0;
    });
    const valid = await this.#verifyBallots(due);
    if (valid.length === 0) return;
    const verdicts = this.#log.admit(valid.map(({ candidate }) => candidate));
    valid.forEach(({ answer, fail }, i) => {
      const verdict = verdicts[i];
      if (verdict === undefined) fail(new Problem('internal'));
      else answer(verdict);
    });
  }

  /** Those that are valid: of a check everything has been proved. */
  async #verifyBallots(due: readonly Vote[]): Promise<readonly Vote[]> {
    const ballots = due.flatMap(({ stated }) => (isBallot(stated) ? [stated] : []));
    if (ballots.length === 0) return due;
    const problems = (await this.#verify.ballots(ballots)).values();
    return passed(
      due,
      due.map(({ stated }) => (isBallot(stated) ? problems.next().value : null)),
    );
  }
}

const isBallot = (stated: Stated): stated is StatedBallot => stated.statement !== undefined;

/** Does something with a batch; a fault fails each that is not answered. */
async function failingAll(
  batch: readonly Vote[],
  act: (batch: readonly Vote[]) => Promise<void>,
): Promise<void> {
  if (batch.length === 0) return;
  try {
    await act(batch);
  } catch (error) {
    for (const { fail } of batch) fail(error);
  }
}

/** Those without a problem; the others are told theirs. */
function passed(batch: readonly Vote[], problems: readonly (BallotProblem | null | undefined)[]): Vote[] {
  return batch.filter(({ stated, fail }, i) => {
    const problem = problems[i];
    if (problem === null) return true;
    const code = isBallot(stated) ? 'bad-ballot' : 'bad-check';
    fail(problem === undefined ? new Problem('internal') : badBallot(problem, code));
    return false;
  });
}
