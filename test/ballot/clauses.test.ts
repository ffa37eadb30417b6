/** What a contest allows, as clauses: docs/protocol.md §6.2. */
import { sha256 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkValues,
  contestClauses,
  encodeClauses,
  hashContest,
  shiftClauses,
} from '../../src/ballot/clauses.ts';
import { contestColumns, encodeColumns } from '../../src/ballot/columns.ts';
import { concat, fromHex, toHex } from '../../src/crypto/bytes.ts';
import { contest } from './election.ts';

const ONLY = contest('only', 1, 1, 1);

describe('clauses', () => {
  test('of "one or two of three" are three bits and a sum', () => {
    expect(contestClauses(contest('board', 3, 1, 2), 1)).toEqual([
      { terms: [[0, 1]], set: [0, 1] },
      { terms: [[1, 1]], set: [0, 1] },
      { terms: [[2, 1]], set: [0, 1] },
      {
        terms: [
          [0, 1],
          [1, 1],
          [2, 1],
        ],
        set: [1, 2],
      },
    ]);
  });

  test('have these bytes, with the columns', () => {
    const bit = '00000001 00000000 00000001 00000002 0000000000000000 0000000000000001';
    const sum = '00000001 00000000 00000001 00000001 0000000000000001';
    const column = '00000001 00 00000001 00000000 00000001'.replaceAll(' ', '');
    const bytes = encodeClauses(contestClauses(ONLY, 1));
    expect(toHex(bytes)).toBe(`00000002${bit}${sum}`.replaceAll(' ', ''));
    expect(toHex(encodeColumns(contestColumns(ONLY, 1)))).toBe(column);
    const tag = new TextEncoder().encode('teller/v1/ballot-clauses');
    const framed = concat(
      fromHex('00000018'),
      tag,
      fromHex('0000003c'),
      bytes,
      fromHex('00000011'),
      fromHex(column),
    );
    expect(toHex(hashContest(ONLY, 1))).toBe(toHex(sha256(framed)));
  });

  test('of a merged motion have a column of another kind', () => {
    const merged = {
      options: ['a', 'b'],
      shape: { kind: 'support' as const, merged: [{ id: 'c', parts: ['a', 'b'] }] },
    };
    const third = toHex(encodeColumns(contestColumns(merged, 1))).slice(2 * (4 + 17 - 4 + 13));
    expect(third).toBe('01 00000002 00000000 00000001 00000001 00000001'.replaceAll(' ', ''));
  });

  test('shift to the place of their ciphertexts', () => {
    expect(shiftClauses(contestClauses(contest('only', 1, 0, 1), 1), 7)).toEqual([
      { terms: [[7, 1]], set: [0, 1] },
      { terms: [[7, 1]], set: [0, 1] },
    ]);
  });

  test('let plain values pass exactly if each is 0 or 1 and their sum is in range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 6 }),
        fc.nat({ max: 6 }),
        (values, a, b) => {
          const [min, max] = [Math.min(a, b, values.length), Math.min(Math.max(a, b), values.length)];
          const sum = values.reduce((x, y) => x + y, 0);
          const good = values.every((value) => value <= 1) && min <= sum && sum <= max;
          const check = (): void =>
            checkValues(contestClauses(contest('c', values.length, min, max), 1), values, 'here');
          if (good) expect(check).not.toThrow();
          else expect(check).toThrow(expect.objectContaining({ code: 'bad-choice', where: 'here' }));
        },
      ),
    );
  });

  test('refuse values that are missing', () => {
    expect(() => checkValues(contestClauses(contest('c', 2, 0, 2), 1), [1], 'here')).toThrow(
      expect.objectContaining({ code: 'bad-choice' }),
    );
  });
});
