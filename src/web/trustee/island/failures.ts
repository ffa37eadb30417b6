/** What went wrong, as one plain sentence each, and what to do. */
import { BoardError } from '../../../board/errors.ts';
import { RecordError } from '../../../record/errors.ts';
import { TallyError } from '../../../tally/errors.ts';
import { TrusteeError, type TrusteeErrorCode } from '../../../trustee/errors.ts';
import { Refused, Unreachable } from './fetch-ballot-box.ts';
import { FileError, type FileFault } from './key-files.ts';

export interface Failure {
  /** `offline` mends itself. */
  readonly kind: 'failure' | 'offline';
  readonly sentence: string;
  /** What the program found, for whoever looks into it. */
  readonly detail: string | null;
}

const FILES: Readonly<Record<FileFault, string>> = {
  'no-age-file': 'This is not a key file. Choose the file that you saved here; its name ends in .age.',
  'other-key': 'This is the key file of another trustee. Choose your own.',
  'not-listed':
    'This is somebody else’s key file, or that of another election: its key is not among the keys of this election’s trustees.',
  'older-copy':
    'This is an older copy, without your confirmed part of the key. Save the backup again, and choose that file.',
  'later-copy-here':
    'This browser has a later copy of this key file. Open that one; the backup is not needed.',
  'in-use': 'This key file is open in another tab or window of this browser. Close that one, then try again.',
  'not-open': 'No key file is open. Load this page again.',
};

const TELL = 'Your browser has stopped, and signs nothing. Tell the officer and the other trustees.';

const TRUSTEE: Readonly<Record<TrusteeErrorCode, string>> = {
  'key-file-exists': 'This browser has this key file already: open it with its passphrase.',
  'no-key-file': 'This browser no longer has the key file. Restore it from your backup.',
  'bad-key-file': `Your key file does not fit the record of this election. ${TELL}`,
  'wrong-election': 'This key file belongs to another election. Every election needs a key of its own.',
  'bad-manifest': `The rules of this election break their own form, or the officer has not signed them. ${TELL}`,
  'not-a-trustee':
    'Your key is not among the keys of this election’s trustees. Compare your public key with what the officer has.',
  'bad-record': `The record has an entry that must not be there. ${TELL}`,
  'split-view': `The ballot box now shows another record than it showed you before. ${TELL}`,
  'foreign-entry':
    'The record has an entry of yours that this key file did not make. If this is an older copy, use the latest; if there is none, somebody else has your key: tell the officer.',
  'wrong-mail': `The ballot box hands out another file than its sender sealed. ${TELL}`,
  'bad-recipient': `A trustee has published an address that nothing can be sealed to. ${TELL}`,
  'bad-share': `What a trustee sent you is wrong. ${TELL}`,
  'failed-recount': `Your recount found a fault. You have not agreed. ${TELL}`,
  'wrong-tally': `The published tally is not what your recount gives. You have not agreed. ${TELL}`,
};

const WRONG_PASSPHRASE =
  'The passphrase does not open this key file. Type it again. If you are sure of it, the file is damaged: use your backup.';

function failure(sentence: string, detail: string | null): Failure {
  return { kind: 'failure', sentence, detail };
}

/** The sentence for anything that opening a key file throws. */
export function openingFailureOf(error: unknown): Failure {
  if (error instanceof TrusteeError && error.code === 'bad-key-file') return failure(WRONG_PASSPHRASE, null);
  return failureOf(error);
}

/** The sentence for anything that the client throws. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FileError) return failure(FILES[error.code], null);
  if (error instanceof TrusteeError) return failure(TRUSTEE[error.code], `${error.message} (${error.code})`);
  if (error instanceof Unreachable) {
    const sentence = 'The ballot box cannot be reached. Nothing is lost; your browser tries again by itself.';
    return { kind: 'offline', sentence, detail: error.message };
  }
  if (error instanceof Refused)
    return failure('The ballot box refuses what your browser sent.', error.message);
  if (error instanceof RecordError || error instanceof BoardError || error instanceof TallyError) {
    return failure(`The published record cannot be read. ${TELL}`, `${error.message} (${error.code})`);
  }
  return failure('Something in this page failed. Load it again; nothing is lost.', String(error));
}
