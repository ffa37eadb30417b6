/**
 * The kernel in WebAssembly against its bigint twin: results and refusals, attack B13 with hints, sizes and digits of
 * sums, scalars, hashes, and that the committed modules are what their source compiles to.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sha256, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type Bytes, concat, fromHex, toHex } from '../../src/crypto/bytes.ts';
import { encodeElement, hashToGroup } from '../../src/crypto/group.ts';
import { bigintKernel as twin } from '../../src/crypto/kernel/bigint.ts';
import type { Kernel, Points, SumPlan } from '../../src/crypto/kernel/kernel.ts';
import { FUSED_KERNEL_WASM, KERNEL_WASM } from '../../src/crypto/kernel/kernel-wasm.ts';
import { wasmKernel as kernel, makeWasmKernel } from '../../src/crypto/kernel/wasm.ts';
import {
  encodeScalar,
  GROUP_ORDER,
  randomScalar,
  type Scalar,
  scalarFromWide,
} from '../../src/crypto/scalar.ts';
import rfc9496 from '../vectors/rfc9496/rfc9496_vectors.json' with { type: 'json' };
import { anyScalar, littleEndian, REFUSED_ENCODINGS, refusalOf } from './hostile-inputs.ts';

const P = 2n ** 255n - 19n;
const SQRT_M1 = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n;
const GOOD = rfc9496.base_multiples.map((multiple) => fromHex(multiple));
const BAD = REFUSED_ENCODINGS.map(([, bytes]) => bytes);

function integerOf(bytes: Bytes): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** What a kernel makes of encodings: which it refuses, and the others encoded again. */
function outcome(own: Kernel, encodings: Bytes, hints?: Bytes): { bad: readonly number[]; hex: string } {
  const decoded = own.decode(encodings, hints);
  return { bad: decoded.ok ? [] : decoded.bad, hex: toHex(own.encode(decoded.points)) };
}

function pointsOf(own: Kernel, encodings: Bytes): Points {
  const decoded = own.decode(encodings);
  if (!decoded.ok) throw new Error(`refused: ${decoded.bad.join()}`);
  return decoded.points;
}

const anyBytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyGood = fc.uint8Array({ maxLength: 8 }).map((seed) => encodeElement(hashToGroup('test', seed)));
/** s even and below p, half of them encodings; and values at the edges of limbs. */
const anyEncoding = fc.oneof(
  anyGood,
  anyBytes.map((bytes) => Uint8Array.from(bytes, (byte, i) => byte & (i === 0 ? 254 : i === 31 ? 127 : 255))),
  anyBytes,
  fc.constantFrom(...GOOD, ...BAD),
  fc
    .tuple(
      fc.constantFrom(0, 22, 43, 64, 85, 107, 128, 149, 170, 192, 213, 234, 255),
      fc.integer({ min: -20, max: 20 }),
    )
    .map(([bit, near]) => littleEndian(BigInt.asUintN(256, 2n ** BigInt(bit) + BigInt(near)))),
);

/** The right hint, and all that an attacker may put in its place. */
function hintsFor(encoding: Bytes): Bytes[] {
  const right = integerOf(twin.makeHints(encoding));
  const mod = (n: bigint): Bytes => littleEndian(((n % P) + P) % P);
  return [
    mod(right),
    mod(-right),
    mod(right * SQRT_M1),
    mod(-right * SQRT_M1),
    mod(right + 1n),
    littleEndian(BigInt.asUintN(256, right + P)),
    littleEndian(right + 2n ** 255n),
    littleEndian(0n),
    littleEndian(1n),
    littleEndian(P - 1n),
    littleEndian(P),
    littleEndian(2n ** 256n - 1n),
  ];
}

