/**
 * Threshold decryption of the sums (docs/protocol.md §9.5) and the seed of the lot (§9.6). A trustee with
 * secret s and S = s·G gives D = s·A for every row, under one proof that the same s is in all of them. Row 0
 * is the lot's, with A hashed from the tally; then the Σα of every option of every decrypted cell.
 *
 * `proveShares` holds the secret; all else is public. Shares of other trustees are hostile.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat, toUtf8, u32 } from './bytes.ts';
import { CryptoError } from './errors.ts';
import {
  ELEMENT_BYTES,
  encodeElement,
  G,
  hashToGroup,
  multiplySecret,
  parseElement,
  parseNonIdentity,
} from './group.ts';
import { hedgedNonce } from './hedged-nonce.ts';
import type { Kernel, Points } from './kernel/kernel.ts';
import {
  addScalars,
  encodeScalar,
  hashToScalar,
  multiplyScalars,
  negateScalar,
  parseScalar,
  type RandomSource,
  type Scalar,
  scalarFromWide,
} from './scalar.ts';
import { lagrangeAtZero } from './shamir.ts';
import { TAGS } from './tags.ts';
import { framed, hash512_256 } from './transcript.ts';

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

interface Row {
  /** Where it is in the shares, e.g. `cells[2][0]`. */
  readonly where: string;
  readonly cell: string;
  readonly option: number;
  readonly A: Bytes;
}

const elements = (bytes: Bytes): Bytes[] =>
  Array.from({ length: bytes.length / ELEMENT_BYTES }, (_, k) =>
    bytes.subarray(k * ELEMENT_BYTES, (k + 1) * ELEMENT_BYTES),
  );

/** A_0: nobody knows its discrete logarithm, or s·A_0 before t trustees have decrypted this tally. */
export function lotPoint(tally: Bytes): Bytes {
  return encodeElement(hashToGroup(TAGS.lotPoint, tally));
}

function rowsOf({ tally, cells }: DecryptionStatement): Row[] {
  const options = cells.flatMap(({ id, alphas }, at) =>
    elements(alphas).map((A, option) => ({ where: `cells[${at}][${option}]`, cell: id, option, A })),
  );
  return [{ where: 'lot', cell: 'lot', option: 0, A: lotPoint(tally) }, ...options];
}

