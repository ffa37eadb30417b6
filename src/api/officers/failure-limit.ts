/**
 * How often one address may fail to sign in. It spares the server work and its officers the noise; guesses of 256 random
 * bits fail without it. Programs with an officer's key are never counted, so nobody can lock them out.
 */
import type { Context } from 'hono';
import { addressOf } from '../address.ts';
import { Problem } from '../problem.ts';
import { WindowLimit } from '../window-limit.ts';

const A_MINUTE = { most: 10, seconds: 60 };

export class FailureLimit {
  readonly #limit: WindowLimit<string>;

  /** @param clock Unix seconds. */
  constructor(clock: () => number) {
    this.#limit = new WindowLimit(A_MINUTE, clock);
  }

  /** What `judge` finds. @throws Problem `sign-in-failed` for null, `too-many-failures` without asking it. */
  async judge<T>(c: Context, judge: () => T | null | Promise<T | null>): Promise<T> {
    const address = addressOf(c);
    const retryAfter = this.#limit.wait(address);
    if (retryAfter !== null) throw new Problem('too-many-failures', { retryAfter });
    const found = await judge();
    if (found !== null) return found;
    this.#limit.count(address);
    throw new Problem('sign-in-failed');
  }
}
