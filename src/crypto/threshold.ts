/**
 * Threshold decryption of the sums (docs/protocol.md §9.5) and the seed of the lot (§9.6), from the shares that trustees
 * give (decryption-shares.ts). All is public; shares of other trustees are hostile.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat } from './bytes.ts';
import {
  type DecryptionShares,
  type DecryptionStatement,
  elements,
  type Row,
  rowsOf,
  sharesChallenge,
} from './decryption-shares.ts';
import { CryptoError } from './errors.ts';
import { encodeElement, G, parseNonIdentity } from './group.ts';
import type { Kernel, Points } from './kernel/kernel.ts';
import { negateScalar, parseScalar, type RandomSource, type Scalar, scalarFromWide } from './scalar.ts';
import { lagrangeAtZero } from './shamir.ts';
import { TAGS } from './tags.ts';
import { hash512_256 } from './transcript.ts';

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
  const e = sharesChallenge(statement, rows, shares.W, D, Ws);

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