describe('decoding', () => {
  test('any encodings, any number of them, are read and refused alike', () => {
    fc.assert(
      fc.property(fc.array(anyEncoding, { maxLength: 9 }), (encodings) => {
        const bytes = concat(...encodings);
        expect(outcome(kernel, bytes)).toEqual(outcome(twin, bytes));
      }),
      { numRuns: 300 },
    );
  });

  test('across the chunks of its memory', () => {
    const encodings = Array.from(
      { length: 1100 },
      (_, i) => (i % 97 === 5 ? BAD : GOOD)[i % GOOD.length] ?? GOOD[0],
    );
    const bytes = concat(...encodings.flatMap((encoding) => encoding ?? []));
    expect(outcome(kernel, bytes)).toEqual(outcome(twin, bytes));
    const hints = kernel.makeHints(bytes);
    expect(outcome(kernel, bytes, hints)).toEqual(outcome(kernel, bytes));
  });

  test('its hints are those of the twin for what decodes', () => {
    const bytes = concat(...GOOD);
    const [own, other] = [kernel.makeHints(bytes), twin.makeHints(bytes)];
    GOOD.forEach((_, i) => {
      const [a, b] = [own, other].map((hints) => integerOf(hints.subarray(32 * i, 32 * i + 32)));
      expect([b, P - (b ?? 0n)]).toContain(a);
    });
  });

  test('B13: no hint changes what is refused or read', () => {
    for (const encoding of [...GOOD.slice(0, 4), ...BAD]) {
      const plain = outcome(twin, encoding);
      for (const hint of hintsFor(encoding)) {
        expect(outcome(kernel, encoding, hint)).toEqual(plain);
        expect(outcome(twin, encoding, hint)).toEqual(plain);
      }
    }
  });

  test('hints that do not serve are written anew', () => {
    const bytes = concat(...GOOD);
    for (const own of [kernel, twin]) {
      const right = own.makeHints(bytes);
      const hints = right.map((byte, at) => (at % 96 < 32 ? byte : 0));
      outcome(own, bytes, hints);
      GOOD.forEach((_, i) => {
        const [a, b] = [hints, right].map((all) => integerOf(all.subarray(32 * i, 32 * i + 32)));
        expect([b, P - (b ?? 0n)]).toContain(a);
      });
    }
  });

  test('B13: any hint, beside a right or a wrong one', () => {
    fc.assert(
      fc.property(anyEncoding, anyEncoding, fc.nat(11), fc.nat(11), anyBytes, (a, b, i, j, random) => {
        const bytes = concat(a, b);
        const hints = concat(hintsFor(a)[i] ?? random, j === 0 ? random : (hintsFor(b)[j] ?? random));
        expect(outcome(kernel, bytes, hints)).toEqual(outcome(twin, bytes));
      }),
      { numRuns: 150 },
    );
  });

  test('as many hints as encodings', () => {
    for (const own of [kernel, twin]) {
      expect(refusalOf(() => own.decode(new Uint8Array(64), new Uint8Array(32)))).toBe('bad-length at hints');
      expect(refusalOf(() => own.decode(new Uint8Array(32), new Uint8Array(31)))).toBe('bad-length at hints');
      expect(refusalOf(() => own.makeHints(new Uint8Array(31)))).toBe('bad-length at encodings');
    }
  });
});

