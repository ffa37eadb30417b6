/** The one error of the board room: whatever hostile input does here, it surfaces as this. */
import { CryptoError } from '../crypto/errors.ts';

export type BoardErrorCode =
  /** A hash, tile or bundle of a length that nothing of its kind has. */
  | 'bad-length'
  /** A size, index, level, width or time outside what the argument allows. */
  | 'out-of-range'
  /** Text or bytes that are not the one spelling of anything. */
  | 'bad-encoding'
  | 'bad-key'
  /** A Merkle proof of the wrong shape, or one that leads to another root. */
  | 'bad-proof'
  /** A signature under a known key that does not verify. */
  | 'bad-signature'
  /** A note that no known key has signed. */
  | 'unsigned'
  | 'wrong-origin'
  /** The source has nothing at this path. */
  | 'missing'
  /** Published hashes that are not those of the entries. */
  | 'wrong-hash';

export class BoardError extends Error {
  override readonly name = 'BoardError';
  readonly code: BoardErrorCode;
  /** The argument, line or path at fault, e.g. `proof[3]`, `line 2` or `tile/0/x001/067`. */
  readonly where: string;

  constructor(code: BoardErrorCode, where: string, why: string) {
    super(`${where}: ${why}`);
    this.code = code;
    this.where = where;
  }
}

/** What `decode` returns, its CryptoError turned into a BoardError of this room. */
export function decoding<T>(code: BoardErrorCode, where: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof CryptoError) throw new BoardError(code, where, error.message);
    throw error;
  }
}
