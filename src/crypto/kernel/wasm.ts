/**
 * The kernel in WebAssembly with 128-bit vectors: asm/ says how. Points are 48 f64 each, kept outside the module's
 * memory, which has a fixed size: everything passes through it in chunks. PUBLIC DATA ONLY, in variable time.
 */
import { type Bytes, concat, fromHex } from '../bytes.ts';
import { addScalars, encodeScalar, parseScalar, ZERO } from '../scalar.ts';
import type { Decoded, EncodedTerms, Kernel, Points, SumPlan } from './kernel.ts';
import {
  countItems,
  countParts,
  countTerms,
  ENCODED_BYTES,
  expectCount,
  HASH_BYTES,
  scalarBytes,
  WEIGHT_BYTES,
  WIDE_BYTES,
} from './lengths.ts';
import { LIMBS, type Machine, start } from './wasm-module.ts';
import { sumsOf } from './wasm-sums.ts';

const wrap = (points: PackedPoints): Points => points as unknown as Points;
const unwrap = (points: Points): PackedPoints => points as unknown as PackedPoints;

/** Points in one array, or in a few large ones one after another, which are not copied together. */
class PackedPoints {
  readonly length: number;
  readonly parts: readonly Float64Array[];

  constructor(parts: readonly Float64Array[]) {
    this.parts = parts;
    this.length = parts.reduce((sum, { length }) => sum + length, 0) / LIMBS;
  }

  /** The arrays of the points from `start` to before `end`. */
  between(start: number, end: number): Float64Array[] {
    let first = 0;
    return this.parts.flatMap((part) => {
      const from = Math.max(0, start * LIMBS - first);
      const to = Math.min(part.length, end * LIMBS - first);
      first += part.length;
      return from < to ? [part.subarray(from, to)] : [];
    });
  }
}

/** Copies arrays one after another. */
function join(parts: readonly Float64Array[], out: Float64Array): void {
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
}

/** Arrays that are kept apart have this many numbers on average, or more. */
const LARGE = 4096 * LIMBS;

function packedPoints(parts: readonly Float64Array[]): PackedPoints {
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  if (parts.length <= 1 || size >= LARGE * parts.length) return new PackedPoints(parts);
  const limbs = new Float64Array(size);
  join(parts, limbs);
  return new PackedPoints([limbs]);
}

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

const NO_TERMS: EncodedTerms = { encodings: new Uint8Array(), scalars: new Uint8Array() };

/** 0, 1, 1, 0. */
const IDENTITY = Float64Array.from({ length: LIMBS }, (_, i) => (i === LIMBS / 4 || i === LIMBS / 2 ? 1 : 0));

function identities(count: number): Points {
  const out = new Float64Array(count * LIMBS);
  for (let i = 0; i < count; i += 1) out.set(IDENTITY, i * LIMBS);
  return wrap(new PackedPoints([out]));
}

