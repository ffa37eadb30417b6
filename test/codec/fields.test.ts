import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  base64urlOf,
  base64urlOfMany,
  blobName,
  count,
  element,
  firstProblem,
  hash,
  id,
  positive,
  publicKey,
  signature,
  unixTime,
} from '../../src/codec/fields.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe('base64url of exactly n bytes', () => {
  test('what encodes n bytes is accepted, and no other length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(70), (bytes, n) => {
        expect(accepts(base64urlOf(n), toBase64Url(bytes))).toBe(bytes.length === n);
      }),
    );
  });

  test('one spelling only: of the last digits of 32 and 64 bytes, those with zero unused bits', () => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = (schema: z.ZodType, length: number) =>
      Array.from(digits)
        .filter((d) => accepts(schema, 'A'.repeat(length - 1) + d))
        .join('');
    expect(last(hash, 43)).toBe('AEIMQUYcgkosw048');
    expect(last(signature, 86)).toBe('AQgw');
  });

  test.each([
    ['hash', hash],
    ['element', element],
    ['publicKey', publicKey],
  ])('%s has 32 bytes', (_, schema) => {
    expect(accepts(schema, 'A'.repeat(43))).toBe(true);
    for (const bad of [
      'A'.repeat(42),
      'A'.repeat(44),
      `${'A'.repeat(43)}=`,
      `${'A'.repeat(42)}+`,
      `${'A'.repeat(42)} `,
      `${'A'.repeat(42)}é`,
      '',
      0,
      null,
    ]) {
      expect(accepts(schema, bad)).toBe(false);
    }
  });

  test('a length of 1 modulo 4 is never base64url', () => {
    expect(accepts(base64urlOfMany(1, 100), 'AAAAA')).toBe(false);
  });
});

describe('base64url of many units', () => {
  test('multiples of the unit up to the maximum', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.constantFrom(1, 32, 64), (length, unit) => {
        const text = toBase64Url(new Uint8Array(length));
        expect(accepts(base64urlOfMany(unit, 128), text)).toBe(length % unit === 0 && length <= 128);
      }),
    );
  });
});

test.each([
  ['a', true],
  ['a-b', true],
  ['0', true],
  ['a'.repeat(40), true],
  ['a'.repeat(41), false],
  ['', false],
  ['-a', false],
  ['a-', false],
  ['A', false],
  ['a_b', false],
  ['a\n', false],
  ['ä', false],
  ['__proto__', false],
])('id %j: %s', (value, valid) => {
  expect(accepts(id, value)).toBe(valid);
});

test.each([
  ['count', count, [0, 1, Number.MAX_SAFE_INTEGER], [-1, 0.5, 2 ** 53, Number.NaN, Infinity, '1', null, 1n]],
  ['positive', positive, [1, Number.MAX_SAFE_INTEGER], [0, -1, 1.5, 2 ** 53]],
  ['unixTime', unixTime, [0, 253_402_300_799], [-1, 253_402_300_800, 0.5]],
])('%s', (_, schema: z.ZodType, good: readonly unknown[], bad: readonly unknown[]) => {
  for (const value of good) expect(accepts(schema, value)).toBe(true);
  for (const value of bad) expect(accepts(schema, value)).toBe(false);
});

test('a blob name is strict', () => {
  const name = { sha256: 'A'.repeat(43), bytes: 5 };
  expect(accepts(blobName, name)).toBe(true);
  for (const bad of [{ ...name, x: 1 }, { sha256: name.sha256 }, { ...name, bytes: -1 }, [name]]) {
    expect(accepts(blobName, bad)).toBe(false);
  }
});

describe('the first problem names the field', () => {
  const schema = z.strictObject({
    a: z.array(z.strictObject({ b: count })),
    kind: z.discriminatedUnion('is', [z.strictObject({ is: z.literal('x'), n: count })]),
  });
  const good = { a: [{ b: 1 }], kind: { is: 'x', n: 0 } };
  test.each([
    [{ ...good, a: [{ b: 1 }, { b: -1 }] }, 'a[1].b'],
    [{ ...good, a: [{ b: 1, c: 2 }] }, 'a[0].c'],
    [{ ...good, more: 1 }, 'more'],
    [{ a: good.a }, 'kind'],
    [{ ...good, kind: { is: 'y', n: 0 } }, 'kind.is'],
    [{ ...good, kind: { is: 'x', n: 'z' } }, 'kind.n'],
    [null, ''],
  ])('%j: %s', (value, path) => {
    const { error } = schema.safeParse(value);
    expect(error && firstProblem(error).path).toBe(path);
  });
});
