/**
 * The kernel on plain bigints, which every platform runs: the twin that a faster one must agree with.
 * PUBLIC DATA ONLY, in variable time: no secret of a real election ever enters it.
 */
import type { Bytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { add, GENERATOR, IDENTITY, type Point } from './edwards.ts';
import type { Decoded, Kernel, PublicPoint } from './kernel.ts';
import { multiplyAndSum } from './pippenger.ts';
import { decode, ENCODED_BYTES, encode, encodeDoubles, equal, isIdentity } from './ristretto.ts';

const wrap = (point: Point): PublicPoint => point as unknown as PublicPoint;
const unwrap = (point: PublicPoint): Point => point as unknown as Point;

function decodeAll(encodings: Bytes): Decoded {
  if (encodings.length % ENCODED_BYTES !== 0) {
    throw new CryptoError('bad-length', 'encodings', `${encodings.length} bytes are no multiple of 32`);
  }
  const good: PublicPoint[] = [];
  const points = Array.from({ length: encodings.length / ENCODED_BYTES }, (_, i) => {
    const point = decode(encodings.subarray(i * ENCODED_BYTES, (i + 1) * ENCODED_BYTES));
    if (point !== undefined) good.push(wrap(point));
    return point === undefined ? undefined : wrap(point);
  });
  if (good.length === points.length) return { ok: true, points: good };
  return { ok: false, points, bad: [...points.keys()].filter((i) => points[i] === undefined) };
}

export const bigintKernel: Kernel = {
  identity: wrap(IDENTITY),
  generator: wrap(GENERATOR),
  decode: decodeAll,
  encode: (points) => encode(points.map(unwrap)),
  encodeDoubles: (points) => encodeDoubles(points.map(unwrap)),
  add: (a, b) => wrap(add(unwrap(a), unwrap(b))),
  equal: (a, b) => equal(unwrap(a), unwrap(b)),
  isIdentity: (point) => isIdentity(unwrap(point)),
  multiplyAndSum: (points, scalars) => {
    if (points.length !== scalars.length) {
      throw new CryptoError('bad-length', 'scalars', `${scalars.length} for ${points.length} points`);
    }
    return wrap(multiplyAndSum(points.map(unwrap), scalars));
  },
};
