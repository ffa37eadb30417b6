/** Which cells are too small, to the voter and to the ballot (docs/protocol.md §9.1, attack T9), and what they add up to. */
import { describe, expect, test } from 'vitest';
import { cellProblems, cellsOf, isFew } from '../../src/tally/cells.ts';
import { totalsOf } from '../../src/tally/college-totals.ts';
import { cell, cellCount, college, contest } from './outcome-cells.ts';

const MINIMUM = { cells: { requiredMin: 5, optional: null } };
const MOTION = contest('motion', ['for', 'against'], ['members']);

describe('the voters of a cell', () => {
  const problems = (mode: 'secret' | 'recorded', ...sizes: number[]) => {
    const weights = sizes.map((_, i) => i + 1);
    const lines = sizes.flatMap((n, i) =>
      Array.from({ length: n }, () => ({ college: 'members', weight: i + 1 })),
    );
    const colleges = [{ ...college('members', weights), mode }];
    return cellProblems(MINIMUM, cellsOf({ colleges, contests: [MOTION] }, lines)).map(
      ({ where, code }) => `${where} ${code}`,
    );
  };

  test('are as many as the minimum', () => {
    expect(problems('secret', 5)).toEqual([]);
    expect(problems('secret', 4)).toEqual(['motion/members/1 cell-too-small']);
    expect(problems('secret', 6, 1, 5)).toEqual(['motion/members/2 cell-too-small']);
  });

  test('or none: a weight that nobody has says nothing of anybody, and stops no election', () => {
    expect(problems('secret', 5, 0)).toEqual([]);
    expect(problems('secret', 0)).toEqual([]);
  });

  test('are as few as can be where they vote on the record', () => {
    expect(problems('recorded', 1, 4)).toEqual([]);
  });
});

test('ballots are few below the minimum, but where there is none', () => {
  expect([0, 1, 4, 5, 6].map((ballots) => isFew(MINIMUM, ballots))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
});

test('the part of a body adds nothing to its whole', () => {
  const whole = cell(MOTION, college('members'), 1, 9);
  const part = { ...whole, id: `${whole.id}/north`, body: 'north', voters: whole.voters.subarray(0, 5) };
  const totals = totalsOf([whole, part], [cellCount(whole, 8, [6, 2]), cellCount(part, 5, [4, 1])]);
  expect(totals('motion', 'members')).toEqual({
    college: 'members',
    roll: 9n,
    voters: 9n,
    ballots: 8n,
    votes: [6n, 2n],
  });
});
