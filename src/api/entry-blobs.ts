/** The blobs that entries name, and what comes with them (docs/protocol.md §5.1). Uploads are hostile. */
import type { BlobName } from '../codec/fields.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Entry } from '../record/entries.ts';
import { nameBlob } from '../record/record-source.ts';
import { Problem } from './problem.ts';
import type { StoredBlob } from './store/record-store.ts';

/** The names in an entry, in order. */
export function blobNames(entry: Entry): BlobName[] {
  if (entry.type === 'manifest') return entry.body.texts.map(({ blob }) => blob);
  return 'blob' in entry.body ? [entry.body.blob] : [];
}

/** The uploads under the names of the entry. @throws Problem `bad-blob` unless they are exactly those named. */
export function matchBlobs(entry: Entry, uploads: readonly Bytes[]): StoredBlob[] {
  const named = uploads.map((bytes) => ({ ...nameBlob(bytes), content: bytes }));
  const names = blobNames(entry);
  const missing = names.find(
    ({ sha256, bytes }) => !named.some((own) => own.sha256 === sha256 && own.bytes === bytes),
  );
  if (missing !== undefined) {
    throw new Problem('bad-blob', { field: 'blobs', detail: `blob ${missing.sha256} is missing` });
  }
  const extra = named.findIndex(({ sha256 }) => !names.some((name) => name.sha256 === sha256));
  if (extra >= 0) {
    throw new Problem('bad-blob', { field: `blobs[${extra}]`, detail: 'the entry does not name it' });
  }
  return named.map(({ sha256, content }) => ({ sha256, bytes: content }));
}
