/** A voter's steps at the ballot box, one at a time. What is shown is verified before it is believed. */
import type { BallotContext } from '../../../ballot/ballot-context.ts';
import type { Previous } from '../../../ballot/ballot-entry.ts';
import { type Credential, deriveCredential } from '../../../ballot/credential.ts';
import type { Token } from '../../../ballot/token.ts';
import { encodeCanonical, type Json } from '../../../codec/canonical-json.ts';
import { type Bytes, toBase64Url } from '../../../crypto/bytes.ts';
import { entryLeaf, parseEntry, verifyEntrySignatures } from '../../../record/envelope.ts';
import { type Receipt, type ReceiptSubject, verifyReceipt } from '../../../record/receipt.ts';
import { holds, type MemberElection, parseReceipt, Untrue } from './election.ts';
import { get, post, Refused } from './requests.ts';

/** The latest link of a credential's chain: the ballot that counts so far, or what made this the credential. */
export interface Head {
  readonly kind: 'ballot' | 'replacement';
  readonly leaf: string;
  readonly receipt: Receipt;
}

export interface Place {
  readonly credential: Credential;
  readonly college: string;
  readonly weight: number;
  /** The voter number. */
  readonly voter: number;
  readonly head: Head | null;
}

export function previousOf(head: Head | null): Previous {
  return head === null ? { kind: 'none' } : { kind: head.kind, leaf: head.leaf };
}

const field = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;

function parseHead(
  given: Json | undefined,
  { manifest, election }: Pick<MemberElection, 'manifest' | 'election'>,
  P: string,
  voter: number,
): Head | null {
  if (given === null) return null;
  return holds(() => {
    const bytes = encodeCanonical(field(given, 'entry') ?? null);
    const entry = parseEntry(bytes);
    if (entry.type !== 'ballot' && entry.type !== 'replacement') throw new Untrue(entry.type);
    const own = entry.type === 'ballot' ? entry.body.P : entry.body.new;
    if (own !== P || entry.election !== election) throw new Untrue('somebody else’s ballot');
    if (entry.type === 'replacement') verifyEntrySignatures(entry, manifest);
    const receipt = parseReceipt(field(given, 'receipt'));
    verifyReceipt(receipt, { manifest, bytes, voter: entry.type === 'ballot' ? voter : null });
    return { kind: entry.type, leaf: toBase64Url(entryLeaf(bytes)), receipt };
  });
}

/**
 * What the ballot box has of a credential; null if it knows none. That it is on the roll at this voter number is for the
 * caller to verify. @throws Unreachable, Refused, Untrue.
 */
export async function readHead(
  known: MemberElection,
  P: string,
  college: string,
): Promise<Pick<Place, 'voter' | 'weight' | 'head'> | null> {
  try {
    const found = await get(`/elections/${known.election}/heads/${P}`);
    const [voter, weight] = [Number(field(found, 'voter')), Number(field(found, 'weight'))];
    const weights = known.manifest.colleges.find(({ id }) => id === college)?.weights ?? [];
    if (field(found, 'college') !== college || !Number.isSafeInteger(voter) || !weights.includes(weight))
      throw new Untrue('another college, or no voter number');
    return { voter, weight, head: parseHead(field(found, 'head'), known, P, voter) };
  } catch (error) {
    if (error instanceof Refused && error.code === 'unknown-credential') return null;
    throw error;
  }
}

/** Where a token's holder is on the roll; null if nowhere. @throws Unreachable, Refused, Untrue. */
export async function findPlace(known: MemberElection, token: Token): Promise<Place | null> {
  for (const { id } of known.manifest.colleges) {
    const credential = deriveCredential(token, known.election, id);
    const found = await readHead(known, credential.P, id);
    if (found !== null) return { ...found, credential, college: id };
  }
  return null;
}

/** Another ballot than the one that this one replaces is recorded under the credential. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly head: Head | null;

  constructor(head: Head | null) {
    super('another ballot is recorded');
    this.head = head;
  }
}

/** @returns the receipt, verified. @throws Conflict, Unreachable, Refused, Untrue. */
export async function sendBallot(
  context: BallotContext,
  { credential: { P }, voter }: Pick<Place, 'credential' | 'voter'>,
  bytes: Bytes,
): Promise<Receipt> {
  const { election, manifest } = context;
  let answer: Json;
  try {
    answer = await post(`/elections/${election}/ballots`, bytes);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'stale-link') throw error;
    throw new Conflict(parseHead(error.document['head'] as Json | undefined, context, P, voter));
  }
  return promised(answer, { manifest, bytes, voter });
}

/** The receipt in an answer, if it promises what was sent. */
function promised(answer: Json, subject: ReceiptSubject): Receipt {
  const receipt = parseReceipt(answer);
  holds(() => verifyReceipt(receipt, subject));
  return receipt;
}

/** Records that a ballot was opened. @throws Unreachable, Refused, Untrue. */
export async function sendCheck(context: BallotContext, voter: number, bytes: Bytes): Promise<Receipt> {
  const { election, manifest } = context;
  const answer = await post(`/elections/${election}/checks`, bytes);
  return promised(answer, { manifest, bytes, voter });
}
