/**
 * The field arithmetic inside the kernel in WebAssembly at the bounds that asm/field.ts states, where random points
 * never come: a value that is too large there would be wrong without a trap.
 */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileKernel } from '../../scripts/build-kernel.ts';
import { SQRT_M1 } from '../../src/crypto/kernel/field.ts';

const P = 2n ** 255n - 19n;
const LIMBS = 12;
/** E_k, W_k and ε_k. */
const EXPONENTS = Array.from({ length: LIMBS + 1 }, (_, k) => Math.ceil(21.25 * k));
const SLACK = EXPONENTS.slice(0, LIMBS).map((_, k) => (k === 0 ? 2 ** 15.4 : k % 4 === 0 ? 2 ** 11 : 1));
const HALF = SLACK.map((_, k) => 2 ** ((EXPONENTS[k + 1] ?? 0) - (EXPONENTS[k] ?? 0) - 1));

const ENTRY = `
import * as field from './field';
import { multiply, square } from './product';
field.initField();
export const a = memory.data(192, 16);
export const b = memory.data(192, 16);
export const o = memory.data(192, 16);
export const bytes1 = memory.data(32, 8);
export const bytes2 = memory.data(32, 8);
export function times(): void { multiply(o, a, b); }
export function squared(): void { square(o, a); }
export function carried(): void { field.copy(o, a); field.carry(o); }
export function inverse(): void { field.invert(o, a); }
export function least(): void { field.canonical(o, a); field.toBytes(bytes1, bytes2, o); }
export function inverseRoot(): i32 { return i64x2.bitmask(field.invertSqrt(o, a)); }
export function read(): void { field.fromBytes(o, bytes1, bytes2); }
`;

interface Machine {
  readonly at: (name: string) => Float64Array;
  readonly bytes: (name: string) => Uint8Array;
  readonly call: (name: string) => number;
}
let machine: Machine;