/** Kernels made by one `makeWasmKernel` share its memory, of 20 MB: calls on it are not re-entrant. @param wasm see `start`. */
export function makeWasmKernel(wasm?: string): Kernel {
  let started: Machine | undefined;
  let generator: Points | undefined;
  const machine = (): Machine => (started ??= start(wasm));

  /** Calls `run` for every chunk of `count`: from `at`, `n` of them. */
  const inChunks = (count: number, run: (machine: Machine, at: number, n: number) => void): void => {
    const own = machine();
    for (let at = 0; at < count; at += own.chunk) run(own, at, Math.min(own.chunk, count - at));
  };

  const load = (area: Float64Array, points: Points, at: number, n: number): void =>
    join(unwrap(points).between(at, at + n), area);

  const decode = (encodings: Bytes, hints?: Bytes): Decoded => {
    const count = countParts(encodings, ENCODED_BYTES, 'encodings');
    if (hints !== undefined) expectCount('hints', countParts(hints, ENCODED_BYTES, 'hints'), count);
    const out = new Float64Array(count * LIMBS);
    const bad: number[] = [];
    inChunks(count, ({ run, bytes, hints: area, flags, points }, at, n) => {
      const part = [at * ENCODED_BYTES, (at + n) * ENCODED_BYTES] as const;
      bytes.set(encodings.subarray(...part));
      if (hints !== undefined) area.set(hints.subarray(...part));
      run.decode(n, hints !== undefined);
      hints?.set(area.subarray(0, n * ENCODED_BYTES), part[0]);
      out.set(points.subarray(0, n * LIMBS), at * LIMBS);
      for (let i = 0; i < n; i += 1) if (flags[i] === 0) bad.push(at + i);
    });
    for (const i of bad) out.set(IDENTITY, i * LIMBS);
    const all = wrap(new PackedPoints([out]));
    return bad.length === 0 ? { ok: true, points: all } : { ok: false, points: all, bad };
  };

  const makeHints = (encodings: Bytes): Bytes => {
    const count = countParts(encodings, ENCODED_BYTES, 'encodings');
    const hints = new Uint8Array(encodings.length);
    inChunks(count, ({ run, bytes, hints: area }, at, n) => {
      bytes.set(encodings.subarray(at * ENCODED_BYTES, (at + n) * ENCODED_BYTES));
      run.decode(n, false);
      hints.set(area.subarray(0, n * ENCODED_BYTES), at * ENCODED_BYTES);
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
    const out = new Float64Array(a.length * LIMBS);
    inChunks(a.length, ({ run, points, morePoints }, at, n) => {
      load(points, a, at, n);
      load(morePoints, b, at, n);
      run.add(n);
      out.set(points.subarray(0, n * LIMBS), at * LIMBS);
    });
    return wrap(new PackedPoints([out]));
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

  const addAll = (sums: readonly Float64Array[]): Points => {
    const [first = identities(1), ...others] = sums.map((sum) => wrap(new PackedPoints([sum])));
    return others.reduce((sum, other) => add(sum, other), first);
  };

  const multiplyAndSum: Kernel['multiplyAndSum'] = (points, scalars) => {
    const own = machine();
    const bytes = scalarBytes(scalars, points.length);
    const sums = sumsOf(own, [bytes], (_, at, n) => {
      load(own.points, points, at, n);
      own.scalars.set(bytes.subarray(at * ENCODED_BYTES, (at + n) * ENCODED_BYTES));
      own.run.push(n);
      return true;
    });
    return addAll(sums ?? []);
  };

  const sumEncoded: Kernel['sumEncoded'] = (lists) => {
    const own = machine();
    const counts = lists.map(countTerms);
    const bad: number[] = [];
    const push = (list: number, at: number, n: number): boolean => {
      const { encodings, scalars, hints } = lists[list] ?? NO_TERMS;
      const part = [at * ENCODED_BYTES, (at + n) * ENCODED_BYTES] as const;
      own.bytes.set(encodings.subarray(...part));
      own.scalars.set(scalars.subarray(...part));
      if (hints !== undefined) own.hints.set(hints.subarray(...part));
      own.run.pushDecoded(n, hints !== undefined);
      hints?.set(own.hints.subarray(0, n * ENCODED_BYTES), part[0]);
      const first = at + counts.slice(0, list).reduce((sum, count) => sum + count, 0);
      for (let i = 0; i < n; i += 1) if (own.flags[i] === 0) bad.push(first + i);
      return bad.length === 0;
    };
    const sums = sumsOf(
      own,
      lists.map(({ scalars }) => scalars),
      push,
    );
    return sums === undefined ? { ok: false, bad } : { ok: true, sum: addAll(sums) };
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
    identities,
    slice: (points, start, end) => wrap(new PackedPoints(unwrap(points).between(start, end))),
    concat: (parts) => wrap(packedPoints(parts.flatMap((part) => unwrap(part).parts))),
    decode,
    makeHints,
    encode: (points) => toEncodings(points, 'encode'),
    encodeDoubles: (points) => toEncodings(points, 'encodeDoubles'),
    add,
    equal,
    isIdentity,
    multiplyAndSum,
    sumEncoded,
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

/** This thread's own. It starts at the first call. */
export const wasmKernel: Kernel = makeWasmKernel();
