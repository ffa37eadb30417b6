/**
 * Somebody's signing key while it is open: in the memory of this page alone, until the page is left, its owner locks it,
 * or nothing has happened for half an hour. It signs with `secret`, and is sent nowhere.
 */
import { useEffect, useState } from 'preact/hooks';
import { LockedKeys } from './key-work.ts';
import type { KeyRole, OpenKey } from './signing-keys.ts';

const MILLISECONDS_IDLE = 30 * 60_000;

export interface Sitting {
  readonly key: OpenKey | null;
  /** The key was open, and nothing happened for too long. */
  readonly idled: boolean;
}

/** Of one role in one page. */
export class KeySitting {
  readonly role: KeyRole;
  /** The keys in this browser, locked. */
  readonly keys: LockedKeys;
  #sitting: Sitting = { key: null, idled: false };
  #lastAct = 0;
  readonly #listeners = new Set<(sitting: Sitting) => void>();

  constructor(role: KeyRole) {
    this.role = role;
    this.keys = new LockedKeys(role);
  }

  #change(next: Sitting): void {
    this.#sitting = next;
    for (const listen of this.#listeners) listen(next);
  }

  lock(): void {
    this.#change({ key: null, idled: false });
  }

  #watchIdleness(): void {
    const act = (): void => {
      this.#lastAct = performance.now();
    };
    for (const event of ['pointerdown', 'keydown']) addEventListener(event, act, { passive: true });
    setInterval(() => {
      if (this.#sitting.key !== null && performance.now() - this.#lastAct > MILLISECONDS_IDLE)
        this.#change({ key: null, idled: true });
    }, 30_000);
  }

  /** Keeps a key open for the sitting. */
  hold(key: OpenKey): void {
    if (this.#lastAct === 0) this.#watchIdleness();
    this.#lastAct = performance.now();
    this.#change({ key, idled: false });
  }

  /** As it is now. */
  get current(): Sitting {
    return this.#sitting;
  }

  /** @returns how to stop. */
  follow(listen: (sitting: Sitting) => void): () => void {
    this.#listeners.add(listen);
    listen(this.#sitting);
    return () => void this.#listeners.delete(listen);
  }
}

/** The sitting, followed. */
export function useKeySitting(sitting: KeySitting): Sitting {
  const [now, follow] = useState(sitting.current);
  useEffect(() => sitting.follow(follow), [sitting]);
  return now;
}
