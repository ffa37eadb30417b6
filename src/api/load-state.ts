/**
 * Reads a stored log back at start and believes nothing in it: every entry against its place, its leaf and the
 * grammar, every blob against its name, every checkpoint against the tree, and the last one's signature. What
 * was altered, dropped, inserted or moved is named by its index.
 */

import { type BallotContext, ballotContext } from '../ballot/ballot-context.ts';
import { ballotStatement } from '../ballot/check-ballot.ts';
import { openCheckpoint, parseCheckpoint } from '../board/checkpoint.ts';
import { parseNote, parseVerifierKey } from '../board/note.ts';
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { apply, type ElectionState, openRecord, useRoll } from '../record/election-state.ts';
import type { Entry } from '../record/entries.ts';
import { entryLeaf, parseEntry } from '../record/envelope.ts';
import { examine, examineSignatures } from '../record/grammar.ts';
import type { Item } from '../record/item.ts';
import { parseRoll } from '../record/read-roll.ts';
import { nameBlob } from '../record/record-source.ts';
import { RollIndex } from '../record/roll-index.ts';
import type { Roll } from '../roll/flat-lines.ts';
import { blobNames } from './entry-blobs.ts';
import type { RecordStore, StoredCheckpoint, StoredEntry } from './store/record-store.ts';

/** A stored election that is not what was signed: it is not served until somebody has looked. */
export class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord';
  readonly election: string;
  /** Of the first entry at fault. */
  readonly index: number;

  constructor(election: string, index: number, why: string) {
    super(`election ${election}, entry ${index}: ${why}`);
    this.election = election;
    this.index = index;
  }
}

export type RollFrame = Pick<Roll, 'bodies' | 'counts'>;

export interface LoadedElection {
  readonly state: ElectionState;
  /** From the opening on. */
  readonly context: BallotContext | null;
  /** From the roll on: all but its lines, which `state.voters` has. */
  readonly roll: RollFrame | null;
}

/** @throws DamagedRecord with the index of the first entry at fault. */
export function loadElection(store: RecordStore, election: string): LoadedElection {
  const checkpoints = store.checkpoints(election);
  let loaded: LoadedElection | undefined;
  let covered = 0;
  let next = 0;
  for (const stored of store.entries(election)) {
    loaded = takeOrBlame(store, election, loaded, stored);
    const checkpoint = checkpoints[next];
    if (checkpoint?.size !== loaded.state.tree.size) continue;
    checkRoot(loaded.state, checkpoint, covered);
    covered = checkpoint.size;
    next += 1;
  }
  if (loaded === undefined) throw new DamagedRecord(election, 0, 'is missing');
  const missing = checkpoints[next];
  if (missing !== undefined) {
    const { size } = loaded.state.tree;
    throw new DamagedRecord(election, size, `is missing; a checkpoint covers ${missing.size} entries`);
  }
  checkLast(loaded.state, checkpoints.at(-1));
  return loaded;
}

