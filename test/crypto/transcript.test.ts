/** Framing and tags: no two lists of parts, and no two uses, hash the same bytes. */
import { sha256, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, toHex, toUtf8, u32 } from '../../src/crypto/bytes.ts';
import { hedgedNonce } from '../../src/crypto/hedged-nonce.ts';
import { scalarFromWide } from '../../src/crypto/scalar.ts';
import { framed, hash256, hash512, hash512_256 } from '../../src/crypto/transcript.ts';
import { refusalOf } from './hostile-inputs.ts';

const a = toUtf8('a');
const parts = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 5 });

describe('framing', () => {
  test('a big-endian length stands before each part', () => {
    expect(toHex(framed())).toBe('');
    expect(toHex(framed(a, new Uint8Array(), toUtf8('bcd')))).toBe('00000001610000000000000003626364');
    expect(framed(new Uint8Array(70_000)).subarray(0, 4)).toEqual(u32(70_000));
  });

  test('different lists of parts give different bytes', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same =
          one.length === other.length && one.every((part, i) => toHex(part) === toHex(other[i] ?? a));
        expect(toHex(framed(...one)) === toHex(framed(...other))).toBe(same);
      }),
    );
    const moved = [framed(toUtf8('ab'), toUtf8('c')), framed(a, toUtf8('bc')), framed(toUtf8('abc'))];
    expect(new Set(moved.map(toHex)).size).toBe(3);
  });
});

test('the hashes are those of the framed tag and parts', () => {
  const bytes = concat(u32(5), toUtf8('tést'), u32(1), a, u32(0));
  expect(hash512('tést', a, new Uint8Array())).toEqual(sha512(bytes));
  expect(hash256('tést', a, new Uint8Array())).toEqual(sha256(bytes));
  expect(hash512_256('tést', a, new Uint8Array())).toEqual(sha512_256(bytes));
});

describe('hedged nonces', () => {
  const fixed = (length: number): Uint8Array => new Uint8Array(length).fill(7);
  const secret = toUtf8('secret');
  const statement = toUtf8('statement');

  test('the documented hash', () => {
    const fresh = fixed(32);
    const expected = scalarFromWide(hash512('tag', secret, statement, fresh, u32(3)));
    expect(hedgedNonce('tag', secret, statement, 3, fixed)).toBe(expected);
  });

  test('a source that repeats itself repeats no nonce of another secret, statement, clause or tag (B10)', () => {
    const nonces = [
      hedgedNonce('tag', secret, statement, 0, fixed),
      hedgedNonce('tag', secret, statement, 1, fixed),
      hedgedNonce('tag', a, statement, 0, fixed),
      hedgedNonce('tag', secret, a, 0, fixed),
      hedgedNonce('gat', secret, statement, 0, fixed),
    ];
    expect(new Set(nonces).size).toBe(5);
  });

  test('every attempt is fresh', () => {
    const nonces = Array.from({ length: 100 }, () => hedgedNonce('tag', secret, statement, 0));
    expect(new Set(nonces).size).toBe(100);
  });

  test('a source that gives too little is refused, and so is a clause that is no u32', () => {
    const short = (): Uint8Array => new Uint8Array(31);
    expect(refusalOf(() => hedgedNonce('tag', secret, statement, 0, short))).toBe('bad-length at random');
    expect(refusalOf(() => hedgedNonce('tag', secret, statement, -1))).toBe('out-of-range at clause');
  });
});
