/**
 * B1, the other half: nobody but its author can turn a valid ballot into other bytes that are valid too. A second
 * spelling would be a second leaf: a receipt for bytes that are not in the log, a link that no later ballot
 * follows, a way around the ban on checked ballots (Bitcoin's transaction malleability; Helios's ballots that could be
 * re-encoded, Cortier and Smyth 2011).
 */
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textsDocument } from '../../src/ballot/manifest.ts';
import { toUtf8 } from '../../src/crypto/bytes.ts';
import { parseDocument, parseEntry } from '../../src/record/envelope.ts';
import { RecordError } from '../../src/record/errors.ts';
import { credential } from '../ballot/election.ts';
import { context, honest, verdict } from './ballots.ts';

const { bytes } = honest(credential(context));
const text = new TextDecoder().decode(bytes);

/** What the door says of an entry's bytes. */
function door(spelling: string): string {
  try {
    const entry = parseEntry(toUtf8(spelling));
    return entry.type === 'ballot' ? verdict(entry) : entry.type;
  } catch (error) {
    if (error instanceof RecordError) return error.code;
    throw error;
  }
}

test('the ballot itself is accepted', () => {
  expect(door(text)).toBe('accepted');
});

const swapped = (from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${from} is not there`);
  return changed;
};

describe('another spelling of the same JSON value is refused', () => {
  test.each<[string, string]>([
    ['white space', swapped(',', ', ')],
    ['a newline at the end', `${text}\n`],
    ['a byte order mark', `\ufeff${text}`],
    ['an escaped letter', swapped('"ballot"', '"\\u0062allot"')],
    ['an escaped key', swapped('"ctx"', '"\\u0063tx"')],
    ['an escaped slash', swapped('"none"', '"none\\/"')],
    ['a number with an exponent', swapped('"weight":1', '"weight":1e0')],
    ['a number with a fraction', swapped('"weight":1', '"weight":1.0')],
    ['keys in another order', swapped('"i":1,"of":1', '"of":1,"i":1')],
    ['a key twice', swapped('"weight":1', '"weight":1,"weight":1')],
  ])('%s', (_, spelling) => {
    expect(door(spelling)).toBe('not-canonical');
  });
});

describe('a key that a reader might pass over is refused, in canonical order', () => {
  const objects: readonly (readonly [where: string, from: string, to: string])[] = [
    ['the entry', '"election":', '"KEY":{},"election":'],
    ['ext', '"ext":{', '"ext":{"KEY":{}'],
    ['body', '"college":', '"KEY":{},"college":'],
    ['part', '"of":', '"KEY":{},"of":'],
    ['prev', '"kind":', '"KEY":{},"kind":'],
    ['a contest', '"mode":', '"KEY":{},"mode":'],
  ];
  const keys = ['__proto__', 'constructor', 'toString'];
  const all = objects.flatMap(([where, from, to]) => keys.map((key) => [key, where, from, to] as const));
  test.each(all)('%s in %s', (key, _, from, to) => {
    const spelling = canonicalize(JSON.parse(swapped(from, to.replace('KEY', key)))) ?? '';
    expect(spelling).toContain(`"${key}":{}`);
    expect(door(spelling)).toBe(key === '__proto__' ? 'not-canonical' : 'bad-field');
  });

  test.each(['colleges', 'contests', 'contests.motion.options'])(
    '__proto__ in the names of texts: %s',
    (path) => {
      const texts = {
        colleges: { members: 'Members' },
        contests: { motion: { options: { for: 'For' }, text: '', title: 'Motion' } },
        intro: '',
        lang: 'en',
        title: 'Election',
        v: 1,
      };
      const parse = (json: string) => () => parseDocument(textsDocument, toUtf8(json));
      const json = JSON.stringify(texts);
      expect(parse(json)).not.toThrow();
      const last = path.split('.').at(-1) ?? '';
      const hidden = json.replace(`"${last}":{`, `"${last}":{"__proto__":{"x":"y"},`);
      expect(parse(hidden)).toThrow(expect.objectContaining({ code: 'not-canonical' }));
    },
  );
});

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The last digit of `field` with its unused bits set. */
const unusedBits = (field: string): string =>
  swapped(new RegExp(`("${field}":"[^"]*)(.)"`), `$1§$2"`).replace(/§(.)/, (_, last: string) =>
    DIGITS.charAt(DIGITS.indexOf(last) + 1),
  );

describe('another base64url of the same bytes is refused', () => {
  test.each<[string, string]>([
    ['unused bits of P', unusedBits('P')],
    ['unused bits of ctx', unusedBits('ctx')],
    ['padding', swapped(/("P":"[^"]*)"/, '$1="')],
    ['a newline inside', swapped(/("P":"[^"]{9})/, '$1\\n')],
  ])('%s', (_, spelling) => {
    expect(door(spelling)).toBe('bad-field');
  });

  test('the unused bits of ciphertexts and proof', () => {
    for (const field of ['ciphertexts', 'proof']) {
      const digits = new RegExp(`"${field}":"([^"]*)"`).exec(text)?.[1]?.length ?? 0;
      if (digits % 4 !== 0) expect(door(unusedBits(field))).toBe('bad-field');
    }
  });
});

test('no character can be exchanged for another', () => {
  const place = fc.nat({ max: text.length - 1 });
  const other = fc.constantFrom(...DIGITS.split(''), '"', ' ', '{', '}', '=');
  fc.assert(
    fc.property(place, other, (at, character) => {
      fc.pre(text.charAt(at) !== character);
      expect(door(text.slice(0, at) + character + text.slice(at + 1))).not.toBe('accepted');
    }),
    { numRuns: 50 },
  );
});
