/**
 * Challenges that an authenticator is to sign (WebAuthn §13.4.3), for one purpose, for a few minutes, once. Anybody may
 * ask for one, so nothing is kept of it: it says when it ends, under a key of this process. Only those that were signed
 * are kept, until they end. Whoever was signing in while the service started again begins anew. Challenges that come in
 * are hostile.
 *
 *     challenge = said ‖ HMAC-SHA-256(key, said ‖ purpose),  said = 24 random bytes ‖ u64(ends)
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fromBase64Url } from '../../crypto/bytes.ts';

export const CHALLENGE_SECONDS = 180;
const RANDOM_BYTES = 24;
const SAID_BYTES = RANDOM_BYTES + 8;
const CHALLENGE_BYTES = SAID_BYTES + 32;

/** Null for what is no encoding of so many bytes. */
function decoded(challenge: string): Buffer | null {
  try {
    const bytes = Buffer.from(fromBase64Url(challenge));
    return bytes.length === CHALLENGE_BYTES ? bytes : null;
  } catch {
    return null;
  }
}

export class Challenges {
  readonly #clock: () => number;
  readonly #key = randomBytes(32);
  #latest = 0;
  /** Those that were taken, and when they end. */
  readonly #taken = new Map<string, number>();

  /** @param clock Unix seconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Never goes back: what was forgotten as too old stays too old. */
  #now(): number {
    this.#latest = Math.max(this.#latest, this.#clock());
    return this.#latest;
  }

  #seal(said: Buffer, purpose: string): Buffer {
    return createHmac('sha256', this.#key).update(said).update(purpose).digest();
  }

  /** base64url. */
  make(purpose: string): string {
    const said = Buffer.concat([randomBytes(RANDOM_BYTES), Buffer.alloc(8)]);
    said.writeBigUInt64BE(BigInt(this.#now() + CHALLENGE_SECONDS), RANDOM_BYTES);
    return Buffer.concat([said, this.#seal(said, purpose)]).toString('base64url');
  }

  /** When it ends; null unless it was made for this, is not too old, and was not taken. */
  #endsOf(challenge: string, purpose: string): number | null {
    const bytes = decoded(challenge);
    if (bytes === null || this.#taken.has(challenge)) return null;
    const said = bytes.subarray(0, SAID_BYTES);
    if (!timingSafeEqual(this.#seal(said, purpose), bytes.subarray(SAID_BYTES))) return null;
    const ends = Number(said.readBigUInt64BE(RANDOM_BYTES));
    return this.#now() < ends ? ends : null;
  }

  /** Whether it was made for this, is not too old, and was not taken. */
  isOpen(challenge: string, purpose: string): boolean {
    return this.#endsOf(challenge, purpose) !== null;
  }

  /** Takes what an authenticator has signed. @returns as `isOpen`; from then on it is not. */
  take(challenge: string, purpose: string): boolean {
    const ends = this.#endsOf(challenge, purpose);
    if (ends === null) return false;
    for (const [taken, end] of this.#taken) if (end <= this.#latest) this.#taken.delete(taken);
    this.#taken.set(challenge, ends);
    return true;
  }
}
