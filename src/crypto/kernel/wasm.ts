/**
 * The kernel in WebAssembly with 128-bit vectors: asm/ says how. Points are 48 f64 each, kept outside the module's
 * memory, which has a fixed size: everything passes through it in chunks. PUBLIC DATA ONLY, in variable time.
 */
import { type Bytes, concat, fromHex } from '../bytes.ts';
import { addScalars, encodeScalar, parseScalar, ZERO } from '../scalar.ts';
import type { Decoded, Kernel, Points, SumPlan } from './kernel.ts';
import {
  countItems,
  countParts,
  ENCODED_BYTES,
  expectCount,
  HASH_BYTES,
  scalarBytes,
  WEIGHT_BYTES,
  WIDE_BYTES,
} from './lengths.ts';
import { LIMBS, type Machine, start } from './wasm-module.ts';

const wrap = (points: PackedPoints): Points => points as unknown as Points;
const unwrap = (points: Points): PackedPoints => points as unknown as PackedPoints;

class PackedPoints {
  readonly limbs: Float64Array;

  constructor(limbs: Float64Array) {
    this.limbs = limbs;
  }

  get length(): number {
    return this.limbs.length / LIMBS;
  }

  part(start: number, end: number): Float64Array {
    return this.limbs.subarray(start * LIMBS, end * LIMBS);
  }
}

const emptyPoints = (count: number): PackedPoints => new PackedPoints(new Float64Array(count * LIMBS));

/** How many items of `size` bytes fit. @throws RangeError if not even one does. */
function roomFor({ room }: Machine, fixed: number, size: number): number {
  const most = Math.floor((room.length - fixed) / size);
  if (most < 1) throw new RangeError(`${fixed} + ${size} bytes do not fit the memory of the kernel`);
  return most;
}

const STEP_BYTES = 24;

/** As asm/scalars.ts reads them. */
function encodeProducts({ products }: SumPlan): Bytes {
  const view = new DataView(new ArrayBuffer(STEP_BYTES * products.length));
  products.forEach(({ sum, weight, scalar, factor }, i) => {
    view.setUint32(STEP_BYTES * i, sum, true);
    view.setUint32(STEP_BYTES * i + 4, weight, true);
    view.setUint32(STEP_BYTES * i + 8, scalar, true);
    view.setFloat64(STEP_BYTES * i + 16, factor, true);
  });
  return new Uint8Array(view.buffer);
}

/** The sums, mod ℓ, of `count` scalars each of several parts. */
function addParts(parts: readonly Bytes[], count: number): Bytes {
  return concat(
    ...Array.from({ length: count }, (_, i) =>
      encodeScalar(
        parts.reduce(
          (sum, part) =>
            addScalars(sum, parseScalar(part.subarray(i * ENCODED_BYTES, (i + 1) * ENCODED_BYTES))),
          ZERO,
        ),
      ),
    ),
  );
}

/** What the module does for a sum, in products of pairs of field elements: see asm/pippenger.ts. */
function costOfSum(c: number, long: number, short: number): number {
  const pairs = (bits: number): number => Math.floor((Math.floor(bits / c) + 2) / 2);
  const windows = long > 0 ? pairs(253) : pairs(128);
  return 7 * (long * pairs(253) + short * pairs(128)) + windows * (2 ** (c - 1) * 18 + 16 * c);
}

function chooseDigitBits({ run }: Machine, scalars: Bytes, start: number, end: number): number {
  const view = new DataView(scalars.buffer, scalars.byteOffset);
  let long = 0;
  for (let i = start; i < end; i += 1) {
    let high = 0;
    for (let at = ENCODED_BYTES / 2; at < ENCODED_BYTES; at += 4)
      high |= view.getUint32(i * ENCODED_BYTES + at);
    if (high !== 0) long += 1;
  }
  let best = run.LEAST_DIGIT_BITS.value;
  for (let c = best; c <= run.MOST_DIGIT_BITS.value; c += 1) {
    if (costOfSum(c, long, end - start - long) < costOfSum(best, long, end - start - long)) best = c;
  }
  return best;
}

