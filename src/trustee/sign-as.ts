/** Signing entries as trustee i (docs/protocol.md §5.1). */
import type { Bytes } from '../crypto/bytes.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import { encodeEntry, signEntry, unsignedEntry } from '../record/envelope.ts';
import { type KeyFile, type SignedType, signingKeyOf } from './key-file.ts';
import { seenOf } from './read-election.ts';

/** The published bytes of a new entry whose `seen` is the log as it stands. */
export function signAs<T extends SignedType>(
  file: KeyFile,
  state: ElectionState,
  i: number,
  type: T,
  body: EntryOf<T>['body'],
): Bytes {
  const unsigned = unsignedEntry<T>({ election: state.election, seen: seenOf(state) }, type, body);
  return encodeEntry(signEntry(unsigned, 'trustee', i, signingKeyOf(file)));
}
