/**
 * An election as a member's device knows it: its name comes from the member's link, everything else from the record,
 * and nothing is taken that is not signed by whoever has to, in the log, and bound to that name. The key is that which
 * all trustees have confirmed. Answers of the server are hostile.
 */
import { type BallotContext, ballotContext } from '../../../ballot/ballot-context.ts';
import { type ManifestBody, type TextsDocument, textsDocument } from '../../../ballot/manifest.ts';
import type { Json } from '../../../codec/canonical-json.ts';
import { encodeCanonical } from '../../../codec/canonical-json.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../../../crypto/bytes.ts';
import {
  type Entry,
  type EntryOf,
  type EntryType,
  type TallyDocument,
  tallyDocument,
} from '../../../record/entries.ts';
import {
  electionName,
  entryLeaf,
  isSigned,
  parseDocument,
  parseEntry,
  verifyEntrySignatures,
} from '../../../record/envelope.ts';
import { type Receipt, receipt, verifyReceipt } from '../../../record/receipt.ts';
import { blobPath, nameBlob } from '../../../record/record-source.ts';
import { type RollLine, rollLine } from '../../../roll/roll-document.ts';
import { verifyLine } from '../../../roll/roll-tree.ts';
import { get, getBytes } from './requests.ts';

/** What the server shows is not what it has to be. */
export class Untrue extends Error {
  override readonly name = 'Untrue';
}

/** An entry of the log, verified. */
interface Milestone<E extends Entry = Entry> {
  readonly entry: E;
  readonly leaf: string;
  readonly receipt: Receipt;
}

export type Phase = 'preparing' | 'abandoned' | 'scheduled' | 'open' | 'closed' | 'counted';

export interface MemberElection {
  readonly election: string;
  readonly manifest: ManifestBody;
  readonly phase: Phase;
  /** Unix seconds; closes null where the officer closes. */
  readonly opens: number;
  readonly closes: number | null;
  /** Of the officer who abandoned it. */
  readonly reason: string | null;
  readonly roll: EntryOf<'roll'>['body'] | null;
  /** Null before the opening. */
  readonly context: BallotContext | null;
  /** The tally that the result names. */
  readonly tallyBlob: EntryOf<'tally'>['body']['blob'] | null;
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `act` returns; whatever it throws means that the server has shown something untrue. */
export function holds<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Untrue ? error : new Untrue(String(error));
  }
}

export function parseReceipt(value: Json | undefined): Receipt {
  return holds(() => parseDocument(receipt, encodeCanonical(value ?? null)));
}

interface Shown {
  readonly entry: Entry;
  readonly bytes: Bytes;
  readonly receipt: Receipt;
}

function shownEntries(answer: Json): Shown[] {
  if (!isObject(answer) || !Array.isArray(answer['entries'])) throw new Untrue('milestones');
  return answer['entries'].map((item: Json) => {
    if (!isObject(item)) throw new Untrue('milestones');
    const bytes = encodeCanonical(item['entry'] ?? null);
    return { bytes, entry: holds(() => parseEntry(bytes)), receipt: parseReceipt(item['receipt']) };
  });
}

function manifestOf(shown: readonly Shown[], election: string): ManifestBody {
  const first = shown[0];
  if (first?.entry.type !== 'manifest' || electionName(first.bytes) !== election)
    throw new Untrue('the manifest is not that of the link');
  return first.entry.body;
}

function verified({ entry, bytes, receipt }: Shown, manifest: ManifestBody, election: string): Milestone {
  return holds(() => {
    if (!isSigned(entry)) throw new Untrue(entry.type);
    if (entry.type !== 'manifest' && entry.election !== election) throw new Untrue(`${entry.type}.election`);
    verifyEntrySignatures(entry, manifest);
    verifyReceipt(receipt, { manifest, bytes, voter: null });
    return { entry, leaf: toBase64Url(entryLeaf(bytes)), receipt };
  });
}

function ofType<T extends EntryType>(all: readonly Milestone[], type: T): Milestone<EntryOf<T>>[] {
  const isOfType = (one: Milestone): one is Milestone<EntryOf<T>> => one.entry.type === type;
  return all.filter(isOfType);
}

/** That all trustees have signed the opening's key. */
function checkKey(
  { body }: EntryOf<'opening'>,
  confirms: readonly Milestone<EntryOf<'confirm'>>[],
  manifest: ManifestBody,
) {
  if (manifest.trustees === null) return;
  const same = confirms.filter(
    ({ entry: { body: own } }) =>
      own.attempt === body.attempt && own.key === body.key && own.transcript === body.transcript,
  );
  const { size } = new Set(same.map(({ entry }) => entry.body.i));
  if (size !== manifest.trustees.count) throw new Untrue(`${size} trustees have confirmed the key`);
}

