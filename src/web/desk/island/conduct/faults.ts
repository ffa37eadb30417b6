/** What went wrong while an election is conducted, in a sentence. */
import { BoardError } from '../../../../board/errors.ts';
import { OfficerError } from '../../../../officer/errors.ts';
import { RecordError } from '../../../../record/errors.ts';
import { TrusteeError } from '../../../../trustee/errors.ts';
import { Refused, Unreachable } from '../../../member/island/requests.ts';
import { refusalInWords } from '../failures.ts';
import type { Words } from '../words.ts';

/** The officer has to sign in again, and then comes back to this page. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refused && error.code === 'not-signed-in';
}

export function faultInWords(error: unknown, words: Words): string {
  const { faults, second } = words.conduct;
  if (error instanceof Unreachable) return faults.unreachable;
  if (isSignedOut(error)) return faults.signedOut;
  if (error instanceof Refused) return `${faults.refused} ${refusalInWords(error, words)}`;
  if (error instanceof OfficerError) {
    if (error.code === 'false-proposal') return `${second.false} ${error.message}`;
    if (error.code === 'false-receipt') return `${faults.receipt} ${error.message}`;
    return error.code.endsWith('link') || error.code.endsWith('linked-record')
      ? `${faults.link} ${error.message}`
      : error.message;
  }
  if (error instanceof TrusteeError || error instanceof RecordError || error instanceof BoardError)
    return `${faults.record} ${error.message}`;
  return `${faults.unknown} ${error instanceof Error ? error.message : String(error)}`;
}