/** e; `W` is w·G, `D` and `Ws` hold one element per row. */
function challenge(
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
  const e = challenge(statement, rows, W, D, Ws);
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

/** @throws CryptoError `bad-length` or `bad-share` unless the shares have the statement's cells, in order. */
function checkShape({ cells }: DecryptionStatement, shares: DecryptionShares): void {
  if (shares.cells.length !== cells.length) {
    throw new CryptoError('bad-length', 'cells', `${shares.cells.length} cells instead of ${cells.length}`);
  }
  cells.forEach(({ id, alphas }, at) => {
    const given = shares.cells[at];
    if (given?.id !== id) throw new CryptoError('bad-share', `cells[${at}].id`, `not ${id}`);
    for (const [name, bytes] of [
      ['D', given.D],
      ['W', given.W],
    ] as const) {
      if (bytes.length === alphas.length) continue;
      const found = `${bytes.length} bytes instead of ${alphas.length}`;
      throw new CryptoError('bad-length', `cells[${at}].${name}`, found);
    }
  });
}

/** The points of a column, one per row. @throws CryptoError `bad-length`, `bad-encoding`, named by its row. */
function decodeColumn(kernel: Kernel, name: string, column: readonly Bytes[], rows: readonly Row[]): Points {
  const decoded = kernel.decode(concat(...column));
  if (decoded.ok) {
    if (decoded.points.length === rows.length) return decoded.points;
    throw new CryptoError('bad-length', name, `${decoded.points.length} elements instead of ${rows.length}`);
  }
  const where = rows[decoded.bad[0] ?? 0]?.where ?? name;
  throw new CryptoError('bad-encoding', `${where}.${name}`, 'not the encoding of a ristretto255 element');
}

const WEIGHT_BYTES = 16;

/** A weight of 128 random bits. */
function randomWeight(random: RandomSource): Scalar {
  const wide = new Uint8Array(64);
  wide.set(random(WEIGHT_BYTES));
  return scalarFromWide(wide);
}

/**
 * z·G = W + e·S and, for every row, z·A = W_row + e·D. All equations at once, each with a random weight ρ:
 * with A* = Σ ρ·A and so on, z·A* = W* + e·D*. A false equation passes with probability 2^−128. If they fail
 * together, they are tried one by one to name the first.
 * @param random an unpredictable source: the weights are drawn after the shares are given.
 * @throws CryptoError `bad-proof`, with the row in `where` (`W`, `lot`, `cells[2][0]`); `bad-share`,
 * `bad-length`, `bad-encoding`, `identity-refused` or `out-of-range` for shares of another form.
 */
export function verifyShares(
  kernel: Kernel,
  statement: DecryptionStatement,
  shares: DecryptionShares,
  random: RandomSource = randomBytes,
): void {
  checkShape(statement, shares);
  const rows = rowsOf(statement);
  const D = [shares.lot.D, ...shares.cells.flatMap((cell) => elements(cell.D))];
  const Ws = [shares.lot.W, ...shares.cells.flatMap((cell) => elements(cell.W))];
  const z = parseScalar(shares.z, 'z');
  parseNonIdentity(statement.shareKey, 'shareKey');
  const e = challenge(statement, rows, shares.W, D, Ws);

  // The key's equation has the form of a row: A = G, D = S.
  const key: Row = { where: 'W', cell: '', option: 0, A: encodeElement(G) };
  const all = [key, ...rows];
  const pointsA = decodeColumn(
    kernel,
    'A',
    all.map(({ A }) => A),
    all,
  );
  const pointsD = decodeColumn(kernel, 'D', [statement.shareKey, ...D], all);
  const pointsW = decodeColumn(kernel, 'W', [shares.W, ...Ws], all);
  const holds = (A: Points, ofD: Points, W: Points): boolean =>
    kernel.equal(kernel.multiplyAndSum(kernel.concat([A, ofD]), [z, negateScalar(e)]), W);

  const weights = all.map(() => randomWeight(random));
  const weighted = (points: Points): Points => kernel.multiplyAndSum(points, weights);
  if (holds(weighted(pointsA), weighted(pointsD), weighted(pointsW))) return;
  const row = (points: Points, at: number): Points => kernel.slice(points, at, at + 1);
  const bad = all.findIndex((_, at) => !holds(row(pointsA, at), row(pointsD, at), row(pointsW, at)));
  throw new CryptoError('bad-proof', all[bad]?.where ?? 'z', 'the equation of this row does not hold');
}

/** Verified shares of trustee i. */
export interface VerifiedShares {
  readonly i: number;
  readonly shares: DecryptionShares;
}

/** What t trustees decrypt together. */
export interface Decryption {
  /** m·G for each option of each cell, in order: 32 bytes each, joined. */
  readonly cells: readonly Bytes[];
  /** s·A_0, 32 bytes: what the lot is drawn from. */
  readonly lot: Bytes;
}

/**
 * m·G = Σβ − Σ λ_i·D_i for every option, and s·A_0 = Σ λ_i·D_i,0, with the Lagrange coefficients λ_i of the
 * trustees given.
 * @param betas Σβ of each option of each cell of the statement, 32 bytes each, joined.
 * @param trustees exactly t, in any order, whose shares `verifyShares` has accepted.
 * @throws CryptoError `out-of-range` if a trustee comes twice, or there is none; `bad-length` if cells and shares differ;
 * `bad-encoding` for a β.
 */
export function combineShares(
  kernel: Kernel,
  betas: readonly Bytes[],
  trustees: readonly VerifiedShares[],
): Decryption {
  const lambdas = lagrangeAtZero(trustees.map(({ i }) => i));
  const negated = lambdas.map(negateScalar);
  const decode = (bytes: Bytes, where: string): Points => {
    const decoded = kernel.decode(bytes);
    if (decoded.ok) return decoded.points;
    throw new CryptoError('bad-encoding', where, 'not the encoding of a ristretto255 element');
  };
  const cells = betas.map((bytes, at) => {
    const sums = decode(bytes, `betas[${at}]`);
    const columns = trustees.map(({ i, shares }) => {
      const column = decode(shares.cells[at]?.D ?? new Uint8Array(), `trustees[${i}].cells[${at}].D`);
      if (column.length === sums.length) return column;
      throw new CryptoError('bad-length', `trustees[${i}].cells[${at}].D`, `not ${sums.length} elements`);
    });
    const blinds = Array.from({ length: sums.length }, (_, option) => {
      const row = columns.map((column) => kernel.slice(column, option, option + 1));
      return kernel.multiplyAndSum(kernel.concat(row), negated);
    });
    return kernel.encode(kernel.add(sums, kernel.concat(blinds)));
  });
  const lots = decode(concat(...trustees.map(({ shares }) => shares.lot.D)), 'lot.D');
  return { cells, lot: kernel.encode(kernel.multiplyAndSum(lots, lambdas)) };
}

/** The 32 bytes that order tied options: H512t(`lot-seed`, ctx, s·A_0). */
export function lotSeed(ctx: Bytes, lot: Bytes): Bytes {
  return hash512_256(TAGS.lotSeed, ctx, lot);
}