function takeOrBlame(
  store: RecordStore,
  election: string,
  loaded: LoadedElection | undefined,
  stored: StoredEntry,
): LoadedElection {
  try {
    const taken = takeStored(store, loaded, stored);
    if (taken.state.election === election) return taken;
    throw new Error('is not the manifest of this election');
  } catch (error) {
    throw new DamagedRecord(election, loaded?.state.tree.size ?? 0, messageOf(error));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unreadable');

function takeStored(
  store: RecordStore,
  loaded: LoadedElection | undefined,
  stored: StoredEntry,
): LoadedElection {
  const next = loaded?.state.tree.size ?? 0;
  if (stored.index !== next) throw new Error(`is missing; the next one stored is ${stored.index}`);
  const leaf = entryLeaf(stored.bytes);
  if (toBase64Url(leaf) !== stored.leaf) throw new Error('its bytes do not have the leaf that was kept');
  const entry = parseEntry(stored.bytes);
  if (entry.type !== stored.type) throw new Error(`is of type ${entry.type}, not ${stored.type}`);
  const blobs = checkBlobs(store, stored, entry, loaded?.state.election);
  if (loaded === undefined) {
    const state = openRecord(stored.bytes);
    refuseProblems(examineSignatures(state.manifest, entry));
    return { state, context: null, roll: null };
  }
  const { state, context } = loaded;
  const item = { index: next, leaf, entry, fingerprint: fingerprintOf(entry, context) };
  refuseProblems([...examineSignatures(state.manifest, entry), ...examine(state, item)]);
  return { ...loaded, ...takeEntry(state, item, blobs) };
}

function refuseProblems(problems: readonly { readonly why: string; readonly field: string }[]): void {
  const [first] = problems;
  if (first !== undefined) throw new Error(`${first.field}: ${first.why}`);
}

/** The contents of the entry's blobs, each of which has to be stored whole. */
function checkBlobs(
  store: RecordStore,
  stored: StoredEntry,
  entry: Entry,
  election: string | undefined,
): Bytes[] {
  return blobNames(entry).map((name) => {
    const bytes = store.blob(election ?? stored.leaf, name.sha256);
    if (bytes === undefined) throw new Error(`its blob ${name.sha256} is missing`);
    const own = nameBlob(bytes);
    if (own.sha256 !== name.sha256 || own.bytes !== name.bytes)
      throw new Error(`its blob ${name.sha256} was altered`);
    return bytes;
  });
}

/** F of a ballot, from its statement. */
function fingerprintOf(entry: Entry, context: BallotContext | null): Bytes | undefined {
  if (entry.type !== 'ballot' || context === null) return undefined;
  return fromBase64Url(ballotStatement(entry, context).fingerprint);
}

/**
 * Takes an entry without problems into the state, and the roll's voters.
 * @returns what is known from now on: with the roll its bodies, with the opening the context of ballots.
 */
export function takeEntry(
  state: ElectionState,
  item: Item,
  blobs: readonly Bytes[],
): Partial<LoadedElection> {
  apply(state, item, []);
  const { entry } = item;
  const [blob] = blobs;
  if (entry.type === 'roll' && blob !== undefined) {
    const roll = parseRoll(blob);
    useRoll(state, new RollIndex(roll));
    return { roll: { bodies: roll.bodies, counts: roll.counts } };
  }
  if (entry.type !== 'opening') return {};
  const { election, manifest } = state;
  return {
    context: ballotContext({ election, ctx: toBase64Url(item.leaf), key: entry.body.key, manifest }),
  };
}

/** The checkpoint has the root of its size; if not, one of the entries since the checkpoint before is to blame. */
function checkRoot(
  { election, tree }: ElectionState,
  { size, note }: StoredCheckpoint,
  covered: number,
): void {
  const root = rootOf(note, size);
  if (root !== undefined && equalBytes(root, tree.root(size))) return;
  const range = size - covered > 1 ? `one of the entries ${covered} to ${size - 1}` : 'it';
  throw new DamagedRecord(election, covered, `${range} is not what the checkpoint of ${size} entries covers`);
}

/** The last checkpoint covers all entries and is signed by the log. */
function checkLast({ election, manifest, tree }: ElectionState, last: StoredCheckpoint | undefined): void {
  if (last?.size !== tree.size) throw new DamagedRecord(election, last?.size ?? 0, 'no checkpoint covers it');
  try {
    openCheckpoint(last.note, parseVerifierKey(manifest.log));
  } catch (error) {
    throw new DamagedRecord(election, tree.size - 1, `the checkpoint over it: ${messageOf(error)}`);
  }
}

function rootOf(note: Bytes, size: number): Bytes | undefined {
  try {
    const checkpoint = parseCheckpoint(parseNote(note).text);
    return checkpoint.size === size ? checkpoint.root : undefined;
  } catch {
    return undefined;
  }
}
