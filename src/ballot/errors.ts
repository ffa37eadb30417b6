/** The one error of the ballot room: whatever hostile input does here, it surfaces as this. */
import { CryptoError, type CryptoErrorCode } from '../crypto/errors.ts';

export type BallotErrorCode =
  /** Not the schema, a wrong length, or an encoding that is not the one spelling of anything. */
  | 'bad-form'
  /** More bytes than an entry may have. */
  | 'too-large'
  | 'wrong-election'
  /** Bound to another opening. */
  | 'wrong-context'
  /** The credential is not on the roll. */
  | 'not-on-roll'
  /** A college that does not exist, or is not that of the roll line. */
  | 'wrong-college'
  | 'wrong-weight'
  /** Not the contests of the college in manifest order, or not in its mode. */
  | 'wrong-contests'
  | 'unknown-option'
  /** Chosen twice, too few or too many: nothing that the contest allows. */
  | 'bad-choice'
  /** Bytes that are no element of the group, or the identity where that is refused. */
  | 'bad-point'
  | 'bad-proof'
  /** A token that was mistyped, or of an issuer that this version does not know. */
  | 'bad-token'
  | 'bad-credential'
  /** A secret college, and no election key. */
  | 'bad-manifest';

export class BallotError extends Error {
  override readonly name = 'BallotError';
  readonly code: BallotErrorCode;
  /** The argument or field at fault, e.g. `body.contests[1].ciphertexts`. */
  readonly where: string;

  constructor(code: BallotErrorCode, where: string, why: string) {
    super(`${where}: ${why}`);
    this.code = code;
    this.where = where;
  }
}

/** What `decode` returns, its CryptoError turned into a BallotError of this room. */
export function decoding<T>(code: BallotErrorCode, where: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof CryptoError) throw new BallotError(code, where, error.message);
    throw error;
  }
}

const CODES: Readonly<Record<CryptoErrorCode, BallotErrorCode>> = {
  'bad-encoding': 'bad-point',
  'identity-refused': 'bad-point',
  'bad-length': 'bad-form',
  'out-of-range': 'bad-form',
  'bad-key': 'bad-manifest',
  'bad-proof': 'bad-proof',
  'bad-share': 'bad-proof',
};

/** `where` of the crypto room counts the ciphertexts of all contests together: the message keeps it. */
export function problemOf({ code, where, message }: CryptoError): BallotError {
  const field = where === 'P' ? 'body.P' : where.startsWith('proof') ? 'body.proof' : 'body.contests';
  return new BallotError(CODES[code], field, message);
}

/** What `act` returns, its CryptoError told in the fields of a ballot. */
export function settled<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof CryptoError) throw problemOf(error);
    throw error;
  }
}
