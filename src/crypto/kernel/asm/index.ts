/**
 * The kernel's boundary: bulk operations on n elements in fixed areas of memory, whose addresses it gives. All
 * of it is PUBLIC DATA, in variable time. No i64 crosses; nothing is allocated; calls are not re-entrant.
 */
import { addPoints, pairPoints, POINT, unpairPoints } from './edwards';
import { initField } from './field';
import { decodePair, doublesOf, encodePair, equalPair, identityPair } from './ristretto';
import {
  affinePoints,
  beginSum,
  CAPACITY,
  endSum,
  LEAST_DIGIT_BITS,
  MOST_DIGIT_BITS,
  pushTerms,
  TABLE,
  TABLE_BYTES,
} from './pippenger';
import { initScalars, reduceWide, sumProducts } from './scalars';
import { sha256 } from './sha256';
import { sha512 } from './sha512';

export { CAPACITY, LEAST_DIGIT_BITS, MOST_DIGIT_BITS, sumProducts };

/** Points or encodings in one call. */
export const CHUNK: i32 = 512;

/** n × 32 bytes in or out, and n × 32 bytes of hints or scalars. */
export const bytesArea = memory.data(16384, 16);
export const moreBytesArea = memory.data(16384, 16);
/** A byte for each point: 1 for yes. */
export const flagsArea = memory.data(512, 16);
/** n points. */
export const pointsArea = memory.data(196608, 16);
export const morePointsArea = memory.data(196608, 16);

/** Room for hashes and for sums of products, whose places the caller chooses; sums of points overwrite it. */
export const roomArea = TABLE;
export const ROOM_BYTES = TABLE_BYTES;

initField();
initScalars();

const P = memory.data(768, 16);
const Q = memory.data(768, 16);

/** The partner of point i: the next one; the last of an odd number is its own. */
// @ts-ignore: decorator
@inline function partner(i: i32, n: i32): i32 {
  return i + 1 < n ? i + 1 : i;
}

/**
 * bytes → points and flags; hints ↔ more bytes. `hinted`: use the hints, and write those that were wrong anew.
 * Where a flag is 0 the point is meaningless.
 */
export function decode(n: i32, hinted: bool): void {
  for (let i = 0; i < n; i += 2) {
    const j = partner(i, n);
    const ok = decodePair(P, bytesArea + 32 * i, bytesArea + 32 * j, moreBytesArea + 32 * i, moreBytesArea + 32 * j, hinted);
    unpairPoints(pointsArea + POINT * i, pointsArea + POINT * j, P);
    store<u8>(flagsArea + i, ok & 1);
    store<u8>(flagsArea + j, i == j ? ok & 1 : ok >> 1);
  }
}

/** points → bytes */
export function encode(n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const j = partner(i, n);
    pairPoints(P, pointsArea + POINT * i, pointsArea + POINT * j);
    encodePair(bytesArea + 32 * i, bytesArea + 32 * j, P);
  }
}

/** points → bytes of their doubles; more points is overwritten. */
export function encodeDoubles(n: i32): void {
  doublesOf(bytesArea, pointsArea, n, morePointsArea);
}

/** points + more points → points */
export function add(n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const j = partner(i, n);
    const first = pointsArea + POINT * i;
    const second = pointsArea + POINT * j;
    pairPoints(P, first, second);
    pairPoints(Q, morePointsArea + POINT * i, morePointsArea + POINT * j);
    addPoints(P, P, Q);
    unpairPoints(first, second, P);
  }
}

/** points, more points → flags */
export function equal(n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const j = partner(i, n);
    pairPoints(P, pointsArea + POINT * i, pointsArea + POINT * j);
    pairPoints(Q, morePointsArea + POINT * i, morePointsArea + POINT * j);
    const yes = equalPair(P, Q);
    store<u8>(flagsArea + i, yes & 1);
    store<u8>(flagsArea + j, i == j ? yes & 1 : yes >> 1);
  }
}

/** points → flags */
export function isIdentity(n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const j = partner(i, n);
    pairPoints(P, pointsArea + POINT * i, pointsArea + POINT * j);
    const yes = identityPair(P);
    store<u8>(flagsArea + i, yes & 1);
    store<u8>(flagsArea + j, i == j ? yes & 1 : yes >> 1);
  }
}

/** Begins a sum Σ sᵢ·Pᵢ with digits of `c` bits. */
export function begin(c: i32): void {
  beginSum(c);
}

/** Adds n terms: points and, in `bytesArea`, scalars below 2^253. */
export function push(n: i32): void {
  affinePoints(pointsArea, n, morePointsArea);
  pushTerms(pointsArea, bytesArea, n);
}

/** The sum → points[0] */
export function finish(): void {
  endSum(pointsArea);
}

/** Hashes n messages of one length, side by side, by SHA-512 to 64 bytes each, or by SHA-512/256 to 32. */
export function hash512(o: usize, messages: usize, length: i32, n: i32, short: bool): void {
  const size: usize = short ? 32 : 64;
  for (let i = 0; i < n; i++) sha512(o + size * i, messages + length * i, length, short);
}

/** The same by SHA-256, to 32 bytes each. The last message stands in for those that four would need. */
export function hash256(o: usize, messages: usize, length: i32, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const b = min(i + 1, n - 1);
    const c = min(i + 2, n - 1);
    const d = min(i + 3, n - 1);
    sha256(
      o + 32 * i,
      o + 32 * b,
      o + 32 * c,
      o + 32 * d,
      messages + length * i,
      messages + length * b,
      messages + length * c,
      messages + length * d,
      length,
    );
  }
}

/** n times 64 bytes mod ℓ, to 32 bytes each. */
export function reduce(o: usize, wide: usize, n: i32): void {
  for (let i = 0; i < n; i++) reduceWide(o + 32 * i, wide + 64 * i);
}
