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
import { entryLeaf, parseDocument, parseEntry } from '../record/envelope.ts';
import { examine, examineSignatures } from '../record/grammar.ts';
import type { Item } from '../record/item.ts';
import { nameBlob } from '../record/record-source.ts';
import { RollIndex } from '../record/roll-index.ts';
import { rollDocument } from '../roll/roll-document.ts';
import { blobNames } from './entry-blobs.ts';
import type { RecordStore, StoredEntry } from './store/record-store.ts';

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

export interface LoadedElection {
  readonly state: ElectionState;
  /** From the opening on. */
  readonly context: BallotContext | null;
}

/** @throws DamagedRecord with the index of the first entry at fault. */
export function loadElection(store: RecordStore, election: string): LoadedElection {
  let loaded: LoadedElection | undefined;
  for (const stored of store.entries(election)) {
    const at = loaded?.state.tree.size ?? 0;
    try {
      loaded = takeStored(store, loaded, stored);
    } catch (error) {
      throw new DamagedRecord(election, at, error instanceof Error ? error.message : 'unreadable');
    }
  }
  if (loaded === undefined) throw new DamagedRecord(election, 0, 'no entries are stored');
  if (loaded.state.election !== election)
    throw new DamagedRecord(election, 0, 'not the manifest of this election');
  checkCheckpoints(store, loaded.state);
  return loaded;
}

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
    return { state, context: null };
  }
  const { state, context } = loaded;
  const item = { index: next, leaf, entry, fingerprint: fingerprintOf(entry, context) };
  refuseProblems([...examineSignatures(state.manifest, entry), ...examine(state, item)]);
  return { state, context: takeEntry(state, item, blobs) ?? context };
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
 * Takes an entry without problems into the state: with the roll its voters, with the opening the context of
 * ballots, which is returned.
 */
export function takeEntry(
  state: ElectionState,
  item: Item,
  blobs: readonly Bytes[],
): BallotContext | undefined {
  apply(state, item, []);
  const { entry } = item;
  const [blob] = blobs;
  if (entry.type === 'roll' && blob !== undefined) {
    useRoll(state, new RollIndex(parseDocument(rollDocument, blob, 'roll')));
  }
  if (entry.type !== 'opening') return undefined;
  const { election, manifest } = state;
  return ballotContext({ election, ctx: toBase64Url(item.leaf), key: entry.body.key, manifest });
}

/** Every checkpoint has the root of its size; the last one covers all entries and is signed by the log. */
function checkCheckpoints(store: RecordStore, { election, manifest, tree }: ElectionState): void {
  let covered = 0;
  let last: Bytes | undefined;
  for (const { size, note } of store.checkpoints(election)) {
    const whole = size <= tree.size;
    if (!whole)
      throw new DamagedRecord(election, tree.size, `is missing; a checkpoint covers ${size} entries`);
    const same = rootOf(note, size);
    if (same === undefined || !equalBytes(same, tree.root(size))) {
      const range = size - covered > 1 ? `one of the entries ${covered} to ${size - 1}` : 'it';
      throw new DamagedRecord(
        election,
        covered,
        `${range} is not what the checkpoint of ${size} entries covers`,
      );
    }
    covered = size;
    last = note;
  }
  if (last === undefined || covered !== tree.size) {
    throw new DamagedRecord(election, covered, 'no checkpoint covers it');
  }
  try {
    openCheckpoint(last, parseVerifierKey(manifest.log));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable';
    throw new DamagedRecord(election, covered - 1, `the checkpoint of ${covered} entries: ${why}`);
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
