/** The one error of the crypto room: whatever hostile input does here, it surfaces as this. */

export type CryptoErrorCode =
  | 'bad-encoding'
  | 'bad-length'
  | 'out-of-range'
  | 'bad-key'
  | 'identity-refused'
  | 'bad-proof'
  | 'bad-share';

export class CryptoError extends Error {
  override readonly name = 'CryptoError';
  readonly code: CryptoErrorCode;
  /** The argument or field at fault, e.g. `publicKey` or `shares[2].proof`. */
  readonly where: string;

  constructor(code: CryptoErrorCode, where: string, why: string) {
    super(`${where}: ${why}`);
    this.code = code;
    this.where = where;
  }
}
