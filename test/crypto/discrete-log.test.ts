/** Totals are found again, at every boundary of the table and of the range, and nowhere beyond. */
import { describe, expect, test } from 'vitest';
import { makeDiscreteLog } from '../../src/crypto/discrete-log.ts';
import { encodeElement, G, hashToGroup, multiplyPublic } from '../../src/crypto/group.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { GROUP_ORDER, scalarOf } from '../../src/crypto/scalar.ts';
import { littleEndian, refusalOf } from './hostile-inputs.ts';

const encodingOf = (m: number | bigint): Uint8Array => encodeElement(multiplyPublic(G, scalarOf(m)));

describe('a small table', () => {
  const log = makeDiscreteLog(bigintKernel, 4);

  test('every m up to every max, and none above', () => {
    const encodings = Array.from({ length: 42 }, (_, m) => encodingOf(m));
    for (let max = 0; max <= 40; max += 1) {
      const found = encodings.map((encoding) => log.find(encoding, max));
      expect(found).toEqual(encodings.map((_, m) => (m <= max ? m : undefined)));
    }
  });

  test('what is no small multiple is not found', () => {
    expect(log.find(encodingOf(GROUP_ORDER - 1n), 1000)).toBeUndefined();
    expect(log.find(encodingOf((GROUP_ORDER + 1n) / 2n), 1000)).toBeUndefined();
    expect(log.find(encodeElement(hashToGroup('test', new Uint8Array())), 1000)).toBeUndefined();
  });

  test('a single baby step is a table too', () => {
    const slow = makeDiscreteLog(bigintKernel, 1);
    expect([0, 1, 9, 10].map((m) => slow.find(encodingOf(m), 9))).toEqual([0, 1, 9, undefined]);
  });

  test('refusals', () => {
    expect(refusalOf(() => log.find(encodingOf(1), -1))).toBe('out-of-range at max');
    expect(refusalOf(() => log.find(encodingOf(1), 0.5))).toBe('out-of-range at max');
    expect(refusalOf(() => log.find(new Uint8Array(64), 1))).toBe('bad-length at encoding');
    expect(refusalOf(() => log.find(littleEndian(1n), 1))).toBe('bad-encoding at encoding');
  });
});

test('the full table: its edges and twenty million', () => {
  const log = makeDiscreteLog(bigintKernel);
  const max = 20_000_000;
  for (const m of [0, 1, 4095, 4096, 4097, 8191, 8192, 1_234_567, max - 1, max]) {
    expect(log.find(encodingOf(m), max)).toBe(m);
  }
  expect(log.find(encodingOf(max + 1), max)).toBeUndefined();
});

test('the largest table, for sums of split cards: its last step, and twenty steps of its length', () => {
  const log = makeDiscreteLog(wasmKernel);
  // Were two keys of the table the same, its last step would have another number.
  for (const m of [2 ** 18 - 1, 2 ** 18, 5_000_000]) expect(log.find(encodingOf(m), 2 ** 36)).toBe(m);
});

if (process.env['SLOW'] === '1') {
  test('2^36, and nothing beyond', () => {
    const log = makeDiscreteLog(wasmKernel);
    expect(log.find(encodingOf(2 ** 36), 2 ** 36)).toBe(2 ** 36);
    expect(log.find(encodingOf(2 ** 36 + 1), 2 ** 36)).toBeUndefined();
  });
}
