/**
 * Challenges that an authenticator is to sign: 256 random bits, for one purpose, for a few minutes, once. They are in
 * memory: whoever was signing in while the service started again begins anew.
 */
import { randomBytes } from 'node:crypto';

export const CHALLENGE_SECONDS = 180;
/** Anybody may ask for one: beyond so many the oldest goes. */
const MOST = 20_000;
const CHALLENGE_BYTES = 32;

export class Challenges {
  /** Unix seconds. */
  readonly #clock: () => number;
  /** By challenge, the oldest first. */
  readonly #open = new Map<string, { readonly purpose: string; readonly ends: number }>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** base64url. */
  make(purpose: string): string {
    const now = this.#clock();
    for (const [challenge, { ends }] of this.#open) {
      if (ends > now && this.#open.size < MOST) break;
      this.#open.delete(challenge);
    }
    const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
    this.#open.set(challenge, { purpose, ends: now + CHALLENGE_SECONDS });
    return challenge;
  }

  /** Whether it was made for this, is not too old, and was never asked about before. */
  take(challenge: string, purpose: string): boolean {
    const found = this.#open.get(challenge);
    this.#open.delete(challenge);
    return found !== undefined && found.purpose === purpose && this.#clock() < found.ends;
  }
}
