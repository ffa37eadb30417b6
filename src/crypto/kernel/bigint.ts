/**
 * The kernel on plain bigints, which every platform runs: the twin that a faster one must agree with.
 * PUBLIC DATA ONLY, in variable time: no secret of a real election ever enters it.
 */
import { sha256, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { type Bytes, concat } from '../bytes.ts';
import { encodeScalar, scalarFromWide } from '../scalar.ts';
import { add, GENERATOR, IDENTITY, type Point } from './edwards.ts';
import type { Decoded, EncodedTerms, HashName, Kernel, Points, SumOfEncoded } from './kernel.ts';
import {
  countParts,
  countTerms,
  ENCODED_BYTES,
  expectCount,
  HASH_BYTES,
  scalarBytes,
  WIDE_BYTES,
} from './lengths.ts';
import { multiplyAndSum } from './pippenger.ts';
import { decode, encode, encodeDoubles, equal, hintOf, isIdentity } from './ristretto.ts';
import { sumProducts } from './sum-products.ts';

const wrap = (points: readonly Point[]): Points => points as unknown as Points;
const unwrap = (points: Points): readonly Point[] => points as unknown as readonly Point[];

/** What `of` makes of each 32 bytes. */
function mapEncodings<T>(encodings: Bytes, of: (bytes: Bytes, i: number) => T): T[] {
  return Array.from({ length: countParts(encodings, ENCODED_BYTES, 'encodings') }, (_, i) =>
    of(encodings.subarray(i * ENCODED_BYTES, (i + 1) * ENCODED_BYTES), i),
  );
}

/** The `size` bytes that `of` makes of each part of `length`, side by side. */
function mapParts(
  bytes: Bytes,
  length: number,
  where: string,
  size: number,
  of: (part: Bytes) => Bytes,
): Bytes {
  const count = countParts(bytes, length, where);
  const out = new Uint8Array(count * size);
  for (let i = 0; i < count; i += 1) out.set(of(bytes.subarray(i * length, (i + 1) * length)), i * size);
  return out;
}

const HASHES: Readonly<Record<HashName, (message: Bytes) => Bytes>> = { sha256, sha512, sha512_256 };

function decodeAll(encodings: Bytes, hints?: Bytes): Decoded {
  const bad: number[] = [];
  if (hints !== undefined)
    expectCount(
      'hints',
      countParts(hints, ENCODED_BYTES, 'hints'),
      countParts(encodings, ENCODED_BYTES, 'encodings'),
    );
  const points = mapEncodings(encodings, (bytes, i) => {
    const point = decode(bytes, hints?.subarray(i * ENCODED_BYTES, (i + 1) * ENCODED_BYTES));
    if (point === undefined) bad.push(i);
    return point ?? IDENTITY;
  });
  return bad.length === 0 ? { ok: true, points: wrap(points) } : { ok: false, points: wrap(points), bad };
}

function pairs(a: Points, b: Points): (readonly [Point, Point])[] {
  expectCount('b', b.length, a.length);
  return unwrap(a).map((p, i) => [p, unwrap(b)[i] ?? IDENTITY]);
}

function sumEncoded(lists: readonly EncodedTerms[]): SumOfEncoded {
  for (const list of lists) countTerms(list);
  const decoded = lists.map(({ encodings, hints }) => decodeAll(encodings, hints));
  let first = 0;
  const bad = decoded.flatMap((own) => {
    first += own.points.length;
    return own.ok ? [] : own.bad.map((i) => first - own.points.length + i);
  });
  if (bad.length > 0) return { ok: false, bad };
  const scalars = concat(...lists.map((list) => list.scalars));
  return {
    ok: true,
    sum: wrap([
      multiplyAndSum(
        decoded.flatMap(({ points }) => unwrap(points)),
        scalars,
      ),
    ]),
  };
}

export const bigintKernel: Kernel = {
  generator: wrap([GENERATOR]),
  identities: (count) => wrap(Array.from({ length: count }, () => IDENTITY)),
  slice: (points, start, end) => wrap(unwrap(points).slice(start, end)),
  concat: (parts) => wrap(parts.flatMap(unwrap)),
  decode: decodeAll,
  makeHints: (encodings) => {
    const hints = new Uint8Array(encodings.length);
    mapEncodings(encodings, hintOf).forEach((hint, i) => hints.set(hint, i * ENCODED_BYTES));
    return hints;
  },
  encode: (points) => encode(unwrap(points)),
  encodeDoubles: (points) => encodeDoubles(unwrap(points)),
  add: (a, b) => wrap(pairs(a, b).map(([p, q]) => add(p, q))),
  equal: (a, b) => pairs(a, b).every(([p, q]) => equal(p, q)),
  isIdentity: (points) => unwrap(points).every(isIdentity),
  multiplyAndSum: (points, scalars) =>
    wrap([multiplyAndSum(unwrap(points), scalarBytes(scalars, points.length))]),
  sumEncoded,
  hashEach: (messages, length, name = 'sha512') =>
    mapParts(messages, length, 'messages', HASH_BYTES[name], HASHES[name]),
  reduceEach: (wide) =>
    mapParts(wide, WIDE_BYTES, 'wide', ENCODED_BYTES, (bytes) => encodeScalar(scalarFromWide(bytes))),
  sumProducts,
};
