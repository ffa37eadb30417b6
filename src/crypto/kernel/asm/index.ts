/**
 * The kernel's boundary: bulk operations on n elements in fixed areas of memory, whose addresses it gives. All
 * of it is PUBLIC DATA, in variable time. No i64 crosses; nothing is allocated; calls are not re-entrant.
 */
import { addPoints, pairPoints, POINT, POINTS, T, unpairPoints, Y } from './edwards';
import { initField } from './field';
import { decodeFour, doublesOf, encodePair, equalPair, FOUR, identityPair } from './ristretto';
import {
  affinePoints,
  beginSum,
  CAPACITY,
  endSum,
  DIGITS_CAPACITY,
  LEAST_DIGIT_BITS,
  MOST_DIGIT_BITS,
  pushPair,
  pushTerms,
  TABLE,
  TABLE_BYTES,
} from './pippenger';
import { initScalars, reduceWide, sumProducts } from './scalars';
import { sha256 } from './sha256';
import { sha512 } from './sha512';

export { CAPACITY, DIGITS_CAPACITY, LEAST_DIGIT_BITS, MOST_DIGIT_BITS, sumProducts };

/** Points or encodings in one call. */
export const CHUNK: i32 = 512;

/** n × 32 bytes in or out, n × 32 bytes of hints, and as many of scalars. */
export const bytesArea = memory.data(16384, 16);
export const hintsArea = memory.data(16384, 16);
export const scalarsArea = memory.data(16384, 16);
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

const FOUR_POINTS = memory.data(1536, 16);

/** Decodes up to four encodings, from number i on, and writes their flags. */
function decodeFrom(i: i32, n: i32, hinted: bool): void {
  const rest = min(n - i, FOUR);
  const ok = decodeFour(FOUR_POINTS, bytesArea + 32 * i, hintsArea + 32 * i, rest, hinted);
  for (let k = 0; k < rest; k++) store<u8>(flagsArea + i + k, (ok >> k) & 1);
}

/**
 * bytes → points and flags; hints ↔ hints. `hinted`: use the hints, and write those that were wrong anew. Where a
 * flag is 0 the point is meaningless.
 */
export function decode(n: i32, hinted: bool): void {
  for (let i = 0; i < n; i += FOUR) {
    decodeFrom(i, n, hinted);
    unpairPoints(pointsArea + POINT * i, pointsArea + POINT * partner(i, n), FOUR_POINTS);
    if (i + 2 < n)
      unpairPoints(pointsArea + POINT * (i + 2), pointsArea + POINT * partner(i + 2, n), FOUR_POINTS + POINTS);
  }
}

/** bytes, hints ↔ hints, scalars → n terms of a sum, and flags: as `decode` and then `push` would. */
export function pushDecoded(n: i32, hinted: bool): void {
  for (let i = 0; i < n; i += FOUR) {
    decodeFrom(i, n, hinted);
    pushFrom(FOUR_POINTS, i, n);
    if (i + 2 < n) pushFrom(FOUR_POINTS + POINTS, i + 2, n);
  }
}

function pushFrom(pair: usize, i: i32, n: i32): void {
  pushPair(pair, pair + Y, pair + T, scalarsArea + 32 * i, i + 1 == n);
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

/** Begins a sum Σ sᵢ·Pᵢ of so many terms, with digits of `low` bits, and of `high` above 128 bits or so. */
export function begin(low: i32, high: i32, terms: i32): void {
  beginSum(low, high, terms);
}

/** Adds n terms: points, and scalars below 2^253. */
export function push(n: i32): void {
  affinePoints(pointsArea, n, morePointsArea);
  pushTerms(pointsArea, scalarsArea, n);
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
