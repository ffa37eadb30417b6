/** The one error of the trustee room: a trustee's client stops with it rather than sign or decrypt. */

export type TrusteeErrorCode =
  /** There is a key file already, or none. */
  | 'key-file-exists'
  | 'no-key-file'
  /** A wrong passphrase, or a key file that is damaged or does not fit what the record has of this trustee. */
  | 'bad-key-file'
  /** A record of another election than the one that the trustee was asked for, or that the key file is for. */
  | 'wrong-election'
  /** The manifest breaks its own rules, or is not signed. */
  | 'bad-manifest'
  /** The key of this file is not among the manifest's trustees. */
  | 'not-a-trustee'
  /** An entry that the grammar refuses: forged, out of turn, or made from another view of the log. */
  | 'bad-record'
  /** The log is not an extension of what this trustee saw before. */
  | 'split-view'
  /** The log has an entry of this trustee that this key file did not make. */
  | 'foreign-entry'
  /** The ballot box gives other bytes for an age file than its sender named. */
  | 'wrong-mail'
  /** A recipient that nothing can be encrypted to. */
  | 'bad-recipient'
  /** What a trustee dealt cannot be read or is not on its polynomial. */
  | 'bad-share'
  /** The trustee's own recount found a fault. */
  | 'failed-recount'
  /** No tally is what the trustee's own recount gives. */
  | 'wrong-tally';

export class TrusteeError extends Error {
  override readonly name = 'TrusteeError';
  readonly code: TrusteeErrorCode;
  /** The entry, trustee or file at fault, e.g. `entries[4]` or `trustees[2]`. */
  readonly where: string;

  constructor(code: TrusteeErrorCode, where: string, why: string) {
    super(`${where}: ${why}`);
    this.code = code;
    this.where = where;
  }
}
