/**
 * How often one address may fail to sign in. It spares the server work and its officers the noise; guesses of 256 random
 * bits fail without it. Programs with an officer's key are never counted, so nobody can lock them out.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { Problem } from '../problem.ts';

const WINDOW_SECONDS = 60;
const FAILURES_PER_MINUTE = 10;
const LOOPBACK = /^(?:::1|(?:::ffff:)?127\..*)$/;

function peerOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    // Not at a socket.
    return '';
  }
}

/** Where a request is from: a proxy on this machine says for whom it asks, and only the last word is its own. */
function addressOf(c: Context): string {
  const peer = peerOf(c);
  if (!LOOPBACK.test(peer)) return peer;
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || peer;
}

/** Fixed windows of the clock's minutes, in memory. */
export class FailureLimit {
  /** Unix seconds. */
  readonly #clock: () => number;
  #window = 0;
  readonly #failures = new Map<string, number>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** What `judge` finds. @throws Problem `sign-in-failed` for null, `too-many-failures` without asking it. */
  async judge<T>(c: Context, judge: () => T | null | Promise<T | null>): Promise<T> {
    const address = addressOf(c);
    this.#check(address);
    const found = await judge();
    if (found !== null) return found;
    this.#failures.set(address, (this.#failures.get(address) ?? 0) + 1);
    throw new Problem('sign-in-failed');
  }

  #check(address: string): void {
    const now = this.#clock();
    const window = Math.floor(now / WINDOW_SECONDS);
    if (window !== this.#window) {
      this.#window = window;
      this.#failures.clear();
    }
    if ((this.#failures.get(address) ?? 0) < FAILURES_PER_MINUTE) return;
    const retryAfter = Math.max(1, (window + 1) * WINDOW_SECONDS - now);
    throw new Problem('too-many-failures', { retryAfter });
  }
}
