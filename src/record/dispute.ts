/**
 * Disputes as members file them (docs/protocol.md §5.8): what is wrong, in a member's words, with a receipt as proof. A
 * dispute says neither how anybody voted nor any code. Officers enter it in the record as an act that names it. What
 * is filed is hostile.
 */
import { z } from 'zod';
import type { ManifestBody } from '../ballot/manifest.ts';
import { openCheckpoint } from '../board/checkpoint.ts';
import { BoardError } from '../board/errors.ts';
import { parseVerifierKey } from '../board/note.ts';
import { hash, positive, text } from '../codec/fields.ts';
import { type Bytes, equalBytes, toUtf8 } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/errors.ts';
import { type ActOf, actsOf } from './acts.ts';
import type { ElectionState } from './election-state.ts';
import { RecordError } from './errors.ts';
import { type Receipt, receipt, verifyInLog } from './receipt.ts';

/** What a dispute is about, in the order in which members are asked. */
export const DISPUTE_SUBJECTS = [
  'not-on-roll',
  'wrong-branch',
  'wrong-ballot',
  'not-recorded',
  'not-counted',
  'not-mine',
  'other',
] as const;

export const dispute = z.strictObject({
  v: z.literal(1),
  election: hash,
  about: z.enum(DISPUTE_SUBJECTS),
  /** The member's own words. */
  text: text(2000),
  voter: positive.nullable(),
  receipt: receipt.nullable(),
  /** F of a ballot that was opened for a check, as the device that files this has it. */
  ballot: hash.nullable(),
  /** What that device found, for whoever looks into it. */
  found: text(300).nullable(),
});
export type Dispute = z.infer<typeof dispute>;

/**
 * What a receipt in a dispute is worth. `holds`: the log has the entry. `contradicts`: the log's key has signed another
 * history than the one that is published, which proves the ballot box at fault. `incomplete`: it is no proof of what it
 * says, under a checkpoint of this log. `foreign`: this log's key has not signed it.
 */
export type ReceiptFinding = 'none' | 'holds' | 'contradicts' | 'incomplete' | 'foreign';

/** The whole published log, or more than the reader wants judged. */
interface Log {
  readonly size: number;
  root(size: number): Bytes;
}

/** @param log the newest there is: a checkpoint of more entries than it has contradicts it. */
export function judgeReceipt(given: Receipt | null, manifest: ManifestBody, log: Log): ReceiptFinding {
  if (given === null) return 'none';
  try {
    const { size, root } = openCheckpoint(toUtf8(given.checkpoint), parseVerifierKey(manifest.log));
    if (size > log.size || !equalBytes(root, log.root(size))) return 'contradicts';
  } catch (error) {
    if (error instanceof BoardError || error instanceof CryptoError) return 'foreign';
    throw error;
  }
  try {
    verifyInLog(given, manifest);
    return 'holds';
  } catch (error) {
    if (error instanceof RecordError || error instanceof CryptoError) return 'incomplete';
    throw error;
  }
}

/** What goes before the name of a dispute in the text of an act. */
const MARK = 'sha256:';

/**
 * The act that enters a dispute in the record: it names the file, and repeats the words, so that they outlast it.
 * @param name the SHA-256 of the dispute's canonical form, base64url.
 */
export function disputeAct(
  { about, text, receipt: own }: Dispute,
  name: string,
  finding: ReceiptFinding,
): ActOf<'dispute'> {
  const index = finding === 'holds' ? (own?.index ?? null) : null;
  return { kind: 'dispute', text: `${MARK}${name}\n${about}\n${text}`.trimEnd(), index };
}

/** What `disputeAct` wrote, read again; null of a text that officers have written themselves. */
export function filedIn(text: string): (Pick<Dispute, 'about' | 'text'> & { readonly name: string }) | null {
  const [, name = '', subject = '', words = ''] =
    /^sha256:([A-Za-z0-9_-]{43})\n([a-z-]+)(?:\n([^]*))?$/.exec(text) ?? [];
  const about = DISPUTE_SUBJECTS.find((one) => one === subject);
  return about === undefined ? null : { name, about, text: words };
}

/** A dispute in the record, and the answers to it. */
export interface EnteredDispute {
  /** Of the act. */
  readonly index: number;
  /** Null for one that was not filed through a page. */
  readonly name: string | null;
  readonly text: string;
  readonly answers: readonly { readonly index: number; readonly text: string }[];
}

/** In log order. */
export function enteredDisputes(state: Pick<ElectionState, 'acts'>): EnteredDispute[] {
  const answers = actsOf(state, 'answer');
  return actsOf(state, 'dispute').map(({ index, act }) => ({
    index,
    name: filedIn(act.text)?.name ?? null,
    text: act.text,
    answers: answers
      .filter((answer) => answer.act.dispute === index)
      .map((answer) => ({ index: answer.index, text: answer.act.text })),
  }));
}
