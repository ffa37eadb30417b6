/** What a voter's device does, one step at a time: find its place, send a ballot or a check, verify the receipt. */
import * as documents from '../api/documents.ts';
import type { BallotContext } from '../ballot/ballot-context.ts';
import type { Previous } from '../ballot/ballot-entry.ts';
import { type Credential, deriveCredential } from '../ballot/credential.ts';
import { type Token } from '../ballot/token.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { encodeEntry, entryLeaf } from '../record/envelope.ts';
import { type Receipt, verifyReceipt } from '../record/receipt.ts';
import { CannotRun, CheckedFalse } from './exit.ts';
import { type ServerClient, ServerRefusal } from './server-client.ts';

export interface Place {
  readonly credential: Credential;
  readonly college: string;
  readonly weight: number;
  /** The voter number. */
  readonly voter: number;
  readonly head: Head | null;
}

/** The latest link of a credential's chain: the ballot that counts so far, or what made this the credential. */
export interface Head {
  readonly kind: 'ballot' | 'replacement';
  readonly leaf: string;
  readonly receipt: Receipt;
}

export function previousOf(head: Head | null): Previous {
  return head === null ? { kind: 'none' } : { kind: head.kind, leaf: head.leaf };
}

/** @throws CheckedFalse if the log does not promise this entry to this voter. */
export function checkReceipt(
  receipt: Receipt,
  context: BallotContext,
  bytes: Bytes,
  voter: number | null,
): void {
  try {
    verifyReceipt(receipt, { manifest: context.manifest, bytes, voter });
  } catch (error) {
    throw new CheckedFalse(`the server's receipt does not hold: ${String(error)}`);
  }
}

function parseHead(
  given: documents.Head['head'],
  context: BallotContext,
  P: string,
  voter: number,
): Head | null {
  if (given === null) return null;
  const { entry, receipt } = given;
  const own = entry.type === 'ballot' ? entry.body.P : entry.body.new;
  if (own !== P) throw new CheckedFalse("the server shows somebody else's ballot");
  const bytes = encodeEntry(entry);
  checkReceipt(receipt, context, bytes, entry.type === 'ballot' ? voter : null);
  return { kind: entry.type, leaf: toBase64Url(entryLeaf(bytes)), receipt };
}

async function findIn(
  server: ServerClient,
  context: BallotContext,
  token: Token,
  college: string,
): Promise<Place | null> {
  const credential = deriveCredential(token, context.election, college);
  try {
    const found = await server.get(`/elections/${context.election}/heads/${credential.P}`, documents.head);
    const { voter, weight } = found;
    if (found.college !== college)
      throw new CheckedFalse(`the server takes this credential for one of ${found.college}`);
    return { credential, college, weight, voter, head: parseHead(found.head, context, credential.P, voter) };
  } catch (error) {
    if (error instanceof ServerRefusal && error.code === 'unknown-credential') return null;
    throw error;
  }
}

/** Where a token's holder is on the roll, in whichever college. @throws CannotRun if in none. */
export async function findPlace(server: ServerClient, context: BallotContext, token: Token): Promise<Place> {
  for (const { id } of context.manifest.colleges) {
    const place = await findIn(server, context, token, id);
    if (place !== null) return place;
  }
  throw new CannotRun('this token is on the roll of no college of this election: compare it with the letter');
}

/** The ballot box holds another ballot under this credential than the one that this ballot replaces. */
export class Conflict extends CannotRun {
  override readonly name = 'Conflict';
  readonly head: Head | null;

  constructor(head: Head | null) {
    super('the ballot does not follow on the latest one of this credential');
    this.head = head;
  }
}

/**
 * Sends a ballot, once.
 * @returns its receipt, verified.
 * @throws Conflict; ServerRefusal for every other refusal; CheckedFalse for a false receipt; CannotRun where it is
 * not known whether the ballot has arrived.
 */
export async function sendBallot(
  server: ServerClient,
  context: BallotContext,
  { credential: { P }, voter }: Pick<Place, 'credential' | 'voter'>,
  bytes: Bytes,
): Promise<Receipt> {
  let receipt: Receipt;
  try {
    const path = `/elections/${context.election}/ballots`;
    receipt = await server.post(path, { type: 'application/json', bytes }, documents.receipt);
  } catch (error) {
    if (!(error instanceof ServerRefusal) || error.code !== 'stale-link') throw error;
    const shown = documents.conflict.safeParse(error.document);
    throw shown.success ? new Conflict(parseHead(shown.data.head, context, P, voter)) : error;
  }
  checkReceipt(receipt, context, bytes, voter);
  return receipt;
}

/** Records that a ballot was opened. @returns the receipt, verified. */
export async function sendCheck(
  server: ServerClient,
  context: BallotContext,
  voter: number,
  bytes: Bytes,
): Promise<Receipt> {
  const path = `/elections/${context.election}/checks`;
  const receipt = await server.post(path, { type: 'application/json', bytes }, documents.receipt);
  checkReceipt(receipt, context, bytes, voter);
  return receipt;
}