describe.each([
  ['products rounded before they are added', false],
  ['fused products', true],
])('%s', (_, isFused) => {
  beforeAll(async () => {
    const module = new WebAssembly.Module(Uint8Array.from(await compileKernel(isFused, ENTRY)));
    const { exports } = new WebAssembly.Instance(module);
    const address = (name: string): number => (exports[name] as WebAssembly.Global<'i32'>).value;
    const { buffer } = exports['memory'] as WebAssembly.Memory;
    machine = {
      at: (name) => new Float64Array(buffer, address(name), 2 * LIMBS),
      bytes: (name) => new Uint8Array(buffer, address(name), 32),
      call: (name) => (exports[name] as () => number)(),
    };
  });

  type Limbs = readonly number[];

  /** Both halves of a pair, as limbs of one element each. */
  function put(name: string, first: Limbs, second: Limbs): void {
    const at = machine.at(name);
    for (let k = 0; k < LIMBS; k += 1) {
      at[2 * k] = first[k] ?? 0;
      at[2 * k + 1] = second[k] ?? 0;
    }
  }
  const take = (name: string): [number[], number[]] => {
    const at = Array.from(machine.at(name));
    return [at.filter((_, i) => i % 2 === 0), at.filter((_, i) => i % 2 === 1)];
  };

  const valueOf = (limbs: Limbs): bigint => limbs.reduce((sum, limb) => sum + BigInt(limb), 0n);
  const mod = (n: bigint): bigint => ((n % P) + P) % P;
  const integerOf = (bytes: Uint8Array): bigint =>
    bytes.reduceRight((n, byte) => (n << 8n) | BigInt(byte), 0n);

  /** Whether |x_k| ≤ (2^(W_k − 1) + ε_k)·2^E_k, in whole units. */
  function isOneFold(limbs: Limbs): boolean {
    return limbs.every((limb, k) => {
      const units = limb / 2 ** (EXPONENTS[k] ?? 0);
      return Number.isInteger(units) && Math.abs(units) <= (HALF[k] ?? 0) + (SLACK[k] ?? 0);
    });
  }

  /** An n-fold: its limbs are at the bound, at zero, or anywhere between. */
  function fold(n: number): fc.Arbitrary<Limbs> {
    return fc.tuple(
      ...HALF.map((half, k) => {
        const most = Math.floor(n * (half + (SLACK[k] ?? 0)));
        const units = fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(most, -most) },
          { weight: 1, arbitrary: fc.integer({ min: -most, max: most }) },
          { weight: 1, arbitrary: fc.constantFrom(0, 1, -1) },
        );
        return units.map((count) => count * 2 ** (EXPONENTS[k] ?? 0));
      }),
    );
  }
  const extreme = (n: number, sign: (k: number) => number): Limbs =>
    HALF.map((half, k) => sign(k) * Math.floor(n * (half + (SLACK[k] ?? 0))) * 2 ** (EXPONENTS[k] ?? 0));
  const SIGNS = [
    () => 1,
    () => -1,
    (k: number) => (k % 2 === 0 ? 1 : -1),
    (k: number) => (k % 3 === 0 ? -1 : 1),
  ];

  describe('products of folds whose numbers multiply to 16', () => {
    test.each([
      [1, 1],
      [4, 4],
      [2, 8],
      [16, 1],
      [1, 16],
    ])('%d × %d', (n, m) => {
      const check = (a: Limbs, b: Limbs): void => {
        put('a', a, b);
        put(
          'b',
          b,
          a.map((limb) => -limb),
        );
        machine.call('times');
        const [first, second] = take('o');
        expect(mod(valueOf(first))).toBe(mod(valueOf(a) * valueOf(b)));
        expect(mod(valueOf(second))).toBe(mod(-valueOf(a) * valueOf(b)));
        expect([first, second].every(isOneFold)).toBe(true);
      };
      for (const s of SIGNS) for (const t of SIGNS) check(extreme(n, s), extreme(m, t));
      fc.assert(fc.property(fold(n), fold(m), check), { numRuns: 300 });
    });

    test('squares of 4-folds', () => {
      const check = (a: Limbs, b: Limbs): void => {
        put('a', a, b);
        machine.call('squared');
        const [first, second] = take('o');
        expect(mod(valueOf(first))).toBe(mod(valueOf(a) ** 2n));
        expect(mod(valueOf(second))).toBe(mod(valueOf(b) ** 2n));
        expect([first, second].every(isOneFold)).toBe(true);
      };
      for (const s of SIGNS) for (const t of SIGNS) check(extreme(4, s), extreme(4, t));
      fc.assert(fc.property(fold(4), fold(4), check), { numRuns: 300 });
    });
  });

  test('carries of limbs of up to 2^30 units', () => {
    const limb = fc.integer({ min: -(2 ** 30), max: 2 ** 30 });
    fc.assert(
      fc.property(fc.array(limb, { minLength: LIMBS, maxLength: LIMBS }), (units) => {
        const a = units.map((count, k) => count * 2 ** (EXPONENTS[k] ?? 0));
        put('a', a, a);
        machine.call('carried');
        const [first] = take('o');
        expect(mod(valueOf(first))).toBe(mod(valueOf(a)));
        expect(isOneFold(first)).toBe(true);
      }),
    );
  });

  describe('the least representative', () => {
    test('of 8-folds', () => {
      const check = (a: Limbs, b: Limbs): void => {
        put('a', a, b);
        machine.call('least');
        expect(integerOf(machine.bytes('bytes1'))).toBe(mod(valueOf(a)));
        expect(integerOf(machine.bytes('bytes2'))).toBe(mod(valueOf(b)));
      };
      for (const s of SIGNS) for (const t of SIGNS) check(extreme(8, s), extreme(8, t));
      fc.assert(fc.property(fold(8), fold(1), check), { numRuns: 300 });
    });

    test('of integers near multiples of p, as bytes give them', () => {
      const bytesOf = (n: bigint): number[] =>
        Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * i)) & 255n));
      for (const n of [
        0n,
        1n,
        18n,
        19n,
        P - 1n,
        P,
        P + 1n,
        2n ** 255n - 1n,
        2n ** 255n,
        2n * P,
        2n ** 256n - 1n,
      ]) {
        machine.bytes('bytes1').set(bytesOf(n));
        machine.bytes('bytes2').set(bytesOf(n ^ 1n));
        machine.call('read');
        const [first, second] = take('o');
        expect([valueOf(first), valueOf(second)].map(mod)).toEqual([n, n ^ 1n].map(mod));
        expect([first, second].every(isOneFold)).toBe(true);
        put('a', first, second);
        machine.call('least');
        expect(integerOf(machine.bytes('bytes1'))).toBe(mod(n));
        expect(integerOf(machine.bytes('bytes2'))).toBe(mod(n ^ 1n));
      }
    });
  });

  test('inverses, 0 for 0; inverse square roots, of squares alone', () => {
    const zero = Array.from({ length: LIMBS }, () => 0);
    fc.assert(
      fc.property(fc.oneof(fold(1), fc.constant(zero)), fold(1), (a, b) => {
        put('a', a, b);
        machine.call('inverse');
        const [first, second] = take('o');
        expect(mod(valueOf(first) * valueOf(a))).toBe(mod(valueOf(a)) === 0n ? 0n : 1n);
        expect(mod(valueOf(second) * valueOf(b))).toBe(mod(valueOf(b)) === 0n ? 0n : 1n);
        // a² has a root; 2·b², with b no matter what, has none, since p = 5 mod 8.
        machine.call('squared');
        const [aa, bb] = take('o');
        put(
          'a',
          aa,
          bb.map((limb) => 2 * limb),
        );
        expect(machine.call('inverseRoot')).toBe(mod(valueOf(a)) === 0n ? 0 : 1);
        const [root] = take('o');
        if (mod(valueOf(a)) !== 0n) expect(mod(valueOf(root) ** 2n * valueOf(aa))).toBe(1n);
        // −a² has one too, with √−1.
        put(
          'a',
          aa.map((limb) => -limb),
          bb.map((limb) => -2 * limb),
        );
        expect(machine.call('inverseRoot')).toBe(mod(valueOf(a)) === 0n ? 0 : 1);
        expect(mod(SQRT_M1 * SQRT_M1)).toBe(P - 1n);
      }),
      { numRuns: 60 },
    );
  });
});
