/**
 * `teller export`: a copy of a record, complete (docs/protocol.md §8.2), for publishing elsewhere or for keeping.
 * Every file is compared with the log as it is copied: tiles with the entries, entries with the checkpoint, blobs
 * with their names. The source is hostile; what roles signed and votes are for `teller verify`.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Command } from 'commander';
import type { ManifestBody } from '../ballot/manifest.ts';
import { openCheckpoint } from '../board/checkpoint.ts';
import { checkHashTiles, readEntries } from '../board/log-reader.ts';
import { MerkleTree } from '../board/merkle-tree.ts';
import { parseVerifierKey } from '../board/note.ts';
import type { BlobName } from '../codec/fields.ts';
import { type Bytes, equalBytes } from '../crypto/bytes.ts';
import { parseEntry } from '../record/envelope.ts';
import { MOMENTS_PATH, parseMoments } from '../record/moments.ts';
import {
  blobPath,
  blobsOf,
  CHECKPOINT_PATH,
  linkedPath,
  linkedSource,
  nameBlob,
  type RecordSource,
  readBlob,
  readCheckpoint,
  readCheckpointNote,
  readManifest,
} from '../record/record-source.ts';
import { witnessedPath } from '../tally/verify/check-times.ts';
import { CannotRun } from './exit.ts';
import { type Progress, startProgress } from './progress.ts';
import { openSource } from './sources.ts';

/** Where the copy goes. */
export interface Destination {
  write(path: string, bytes: Bytes): Promise<void>;
  /** Makes the copy appear at its place, whole. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** A sibling folder that takes the name at the end, so that an export is whole or not there. */
async function folderDestination(folder: string): Promise<Destination> {
  const target = resolve(folder);
  const present = await readdir(target).catch(() => undefined);
  if (present !== undefined && present.length > 0)
    throw new CannotRun(`${folder} is there already and not empty`);
  await mkdir(dirname(target), { recursive: true });
  const partial = await mkdtemp(`${target}.partial-`);
  return {
    async write(path, bytes) {
      const file = join(partial, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
    async finish() {
      if (present !== undefined) await rm(target, { recursive: true });
      await rename(partial, target);
    },
    abandon: () => rm(partial, { recursive: true, force: true }),
  };
}

/** Entries without times and owners: the same record gives the same archive. */
async function archiveDestination(file: string): Promise<Destination> {
  const target = resolve(file);
  await mkdir(dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  const { pack } = await import('tar-stream');
  const archive = pack();
  const output = createWriteStream(partial);
  const written = finished(
    file.endsWith('gz') ? archive.pipe(createGzip()).pipe(output) : archive.pipe(output),
  );
  return {
    async write(path, bytes) {
      archive.entry({ name: path, size: bytes.length, mtime: new Date(0), mode: 0o644 }, Buffer.from(bytes));
      if (output.writableNeedDrain) await once(output, 'drain');
    },
    async finish() {
      archive.finalize();
      await written;
      await rename(partial, target);
    },
    async abandon() {
      archive.destroy();
      output.destroy();
      await written.catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

/** Passes on every file that is read, once. One that is read again has to be what was copied. */
function copying(
  source: RecordSource,
  destination: Pick<Destination, 'write'>,
): RecordSource & { readonly files: () => number } {
  const copied = new Map<string, string>();
  return {
    files: () => copied.size,
    async read(path) {
      const bytes = await source.read(path);
      if (bytes === undefined) return undefined;
      const { sha256 } = nameBlob(bytes);
      const before = copied.get(path);
      if (before !== undefined && before !== sha256)
        throw new CannotRun(`${path} changed while it was copied`);
      copied.set(path, sha256);
      if (before === undefined) await destination.write(path, bytes);
      return bytes;
    },
  };
}

/** The checkpoint that everything is compared with, whatever the source answers later. */
function pinned(source: RecordSource, note: Bytes): RecordSource {
  return { read: async (path) => (path === CHECKPOINT_PATH ? note : await source.read(path)) };
}

/** A checkpoint of this log of an earlier size, if there is one. @throws CannotRun, BoardError for anything else. */
async function copyWitnessed(
  copy: RecordSource,
  size: number,
  manifest: ManifestBody,
  tree: MerkleTree,
): Promise<void> {
  const path = witnessedPath(size);
  const note = await copy.read(path);
  if (note === undefined) return;
  const checkpoint = openCheckpoint(note, parseVerifierKey(manifest.log, 'manifest.log'));
  const isOwn = checkpoint.size === size && size <= tree.size && equalBytes(checkpoint.root, tree.root(size));
  if (!isOwn) throw new CannotRun(`${path} is no checkpoint of this log at that size`);
}

interface Copied {
  readonly election: string;
  readonly entries: number;
  readonly files: number;
}

/** A record alone, with the elections that it links to. */
async function copyOne(
  source: RecordSource,
  destination: Pick<Destination, 'write'>,
  bar: Pick<Progress, 'update'>,
): Promise<Copied & { readonly links: readonly string[] }> {
  const note = await readCheckpointNote(source);
  const copy = copying(pinned(source, note), destination);
  const { election, entry: manifest } = await readManifest(copy);
  const { checkpoint } = await readCheckpoint(copy, manifest.body);
  const tree = new MerkleTree();
  const blobs = new Map<string, BlobName>();
  const sizes: number[] = [];
  for await (const { index, bytes, leafHash } of readEntries(copy, checkpoint)) {
    tree.append(leafHash);
    bar.update(index + 1, checkpoint.size);
    const entry = parseEntry(bytes);
    for (const blob of blobsOf(entry)) blobs.set(blobPath(blob.sha256), blob);
    if (entry.type === 'opening' && entry.body.notice !== null) sizes.push(entry.body.notice.size);
    if (entry.type === 'closing') sizes.push(index, index + 1);
    if (entry.type === 'act' && entry.body.act.kind === 'extension') sizes.push(index + 1);
  }
  const moments = await copy.read(MOMENTS_PATH);
  if (moments !== undefined) parseMoments(moments);
  await checkHashTiles(copy, checkpoint.size, tree.node);
  for (const blob of blobs.values()) await readBlob(copy, blob);
  for (const size of new Set(sizes)) await copyWitnessed(copy, size, manifest.body, tree);
  const links = manifest.body.links.map((link) => link.manifest);
  return { election, entries: checkpoint.size, files: copy.files(), links };
}

/** Stops a source that makes up ever more elections. */
const MAX_LINKED = 250;

/** A record, and those of all elections before it that the source has. */
export async function copyRecord(
  source: RecordSource,
  destination: Destination,
  bar: Progress,
): Promise<Copied & { readonly missing: readonly string[] }> {
  const { links, ...own } = await copyOne(source, destination, bar);
  let { files } = own;
  const missing: string[] = [];
  const wanted = new Set(links);
  // A set can be added to while it is gone through.
  for (const manifest of wanted) {
    const linked = linkedSource(source, manifest);
    if ((await linked.read(CHECKPOINT_PATH)) === undefined) {
      missing.push(manifest);
      continue;
    }
    const beside = {
      write: (path: string, bytes: Bytes) => destination.write(linkedPath(manifest, path), bytes),
    };
    const copied = await copyOne(linked, beside, { update: () => undefined });
    if (copied.election !== manifest)
      throw new CannotRun(`the record at linked/${manifest} is of another election`);
    files += copied.files;
    for (const link of copied.links) wanted.add(link);
    if (wanted.size > MAX_LINKED) throw new CannotRun('more elections before this one than can be');
  }
  return { ...own, files, missing };
}

async function exportRecord(from: string, to: string, options: { readonly json?: true }): Promise<void> {
  const source = await openSource(from);
  const destination = /\.(?:tar|tgz|tar\.gz)$/.test(to)
    ? await archiveDestination(to)
    : await folderDestination(to);
  const bar = startProgress('Entries copied', 1);
  let copied: Awaited<ReturnType<typeof copyRecord>>;
  try {
    copied = await copyRecord(source, destination, bar);
    await destination.finish();
  } catch (error) {
    await destination.abandon();
    throw error;
  } finally {
    bar.stop();
  }
  const { election, entries, files, missing } = copied;
  if (options.json)
    process.stdout.write(`${JSON.stringify({ election, entries, files, missing, destination: to })}\n`);
  else {
    process.stdout.write(`${entries} entries in ${files} files of election ${election} are in ${to}.\n`);
    for (const manifest of missing) {
      process.stdout.write(`The source has no record of the linked election ${manifest}.\n`);
    }
    process.stdout.write(`Recount them with: teller verify ${to}\n`);
  }
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('copy a whole record, checking each file')
    .argument('<source>', "a folder, an archive, or the address of an election's page or record")
    .argument('<destination>', 'a new folder, or an archive that ends in .tar, .tar.gz or .tgz')
    .option('--json', 'say what was copied in one line of JSON')
    .action(exportRecord);
}
