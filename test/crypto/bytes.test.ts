import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bytes,
  concat,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64,
  toBase64Url,
  toHex,
  toUtf8,
  u16,
  u32,
  u64,
  writeBase64Url,
} from '../../src/crypto/bytes.ts';
import { CryptoError, type CryptoErrorCode } from '../../src/crypto/errors.ts';

function expectRefusal(act: () => unknown, code: CryptoErrorCode, where: string): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(CryptoError);
    expect(error).toMatchObject({ code, where });
    return;
  }
  expect.unreachable('nothing was refused');
}

const ascii = (text: string): Bytes => new TextEncoder().encode(text);

describe('RFC 4648 section 10 vectors', () => {
  test.each([
    ['', '', ''],
    ['f', 'Zg==', '66'],
    ['fo', 'Zm8=', '666f'],
    ['foo', 'Zm9v', '666f6f'],
    ['foob', 'Zm9vYg==', '666f6f62'],
    ['fooba', 'Zm9vYmE=', '666f6f6261'],
    ['foobar', 'Zm9vYmFy', '666f6f626172'],
  ])('%j', (text, base64, hex) => {
    const bytes = ascii(text);
    expect([toBase64(bytes), toHex(bytes)]).toEqual([base64, hex]);
    expect(toBase64Url(bytes)).toBe(base64.replaceAll('=', ''));
    expect([fromBase64(base64), fromBase64Url(base64.replaceAll('=', '')), fromHex(hex)]).toEqual([
      bytes,
      bytes,
      bytes,
    ]);
  });
});

describe('each value has one spelling', () => {
  test('any bytes: the platform spells them alike, and they read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const platform = Buffer.from(bytes);
        expect(toBase64(bytes)).toBe(platform.toString('base64'));
        expect(toBase64Url(bytes)).toBe(platform.toString('base64url'));
        const among = new Uint8Array(300).fill(0x2a);
        writeBase64Url(Uint8Array.of(1, ...bytes, 2), 1, bytes.length, among, 1);
        expect(Buffer.from(among).toString('ascii')).toBe(`*${toBase64Url(bytes)}*`.padEnd(300, '*'));
        expect(toHex(bytes)).toBe(platform.toString('hex'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });

  test('any text: refused, or the spelling of what it is read as', () => {
    const near = fc
      .array(fc.constantFrom('A', 'Q', 'g', 'w', '/', '_', '+', '-', '=', '9', '\n'))
      .map((s) => s.join(''));
    const codecs = [
      [fromBase64, toBase64],
      [fromBase64Url, toBase64Url],
      [fromHex, toHex],
    ] as const;
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), fc.constantFrom(...codecs), (text, [from, to]) => {
        let bytes: Bytes;
        try {
          bytes = from(text, 'field');
        } catch (error) {
          expect(error).toMatchObject({ name: 'CryptoError', code: 'bad-encoding', where: 'field' });
          return;
        }
        expect(to(bytes)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    '=',
    '==',
    '====',
    'A',
    'AA',
    'AAA',
    'A===',
    'AB==',
    'AAB=',
    'AA=A',
    'AA==AAAA',
    'AAA-',
    'AAA_',
    'AAA ',
    'AAAÁ',
    'AAAŁ',
  ])('not base64: %j', (text) => {
    expectRefusal(() => fromBase64(text, 'sig'), 'bad-encoding', 'sig');
  });

  test.each(['A', 'AB', 'AAB', 'AAAAA', 'AA==', 'AAA=', 'AAA+', 'AAA/', 'AA A', 'AAAŁ'])(
    'not base64url: %j',
    (text) => {
      expectRefusal(() => fromBase64Url(text, 'id'), 'bad-encoding', 'id');
    },
  );

  test.each(['0', 'AB', '0x', 'g0', '00\n', ' 00'])('not hexadecimal: %j', (text) => {
    expectRefusal(() => fromHex(text, 'hash'), 'bad-encoding', 'hash');
  });
});

describe('integers, big-endian', () => {
  test('written byte by byte', () => {
    expect(toHex(concat(u16(0x0102), u32(0x01020304), u64(0x0102030405060708n)))).toBe(
      '0102010203040102030405060708',
    );
    expect(toHex(u64(Number.MAX_SAFE_INTEGER))).toBe('001fffffffffffff');
    expect(toHex(u64(2n ** 64n - 1n))).toBe('ffffffffffffffff');
    expect(toHex(concat(u16(65_535), u32(2 ** 32 - 1)))).toBe('ffffffffffff');
  });

  test('what does not fit is refused', () => {
    for (const value of [-1, 65_536, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expectRefusal(() => u16(value, 'length'), 'out-of-range', 'length');
    }
    expectRefusal(() => u32(2 ** 32), 'out-of-range', 'u32');
    expectRefusal(() => u64(2 ** 53), 'out-of-range', 'u64');
    expectRefusal(() => u64(2n ** 64n), 'out-of-range', 'u64');
    expectRefusal(() => u64(-1n), 'out-of-range', 'u64');
  });
});

describe('UTF-8', () => {
  test('any text reads back, a leading U+FEFF too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fromUtf8(toUtf8(text))).toBe(text);
      }),
    );
    expect(fromUtf8(toUtf8('\u{feff}a'))).toBe('\u{feff}a');
  });

  test('a lone surrogate and malformed bytes are refused', () => {
    expectRefusal(() => toUtf8('a\ud800', 'title'), 'bad-encoding', 'title');
    for (const hex of ['80', 'c3', 'c080', 'eda080', 'f4908080', 'ff']) {
      expectRefusal(() => fromUtf8(fromHex(hex), 'title'), 'bad-encoding', 'title');
    }
  });
});

test('equal bytes are equal, and no others', () => {
  expect(equalBytes(ascii('ab'), ascii('ab'))).toBe(true);
  expect(equalBytes(ascii('ab'), ascii('ac'))).toBe(false);
  expect(equalBytes(ascii('ab'), ascii('abc'))).toBe(false);
  expect(equalBytes(ascii(''), ascii(''))).toBe(true);
});
