/** The one error of the officer's room: an officer's client stops with it rather than sign. */

export type OfficerErrorCode =
  /** A template or a draft that is not in its form; a template filled with something else than it needs. */
  | 'bad-file'
  | 'bad-filling'
  /** A draft that breaks a rule of manifests. */
  | 'bad-draft'
  /** The key is none of the manifest's officers. */
  | 'not-an-officer'
  /** The registrar has not handed over the roll, or the trustees have not made the key. */
  | 'no-roll'
  | 'no-key'
  /** No tally is decrypted by enough trustees. */
  | 'not-decrypted'
  /** Of an earlier election: its record is nowhere, fails its recount, or has no result. */
  | 'no-linked-record'
  | 'false-linked-record'
  | 'undeclared-link'
  /** A re-ballot or a run-off that asks something else than the earlier election left open. */
  | 'departing-link'
  /** What another officer proposes is not what the record bears out. */
  | 'false-proposal'
  /** The service promises something else than that the entry is in the log. */
  | 'false-receipt';

export class OfficerError extends Error {
  override readonly name = 'OfficerError';
  readonly code: OfficerErrorCode;

  constructor(code: OfficerErrorCode, why: string) {
    super(why);
    this.code = code;
  }
}
