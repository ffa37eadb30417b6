/**
 * The record as a trustee reads it: every entry goes through the grammar, and one that is refused stops the
 * trustee. So all trustees have seen the same log up to each entry that they have signed (attack T3). Ballots, checks
 * and replacements are left to the recount. The record is hostile, the name of the election comes from outside.
 */
import { checkManifest } from '../ballot/check-manifest.ts';
import { readEntries } from '../board/log-reader.ts';
import { type Bytes, equalBytes, toBase64Url, toUtf8 } from '../crypto/bytes.ts';
import {
  apply,
  applyUnreadable,
  type ElectionState,
  nextItem,
  openRecord,
} from '../record/election-state.ts';
import { examine, examineSignatures } from '../record/grammar.ts';
import type { Problem } from '../record/problem.ts';
import {
  type PublishedManifest,
  type RecordSource,
  readCheckpoint,
  readManifest,
} from '../record/record-source.ts';
import { TrusteeError } from './errors.ts';

/** A view of the log that was trusted before. */
export interface Seen {
  readonly size: number;
  /** In base64url. */
  readonly root: string;
}

/** What needs the roll to be judged. In their RFC 8785 form, which sorts keys, entries end like this; no others do. */
const VOTING = ['ballot', 'check', 'replacement'].map((type) => toUtf8(`"type":"${type}","v":1}`));
/** Bundles that are asked for before they are needed. */
const AHEAD = 4;

function isVoting(bytes: Bytes): boolean {
  return VOTING.some((ending) => equalBytes(bytes.subarray(-ending.length), ending));
}

export function seenOf({ tree }: ElectionState): Seen {
  return { size: tree.size, root: toBase64Url(tree.root()) };
}

/**
 * The state after all entries of the log.
 * @param election the manifest's leaf that the trustee was asked to serve.
 * @param before the log as this trustee last saw it.
 * @throws TrusteeError `wrong-election`, `bad-manifest`, `split-view`, `bad-record`; RecordError and BoardError
 * for what cannot be read.
 */
export async function readElection(
  record: RecordSource,
  election: string,
  before: Seen | null,
): Promise<ElectionState> {
  const manifest = await readManifest(record);
  checkAnchor(manifest, election);
  const { checkpoint } = await readCheckpoint(record, manifest.entry.body);
  const state = openRecord(manifest.bytes);
  for await (const { index, bytes, leafHash } of readEntries(record, checkpoint, AHEAD)) {
    if (index === 0) {
      checkName(toBase64Url(leafHash), election);
      continue;
    }
    if (isVoting(bytes)) {
      applyUnreadable(state, leafHash);
      continue;
    }
    const item = nextItem(state, bytes);
    const problems = [...examineSignatures(state.manifest, item.entry), ...examine(state, item)];
    refuse('bad-record', `entries[${index}]`, problems);
    apply(state, item, []);
  }
  checkExtends(state, before);
  return state;
}

function checkName(found: string, election: string): void {
  if (found !== election) throw new TrusteeError('wrong-election', 'election', `the record is of ${found}`);
}

function checkAnchor({ entry, election: found }: PublishedManifest, election: string): void {
  checkName(found, election);
  refuse('bad-manifest', 'entries[0]', examineSignatures(entry.body, entry));
  refuse('bad-manifest', 'entries[0].body', checkManifest(entry.body));
}

/** @throws TrusteeError for the first problem, if any. */
function refuse(
  code: 'bad-manifest' | 'bad-record',
  where: string,
  [first]: readonly Pick<Problem, 'field' | 'why'>[],
): void {
  if (first !== undefined) throw new TrusteeError(code, `${where}.${first.field}`, first.why);
}

function checkExtends({ tree }: ElectionState, before: Seen | null): void {
  if (before === null) return;
  if (tree.size < before.size) {
    throw new TrusteeError('split-view', 'checkpoint', `${tree.size} entries; there were ${before.size}`);
  }
  if (toBase64Url(tree.root(before.size)) !== before.root) {
    throw new TrusteeError(
      'split-view',
      'checkpoint',
      `the first ${before.size} entries are not those seen before`,
    );
  }
}
