/** What a member fills in about a problem, what is wrong with it, and sending it. The service's answers are hostile. */
import { tellsToken } from '../../../ballot/token.ts';
import { encodeCanonical, type Json } from '../../../codec/canonical-json.ts';
import { type Dispute, dispute as disputeSchema, type ReceiptFinding } from '../../../record/dispute.ts';
import { parseDocument } from '../../../record/envelope.ts';
import { type Receipt, receipt as receiptSchema } from '../../../record/receipt.ts';
import { nameBlob } from '../../../record/record-source.ts';
import type { Evidence } from './evidence.ts';
import { get, post, Refused, Unreachable } from './requests.ts';

export interface Filled {
  readonly evidence: Evidence;
  /** Whether what it is about was chosen: by the member, or by a page that found it. */
  readonly isChosen: boolean;
  readonly text: string;
  readonly voter: string;
  /** A receipt's code, where no page has handed over a receipt. */
  readonly receipt: string;
}

export function fillIn(evidence: Evidence): Filled {
  return {
    evidence,
    isChosen: evidence.about !== 'other',
    text: '',
    voter: evidence.voter === null ? '' : String(evidence.voter),
    receipt: '',
  };
}

export interface DisputeFault {
  readonly field: 'about' | 'text' | 'voter' | 'receipt';
  readonly kind: 'aboutFault' | 'tooLong' | 'tellsCode' | 'voterFault' | 'receiptFault' | 'receiptIsCode';
}

export type Answer =
  | { readonly kind: 'faults'; readonly faults: readonly DisputeFault[] }
  | { readonly kind: 'lost' | 'too-many' | 'closed' | 'unknown' }
  | {
      readonly kind: 'filed';
      readonly filed: { name: string; finding: ReceiptFinding };
      readonly dispute: Dispute;
    };

/** Without the gaps between groups, and what stands before the code in a link. */
const codeIn = (text: string): string => (text.trim().split('#').at(-1) ?? '').replaceAll(/\s/g, '');

function faultsIn({ isChosen, text, voter, receipt }: Filled): DisputeFault[] {
  const faults: DisputeFault[] = [];
  if (!isChosen) faults.push({ field: 'about', kind: 'aboutFault' });
  if (text.length > 2000) faults.push({ field: 'text', kind: 'tooLong' });
  if (tellsToken(text)) faults.push({ field: 'text', kind: 'tellsCode' });
  if (tellsToken(receipt)) faults.push({ field: 'receipt', kind: 'receiptIsCode' });
  else if (!/^(?:[A-Za-z0-9_-]{43})?$/.test(codeIn(receipt)))
    faults.push({ field: 'receipt', kind: 'receiptFault' });
  if (!/^(?:[1-9][0-9]{0,9})?$/.test(voter.trim())) faults.push({ field: 'voter', kind: 'voterFault' });
  return faults;
}

/** The receipt of a code; null if the ballot box has none. @throws Unreachable, Refused. */
async function receiptOf(election: string, leaf: string): Promise<Receipt | null> {
  try {
    const given = await get(`/elections/${election}/receipts/${leaf}`);
    return parseDocument(receiptSchema, encodeCanonical(given));
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    if (error instanceof Refused && error.code !== 'unknown-entry') throw error;
    // None, or none that can be read: the report says which entry it is about.
    return null;
  }
}

const FINDINGS: readonly string[] = [
  'none',
  'holds',
  'contradicts',
  'incomplete',
  'foreign',
] satisfies ReceiptFinding[];

function findingIn(answer: Json): ReceiptFinding {
  const finding: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'finding') : null;
  return FINDINGS.includes(finding as string) ? (finding as ReceiptFinding) : 'none';
}

/** @param missing says that there is no entry for a receipt. */
async function disputeOf(
  election: string,
  { evidence, text, voter, receipt }: Filled,
  missing: (leaf: string) => string,
): Promise<Dispute> {
  const leaf = codeIn(receipt);
  const looked = leaf === '' ? evidence.receipt : await receiptOf(election, leaf);
  const found = leaf !== '' && looked === null ? missing(leaf) : evidence.found;
  const whole = {
    ...evidence,
    v: 1,
    election,
    text: text.trim(),
    voter: voter.trim() === '' ? null : Number(voter),
    receipt: looked,
    found,
  };
  return parseDocument(disputeSchema, encodeCanonical(whole));
}

/** Sends a report, unless something is wrong with it. */
export async function fileDispute(
  election: string,
  filled: Filled,
  missing: (leaf: string) => string,
): Promise<Answer> {
  const faults = faultsIn(filled);
  if (faults.length > 0) return { kind: 'faults', faults };
  try {
    const dispute = await disputeOf(election, filled, missing);
    const bytes = encodeCanonical(dispute);
    const answer = await post(`/elections/${election}/disputes`, bytes);
    // Its number is that of what was sent, whatever the service says.
    return { kind: 'filed', filed: { name: nameBlob(bytes).sha256, finding: findingIn(answer) }, dispute };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Answer {
  if (!(error instanceof Refused)) return { kind: 'lost' };
  switch (error.code) {
    case 'disputes-closed':
      return { kind: 'closed' };
    case 'too-many-disputes':
      return { kind: 'too-many' };
    case 'unknown-election':
      return { kind: 'unknown' };
    default:
      return { kind: 'lost' };
  }
}
