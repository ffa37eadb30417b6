/** Entering what an officer decides: signed in this page on the log as it stands, kept until it is answered. */
import { parseCanonical } from '../../../../codec/canonical-json.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../../../../crypto/bytes.ts';
import type { SigningKey } from '../../../../crypto/ed25519.ts';
import {
  checkReceipt,
  type OfficersType,
  officerWith,
  signAsOfficer,
} from '../../../../officer/sign-entry.ts';
import type { ElectionState } from '../../../../record/election-state.ts';
import type { EntryOf } from '../../../../record/entries.ts';
import { encodeEntry } from '../../../../record/envelope.ts';
import type { Receipt } from '../../../../record/receipt.ts';
import { needsSecond } from '../../../../record/second-officer.ts';
import type { OpenKey } from '../../../keys/signing-keys.ts';
import { Refused } from '../../../member/island/requests.ts';
import { propose, readReceipt, submit } from './answers.ts';
import { entryOf, keepUnanswered, leafOf, type Unanswered } from './unanswered.ts';
import { readState } from './view.ts';

/** What is to be signed. */
export type Made = {
  readonly [T in OfficersType]: {
    readonly type: T;
    readonly body: EntryOf<T>['body'];
    readonly blobs?: readonly Bytes[];
  };
}[OfficersType];

/** @param i which of the manifest's officers signs, from 1, with this key. */
export type Make = (state: ElectionState, i: number, key: SigningKey) => Made | Promise<Made>;

/**
 * Signs what is made on the log as it stands, and hands it in.
 * @throws Unreachable: it is not known whether it was recorded, and the same bytes are kept to be sent again.
 * Refused: nothing was recorded. OfficerError, TrusteeError: nothing was signed, or the receipt does not hold.
 */
export async function enter(election: string, key: OpenKey, make: Make): Promise<Receipt | 'waits'> {
  const state = await readState(election);
  const made = await make(state, officerWith(state.manifest, key.publicKey), key.secret);
  const entry = signAsOfficer(state, made.type, made.body, key.secret);
  return await send(election, state, entry, made.blobs ?? []);
}

/**
 * Hands in an entry that is signed; where the rules ask for two officers, proposes it to the other.
 * @throws as `enter` does.
 */
export async function send(
  election: string,
  state: Pick<ElectionState, 'manifest'>,
  entry: EntryOf<OfficersType | 'replacement'>,
  blobs: readonly Bytes[] = [],
): Promise<Receipt | 'waits'> {
  if (needsSecond(entry, state.manifest)) {
    await propose(election, { entry, blobs: blobs.map(toBase64Url) });
    return 'waits';
  }
  const signed = { entry: toBase64Url(encodeEntry(entry)), blobs: blobs.map(toBase64Url) };
  keepUnanswered(election, signed);
  return await sendAgain(election, state, signed);
}

export async function sendAgain(
  election: string,
  { manifest }: Pick<ElectionState, 'manifest'>,
  signed: Unanswered,
): Promise<Receipt> {
  try {
    const entry = parseCanonical(fromBase64Url(signed.entry));
    const receipt = await submit(election, { entry, blobs: signed.blobs });
    checkReceipt(receipt, ownEntry(signed), { manifest });
    keepUnanswered(election, null);
    return receipt;
  } catch (error) {
    if (error instanceof Refused) keepUnanswered(election, null);
    throw error;
  }
}

type OwnEntry = Parameters<typeof checkReceipt>[1];

function ownEntry(signed: Unanswered): OwnEntry {
  return entryOf(signed) as OwnEntry;
}

/**
 * Whether what was not answered was recorded; it is forgotten if it was.
 * @throws Unreachable; OfficerError for a receipt that does not hold.
 */
export async function wasRecorded(
  election: string,
  state: Pick<ElectionState, 'manifest'>,
  signed: Unanswered,
): Promise<Receipt | null> {
  const receipt = await readReceipt(election, toBase64Url(leafOf(signed)));
  if (receipt === null) return null;
  checkReceipt(receipt, ownEntry(signed), state);
  keepUnanswered(election, null);
  return receipt;
}
