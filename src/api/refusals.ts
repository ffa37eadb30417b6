/** What the rooms below say is wrong, as problems of the API. */
import { BallotError } from '../ballot/errors.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Entry } from '../record/entries.ts';
import { encodeEntry } from '../record/envelope.ts';
import { RecordError } from '../record/errors.ts';
import type { Problem as Refusal, ProblemCode as RefusalCode } from '../record/problem.ts';
import { Problem, type ProblemCode } from './problem.ts';

/** Codes of the grammar that have one of their own here; all others are `bad-entry`. */
const CODES: Partial<Record<RefusalCode, ProblemCode>> = {
  'wrong-signer': 'bad-signature',
  'bad-signature': 'bad-signature',
  duplicate: 'out-of-order',
  'too-early': 'out-of-order',
  'too-late': 'out-of-order',
  'seen-too-small': 'out-of-order',
  'too-few-agreements': 'out-of-order',
  'too-few-shares': 'out-of-order',
  'unknown-voter': 'not-on-roll',
  'replaced-key': 'credential-replaced',
  'wrong-college': 'not-on-roll',
  'wrong-weight': 'not-on-roll',
  'wrong-previous': 'stale-link',
  'was-checked': 'checked-ballot',
  'was-cast': 'bad-check',
};

/** The problem of the first refusal. */
export function refused(refusals: readonly Refusal[], prefix = ''): Problem {
  const [first] = refusals;
  if (first === undefined) return new Problem('internal');
  const code = CODES[first.code] ?? 'bad-entry';
  return new Problem(code, { field: prefix + first.field, reason: first.code, detail: first.why });
}

/** The bytes that an entry would be published as. @throws Problem `bad-entry` for one that is too long or no RFC 8785. */
export function publishedBytes(entry: Entry): Bytes {
  try {
    return encodeEntry(entry);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new Problem('bad-entry', { field: error.where, reason: error.code, detail: error.message });
  }
}

/** Runs `act`; a BallotError in it becomes a problem of this code. */
export function checkingBallot<T>(act: () => T, code: 'bad-ballot' | 'bad-check' = 'bad-ballot'): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof BallotError) throw badBallot(error, code);
    throw error;
  }
}

export function badBallot(
  { code: reason, where, message }: Pick<BallotError, 'code' | 'where' | 'message'>,
  code: 'bad-ballot' | 'bad-check' = 'bad-ballot',
): Problem {
  return new Problem(code, { field: where, reason, detail: message });
}
