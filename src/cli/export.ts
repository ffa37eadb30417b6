/**
 * `teller export`: a copy of a record, complete (docs/protocol.md §8.2), for publishing elsewhere or for keeping.
 * Every file is compared with the log as it is copied: tiles with the entries, entries with the checkpoint, blobs
 * with their names. The source is hostile; what roles signed and votes are for `teller verify`.
 */

import type { Command } from 'commander';
import type { ManifestBody } from '../ballot/manifest.ts';
import { openCheckpoint } from '../board/checkpoint.ts';
import { checkHashTiles, readEntries } from '../board/log-reader.ts';
import { MerkleTree } from '../board/merkle-tree.ts';
import { parseVerifierKey } from '../board/note.ts';
import type { BlobName } from '../codec/fields.ts';
import { type Bytes, equalBytes } from '../crypto/bytes.ts';
import { parseEntry } from '../record/envelope.ts';
import { RecordError } from '../record/errors.ts';
import { readDisputes } from '../record/filed-disputes.ts';
import { MOMENTS_PATH, parseMoments } from '../record/moments.ts';
import {
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
import type { ReadRecord } from '../web/read-record.ts';
import { RecordReader } from '../web/record-reader.ts';
import { type Destination, openDestination } from './destinations.ts';
import { CannotRun } from './exit.ts';
import { type Progress, startProgress } from './progress.ts';
import { openSource } from './sources.ts';
import { printable } from './verify.ts';

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

/** A record as pages show it; or why it cannot be shown, which does not keep anybody from copying it. */
type Shown = { readonly record: ReadRecord } | { readonly why: string };

interface Copied {
  readonly election: string;
  readonly entries: number;
  readonly files: number;
}

/** Reads for pages what is copied; what it makes of the record decides nothing about the copy. */
class PageReader {
  readonly #reader = new RecordReader();
  #why: string | null = null;

  async take(...next: Parameters<RecordReader['take']>): Promise<void> {
    if (this.#why === null) await this.#try(() => this.#reader.take(...next));
  }

  async finish(...rest: Parameters<RecordReader['finish']>): Promise<Shown> {
    const record = this.#why === null ? await this.#try(async () => this.#reader.finish(...rest)) : undefined;
    return record === undefined ? { why: this.#why ?? '' } : { record };
  }

  async #try<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.#why = error.message;
      return undefined;
    }
  }
}

interface CopiedRecord extends Copied {
  readonly links: readonly string[];
  readonly shown: Shown;
}

/** A record alone, with the elections that it links to. */
async function copyOne(
  source: RecordSource,
  destination: Pick<Destination, 'write'>,
  bar: Pick<Progress, 'update'>,
): Promise<CopiedRecord> {
  // Before the checkpoint: what is filed later may have a receipt of a longer log.
  const beside = copying(source, destination);
  const disputes = await readDisputes(beside);
  const note = await readCheckpointNote(source);
  const copy = copying(pinned(source, note), destination);
  const { election, entry: manifest } = await readManifest(copy);
  const { checkpoint } = await readCheckpoint(copy, manifest.body);
  const tree = new MerkleTree();
  const pages = new PageReader();
  const blobs = new Map<string, BlobName>();
  const sizes: number[] = [];
  for await (const { index, bytes, leafHash } of readEntries(copy, checkpoint)) {
    tree.append(leafHash);
    bar.update(index + 1, checkpoint.size);
    const entry = parseEntry(bytes);
    for (const blob of blobsOf(entry)) blobs.set(blob.sha256, blob);
    if (entry.type === 'opening' && entry.body.notice !== null) sizes.push(entry.body.notice.size);
    if (entry.type === 'closing') sizes.push(index, index + 1);
    if (entry.type === 'act' && entry.body.act.kind === 'extension') sizes.push(index + 1);
    await pages.take({ index, bytes, leafHash, entry }, ({ body }) => readBlob(copy, body.blob));
  }
  const noted = await copy.read(MOMENTS_PATH);
  const moments = noted === undefined ? [] : parseMoments(noted);
  await checkHashTiles(copy, checkpoint.size, tree.node);
  const contents = new Map<string, Bytes>();
  for (const blob of blobs.values()) contents.set(blob.sha256, await readBlob(copy, blob));
  for (const size of new Set(sizes)) await copyWitnessed(copy, size, manifest.body, tree);
  const links = manifest.body.links.map((link) => link.manifest);
  const shown = await pages.finish({ note, moments, disputes }, contents);
  return { election, entries: checkpoint.size, files: beside.files() + copy.files(), links, shown };
}

/** Stops a source that makes up ever more elections. */
const MAX_LINKED = 250;

interface CopiedRecords extends Copied {
  /** Linked elections that the source has not. */
  readonly missing: readonly string[];
  /** By election, the copied one first. */
  readonly shown: ReadonlyMap<string, Shown>;
}

/** A record, and those of all elections before it that the source has. */
export async function copyRecord(
  source: RecordSource,
  destination: Pick<Destination, 'write'>,
  bar: Progress,
): Promise<CopiedRecords> {
  const own = await copyOne(source, destination, bar);
  let { files } = own;
  const missing: string[] = [];
  const shown = new Map([[own.election, own.shown]]);
  const wanted = new Set(own.links);
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
    shown.set(manifest, copied.shown);
    for (const link of copied.links) wanted.add(link);
    if (wanted.size > MAX_LINKED) throw new CannotRun('more elections before this one than can be');
  }
  return { election: own.election, entries: own.entries, files, missing, shown };
}

