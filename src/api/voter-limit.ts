/**
 * How many ballots and checks of one voter are taken in a minute: each can become an entry that everybody keeps for
 * ever. Only what the holder of the credential has proved to have made is counted; P is public, so anything else
 * would let others lock a member out.
 */
import { Problem } from './problem.ts';

const WINDOW_SECONDS = 60;

/** What a service takes of a voter in a minute if it is told nothing else: more than anybody means to send. */
export const VOTES_PER_MINUTE = 30;

/** Fixed windows of the clock's minutes, in memory. */
export class VoterLimit {
  readonly #perMinute: number;
  /** Unix seconds. */
  readonly #clock: () => number;
  #window = 0;
  /** By voter number, in this window. */
  readonly #counts = new Map<number, number>();

  constructor(perMinute: number, clock: () => number) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** Counts one. @throws Problem `too-many-votes`; then nothing is counted. */
  count(voter: number): void {
    const now = this.#clock();
    const window = Math.floor(now / WINDOW_SECONDS);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts.clear();
    }
    const count = (this.#counts.get(voter) ?? 0) + 1;
    if (count > this.#perMinute) {
      const retryAfter = Math.max(1, Math.ceil((window + 1) * WINDOW_SECONDS - now));
      throw new Problem('too-many-votes', { detail: `at most ${this.#perMinute} in a minute`, retryAfter });
    }
    this.#counts.set(voter, count);
  }
}
