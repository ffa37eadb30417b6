/** An entry at its place in the log, and what later entries need to know of it. */
import type { Bytes } from '../crypto/bytes.ts';
import type { Entry, EntryOf, EntryType } from './entries.ts';

export interface Item {
  /** From 0. */
  readonly index: number;
  readonly leaf: Bytes;
  readonly entry: Entry;
  /** F of a ballot (§6.3), from whoever computed its statement; without it, it is not compared with checked ballots. */
  readonly fingerprint?: Bytes | undefined;
}

export interface Place {
  readonly index: number;
  /** In base64url. */
  readonly leaf: string;
}

export interface Placed<T extends EntryType> extends Place {
  readonly body: EntryOf<T>['body'];
}