describe('sums', () => {
  const most = (GROUP_ORDER - 1n) as Scalar;
  const zero = 0n as Scalar;
  const shorter = (scalar: Scalar): Scalar => BigInt.asUintN(128, scalar) as Scalar;
  /** Every digit at its largest and smallest, for any width of digits. */
  const extremes = [zero, 1n, most, 2n ** 252n, 2n ** 128n, 2n ** 128n - 1n, 2n ** 252n - 1n].map(
    (n) => n as Scalar,
  );
  /** Where digits begin that are `low` bits wide up to 128 bits and a carry, in pairs, and `high` bits above. */
  function* digitBits(low: number, high: number): Generator<[bit: bigint, width: bigint]> {
    const border = 2 * low * Math.ceil(129 / low / 2);
    for (let bit = 0; bit < 240; bit += bit < border ? low : high)
      yield [BigInt(bit), BigInt(bit < border ? low : high)];
  }
  const WIDTHS = Array.from({ length: 8 }, (_, i) => i + 4);
  for (const [low, high] of WIDTHS.flatMap((width) => WIDTHS.map((other) => [width, other] as const))) {
    let [halves, above] = [0n, 0n];
    for (const [bit, width] of digitBits(low, high)) {
      halves += 2n ** (bit + width - 1n);
      above += (2n ** (width - 1n) + 1n) << bit;
    }
    extremes.push((halves % GROUP_ORDER) as Scalar, (above % GROUP_ORDER) as Scalar);
  }

  test.each([0, 1, 2, 3, 17, 300, 5000])(
    'of %d points, short and long scalars, are those of the twin',
    (size) => {
      const scalars = Array.from({ length: size }, (_, i) => {
        const scalar = extremes[(7 * i) % 170] ?? randomScalar();
        return i % 3 === 0 ? scalar : shorter(scalar);
      });
      const bytes = concat(...scalars.map((_, i) => GOOD[i % GOOD.length] ?? new Uint8Array(32)));
      const [own, other] = [kernel, twin].map((each) =>
        toHex(each.encode(each.multiplyAndSum(pointsOf(each, bytes), scalars))),
      );
      expect(own).toBe(other);
    },
  );

  test('of one point times every extreme scalar', () => {
    for (const scalar of extremes) {
      const [own, other] = [kernel, twin].map((each) =>
        toHex(each.encode(each.multiplyAndSum(each.generator, [scalar]))),
      );
      expect(own).toBe(other);
    }
  });

  test('of more points than its table holds: G times the sum of the scalars', () => {
    const count = 70_001;
    const scalars = new Uint8Array(32 * count);
    const encodings = new Uint8Array(32 * count);
    let total = 0n;
    for (let i = 0; i < count; i += 1) {
      scalars.set([i & 255, (i * 7) & 255, 0, i % 5], 32 * i + (i % 2 === 0 ? 0 : 20));
      encodings.set(GOOD[1] ?? [], 32 * i);
      total += integerOf(scalars.subarray(32 * i, 32 * i + 32));
    }
    const sum = kernel.multiplyAndSum(pointsOf(kernel, encodings), scalars);
    expect(
      kernel.equal(sum, kernel.multiplyAndSum(kernel.generator, [(total % GROUP_ORDER) as Scalar])),
    ).toBe(true);
  });

  /** Hostile encodings or none, with hints for some of them. */
  const anyTerms = fc.array(
    fc.tuple(
      fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...GOOD) }, anyEncoding),
      anyScalar,
      fc.boolean(),
      fc.nat(13),
    ),
    { maxLength: 9 },
  );

  test('of encodings: those of their points, unless some are refused', () => {
    const seen = { good: 0, bad: 0 };
    fc.assert(
      fc.property(fc.array(anyTerms, { maxLength: 3 }), fc.boolean(), (lists, isHinted) => {
        const terms = lists.map((list) => ({
          encodings: concat(...list.map(([encoding]) => encoding)),
          scalars: concat(...list.map(([, scalar, half]) => encodeScalar(half ? shorter(scalar) : scalar))),
          hints: isHinted
            ? concat(...list.map(([encoding, , , i]) => hintsFor(encoding)[i] ?? new Uint8Array(32)))
            : undefined,
        }));
        const all = concat(...terms.map(({ encodings }) => encodings));
        const decoded = twin.decode(all);
        for (const own of [kernel, twin]) {
          const copies = terms.map((list) => ({ ...list, hints: list.hints?.slice() }));
          const found = own.sumEncoded(copies);
          expect(found.ok ? [] : found.bad).toEqual(decoded.ok ? [] : decoded.bad);
          seen[found.ok ? 'good' : 'bad'] += 1;
          if (!found.ok) continue;
          const sum = twin.multiplyAndSum(decoded.points, concat(...terms.map(({ scalars }) => scalars)));
          expect(toHex(own.encode(found.sum))).toBe(toHex(twin.encode(sum)));
        }
      }),
      { numRuns: 150 },
    );
    expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(20);
  });

  test('of encodings, more than its table holds, in lists: their hints are written, and the bad ones are told', () => {
    const counts = [2, 45_000, 513, 50_000];
    const lists = counts.map((count, list) => {
      const scalars = new Uint8Array(32 * count);
      const encodings = new Uint8Array(32 * count);
      for (let i = 0; i < count; i += 1) {
        scalars.set([i & 255, (i * 7) & 255, list, i % 5], 32 * i + (i % 3 === 0 ? 20 : 0));
        encodings.set(GOOD[1 + (i % 3)] ?? [], 32 * i);
      }
      const hint = kernel.makeHints(encodings.subarray(0, 96));
      const hints = new Uint8Array(32 * count);
      for (let i = 0; i < count; i += 3) hints.set(hint.subarray(0, 32 * Math.min(3, count - i)), 32 * i);
      return { scalars, encodings, hints };
    });
    let total = 0n;
    for (const { scalars } of lists) {
      for (let i = 0; 32 * i < scalars.length; i += 1)
        total += BigInt(1 + (i % 3)) * integerOf(scalars.subarray(32 * i, 32 * i + 32));
    }
    const expected = kernel.multiplyAndSum(kernel.generator, [(total % GROUP_ORDER) as Scalar]);
    const found = kernel.sumEncoded(lists);
    expect(found.ok && kernel.equal(found.sum, expected)).toBe(true);
    const [, second, , last] = lists;
    second?.encodings.set(BAD[0] ?? [], 32 * 44_999);
    last?.encodings.set(BAD[1] ?? [], 32 * 49_998);
    expect(kernel.sumEncoded(lists)).toEqual({ ok: false, bad: [45_001, 95_513] });
  });

  test('of as many encodings as scalars', () => {
    const [one, two] = [new Uint8Array(32), new Uint8Array(64)];
    for (const own of [kernel, twin]) {
      const sum = (encodings: Bytes, scalars: Bytes, hints?: Bytes) => () =>
        own.sumEncoded([{ encodings, scalars, hints }]);
      expect(refusalOf(sum(one, two))).toBe('bad-length at scalars');
      expect(refusalOf(sum(new Uint8Array(31), one))).toBe('bad-length at encodings');
      expect(refusalOf(sum(one, one, two))).toBe('bad-length at hints');
    }
  });

  test('of points with any Z, many of them: P and −P cancel, and sums go on in one memory', () => {
    const start = pointsOf(
      kernel,
      concat(...Array.from({ length: 700 }, (_, i) => GOOD[i % 16] ?? new Uint8Array())),
    );
    const points = kernel.add(start, kernel.concat([kernel.slice(start, 5, 700), kernel.slice(start, 0, 5)]));
    const scalars = Array.from({ length: 700 }, () => randomScalar());
    const negated = scalars.map((scalar) => ((GROUP_ORDER - scalar) % GROUP_ORDER) as Scalar);
    for (let times = 0; times < 2; times += 1) {
      const sum = kernel.multiplyAndSum(kernel.concat([points, points]), [...scalars, ...negated]);
      expect(kernel.isIdentity(sum)).toBe(true);
      const other = twin.multiplyAndSum(pointsOf(twin, kernel.encode(points)), scalars);
      expect(toHex(kernel.encode(kernel.multiplyAndSum(points, scalars)))).toBe(toHex(twin.encode(other)));
    }
  });

  test('adding on for long keeps every limb within its bounds', () => {
    let [a, b] = [kernel.generator, twin.generator];
    const points: Points[] = [];
    for (let i = 0; i < 300; i += 1) {
      a = kernel.add(a, i % 3 === 0 ? kernel.generator : a);
      b = twin.add(b, i % 3 === 0 ? twin.generator : b);
      points.push(a);
      if (i % 10 === 0) expect(toHex(kernel.encode(a))).toBe(toHex(twin.encode(b)));
    }
    const all = kernel.concat(points);
    expect(toHex(kernel.encodeDoubles(all))).toBe(toHex(kernel.encode(kernel.add(all, all))));
    expect(kernel.equal(all, all)).toBe(true);
    expect(kernel.equal(all, kernel.concat([...points.slice(1), kernel.generator]))).toBe(false);
  });
});

