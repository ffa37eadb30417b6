/** docs/protocol.md §4.2: a roll read line by line is the one that its schema reads, and is refused where that refuses. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { parseDocument } from '../../src/record/envelope.ts';
import { RecordError } from '../../src/record/errors.ts';
import { parseRoll } from '../../src/record/read-roll.ts';
import { FlatLines } from '../../src/roll/flat-lines.ts';
import { type RollDocument, rollDocument } from '../../src/roll/roll-document.ts';
import { rollHead } from '../../src/roll/roll-head.ts';
import { rollTree } from '../../src/roll/roll-tree.ts';

const key = (seed: number): string => toBase64Url(new Uint8Array(32).fill(seed));
const line = (seed: number, change: Partial<RollDocument['lines'][number]> = {}) => ({
  P: key(seed),
  college: 'members',
  weight: 1,
  bodies: [],
  name: null,
  chosen: null,
  mandates: null,
  substitutes: [],
  ...change,
});
const rollOf = (lines: RollDocument['lines']): RollDocument => ({
  v: 1,
  election: key(0),
  frozen: 0,
  bodies: [{ id: 'lines', kind: 'region', region: null, size: null }],
  counts: [{ college: 'members', body: 'lines', n: 2 }],
  lines,
});
const NAMES = ['{"P":"', '],"v":1}', '"', '\\', '\\"}', '}', '\u2028', 'ä', '𝒳', '\ufffd', '\ufeffx'];

describe('a roll reads as its schema reads it', () => {
  test.each([1, 2, 3, 300])('%i lines', (n) => {
    const document = rollOf(
      Array.from({ length: n }, (_, i) =>
        line(i % 256, i % 3 === 0 ? { name: NAMES[i % NAMES.length] ?? null, bodies: ['lines'] } : {}),
      ),
    );
    const roll = parseRoll(encodeCanonical(document));
    expect({ ...roll, lines: [...roll.lines] }).toStrictEqual(document);
    expect(roll.lines.at(n - 1)).toStrictEqual(document.lines.at(-1));
    expect(roll.lines.at(n)).toBeUndefined();
    expect(rollHead(roll)).toStrictEqual(rollTree(document).root());
    expect([...FlatLines.of(document.lines)]).toStrictEqual(document.lines);
  });

  test('what lines have in common is kept once', () => {
    const { lines } = parseRoll(encodeCanonical(rollOf([line(1), line(2), line(3, { weight: 2 }), line(4)])));
    expect(lines).toBeInstanceOf(FlatLines);
    expect(lines).toMatchObject({ kinds: { length: 2 }, kindOf: Uint32Array.of(0, 0, 1, 0) });
  });
});

describe('a roll is refused as its schema refuses it', () => {
  const text = new TextDecoder().decode(encodeCanonical(rollOf([line(1), line(2), line(3)])));
  const refusedBy = (parse: () => unknown): string | null => {
    try {
      parse();
      return null;
    } catch (error) {
      if (error instanceof RecordError) return error.code;
      throw error;
    }
  };

  test.each([
    ['no lines', encodeCanonical(rollOf([])), 'bad-field', 'lines'],
    ['no list of lines', encodeCanonical({ v: 1 }), 'bad-field', 'election'],
    ['lines that are no list', toUtf8(text.replace(/"lines":\[.*\]/, '"lines":{}')), 'bad-field', 'lines'],
    [
      'a line that is no object',
      toUtf8(text.replace(/"lines":\[.*\]/, '"lines":[1]')),
      'bad-field',
      'lines[0]',
    ],
    [
      'another key in a line',
      toUtf8(text.replace('"weight":1}]', '"weight":1,"x":1}]')),
      'bad-field',
      'lines[2].x',
    ],
    ['a P of another length', toUtf8(text.replace(key(2), `${key(2)}A`)), 'bad-field', 'lines[1].P'],
    [
      'a P with bits to spare',
      toUtf8(text.replace(key(2), `${key(2).slice(0, -1)}J`)),
      'bad-field',
      'lines[1].P',
    ],
    [
      'a line in another form',
      toUtf8(text.replace('"weight":1}]', '"weight": 1}]')),
      'not-canonical',
      'lines[2]',
    ],
    ['a comma too many', toUtf8(text.replace('"weight":1}]', '"weight":1},]')), 'not-canonical', 'roll'],
    ['another key beside the lines', toUtf8(text.replace('"v":1', '"v":1,"w":1')), 'bad-field', 'w'],
    ['two lists of lines', toUtf8(text.replace('"v":1', '"lines":[],"v":1')), 'not-canonical', 'roll'],
    ['more after the end', toUtf8(`${text} `), 'not-canonical', 'roll'],
    ['the first half', toUtf8(text.slice(0, text.length / 2)), 'not-canonical', 'roll'],
    ['no UTF-8', Uint8Array.of(0x7b, 0xff), 'not-canonical', 'roll'],
  ])('%s', (_, bytes, code, where) => {
    expect(() => parseRoll(bytes)).toThrow(expect.objectContaining({ code, where }));
    expect(refusedBy(() => parseDocument(rollDocument, bytes))).toBe(code);
  });

  test('bytes that are changed anywhere', () => {
    const bytes = toUtf8(text);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = bytes.with(at, byte);
        const whole = refusedBy(() => parseDocument(rollDocument, changed)) === null;
        expect(refusedBy(() => parseRoll(changed)) === null).toBe(whole);
        if (!whole) return;
        const json: Json = JSON.parse(new TextDecoder().decode(changed));
        const roll = parseRoll(changed);
        expect({ ...roll, lines: [...roll.lines] }).toStrictEqual(json);
      }),
      { numRuns: 500 },
    );
  });
});
