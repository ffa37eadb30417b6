/** What went wrong, as one plain sentence each, and what to do. */
import { BoardError } from '../../../board/errors.ts';
import { RecordError } from '../../../record/errors.ts';
import { TallyError } from '../../../tally/errors.ts';
import { TrusteeError } from '../../../trustee/errors.ts';
import { Refused, Unreachable } from './fetch-ballot-box.ts';
import { FileError } from './key-files.ts';
import { texts } from './texts.ts';

export interface Failure {
  /** `offline` mends itself. */
  readonly kind: 'failure' | 'offline';
  readonly sentence: string;
  /** What the program found, for whoever looks into it. */
  readonly detail: string | null;
}

function failure(sentence: string, detail: string | null): Failure {
  return { kind: 'failure', sentence, detail };
}

/** The sentence for anything that opening a key file throws. */
export function openingFailureOf(error: unknown): Failure {
  if (error instanceof TrusteeError && error.code === 'bad-key-file')
    return failure(texts.failures.wrongPassphrase, null);
  return failureOf(error);
}

/** The sentence for anything that the client throws. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FileError) return failure(texts.files[error.code], null);
  if (error instanceof TrusteeError)
    return failure(texts.client[error.code], `${error.message} (${error.code})`);
  if (error instanceof Unreachable) {
    return { kind: 'offline', sentence: texts.failures.offline, detail: error.message };
  }
  if (error instanceof Refused) return failure(texts.failures.refused, error.message);
  if (error instanceof RecordError || error instanceof BoardError || error instanceof TallyError) {
    return failure(texts.failures.unreadable, `${error.message} (${error.code})`);
  }
  return failure(texts.failures.other, String(error));
}
