/**
 * Disputes as they were filed, beside a record (docs/protocol.md §5.8, §8.2): signed by nobody, and no part of it. Each
 * is judged by the record, which says too whether officers have entered and answered it. What was filed is hostile.
 */
import { z } from 'zod';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { hash, unixTime } from '../codec/fields.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { ActOf } from './acts.ts';
import {
  type Dispute,
  disputeAct,
  dispute as disputeSchema,
  type EnteredDispute,
  enteredDisputes,
  judgeReceipt,
  type ReceiptFinding,
} from './dispute.ts';
import type { ElectionState } from './election-state.ts';
import { parseDocument } from './envelope.ts';
import { RecordError } from './errors.ts';
import { nameBlob, type RecordSource } from './record-source.ts';

export const DISPUTES_PATH = 'disputes';
export const disputePath = (name: string): string => `dispute/${name}`;

/** A receipt with a long proof, and as much text as is taken. */
export const MAX_DISPUTE_BYTES = 16 * 2 ** 10;
/** Of an election; as many again that prove the ballot box at fault. */
export const MAX_DISPUTES = 1000;

export interface StoredDispute {
  /** The SHA-256 of the bytes, base64url. */
  readonly sha256: string;
  /** Unix seconds, by the clock of the service. */
  readonly filed: number;
  readonly bytes: Bytes;
}

const listDocument = z.strictObject({
  v: z.literal(1),
  disputes: z.array(z.strictObject({ name: hash, filed: unixTime })).max(2 * MAX_DISPUTES),
});

/** @param filed in the order in which they were. */
export function encodeDisputeList(filed: readonly Omit<StoredDispute, 'bytes'>[]): Bytes {
  return encodeCanonical({
    v: 1,
    disputes: filed.map(({ sha256, filed: time }) => ({ name: sha256, filed: time })),
  });
}

function parseDisputeList(bytes: Bytes): { readonly name: string; readonly filed: number }[] {
  const { disputes } = parseDocument(listDocument, bytes, DISPUTES_PATH);
  if (new Set(disputes.map(({ name }) => name)).size < disputes.length)
    throw new RecordError('bad-field', DISPUTES_PATH, 'names one twice');
  return disputes;
}

/**
 * Those beside a record, each compared with its name; none where there is no list. A list of before the checkpoint has
 * no receipt of a longer log than that: it is read first.
 * @throws RecordError `missing-blob`, `wrong-blob`, `too-long`, and as `parseDocument` does for the list.
 */
export async function readDisputes(source: RecordSource): Promise<StoredDispute[]> {
  const list = await source.read(DISPUTES_PATH);
  const found: StoredDispute[] = [];
  for (const { name, filed } of list === undefined ? [] : parseDisputeList(list)) {
    const path = disputePath(name);
    const bytes = await source.read(path);
    if (bytes === undefined) throw new RecordError('missing-blob', path, 'not published');
    if (bytes.length > MAX_DISPUTE_BYTES)
      throw new RecordError('too-long', path, `over ${MAX_DISPUTE_BYTES} bytes`);
    if (nameBlob(bytes).sha256 !== name) throw new RecordError('wrong-blob', path, 'has another hash');
    found.push({ sha256: name, filed, bytes });
  }
  return found;
}

/** What does not change once a dispute is filed. */
export interface JudgedDispute extends Pick<Dispute, 'about' | 'text' | 'voter' | 'ballot' | 'found'> {
  readonly name: string;
  readonly filed: number;
  /** What its receipt is worth. */
  readonly finding: ReceiptFinding;
  /** For an officer to sign. */
  readonly act: ActOf<'dispute'>;
}

/** @throws RecordError for other bytes than a dispute of this election. */
export function judgeDispute(
  { sha256, filed, bytes }: StoredDispute,
  { election, manifest, tree }: Pick<ElectionState, 'election' | 'manifest' | 'tree'>,
): JudgedDispute {
  const given = parseDocument(disputeSchema, bytes, disputePath(sha256));
  if (given.election !== election)
    throw new RecordError('bad-field', disputePath(sha256), 'of another election');
  const { about, text, voter, ballot, found } = given;
  const finding = judgeReceipt(given.receipt, manifest, tree);
  return {
    name: sha256,
    filed,
    about,
    text,
    voter,
    ballot,
    found,
    finding,
    act: disputeAct(given, sha256, finding),
  };
}

/** With what came of it in the record. */
export interface FollowedDispute extends JudgedDispute {
  readonly state: 'filed' | 'entered' | 'answered';
  /** The entry of the act that names it. */
  readonly entered: number | null;
  readonly answers: EnteredDispute['answers'];
}

/** An act with a dispute's name and other words is an officer's own. */
const isOf = ({ text }: EnteredDispute, { act }: JudgedDispute): boolean => text === act.text;

const isOpen = ({ answers }: Pick<EnteredDispute, 'answers'>): boolean => answers.length === 0;

export function followDispute(judged: JudgedDispute, entered: readonly EnteredDispute[]): FollowedDispute {
  const own = entered.find((one) => isOf(one, judged));
  const answers = own?.answers ?? [];
  const state = own === undefined ? 'filed' : isOpen(own) ? 'entered' : 'answered';
  return { ...judged, state, entered: own?.index ?? null, answers };
}

/** Those filed, in that order; and those that officers have written themselves. */
export function followDisputes(
  judged: ReadonlyMap<string, JudgedDispute>,
  state: Pick<ElectionState, 'acts'>,
): {
  readonly open: number;
  readonly filed: readonly FollowedDispute[];
  readonly others: readonly EnteredDispute[];
} {
  const entered = enteredDisputes(state);
  const filed = [...judged.values()].map((one) => followDispute(one, entered));
  const others = entered.filter((one) => {
    const named = one.name === null ? undefined : judged.get(one.name);
    return named === undefined || !isOf(one, named);
  });
  return { open: [...filed, ...others].filter(isOpen).length, filed, others };
}
