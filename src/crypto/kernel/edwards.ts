/**
 * Points of −x² + y² = 1 + d·x²·y² in extended coordinates, x = X/Z, y = Y/Z, x·y = T/Z (Hisil, Wong,
 * Carter and Dawson 2008). The formulas are complete: they hold for every pair of points. Variable time:
 * public data only.
 */
import { invertAll, mul } from './field.ts';

/** −121665/121666. */
export const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
const TWO_D = 2n * D;

export class Point {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
  readonly T: bigint;

  constructor(X: bigint, Y: bigint, Z: bigint, T: bigint) {
    this.X = X;
    this.Y = Y;
    this.Z = Z;
    this.T = T;
  }
}

export const IDENTITY = new Point(0n, 1n, 1n, 0n);

/** The base point of RFC 8032 section 5.1, which stands for the generator of RFC 9496 section 4. */
const GENERATOR_X = 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an;
const GENERATOR_Y = 0x6666666666666666666666666666666666666666666666666666666666666658n;
export const GENERATOR = new Point(GENERATOR_X, GENERATOR_Y, 1n, mul(GENERATOR_X, GENERATOR_Y));

/** The end that sums and doubles share: x = E/G and y = H/F, over the one denominator F·G. */
function complete(E: bigint, F: bigint, G: bigint, H: bigint): Point {
  return new Point(mul(E, F), mul(G, H), mul(F, G), mul(E, H));
}

export function add(p: Point, q: Point): Point {
  const A = mul(p.Y - p.X, q.Y - q.X);
  const B = mul(p.Y + p.X, q.Y + q.X);
  const C = mul(mul(TWO_D, p.T), q.T);
  const ZZ = 2n * mul(p.Z, q.Z);
  return complete(B - A, ZZ - C, ZZ + C, B + A);
}

export function double(p: Point): Point {
  const A = mul(p.X, p.X);
  const B = mul(p.Y, p.Y);
  const C = 2n * mul(p.Z, p.Z);
  const sum = p.X + p.Y;
  const G = B - A;
  return complete(mul(sum, sum) - A - B, G - C, G, -A - B);
}

/** An affine point, made ready to be added often: y + x, y − x, 2d·x·y. */
export interface Niels {
  readonly plus: bigint;
  readonly minus: bigint;
  readonly product: bigint;
}

/** For one inversion in all; none if every Z is 1, as in decoded points. */
export function toNiels(points: readonly Point[]): Niels[] {
  const inverses = points.every(({ Z }) => Z === 1n) ? undefined : invertAll(points.map(({ Z }) => Z));
  return points.map(({ X, Y }, i) => {
    const inverse = inverses?.[i];
    const x = inverse === undefined ? X : mul(X, inverse);
    const y = inverse === undefined ? Y : mul(Y, inverse);
    return { plus: y + x, minus: y - x, product: mul(TWO_D, mul(x, y)) };
  });
}

export function addNiels(p: Point, q: Niels): Point {
  const A = mul(p.Y - p.X, q.minus);
  const B = mul(p.Y + p.X, q.plus);
  const C = mul(p.T, q.product);
  const ZZ = 2n * p.Z;
  return complete(B - A, ZZ - C, ZZ + C, B + A);
}

/** −q is (−x, y). */
export function subtractNiels(p: Point, q: Niels): Point {
  const A = mul(p.Y - p.X, q.plus);
  const B = mul(p.Y + p.X, q.minus);
  const C = mul(p.T, q.product);
  const ZZ = 2n * p.Z;
  return complete(B - A, ZZ + C, ZZ - C, B + A);
}
