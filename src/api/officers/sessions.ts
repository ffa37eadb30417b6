/**
 * Sessions of officers who are signed in at the desk. The cookie has 256 random bits, and the database their hash alone:
 * whoever reads the database cannot sign in. The hash needs no salt and no work, as of any key of 256 random bits.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { OfficerStore, Session } from './store/officer-store.ts';

/** A session ends when nobody has used it for so long, and in any case so long after it was started. */
export const IDLE_SECONDS = 30 * 60;
export const LONGEST_SECONDS = 12 * 60 * 60;
/** Of one officer at a time: signing in on one more device ends the one that was not used for longest. */
export const MOST_SESSIONS = 5;
/** Whoever finds a session open later can make no passkey in it that would outlast it. */
const FRESH_SECONDS = 10 * 60;
/** The last use is written at most so often. */
const TOUCH_SECONDS = 60;
const TOKEN_BYTES = 32;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

export class Sessions {
  readonly #store: OfficerStore;
  /** Unix seconds. */
  readonly #clock: () => number;

  constructor(store: OfficerStore, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * @param passkey that signed the officer in; null for the officer's key.
   * @param before the cookie that the browser had until now: what it opened ends.
   * @returns the cookie's value, which is kept nowhere here.
   */
  start(officer: string, passkey: string | null, before?: string): string {
    const now = this.#clock();
    if (before !== undefined) this.end(before);
    this.#store.endSessionsBefore(now - LONGEST_SECONDS, now - IDLE_SECONDS);
    this.#store.endOldestSessionsOf(officer, MOST_SESSIONS - 1);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#store.addSession({ sha256: hashOf(token), officer, started: now, used: now, passkey });
    return token;
  }

  /** The session of a cookie, which is thereby used; null for one that has ended or never was. */
  use(token: string): Session | null {
    const session = this.#store.session(hashOf(token));
    if (session === undefined) return null;
    const now = this.#clock();
    if (now >= session.started + LONGEST_SECONDS || now >= session.used + IDLE_SECONDS) {
      this.#store.endSession(session.sha256);
      return null;
    }
    if (now < session.used + TOUCH_SECONDS) return session;
    this.#store.touchSession(session.sha256, now);
    return { ...session, used: now };
  }

  isFresh({ started }: Session): boolean {
    return this.#clock() < started + FRESH_SECONDS;
  }

  end(token: string): void {
    this.#store.endSession(hashOf(token));
  }

  endAllOf(officer: string): void {
    this.#store.endSessionsOf(officer);
  }
}
