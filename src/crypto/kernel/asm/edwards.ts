/**
 * Two points at a time of −x² + y² = 1 + d·x²·y², in extended coordinates X, Y, Z, T = XY/Z (Hisil, Wong, Carter
 * and Dawson 2008). The formulas are complete. Coordinates are 1-folds (field.ts).
 *
 * A pair of points is X, Y, Z, T, each a pair of elements, 768 bytes; a single point 4 × 12 f64, 384 bytes.
 */
import { add as addField, copy, ONE, PAIR, pair, SINGLE, subtract, TWO_D, unpair, ZERO } from './field';
import { multiply, square } from './product';

// @ts-ignore: decorator
@inline export const POINT: usize = 4 * SINGLE;
// @ts-ignore: decorator
@inline export const POINTS: usize = 4 * PAIR;
// @ts-ignore: decorator
@inline export const Y: usize = PAIR;
// @ts-ignore: decorator
@inline export const Z: usize = 2 * PAIR;
// @ts-ignore: decorator
@inline export const T: usize = 3 * PAIR;

export function pairPoints(o: usize, first: usize, second: usize): void {
  for (let c: usize = 0; c < 4; c++) pair(o + c * PAIR, first + c * SINGLE, second + c * SINGLE);
}

export function unpairPoints(first: usize, second: usize, p: usize): void {
  for (let c: usize = 0; c < 4; c++) unpair(first + c * SINGLE, second + c * SINGLE, p + c * PAIR);
}

export function setIdentity(o: usize): void {
  copy(o, ZERO);
  copy(o + Y, ONE);
  copy(o + Z, ONE);
  copy(o + T, ZERO);
}

export const A = memory.data(192, 16);
export const B = memory.data(192, 16);
export const C = memory.data(192, 16);
export const E = memory.data(192, 16);
export const F = memory.data(192, 16);
export const G = memory.data(192, 16);
export const H = memory.data(192, 16);

/** x = E/G, y = H/F. The folds of E·F, G·H, F·G and E·H are at most 12: see the callers. */
export function complete(o: usize): void {
  multiply(o, E, F);
  multiply(o + Y, G, H);
  multiply(o + Z, F, G);
  multiply(o + T, E, H);
}

const PREPARED = memory.data(192, 16);

export function addPoints(o: usize, p: usize, q: usize): void {
  multiply(PREPARED, q + T, TWO_D);
  addPrepared(o, p, q, PREPARED);
}

/** p + q, given 2d·T of q, which may be `o`. */
export function addPrepared(o: usize, p: usize, q: usize, q2dT: usize): void {
  // 2-folds times 2-folds
  subtract(A, p + Y, p);
  subtract(B, q + Y, q);
  multiply(A, A, B);
  addField(B, p + Y, p);
  addField(C, q + Y, q);
  multiply(B, B, C);
  multiply(C, p + T, q2dT);
  multiply(H, p + Z, q + Z);
  // E and H are 2-folds; D = 2·Z₁·Z₂, so that F and G are 3-folds.
  addField(H, H, H);
  subtract(F, H, C);
  addField(G, H, C);
  subtract(E, B, A);
  addField(H, B, A);
  complete(o);
}

export function double(o: usize, p: usize): void {
  square(A, p);
  square(B, p + Y);
  square(C, p + Z);
  addField(C, C, C);
  addField(E, p, p + Y);
  square(E, E);
  // E = (X + Y)² − A − B is a 3-fold, G = B − A a 2-fold, F = G − C a 4-fold, H = −A − B a 2-fold.
  addField(H, A, B);
  subtract(E, E, H);
  subtract(H, ZERO, H);
  subtract(G, B, A);
  subtract(F, G, C);
  complete(o);
}
