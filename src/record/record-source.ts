/**
 * Reading a published record (docs/protocol.md §8.2): manifest, checkpoint, entries and blobs. What the source
 * returns is hostile.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { ManifestBody } from '../ballot/manifest.ts';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from '../board/checkpoint.ts';
import { type LogSource, readEntries } from '../board/log-reader.ts';
import { parseNote, parseVerifierKey } from '../board/note.ts';
import { encodeTilePath, entryBundles, hashTiles } from '../board/tiles.ts';
import type { BlobName } from '../codec/fields.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import type { Entry, EntryOf } from './entries.ts';
import { electionName, parseEntry } from './envelope.ts';
import { RecordError } from './errors.ts';

/** Published files by their path below the record's address; undefined for one that is not there. */
export type RecordSource = LogSource;

export const CHECKPOINT_PATH = 'checkpoint';

export function blobPath(sha256: string): string {
  return `blob/${sha256}`;
}

/** The path of a file of a linked election's record, beside the record that links to it (docs/protocol.md §8.2). */
export function linkedPath(manifest: string, path: string): string {
  return `linked/${manifest}/${path}`;
}

/** The record of a linked election. Its own links are found where this one is. */
export function linkedSource(source: RecordSource, manifest: string): RecordSource {
  return {
    read: (path) => source.read(path.startsWith('linked/') ? path : linkedPath(manifest, path)),
  };
}

/** The name that a blob is published under. */
export function nameBlob(bytes: Bytes): BlobName {
  return { sha256: toBase64Url(sha256(bytes)), bytes: bytes.length };
}

/** The paths of all tiles of a log of this size. */
export function* tilePaths(size: number): Generator<string, void, void> {
  for (const tile of hashTiles(size)) yield encodeTilePath(tile);
  for (const bundle of entryBundles(size)) yield encodeTilePath(bundle);
}

/** The blobs that an entry names. */
export function blobsOf(entry: Entry): readonly BlobName[] {
  if (entry.type === 'manifest') return entry.body.texts.map(({ blob }) => blob);
  return 'blob' in entry.body ? [entry.body.blob] : [];
}

/** The signed note at `checkpoint`, with nothing verified. @throws RecordError `missing`. */
export async function readCheckpointNote(source: RecordSource): Promise<Bytes> {
  const note = await source.read(CHECKPOINT_PATH);
  if (note === undefined) throw new RecordError('missing', CHECKPOINT_PATH, 'not published');
  return note;
}

export interface PublishedManifest {
  readonly bytes: Bytes;
  readonly entry: EntryOf<'manifest'>;
  /** Its leaf, in base64url: the name of the election. */
  readonly election: string;
}

/**
 * The entry at index 0. That it is in the log is known only once all entries have been read, and that it is the
 * right one only by an anchor from outside.
 * @throws RecordError `missing`, `no-manifest`, and as `parseEntry` does; BoardError for a malformed checkpoint or bundle.
 */
export async function readManifest(source: RecordSource): Promise<PublishedManifest> {
  // The log's key is in the manifest: the size, which only says how wide the first bundle is, is not verified yet.
  const { text } = parseNote(await readCheckpointNote(source));
  for await (const { bytes } of readEntries(source, parseCheckpoint(text))) {
    const entry = parseEntry(bytes);
    if (entry.type !== 'manifest')
      throw new RecordError('no-manifest', 'type', `the first entry is ${entry.type}`);
    return { bytes, entry, election: electionName(bytes) };
  }
  throw new RecordError('no-manifest', 'tile/entries', 'the log is empty');
}

/**
 * The latest checkpoint, verified under the log key of the manifest, and its note.
 * @throws RecordError `missing`; BoardError as `openCheckpoint` and `parseVerifierKey` do.
 */
export async function readCheckpoint(
  source: RecordSource,
  manifest: ManifestBody,
): Promise<{ readonly note: Bytes; readonly checkpoint: Checkpoint }> {
  const note = await readCheckpointNote(source);
  return { note, checkpoint: openCheckpoint(note, parseVerifierKey(manifest.log, 'manifest.log')) };
}

/** A blob by its name. @throws RecordError `missing-blob`; `wrong-blob` for one of another length or hash. */
export async function readBlob(source: RecordSource, name: BlobName): Promise<Bytes> {
  const path = blobPath(name.sha256);
  const bytes = await source.read(path);
  if (bytes === undefined) throw new RecordError('missing-blob', path, 'not published');
  const own = nameBlob(bytes);
  if (own.bytes !== name.bytes)
    throw new RecordError('wrong-blob', path, `${own.bytes} bytes instead of ${name.bytes}`);
  if (own.sha256 !== name.sha256) throw new RecordError('wrong-blob', path, 'has another SHA-256');
  return bytes;
}
