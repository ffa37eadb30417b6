/** The one error of the record room: whatever hostile input does here, it surfaces as this. */

export type RecordErrorCode =
  /** An entry of more than 65,535 bytes. */
  | 'too-long'
  /** Bytes that are not the RFC 8785 form of anything that the record may hold. */
  | 'not-canonical'
  | 'unknown-type'
  /** A type that the protocol reserves. */
  | 'unsupported-type'
  /** A manifest whose version, suite, kind or features this release does not know. */
  | 'unsupported'
  /** A field that is missing, unknown or of another form. */
  | 'bad-field'
  /** A record whose first entry is no manifest. */
  | 'no-manifest'
  /** An entry of another place in the log than the next one. */
  | 'wrong-index'
  /** Not signed once, by the one key of the role that makes such an entry. */
  | 'wrong-signer'
  | 'bad-signature'
  /** The source has nothing at this path. */
  | 'missing'
  | 'missing-blob'
  /** A blob of another length or hash than its name says. */
  | 'wrong-blob'
  /** A receipt that does not hold for this election, entry or voter. */
  | 'bad-receipt'
  /** Two checkpoints of one log, of one size, with two roots. */
  | 'split-view'
  /** A later checkpoint without proof that its log extends the earlier one's. */
  | 'not-extended'
  /** A recipient of a `join` that nothing can be encrypted to. */
  | 'bad-recipient'
  /** An age file that holds no share for the address it was dealt to. */
  | 'bad-share'
  /** An entry that the grammar refuses. */
  | 'refused';

export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly code: RecordErrorCode;
  /** The argument, field or path at fault, e.g. `body.contests[0].id` or `blob/…`. */
  readonly where: string;

  constructor(code: RecordErrorCode, where: string, why: string) {
    super(`${where}: ${why}`);
    this.code = code;
    this.where = where;
  }
}

/** Whether a manifest may be right, but needs a program that knows more: a recount then cannot run (§11). */
export function isUnsupported(error: unknown): error is RecordError {
  return error instanceof RecordError && error.code === 'unsupported';
}