/** Pages of those that can be shown. @returns why the others cannot. */
async function writePages(destination: Destination, shown: CopiedRecords['shown']): Promise<string[]> {
  const records = new Map<string, ReadRecord>();
  const whys: string[] = [];
  for (const [election, one] of shown) {
    if ('record' in one) records.set(election, one.record);
    else whys.push(`${election} has no pages: ${one.why}`);
  }
  const [first] = shown.keys();
  if (first === undefined || !records.has(first)) return whys;
  // Loaded here, since no other command needs them.
  const [{ CopiedPages }, { bundleRecountIsland }] = await Promise.all([
    import('../web/copied-site.ts'),
    import('../web/islands.ts'),
  ]);
  const pages = new CopiedPages(records, await bundleRecountIsland());
  try {
    for await (const { path, bytes } of pages.files()) await destination.write(path, bytes);
  } catch (error) {
    // Texts or a result that are no such documents.
    if (!(error instanceof RecordError)) throw error;
    whys.push(`not all pages could be written: ${error.message}`);
  }
  return whys;
}

interface ExportOptions {
  readonly json?: true;
  /** False with `--no-pages`. */
  readonly pages: boolean;
}

async function exportRecord(from: string, to: string, options: ExportOptions): Promise<void> {
  const source = await openSource(from);
  const destination = await openDestination(to);
  const bar = startProgress('Entries copied', 1);
  let copied: CopiedRecords;
  let without: string[] = [];
  try {
    copied = await copyRecord(source, destination, bar);
    if (options.pages) without = await writePages(destination, copied.shown);
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
    for (const why of without) process.stdout.write(`${printable(why)}\n`);
    if (options.pages && without.length === 0) process.stdout.write(`Read it from ${to}: index.html.\n`);
    process.stdout.write(`Recount them with: teller verify ${to}\n`);
  }
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('copy a whole record, checking each file, with pages that need no server')
    .argument('<source>', "a folder, an archive, or the address of an election's page or record")
    .argument('<destination>', 'a new folder, or an archive that ends in .tar, .tar.gz or .tgz')
    .option('--no-pages', 'the record alone')
    .option('--json', 'say what was copied in one line of JSON')
    .action(exportRecord);
}