/** Kernels made by one `makeWasmKernel` share its memory, of 16 MB: calls on it are not re-entrant. */
export function makeWasmKernel(): Kernel {
  let started: Machine | undefined;
  let generator: Points | undefined;
  const machine = (): Machine => (started ??= start());

  /** Calls `run` for every chunk of `count`: from `at`, `n` of them. */
  const inChunks = (count: number, run: (machine: Machine, at: number, n: number) => void): void => {
    const own = machine();
    for (let at = 0; at < count; at += own.chunk) run(own, at, Math.min(own.chunk, count - at));
  };

  const load = (area: Float64Array, points: Points, at: number, n: number): void =>
    area.set(unwrap(points).part(at, at + n));

  const decode = (encodings: Bytes, hints?: Bytes): Decoded => {
    const count = countParts(encodings, ENCODED_BYTES, 'encodings');
    if (hints !== undefined) expectCount('hints', countParts(hints, ENCODED_BYTES, 'hints'), count);
    const out = emptyPoints(count);
    const bad: number[] = [];
    inChunks(count, ({ run, bytes, moreBytes, flags, points }, at, n) => {
      const part = [at * ENCODED_BYTES, (at + n) * ENCODED_BYTES] as const;
      bytes.set(encodings.subarray(...part));
      if (hints !== undefined) moreBytes.set(hints.subarray(...part));
      run.decode(n, hints !== undefined);
      hints?.set(moreBytes.subarray(0, n * ENCODED_BYTES), part[0]);
      out.limbs.set(points.subarray(0, n * LIMBS), at * LIMBS);
      for (let i = 0; i < n; i += 1) if (flags[i] === 0) bad.push(at + i);
    });
    for (const i of bad) out.limbs.set(IDENTITY, i * LIMBS);
    return bad.length === 0 ? { ok: true, points: wrap(out) } : { ok: false, points: wrap(out), bad };
  };

  const makeHints = (encodings: Bytes): Bytes => {
    const count = countParts(encodings, ENCODED_BYTES, 'encodings');
    const hints = new Uint8Array(encodings.length);
    inChunks(count, ({ run, bytes, moreBytes }, at, n) => {
      bytes.set(encodings.subarray(at * ENCODED_BYTES, (at + n) * ENCODED_BYTES));
      run.decode(n, false);
      hints.set(moreBytes.subarray(0, n * ENCODED_BYTES), at * ENCODED_BYTES);
    });
    return hints;
  };

  const toEncodings = (points: Points, encode: 'encode' | 'encodeDoubles'): Bytes => {
    const out = new Uint8Array(points.length * ENCODED_BYTES);
    inChunks(points.length, (own, at, n) => {
      load(own.points, points, at, n);
      own.run[encode](n);
      out.set(own.bytes.subarray(0, n * ENCODED_BYTES), at * ENCODED_BYTES);
    });
    return out;
  };

  const add = (a: Points, b: Points): Points => {
    expectCount('b', b.length, a.length);
    const out = emptyPoints(a.length);
    inChunks(a.length, ({ run, points, morePoints }, at, n) => {
      load(points, a, at, n);
      load(morePoints, b, at, n);
      run.add(n);
      out.limbs.set(points.subarray(0, n * LIMBS), at * LIMBS);
    });
    return wrap(out);
  };

  const equal = (a: Points, b: Points): boolean => {
    expectCount('b', b.length, a.length);
    let all = true;
    inChunks(a.length, ({ run, points, morePoints, flags }, at, n) => {
      load(points, a, at, n);
      load(morePoints, b, at, n);
      run.equal(n);
      all &&= flags.subarray(0, n).every((flag) => flag === 1);
    });
    return all;
  };

  const isIdentity = (p: Points): boolean => {
    let all = true;
    inChunks(p.length, ({ run, points, flags }, at, n) => {
      load(points, p, at, n);
      run.isIdentity(n);
      all &&= flags.subarray(0, n).every((flag) => flag === 1);
    });
    return all;
  };

  /** The sum of the terms from `start` to before `end`, as many as the table holds. */
  const sumPart = (points: Points, scalars: Bytes, start: number, end: number): Points => {
    const own = machine();
    own.run.begin(chooseDigitBits(own, scalars, start, end));
    for (let at = start; at < end; at += own.chunk) {
      const n = Math.min(own.chunk, end - at);
      load(own.points, points, at, n);
      own.bytes.set(scalars.subarray(at * ENCODED_BYTES, (at + n) * ENCODED_BYTES));
      own.run.push(n);
    }
    own.run.finish();
    return wrap(new PackedPoints(own.points.slice(0, LIMBS)));
  };

  const multiplyAndSum: Kernel['multiplyAndSum'] = (points, scalars) => {
    const bytes = scalarBytes(scalars, points.length);
    const parts = Math.max(1, Math.ceil(points.length / machine().capacity));
    const border = (part: number): number => Math.round((part * points.length) / parts);
    let sum = sumPart(points, bytes, 0, border(1));
    for (let i = 1; i < parts; i += 1) sum = add(sum, sumPart(points, bytes, border(i), border(i + 1)));
    return sum;
  };

  /** Passes parts of `size` bytes through `run`, as many at a time as there is room for, to `outSize` bytes each. */
  const mapParts = (
    bytes: Bytes,
    size: number,
    outSize: number,
    where: string,
    run: (machine: Machine, o: number, from: number, n: number) => void,
  ): Bytes => {
    const count = countParts(bytes, size, where);
    const out = new Uint8Array(count * outSize);
    const own = machine();
    const base = own.room.byteOffset;
    const most = roomFor(own, 0, size + outSize);
    for (let at = 0; at < count; at += most) {
      const n = Math.min(most, count - at);
      own.room.set(bytes.subarray(at * size, (at + n) * size), n * outSize);
      run(own, base, base + n * outSize, n);
      out.set(own.room.subarray(0, n * outSize), at * outSize);
    }
    return out;
  };

  const sumProducts: Kernel['sumProducts'] = (plan, weights, scalars) => {
    const count = countItems(plan, weights, scalars);
    const { run, room } = machine();
    const program = encodeProducts(plan);
    const [weightSize, scalarSize, outSize] = [
      WEIGHT_BYTES * plan.weights,
      ENCODED_BYTES * plan.scalars,
      ENCODED_BYTES * plan.own,
    ];
    const sharedSize = ENCODED_BYTES * plan.shared;
    const wideSize = WIDE_BYTES * (plan.shared + plan.own);
    const fixed = program.length + wideSize + sharedSize;
    const most = roomFor(machine(), fixed, weightSize + scalarSize + outSize);
    const own = new Uint8Array(count * outSize);
    const shared: Bytes[] = [];
    for (let at = 0; at < count; at += most) {
      const n = Math.min(most, count - at);
      const sumsAt = program.length;
      const weightsAt = sumsAt + wideSize;
      const scalarsAt = weightsAt + n * weightSize;
      const outAt = scalarsAt + n * scalarSize;
      room.set(program);
      room.set(weights.subarray(at * weightSize, (at + n) * weightSize), weightsAt);
      room.set(scalars.subarray(at * scalarSize, (at + n) * scalarSize), scalarsAt);
      run.sumProducts(
        room.byteOffset + outAt,
        n,
        room.byteOffset,
        plan.products.length,
        room.byteOffset + weightsAt,
        plan.weights,
        room.byteOffset + scalarsAt,
        plan.scalars,
        room.byteOffset + sumsAt,
        plan.shared + plan.own,
        plan.shared,
      );
      shared.push(room.slice(outAt, outAt + sharedSize));
      own.set(room.subarray(outAt + sharedSize, outAt + sharedSize + n * outSize), at * outSize);
    }
    return { shared: addParts(shared, plan.shared), own };
  };

  return {
    get generator() {
      return (generator ??= decode(GENERATOR).points);
    },
    identities: (count) => {
      const out = emptyPoints(count);
      for (let i = 0; i < count; i += 1) out.limbs.set(IDENTITY, i * LIMBS);
      return wrap(out);
    },
    slice: (points, start, end) => wrap(new PackedPoints(unwrap(points).part(start, end))),
    concat: (parts) => {
      const out = emptyPoints(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        out.limbs.set(unwrap(part).limbs, at * LIMBS);
        at += part.length;
      }
      return wrap(out);
    },
    decode,
    makeHints,
    encode: (points) => toEncodings(points, 'encode'),
    encodeDoubles: (points) => toEncodings(points, 'encodeDoubles'),
    add,
    equal,
    isIdentity,
    multiplyAndSum,
    hashEach: (messages, length, name = 'sha512') =>
      mapParts(messages, length, HASH_BYTES[name], 'messages', ({ run }, o, from, n) =>
        name === 'sha256'
          ? run.hash256(o, from, length, n)
          : run.hash512(o, from, length, n, name === 'sha512_256'),
      ),
    reduceEach: (wide) =>
      mapParts(wide, WIDE_BYTES, ENCODED_BYTES, 'wide', ({ run }, o, from, n) => run.reduce(o, from, n)),
    sumProducts,
  };
}

/** RFC 9496 appendix A.1. */
const GENERATOR = fromHex('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76');

/** 0, 1, 1, 0. */
const IDENTITY = Float64Array.from({ length: LIMBS }, (_, i) => (i === LIMBS / 4 || i === LIMBS / 2 ? 1 : 0));

/** This thread's own. It starts at the first call. */
export const wasmKernel: Kernel = makeWasmKernel();
