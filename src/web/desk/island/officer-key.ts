/**
 * The officer's signing key while it is open: in the memory of this page alone, until the page is left, the officer
 * locks it, or nothing has happened for half an hour. What it signs: src/officer/sign-entry.ts, with `secret`.
 */
import { useEffect, useState } from 'preact/hooks';
import { browserStore } from '../../keys/browser-store.ts';
import { type OpenKey, SigningKeys } from '../../keys/signing-keys.ts';

const MILLISECONDS_IDLE = 30 * 60_000;

/** The keys in this browser, locked. */
export const keysHere = new SigningKeys(browserStore('teller-officer'), 'officer');

export interface Sitting {
  readonly key: OpenKey | null;
  /** The key was open, and nothing happened for too long. */
  readonly idled: boolean;
}

let sitting: Sitting = { key: null, idled: false };
let lastAct = 0;
const listeners = new Set<(sitting: Sitting) => void>();

function change(next: Sitting): void {
  sitting = next;
  for (const listen of listeners) listen(next);
}

export function lockKey(): void {
  change({ key: null, idled: false });
}

function watchIdleness(): void {
  lastAct = performance.now();
  const act = (): void => {
    lastAct = performance.now();
  };
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, act, { passive: true });
  setInterval(() => {
    if (sitting.key !== null && performance.now() - lastAct > MILLISECONDS_IDLE)
      change({ key: null, idled: true });
  }, 30_000);
}

/** Keeps a key open for the sitting. */
export function holdKey(key: OpenKey): void {
  if (lastAct === 0) watchIdleness();
  lastAct = performance.now();
  change({ key, idled: false });
}

/** The sitting, followed. */
export function useSitting(): Sitting {
  const [now, follow] = useState(sitting);
  useEffect(() => {
    listeners.add(follow);
    follow(sitting);
    return () => void listeners.delete(follow);
  }, []);
  return now;
}
