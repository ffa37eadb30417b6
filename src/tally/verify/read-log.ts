/**
 * The log of a record as a recount reads it (docs/protocol.md §8): the checkpoint, then every entry once. What
 * the source gives is hostile; whatever is wrong with it is a finding, and the reading goes on as far as it can.
 */
import type { ManifestBody } from '../../ballot/manifest.ts';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from '../../board/checkpoint.ts';
import { BoardError } from '../../board/errors.ts';
import { checkHashTiles, checkRoot, readBundles } from '../../board/log-reader.ts';
import type { NodeReader } from '../../board/merkle.ts';
import type { MerkleTree } from '../../board/merkle-tree.ts';
import { parseNote, parseVerifierKey } from '../../board/note.ts';
import { encodeTilePath, hashTiles } from '../../board/tiles.ts';
import { type Bytes, equalBytes } from '../../crypto/bytes.ts';
import { CHECKPOINT_PATH, type RecordSource } from '../../record/record-source.ts';
import { TallyError } from '../errors.ts';
import { faultOf, told } from './faults.ts';
import type { Findings } from './findings.ts';

export interface PublishedCheckpoint {
  readonly note: Bytes;
  /** Not verified: the log's key is in the manifest. */
  readonly claimed: Checkpoint;
}

/**
 * @returns undefined if it cannot be taken apart: then nothing of the log can be read.
 * @throws TallyError `unreadable` if there is none: then the source is no record.
 */
export async function readClaimedCheckpoint(
  source: RecordSource,
  findings: Findings,
): Promise<PublishedCheckpoint | undefined> {
  const note = await source.read(CHECKPOINT_PATH);
  if (note === undefined)
    throw new TallyError('unreadable', CHECKPOINT_PATH, 'not published: this is no record');
  try {
    return { note, claimed: parseCheckpoint(parseNote(note).text) };
  } catch (error) {
    report(findings, CHECKPOINT_PATH, error);
    return undefined;
  }
}

function report(findings: Findings, where: string, error: unknown): void {
  if (!(error instanceof BoardError)) throw error;
  findings.failed('log', where, told(error));
}

/** Verifies the log's signature on the checkpoint. */
export function checkCheckpoint(
  findings: Findings,
  { note }: PublishedCheckpoint,
  manifest: ManifestBody,
): void {
  findings.looked('log');
  try {
    openCheckpoint(note, parseVerifierKey(manifest.log, 'manifest.log'));
  } catch (error) {
    report(findings, CHECKPOINT_PATH, error);
  }
}

/** Bundles, and small tiles, that are asked for before they are needed. */
const AHEAD = 4;
const TILES_AHEAD = 16;

/** The entries, bundle by bundle; ends early at one that cannot be read. That they are the log's: `checkLogRoot`. */
export async function* logBundles(
  source: RecordSource,
  { claimed }: PublishedCheckpoint,
  findings: Findings,
): AsyncGenerator<readonly Bytes[], void, void> {
  try {
    for await (const bundle of readBundles(source, claimed.size, AHEAD)) {
      findings.looked('log', bundle.length);
      yield bundle;
    }
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    findings.failed('log', error.where, told(error));
  }
}

/** Compares the root of all entries with the checkpoint's, if all could be read. */
export function checkLogRoot(
  tree: Pick<MerkleTree, 'size' | 'root'>,
  { claimed }: PublishedCheckpoint,
  findings: Findings,
): void {
  if (tree.size !== claimed.size) return;
  try {
    checkRoot(tree.root(), claimed);
  } catch (error) {
    report(findings, 'tile/entries', error);
  }
}

/** Entries that differ from the hashes published for them: where a file was edited after it was published. */
async function reportEdited(
  source: RecordSource,
  size: number,
  node: NodeReader,
  findings: Findings,
): Promise<void> {
  for (const tile of hashTiles(size)) {
    if (tile.level !== 0) return;
    const published = await source.read(encodeTilePath(tile));
    for (let i = 0; i < tile.width; i += 1) {
      const index = tile.index * 256 + i;
      const hash = published?.subarray(32 * i, 32 * (i + 1));
      if (hash !== undefined && !equalBytes(hash, node(0, index))) {
        findings.failed('log', `entry ${index}`, faultOf('edited-entry'));
      }
    }
  }
}

/** Compares the published hash tiles with the entries that were read. */
export async function checkTiles(
  source: RecordSource,
  size: number,
  node: NodeReader,
  findings: Findings,
): Promise<void> {
  findings.looked('log');
  if (findings.hasFailed('log')) await reportEdited(source, size, node, findings);
  try {
    await checkHashTiles(source, size, node, TILES_AHEAD);
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    findings.failed('log', error.where, told(error));
  }
}
