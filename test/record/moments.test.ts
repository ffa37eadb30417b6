/** What a server notes of the time: of roles' entries as they come, of votes the hour at most. */
import { describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import {
  encodeMoments,
  HOUR,
  type Moment,
  momentsOf,
  parseMoments,
  timeOf,
} from '../../src/record/moments.ts';

const NOON = 500 * HOUR;

describe('what is noted', () => {
  const note = (last: Moment | undefined, size: number, now: number, ...types: string[]): Moment[] =>
    momentsOf(last, { size, now, types });

  test('of an entry of a role: when it came', () => {
    expect(note({ size: 3, time: NOON }, 3, NOON + 5, 'act')).toEqual([{ size: 4, time: NOON + 5 }]);
    expect(note(undefined, 0, NOON, 'manifest')).toEqual([{ size: 1, time: NOON }]);
  });

  test('of votes: how long the log was when the hour began, once', () => {
    const opened = { size: 4, time: NOON - 1 };
    expect(note(opened, 4, NOON + 1234, 'ballot', 'check')).toEqual([{ size: 4, time: NOON }]);
    expect(note({ size: 4, time: NOON }, 6, NOON + 3599, 'ballot')).toEqual([]);
    expect(note({ size: 4, time: NOON }, 7, NOON + 3 * HOUR + 1, 'ballot')).toEqual([
      { size: 7, time: NOON + 3 * HOUR },
    ]);
  });

  test('of votes in the hour of an entry of a role: nothing', () => {
    expect(note({ size: 4, time: NOON + 60 }, 4, NOON + 70, 'ballot')).toEqual([]);
  });

  test('of both at once, and of a clock that was put back', () => {
    const last = { size: 4, time: NOON - 1 };
    expect(note(last, 4, NOON + 9, 'ballot', 'act', 'ballot')).toEqual([
      { size: 4, time: NOON },
      { size: 6, time: NOON + 9 },
    ]);
    expect(note({ size: 4, time: NOON }, 4, NOON - 50, 'ballot', 'act')).toEqual([{ size: 6, time: NOON }]);
  });
});

describe('the file', () => {
  const moments = [
    { size: 1, time: NOON },
    { size: 5, time: NOON },
    { size: 5, time: NOON + HOUR },
  ];

  test('is read as it was written, and tells when an entry came', () => {
    const read = parseMoments(encodeMoments(moments));
    expect(read).toEqual(moments);
    expect([0, 4, 2].map((index) => timeOf(read, index))).toEqual([NOON, NOON, null]);
  });

  test.each([
    [
      'a log that shrinks',
      [
        { size: 5, time: 1 },
        { size: 4, time: 2 },
      ],
      'moments[1]',
    ],
    [
      'a time that goes back',
      [
        { size: 5, time: 2 },
        { size: 6, time: 1 },
      ],
      'moments[1]',
    ],
    ['a log without entries', [{ size: 0, time: 2 }], 'moments[0].size'],
  ])('is refused with %s', (_, wrong, where) => {
    expect(() => parseMoments(encodeCanonical({ v: 1, moments: wrong }))).toThrow(
      expect.objectContaining({ where }),
    );
  });
});
