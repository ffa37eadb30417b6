/**
 * How many ballots and checks of one voter are taken in a minute: each can become an entry that everybody keeps for
 * ever. Only what the holder of the credential has proved to have made is counted; P is public, so anything else
 * would let others lock a member out.
 */
import { Problem } from './problem.ts';
import { WindowLimit } from './window-limit.ts';

const WINDOW_SECONDS = 60;

export class VoterLimit {
  readonly #perMinute: number;
  /** By voter number. */
  readonly #limit: WindowLimit<number>;

  /** @param clock Unix seconds. */
  constructor(perMinute: number, clock: () => number) {
    this.#perMinute = perMinute;
    this.#limit = new WindowLimit({ most: perMinute, seconds: WINDOW_SECONDS }, clock);
  }

  /** Counts one. @throws Problem `too-many-votes`; then nothing is counted. */
  count(voter: number): void {
    const retryAfter = this.#limit.count(voter);
    if (retryAfter === null) return;
    throw new Problem('too-many-votes', { detail: `at most ${this.#perMinute} in a minute`, retryAfter });
  }
}
