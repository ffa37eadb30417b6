import { readdirSync, readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CodecError, encodeCanonical, type Json, parseCanonical } from '../../src/codec/canonical-json.ts';

const VECTORS = new URL('../vectors/rfc8785/', import.meta.url);
const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CodecError) return error.code;
    throw error;
  }
  return 'none';
}

describe('RFC 8785 vectors', () => {
  // Our numbers are safe integers only, so the one vector with fractions has no form here.
  const refused = new Set(['values.json']);

  test.each(readdirSync(new URL('input/', VECTORS)))('%s', (file) => {
    const input = JSON.parse(readFileSync(new URL(`input/${file}`, VECTORS), 'utf8')) as Json;
    const output = readFileSync(new URL(`output/${file}`, VECTORS));
    const hex = readFileSync(new URL(`outhex/${file.replace('.json', '.txt')}`, VECTORS), 'utf8');
    expect(output.toString('hex')).toBe(hex.replaceAll(/\s/g, ''));
    if (refused.has(file)) {
      expect(codeOf(() => encodeCanonical(input))).toBe('not-representable');
      expect(codeOf(() => parseCanonical(output))).toBe('not-representable');
    } else {
      expect(Buffer.from(encodeCanonical(input))).toStrictEqual(output);
      expect(parseCanonical(output)).toStrictEqual(input);
    }
  });

  test('the strings and literals of values.json, without its numbers', () => {
    const { numbers: _, ...rest } = JSON.parse(
      readFileSync(new URL('input/values.json', VECTORS), 'utf8'),
    ) as Record<string, Json>;
    const expected = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
    expect(text(encodeCanonical(rest))).toBe(expected);
  });
});

describe('against an independent implementation', () => {
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger().map((n) => n + 0),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }).map((s) => s.toWellFormed()),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(
        fc
          .string({ unit: 'binary' })
          .map((s) => s.toWellFormed())
          .filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 5, noNullPrototype: true },
      ),
    ),
  }));

  test('the same bytes, which parse to the same value', () => {
    fc.assert(
      fc.property(value, (v) => {
        const bytes = encodeCanonical(v);
        expect(text(bytes)).toBe(canonicalize(v));
        expect(parseCanonical(bytes)).toStrictEqual(v);
      }),
    );
  });

  test('of any text that is JSON, only the canonical one is accepted', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const accepted = codeOf(() => parseCanonical(utf8(json))) === 'none';
        if (accepted) expect(json).toBe(canonicalize(JSON.parse(json)));
        else
          expect(json !== canonicalize(JSON.parse(json)) || /[.e]|-0|\\ud|\d{16}|__proto__/.test(json)).toBe(
            true,
          );
      }),
    );
  });

  test('hostile bytes surface as CodecError only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(codeOf(() => parseCanonical(bytes))).toMatch(
          /^(none|not-(utf8|json|canonical|representable))$/,
        );
      }),
    );
  });
});

describe('hostile JSON', () => {
  test.each([
    ['duplicate keys', '{"a":1,"a":2}', 'not-canonical'],
    ['duplicate keys, the same value', '{"a":1,"a":1}', 'not-canonical'],
    ['a duplicate key by an escape', '{"a":1,"\\u0061":2}', 'not-canonical'],
    ['keys out of order', '{"b":1,"a":2}', 'not-canonical'],
    ['white space', '{"a": 1}', 'not-canonical'],
    ['a newline at the end', '{"a":1}\n', 'not-canonical'],
    ['trailing bytes', '{"a":1}x', 'not-json'],
    ['a second value', '1 2', 'not-json'],
    ['a NUL at the end', '{}\u0000', 'not-json'],
    ['a byte order mark', '\uFEFF{}', 'not-json'],
    ['nothing', '', 'not-json'],
    ['a comment', '{}//', 'not-json'],
    ['minus zero', '-0', 'not-representable'],
    ['an exponent', '1e3', 'not-canonical'],
    ['a zero fraction', '1.0', 'not-canonical'],
    ['a fraction', '0.5', 'not-representable'],
    ['an exponent beyond doubles', '1e400', 'not-representable'],
    ['2^53', '9007199254740992', 'not-representable'],
    ['2^53 + 1, which JavaScript reads as 2^53', '9007199254740993', 'not-representable'],
    ['a leading zero', '01', 'not-json'],
    ['NaN', 'NaN', 'not-json'],
    ['a lone high surrogate by an escape', '"\\ud800"', 'not-representable'],
    ['a lone low surrogate in a key', '{"\\udc00":1}', 'not-representable'],
    ['a surrogate pair by escapes', '"\\ud83d\\ude02"', 'not-canonical'],
    ['an escaped solidus', '"\\/"', 'not-canonical'],
    ['an upper-case escape', '"\\u000F"', 'not-canonical'],
    ['a raw control character', '"\n"', 'not-json'],
  ])('%s', (_, json, code) => {
    expect(codeOf(() => parseCanonical(utf8(json)))).toBe(code);
  });

  test.each([
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['an overlong form', [0x22, 0xc0, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
    ['a sequence cut short', [0x22, 0xe2, 0x82]],
  ])('%s', (_, bytes) => {
    expect(codeOf(() => parseCanonical(Uint8Array.from(bytes)))).toBe('not-utf8');
  });

  test.each(['[', '{"a":'])('a million times %s', (open) => {
    const close = open === '[' ? ']' : '}';
    const deep = `${open.repeat(1_000_000)}1${close.repeat(1_000_000)}`;
    expect(codeOf(() => parseCanonical(utf8(deep)))).toBe('not-json');
    expect(codeOf(() => parseCanonical(utf8(open.repeat(1_000_000))))).toBe('not-json');
  });

  test('__proto__ is no key, and pollutes nothing', () => {
    for (const json of ['{"__proto__":{"polluted":true}}', '[{"a":{"__proto__":1,"b":2}}]'])
      expect(codeOf(() => parseCanonical(utf8(json)))).toBe('not-representable');
    expect('polluted' in {}).toBe(false);
  });

  test('safe integers at both ends', () => {
    for (const json of ['9007199254740991', '-9007199254740991', '0'])
      expect(parseCanonical(utf8(json))).toBe(Number(json));
  });

  test.each([[0.5], [Number.NaN], [-0], ['\ud800'], [[1, [2 ** 53]]]])('%j is not encoded', (value) => {
    expect(codeOf(() => encodeCanonical(value))).toBe('not-representable');
  });
});