describe('scalars and hashes', () => {
  test('wide integers modulo ℓ', () => {
    const anyWide = fc.oneof(
      fc.uint8Array({ minLength: 64, maxLength: 64 }),
      fc
        .tuple(fc.bigInt({ min: 0n, max: 2n ** 260n }), fc.bigInt({ min: -3n, max: 3n }))
        .map(([times, near]) => BigInt.asUintN(512, times * GROUP_ORDER + near))
        .map((n) => concat(littleEndian(BigInt.asUintN(256, n)), littleEndian(n >> 256n))),
      fc.constantFrom(new Uint8Array(64), new Uint8Array(64).fill(255)),
    );
    fc.assert(
      fc.property(fc.array(anyWide, { maxLength: 4 }), (wide) => {
        const expected = concat(...wide.map((bytes) => encodeScalar(scalarFromWide(bytes))));
        expect(toHex(kernel.reduceEach(concat(...wide)))).toBe(toHex(expected));
        expect(toHex(twin.reduceEach(concat(...wide)))).toBe(toHex(expected));
      }),
      { numRuns: 300 },
    );
  });

  test('sums of products', () => {
    const factor = fc.oneof(
      fc.constantFrom(1, -1, 0, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 32),
      fc.maxSafeInteger(),
    );
    const weight = fc.oneof(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.constantFrom(new Uint8Array(16), new Uint8Array(16).fill(255)),
    );
    const product = fc.record({ sum: fc.nat(3), weight: fc.nat(1), scalar: fc.nat(2), factor });
    fc.assert(
      fc.property(
        fc.array(product, { maxLength: 12 }),
        fc.integer({ min: 0, max: 3 }),
        fc.array(weight, { minLength: 6, maxLength: 6 }),
        fc.array(anyScalar, { minLength: 9, maxLength: 9 }),
        (products, items, weights, scalars) => {
          const plan: SumPlan = { weights: 2, scalars: 3, shared: 2, own: 2, products };
          const given = [
            concat(...weights.slice(0, 2 * items)),
            concat(...scalars.slice(0, 3 * items).map(encodeScalar)),
          ] as const;
          expect(kernel.sumProducts(plan, ...given)).toEqual(twin.sumProducts(plan, ...given));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('sums of products of more items than there is room for', () => {
    const plan: SumPlan = {
      weights: 60,
      scalars: 200,
      shared: 1,
      own: 200,
      products: [
        { sum: 0, weight: 59, scalar: 199, factor: -1 },
        { sum: 200, weight: 0, scalar: 7, factor: 3 },
      ],
    };
    const items = 1500;
    const weights = Uint8Array.from({ length: 16 * 60 * items }, (_, i) => i % 251);
    const scalars = Uint8Array.from({ length: 32 * 200 * items }, (_, i) => (i % 32 === 31 ? 15 : i % 241));
    const [own, other] = [kernel, twin].map((each) => each.sumProducts(plan, weights, scalars));
    expect(toHex(own?.shared ?? weights)).toBe(toHex(other?.shared ?? scalars));
    expect(Buffer.compare(own?.own ?? weights, other?.own ?? scalars)).toBe(0);
  });

  test('weights and scalars are for equally many items', () => {
    const plan: SumPlan = { weights: 1, scalars: 1, shared: 0, own: 1, products: [] };
    for (const own of [kernel, twin]) {
      expect(refusalOf(() => own.sumProducts(plan, new Uint8Array(16), new Uint8Array(64)))).toBe(
        'bad-length at scalars',
      );
      expect(refusalOf(() => own.sumProducts(plan, new Uint8Array(15), new Uint8Array(32)))).toBe(
        'bad-length at weights',
      );
    }
  });

  test('hashes of every length around their blocks', () => {
    for (const length of [
      1, 2, 54, 55, 56, 57, 63, 64, 65, 110, 111, 112, 113, 127, 128, 129, 239, 240, 256, 1000,
    ]) {
      const messages = Array.from({ length: 5 }, (_, i) =>
        new Uint8Array(length).map((_byte, at) => at * 7 + i),
      );
      const expected = toHex(concat(...messages.map((message) => sha512(message))));
      expect(toHex(kernel.hashEach(concat(...messages), length))).toBe(expected);
      expect(toHex(twin.hashEach(concat(...messages), length))).toBe(expected);
      for (const [name, hash] of [
        ['sha256', sha256],
        ['sha512_256', sha512_256],
      ] as const) {
        const hashes = toHex(concat(...messages.map((message) => hash(message))));
        expect(toHex(kernel.hashEach(concat(...messages), length, name))).toBe(hashes);
        expect(toHex(twin.hashEach(concat(...messages), length, name))).toBe(hashes);
      }
    }
    for (const own of [kernel, twin]) {
      expect(refusalOf(() => own.hashEach(new Uint8Array(3), 2))).toBe('bad-length at messages');
      expect(refusalOf(() => own.hashEach(new Uint8Array(3), 0))).toBe('bad-length at messages');
    }
  });
});

test('where an engine has no relaxed SIMD, the module without it gives the same', () => {
  const asked: number[] = [];
  const validate = vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => {
    asked.push(bytes.byteLength);
    return false;
  });
  const plain = makeWasmKernel();
  const encodings = concat(...Array.from({ length: 300 }, (_, i) => GOOD[i % 16] ?? new Uint8Array()));
  const scalars = Array.from({ length: 300 }, () => randomScalar());
  const [own, other] = [plain, kernel].map((each) =>
    toHex(each.encode(each.multiplyAndSum(pointsOf(each, encodings), scalars))),
  );
  validate.mockRestore();
  expect(asked).toEqual([Buffer.from(FUSED_KERNEL_WASM, 'base64').length]);
  expect(own).toBe(other);
  expect(WebAssembly.validate(Buffer.from(KERNEL_WASM, 'base64'))).toBe(true);
});

test('the committed modules are what their source compiles to', async () => {
  const run = promisify(execFile)(process.execPath, ['scripts/build-kernel.ts', '--check']);
  await expect(run).resolves.toMatchObject({ stderr: '' });
});
