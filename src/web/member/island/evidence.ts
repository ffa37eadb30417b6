/** What a page hands to the page of reports, behind the `#` of a link: proof, and never a choice or a code. */
import { encodeCanonical } from '../../../codec/canonical-json.ts';
import { fromBase64Url, toBase64Url } from '../../../crypto/bytes.ts';
import { type Dispute, dispute } from '../../../record/dispute.ts';
import { parseDocument } from '../../../record/envelope.ts';

export type Evidence = Omit<Dispute, 'v' | 'election' | 'text'>;

export const NO_EVIDENCE: Evidence = {
  about: 'other',
  voter: null,
  receipt: null,
  ballot: null,
  found: null,
};

/** What devices find is for programs; longer than this it is cut. */
const MOST = 300;

/** The address of the page of reports, in the reader's language. */
export function reportLink(election: string, lang: string, evidence: Partial<Evidence> = {}): string {
  const found = evidence.found?.slice(0, MOST) ?? null;
  const code = toBase64Url(encodeCanonical({ ...NO_EVIDENCE, ...evidence, found }));
  return `/elections/${election}/dispute?lang=${lang}#${code}`;
}

/** @returns none for what is no evidence. */
export function parseEvidence(election: string, fragment: string): Evidence {
  try {
    const bytes = fromBase64Url(fragment);
    const given = JSON.parse(new TextDecoder().decode(bytes)) as Evidence;
    const whole = encodeCanonical({ ...given, v: 1, election, text: '' });
    const { about, voter, receipt, ballot, found } = parseDocument(dispute, whole);
    return { about, voter, receipt, ballot, found };
  } catch {
    return NO_EVIDENCE;
  }
}
