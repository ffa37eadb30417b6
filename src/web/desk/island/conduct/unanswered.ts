/**
 * What an officer has signed and sent, and the service has not answered: kept in the browser, so that the same bytes
 * can be sent again after a lost connection or a reload, and nothing is done twice. It is meant for everybody, and no
 * secret.
 */
import { z } from 'zod';
import { fromBase64Url } from '../../../../crypto/bytes.ts';
import type { Entry } from '../../../../record/entries.ts';
import { entryLeaf, parseEntry } from '../../../../record/envelope.ts';

const kept = z.strictObject({ entry: z.string(), blobs: z.array(z.string()) });

/** In base64url. */
export type Unanswered = z.infer<typeof kept>;

const keyOf = (election: string): string => `teller/desk/${election}/unanswered`;

/** @param unanswered null once it is answered. */
export function keepUnanswered(election: string, unanswered: Unanswered | null): void {
  try {
    if (unanswered === null) localStorage.removeItem(keyOf(election));
    else localStorage.setItem(keyOf(election), JSON.stringify(unanswered));
  } catch {
    // A browser without storage, or without room: the record tells after a reload.
  }
}

export function readUnanswered(election: string): Unanswered | null {
  try {
    const found = kept.parse(JSON.parse(localStorage.getItem(keyOf(election)) ?? 'null'));
    entryOf(found);
    return found;
  } catch {
    return null;
  }
}

export function entryOf({ entry }: Unanswered): Entry {
  return parseEntry(fromBase64Url(entry));
}

export function leafOf({ entry }: Unanswered): Uint8Array {
  return entryLeaf(fromBase64Url(entry));
}

/** What kind of thing it is, in the words of the catalogue. */
export function kindOf(unanswered: Unanswered): string {
  const entry = entryOf(unanswered);
  return entry.type === 'act' ? entry.body.act.kind : entry.type;
}
