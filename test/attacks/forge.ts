/**
 * Tampered records. Whoever holds the log's key can sign any content, so a forgery builds the log anew over what
 * was edited; whoever holds a role's key signs that role's entries again, so that they fit what was edited. What
 * nobody's key is at hand for stays as it was.
 */

import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { type Bytes, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import type { Entry, EntryOf, EntryType, Role } from '../../src/record/entries.ts';
import {
  encodeEntry,
  entryLeaf,
  isSigned,
  parseEntry,
  signatureOf,
  withSignatures,
} from '../../src/record/envelope.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import { readBlob } from '../../src/record/record-source.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import type { BuiltElection } from '../elections/built-election.ts';
import { keyOf, keyOfSigner } from '../elections/election-plan.ts';

/** An entry on its way into a forged record; to be edited in place. */
export interface Draft<T extends EntryType = EntryType> {
  entry: EntryOf<T>;
  /** Its leaf in the genuine record; null for one that was not there. */
  readonly leaf: string | null;
  /** A tally that keeps the blob that the edit gave it. */
  keepsBlob?: boolean;
  /** Keeps the signature that the edit left, or gave it. */
  keepsSignature?: boolean;
}

function draftsOf({ record }: BuiltElection): Draft[] {
  return record.entries.map((bytes) => ({ entry: parseEntry(bytes), leaf: toBase64Url(entryLeaf(bytes)) }));
}

/** The place of the n-th entry (from 0) of a type. @throws Error if there are not so many. */
export function placeOf(drafts: readonly Draft[], type: EntryType, n = 0): number {
  const places = drafts.flatMap(({ entry }, place) => (entry.type === type ? [place] : []));
  const place = places.at(n);
  if (place === undefined) throw new Error(`no ${type} ${n}`);
  return place;
}

export function draftOf<T extends EntryType>(drafts: readonly Draft[], type: T, n = 0): Draft<T> {
  return drafts[placeOf(drafts, type, n)] as unknown as Draft<T>;
}

function renamedIn(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((now, [old, name]) => now.replaceAll(`"${old}"`, `"${name}"`), text);
}

function renamed(entry: Entry, names: ReadonlyMap<string, string>): Entry {
  return JSON.parse(renamedIn(JSON.stringify(entry), names)) as Entry;
}

/** The same entry, signed again by its role for the log as it stands. */
async function signAgain(
  seed: string,
  draft: Draft,
  names: ReadonlyMap<string, string>,
  record: MemoryRecord,
) {
  const entry = renamed(draft.entry, names);
  if (!isSigned(entry)) return entry;
  const { sigs, ...unsigned } = entry;
  const seen = { size: record.tree.size, root: toBase64Url(record.tree.root()) };
  if (unsigned.type !== 'manifest') unsigned.seen = seen;
  if (unsigned.type === 'closing') Object.assign(unsigned.body, seen);
  if (unsigned.type === 'tally' && !draft.keepsBlob) {
    const { tally } = await verifyRecord(record);
    if (tally !== null) unsigned.body.blob = record.addBlob(tally.bytes);
  }
  if (unsigned.type === 'result') {
    const published = new TextDecoder().decode(await readBlob(record, unsigned.body.blob));
    unsigned.body.blob = record.addBlob(toUtf8(renamedIn(published, names)));
  }
  return withSignatures(
    unsigned,
    sigs.map((own) => signatureOf(unsigned, own.role, own.i, keyOfSigner(seed, own))),
  );
}

/**
 * @param roles whose keys the attacker has, besides the log's.
 * @param edit changes the drafts: their entries, or their order and number.
 */
export async function forge(
  built: BuiltElection,
  roles: readonly Role[],
  edit: (drafts: Draft[], record: MemoryRecord) => void | Promise<void>,
): Promise<MemoryRecord> {
  const { seed } = built.plan;
  const blobs = [...built.record.files].filter(([path]) => /^(?:blob|linked)\//.test(path));
  const record = new MemoryRecord(built.record.origin, keyOf(seed, 'log'), [], blobs);
  const drafts = draftsOf(built);
  await edit(drafts, record);
  const names = new Map<string, string>();
  for (const draft of drafts) {
    const { entry } = draft;
    const again =
      isSigned(entry) && entry.sigs.every(({ role }) => roles.includes(role)) && !draft.keepsSignature;
    const bytes = encodeEntry(again ? await signAgain(seed, draft, names, record) : entry);
    if (draft.leaf !== null) names.set(draft.leaf, toBase64Url(entryLeaf(bytes)));
    record.appendUnchecked(bytes);
  }
  return record;
}

/** A record of any bytes whatever, under the log's own key. */
export function relog(built: BuiltElection, entries: readonly Bytes[]): MemoryRecord {
  return new MemoryRecord(built.record.origin, keyOf(built.plan.seed, 'log'), entries, built.record.files);
}

/** The published bytes of a document with one change. */
export function editedDocument(bytes: Bytes, edit: (document: Record<string, Json>) => void): Bytes {
  const document = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Json>;
  edit(document);
  return encodeCanonical(document);
}
