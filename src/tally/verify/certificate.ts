/** An observer's certificate of a recount (docs/protocol.md §5.7): of the log that was recounted, whatever a source answers later. */
import type { UnsignedEntry } from '../../record/envelope.ts';
import type { Recount } from './verify-record.ts';

/** The entry but for its signature, by an observer whom the manifest lists or anybody else. */
export function certificateOf({ log, ok }: Pick<Recount, 'log' | 'ok'>): UnsignedEntry<'recount'> | null {
  if (log === null) return null;
  const { election, size, root, result } = log;
  const seen = { size, root };
  return { v: 1, type: 'recount', election, seen, body: { ...seen, ok, result }, ext: {} };
}

/** Which of the manifest's observers has this public key (base64url), from 1; 0 if none has. */
export function observerWith({ manifest }: Pick<Recount, 'manifest'>, publicKey: string): number {
  return (manifest?.roles.observers.indexOf(publicKey) ?? -1) + 1;
}