function contextOf(
  election: string,
  manifest: ManifestBody,
  all: readonly Milestone[],
): { readonly context: BallotContext; readonly opens: number } | null {
  const [opening] = ofType(all, 'opening');
  if (opening === undefined) return null;
  const { body } = opening.entry;
  const [roll] = ofType(all, 'roll');
  if (body.manifest !== election || body.roll.root !== roll?.entry.body.root)
    throw new Untrue('the opening is of another election or roll');
  checkKey(opening.entry, ofType(all, 'confirm'), manifest);
  return {
    context: holds(() => ballotContext({ election, ctx: opening.leaf, key: body.key, manifest })),
    opens: body.opens,
  };
}

/** @param now Unix seconds, of this device: what it says of the time is a matter of looks, the server decides. */
function phaseAt(all: readonly Milestone[], opens: number, closes: number | null, now: number): Phase {
  if (ofType(all, 'result').length > 0) return 'counted';
  if (ofType(all, 'closing').length > 0) return 'closed';
  if (ofType(all, 'act').some(({ entry }) => entry.body.act.kind === 'abandonment')) return 'abandoned';
  if (ofType(all, 'opening').length === 0) return 'preparing';
  if (now < opens) return 'scheduled';
  return closes !== null && now >= closes ? 'closed' : 'open';
}

/** @throws Unreachable, Refused; Untrue. */
export async function readElection(election: string, now: number): Promise<MemberElection> {
  const shown = shownEntries(await get(`/elections/${election}/milestones`));
  const manifest = manifestOf(shown, election);
  const all = shown.map((one) => verified(one, manifest, election));
  const opened = contextOf(election, manifest, all);
  const acts = ofType(all, 'act').map(({ entry }) => entry.body.act);
  const closes = acts.findLast((act) => act.kind === 'extension')?.closes ?? manifest.times.closes;
  const opens = opened?.opens ?? manifest.times.opens;
  const [result] = ofType(all, 'result');
  const tally = ofType(all, 'tally').find(({ leaf }) => leaf === result?.entry.body.tally);
  return {
    election,
    manifest,
    phase: phaseAt(all, opens, closes, now),
    opens,
    closes,
    reason: acts.find((act) => act.kind === 'abandonment')?.reason ?? null,
    roll: ofType(all, 'roll')[0]?.entry.body ?? null,
    context: opened?.context ?? null,
    tallyBlob: tally?.entry.body.blob ?? null,
  };
}

async function readBlob<T>(
  election: string,
  name: { readonly sha256: string; readonly bytes: number },
  parse: (bytes: Bytes) => T,
): Promise<T> {
  const bytes = await getBytes(`/elections/${election}/record/${blobPath(name.sha256)}`);
  return holds(() => {
    if (nameBlob(bytes).sha256 !== name.sha256) throw new Untrue('a file is not the one that is named');
    return parse(bytes);
  });
}

/** In the language, or in the first that the election has. @throws Unreachable, Refused, Untrue. */
export function readTexts({ election, manifest }: MemberElection, language: string): Promise<TextsDocument> {
  const named = manifest.texts.find(({ lang }) => lang.split('-')[0] === language) ?? manifest.texts[0];
  if (named === undefined) throw new Untrue('a manifest without texts');
  return readBlob(election, named.blob, (bytes) => parseDocument(textsDocument, bytes));
}

/** The tally that was decrypted; null before the result. @throws Unreachable, Refused, Untrue. */
export async function readTally({ election, tallyBlob }: MemberElection): Promise<TallyDocument | null> {
  if (tallyBlob === null) return null;
  return await readBlob(election, tallyBlob, (bytes) => parseDocument(tallyDocument, bytes));
}

/** The line of a voter number, proved to be on the roll. @throws Unreachable, Refused, Untrue. */
export async function readLine({ election, roll }: MemberElection, voter: number): Promise<RollLine> {
  const answer = await get(`/elections/${election}/voters/${voter}/line`);
  return holds(() => {
    if (!isObject(answer) || roll === null) throw new Untrue('line');
    const line = parseDocument(rollLine, encodeCanonical(answer['line'] ?? null));
    const proof = Array.isArray(answer['proof']) ? answer['proof'] : [];
    verifyLine(
      line,
      voter,
      { root: fromBase64Url(roll.root), size: roll.size },
      proof.map((hash: Json) => fromBase64Url(typeof hash === 'string' ? hash : '*')),
    );
    return line;
  });
}
