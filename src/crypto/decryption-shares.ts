/**
 * A trustee's shares of a decryption (docs/protocol.md §9.5): with secret s and S = s·G it gives D = s·A for every row,
 * under one proof that the same s is in all of them. Row 0 is the lot's, with A hashed from the tally; then the Σα of
 * every option of every decrypted cell. This is where the secret is used; threshold.ts verifies, and needs none.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat, toUtf8, u32 } from './bytes.ts';
import { ELEMENT_BYTES, encodeElement, G, hashToGroup, multiplySecret, parseElement } from './group.ts';
import { hedgedNonce } from './hedged-nonce.ts';
import {
  addScalars,
  encodeScalar,
  hashToScalar,
  multiplyScalars,
  type RandomSource,
  type Scalar,
} from './scalar.ts';
import { TAGS } from './tags.ts';
import { framed } from './transcript.ts';

/** What is decrypted of a cell with ballots: Σα of each of its options, 32 bytes each, joined. */
export interface EncryptedCell {
  readonly id: string;
  readonly alphas: Bytes;
}

/** What trustee i proves its shares about. */
export interface DecryptionStatement {
  /** The leaf of the opening. */
  readonly ctx: Bytes;
  /** The leaf of the tally entry. */
  readonly tally: Bytes;
  readonly i: number;
  /** S_i, 32 bytes. */
  readonly shareKey: Bytes;
  /** The secret cells with ballots, in the tally's order. */
  readonly cells: readonly EncryptedCell[];
}

/** Every field of the shares blob (§9.5) as bytes. */
export interface DecryptionShares {
  readonly W: Bytes;
  readonly lot: { readonly D: Bytes; readonly W: Bytes };
  /** D and W of a cell's options, 32 bytes each, joined. */
  readonly cells: readonly { readonly id: string; readonly D: Bytes; readonly W: Bytes }[];
  readonly z: Bytes;
}

/** Something that is multiplied by s. */
export interface Row {
  /** Where it is in the shares, e.g. `cells[2][0]`. */
  readonly where: string;
  readonly cell: string;
  readonly option: number;
  readonly A: Bytes;
}

/** Side by side. */
export const elements = (bytes: Bytes): Bytes[] =>
  Array.from({ length: bytes.length / ELEMENT_BYTES }, (_, k) =>
    bytes.subarray(k * ELEMENT_BYTES, (k + 1) * ELEMENT_BYTES),
  );

/** A_0: nobody knows its discrete logarithm, or s·A_0 before t trustees have decrypted this tally. */
export function lotPoint(tally: Bytes): Bytes {
  return encodeElement(hashToGroup(TAGS.lotPoint, tally));
}

export function rowsOf({ tally, cells }: DecryptionStatement): Row[] {
  const options = cells.flatMap(({ id, alphas }, at) =>
    elements(alphas).map((A, option) => ({ where: `cells[${at}][${option}]`, cell: id, option, A })),
  );
  return [{ where: 'lot', cell: 'lot', option: 0, A: lotPoint(tally) }, ...options];
}

/** e; `W` is w·G, `D` and `Ws` hold one element per row. */
export function sharesChallenge(
  { ctx, tally, i, shareKey }: DecryptionStatement,
  rows: readonly Row[],
  W: Bytes,
  D: readonly Bytes[],
  Ws: readonly Bytes[],
): Scalar {
  const none = new Uint8Array();
  const parts = rows.flatMap(({ cell, option, A }, at) => [
    toUtf8(cell),
    u32(option),
    A,
    D[at] ?? none,
    Ws[at] ?? none,
  ]);
  return hashToScalar(
    TAGS.sharesChallenge,
    framed(ctx, u32(i), shareKey, tally, W, u32(rows.length), ...parts),
  );
}

/**
 * s·A and w·A for every row and z = w + e·s. Each multiplication splits its secret anew.
 * @throws CryptoError `bad-encoding` for an A, named by its row.
 */
export function proveShares(
  statement: DecryptionStatement,
  secret: Scalar,
  random: RandomSource = randomBytes,
): DecryptionShares {
  const rows = rowsOf(statement);
  const bases = rows.map(({ A, where }) => parseElement(A, where));
  const { ctx, tally, i, shareKey } = statement;
  const said = rows.flatMap(({ cell, option, A }) => [toUtf8(cell), u32(option), A]);
  const nonceInput = framed(ctx, u32(i), shareKey, tally, ...said);
  const w = hedgedNonce(TAGS.nonce, encodeScalar(secret), nonceInput, 0, random);
  const W = encodeElement(multiplySecret(G, w));
  const D = bases.map((A) => encodeElement(multiplySecret(A, secret)));
  const Ws = bases.map((A) => encodeElement(multiplySecret(A, w)));
  const e = sharesChallenge(statement, rows, W, D, Ws);
  const z = encodeScalar(addScalars(w, multiplyScalars(e, secret)));
  const none = new Uint8Array();
  let at = 1;
  const cells = statement.cells.map(({ id, alphas }) => {
    const from = at;
    at += alphas.length / ELEMENT_BYTES;
    return { id, D: concat(...D.slice(from, at)), W: concat(...Ws.slice(from, at)) };
  });
  return { W, lot: { D: D[0] ?? none, W: Ws[0] ?? none }, cells, z };
}
