/**
 * The documents of decryption as the crypto room needs them (docs/protocol.md §9.5): what a tally has decrypted,
 * and a trustee's shares of it. Documents have passed their schemas and are otherwise hostile.
 */
import { type Bytes, concat, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import type { DecryptionShares, EncryptedCell } from '../crypto/decryption-shares.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import type { SharesDocument, TallyCell, TallyDocument } from '../record/entries.ts';
import { split } from './sums.ts';

export type SecretCell = Extract<TallyCell, { mode: 'secret' }>;

/** The cells that are decrypted: secret, and with ballots. */
export function decryptedCells({ cells }: Pick<TallyDocument, 'cells'>): SecretCell[] {
  return cells.filter((cell): cell is SecretCell => cell.mode === 'secret' && cell.ballots > 0);
}

function halves(cell: SecretCell, from: number): Bytes {
  const pairs = split(fromBase64Url(cell.sums), CIPHERTEXT_BYTES);
  return concat(...pairs.map((pair) => pair.subarray(from, from + ELEMENT_BYTES)));
}

/** Σα of every option of every decrypted cell. */
export function encryptedCells(tally: Pick<TallyDocument, 'cells'>): EncryptedCell[] {
  return decryptedCells(tally).map((cell) => ({ id: cell.id, alphas: halves(cell, 0) }));
}

/** Σβ of every option of every decrypted cell, in the same order. */
export function encryptedBetas(tally: Pick<TallyDocument, 'cells'>): Bytes[] {
  return decryptedCells(tally).map((cell) => halves(cell, ELEMENT_BYTES));
}

/** The shares blob of trustee i for a tally, named by its leaf. */
export function sharesDocumentOf(tally: string, i: number, shares: DecryptionShares): SharesDocument {
  return {
    v: 1,
    tally,
    i,
    W: toBase64Url(shares.W),
    lot: { D: toBase64Url(shares.lot.D), W: toBase64Url(shares.lot.W) },
    cells: shares.cells.map(({ id, D, W }) => ({ id, D: toBase64Url(D), W: toBase64Url(W) })),
    z: toBase64Url(shares.z),
  };
}

/** The shares of a blob, nothing verified. */
export function sharesOf({ W, lot, cells, z }: SharesDocument): DecryptionShares {
  return {
    W: fromBase64Url(W),
    lot: { D: fromBase64Url(lot.D), W: fromBase64Url(lot.W) },
    cells: cells.map((cell) => ({ id: cell.id, D: fromBase64Url(cell.D), W: fromBase64Url(cell.W) })),
    z: fromBase64Url(z),
  };
}
