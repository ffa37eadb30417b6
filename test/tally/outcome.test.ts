/** docs/protocol.md §10; attack C1 (a float majority: 30 to 29 of 59 votes was declared lost). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecisionRule, MotionRule, Threshold } from '../../src/ballot/manifest.ts';
import { type Cell, cellsOf } from '../../src/tally/cells.ts';
import { TallyError } from '../../src/tally/errors.ts';
import { type CellCount, outcome } from '../../src/tally/outcome.ts';
import { COUNTS_ALONE } from '../../src/tally/outcome-inputs.ts';
import { seatsOf } from './decide.ts';
import { cell, cellCount, college, contest } from './outcome-cells.ts';

const MAJORITY: Threshold = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' };
const TWO_THIRDS: Threshold = { compare: 'at-least', p: 2, q: 3, of: 'for-and-against' };
type Divided = Extract<MotionRule['combine'], { kind: 'each' }>['divided'];
const NO_QUORUM = { p: 0, q: 1 };

const MOTION = contest('motion', ['for', 'against', 'abstain'], ['members']);

/** One motion in one college: whether it is carried. */
function carried(
  votes: [number, number, number],
  threshold: Threshold,
  roll = 1000,
  quorum = NO_QUORUM,
): boolean {
  const members = cell(MOTION, college('members'), 1, roll);
  const rule: MotionRule = {
    id: 'd',
    kind: 'motion',
    contest: 'motion',
    for: 'for',
    against: 'against',
    colleges: [{ college: 'members', threshold, quorum, share: null }],
    combine: { kind: 'each', divided: { kind: 'falls' } },
    tie: 'falls',
  };
  const ballots = votes[0] + votes[1] + votes[2];
  const [decision] = outcome(
    { contests: [MOTION], rules: [rule], links: [] },
    [members],
    [cellCount(members, ballots, votes)],
    COUNTS_ALONE,
  );
  if (decision?.kind !== 'motion') throw new Error('not a motion');
  expect(decision.divided).toBe(false);
  return decision.carried;
}

describe('thresholds, on both sides of the boundary', () => {
  const more = (p: number, q: number, of: Threshold['of'] = 'for-and-against'): Threshold => ({
    compare: 'more-than',
    p,
    q,
    of,
  });
  const least = (p: number, q: number, of: Threshold['of'] = 'for-and-against'): Threshold => ({
    compare: 'at-least',
    p,
    q,
    of,
  });

  test.each<[string, [number, number, number], Threshold, boolean]>([
    ['C1: 30 to 29 of 59', [30, 29, 0], more(1, 2), true],
    ['29 to 30 of 59', [29, 30, 0], more(1, 2), false],
    ['30 to 30 is no majority', [30, 30, 0], more(1, 2), false],
    ['30 to 30 is at least a half', [30, 30, 0], least(1, 2), true],
    ['29 to 30 is less than a half', [29, 30, 0], least(1, 2), false],
    ['two thirds reached exactly', [40, 20, 0], least(2, 3), true],
    ['two thirds exceeded', [41, 20, 0], least(2, 3), true],
    ['one short of two thirds', [39, 20, 0], least(2, 3), false],
    ['more than two thirds, exactly two thirds', [40, 20, 0], more(2, 3), false],
    ['more than two thirds by one', [41, 20, 0], more(2, 3), true],
    ['three quarters', [75, 25, 0], least(3, 4), true],
    ['three quarters less one', [74, 25, 0], least(3, 4), false],
    ['abstentions outside the base', [30, 29, 500], more(1, 2), true],
    ['abstentions inside the base: 30 of 60 ballots', [30, 29, 1], more(1, 2, 'ballots'), false],
    ['abstentions inside the base: 31 of 61 ballots', [31, 29, 1], more(1, 2, 'ballots'), true],
    ['500 of a roll of 1000', [500, 0, 0], more(1, 2, 'roll'), false],
    ['501 of a roll of 1000', [501, 0, 0], more(1, 2, 'roll'), true],
    ['at least half of the roll', [500, 0, 0], least(1, 2, 'roll'), true],
    ['nobody votes', [0, 0, 0], least(0, 1), false],
    ['nobody votes for it, though nothing is asked', [0, 5, 0], least(0, 1), false],
    ['one vote suffices where nothing is asked', [1, 5, 0], least(0, 1), true],
    ['unanimity', [9, 0, 3], least(1, 1), true],
    ['unanimity broken', [9, 1, 3], least(1, 1), false],
  ])('%s', (_, votes, threshold, expected) => {
    expect(carried(votes, threshold)).toBe(expected);
  });

  test('a third in floating point: 1/3 of 3·10^15 + 1 votes is not reached by 10^15', () => {
    const third = least(1, 3);
    const n = 1_000_000_000_000_000;
    expect(carried([n, 2 * n, 0], third)).toBe(true);
    expect(carried([n, 2 * n + 1, 0], third)).toBe(false);
  });

  test('fractions up to a million', () => {
    expect(carried([333_333, 666_667, 0], least(333_333, 1_000_000))).toBe(true);
    expect(carried([333_333, 666_668, 0], least(333_333, 1_000_000))).toBe(false);
  });
});

describe('quorum', () => {
  test.each<[string, [number, number, number], number, { p: number; q: number }, boolean]>([
    ['30 % of 1000, reached', [200, 50, 50], 1000, { p: 30, q: 100 }, true],
    ['30 % of 1000, one short', [200, 50, 49], 1000, { p: 30, q: 100 }, false],
    ['a third of 1000 is 334 ballots', [333, 0, 0], 1000, { p: 1, q: 3 }, false],
    ['a third of 1000, reached', [334, 0, 0], 1000, { p: 1, q: 3 }, true],
    ['everybody', [59, 0, 1], 60, { p: 1, q: 1 }, true],
    ['everybody but one', [59, 0, 0], 60, { p: 1, q: 1 }, false],
    ['none asked', [1, 0, 0], 1000, NO_QUORUM, true],
  ])('%s', (_, votes, roll, quorum, expected) => {
    expect(carried(votes, MAJORITY, roll, quorum)).toBe(expected);
  });
});

describe('concurrent majorities', () => {
  const both = contest('motion', ['for', 'against', 'abstain'], ['delegates', 'members']);
  const delegates = cell(both, college('delegates'), 1, 400);
  const members = cell(both, college('members'), 1, 20_000);
  const decide = (d: [number, number], m: [number, number], divided: Divided) => {
    const rule: MotionRule = {
      id: 'd',
      kind: 'motion',
      contest: 'motion',
      for: 'for',
      against: 'against',
      colleges: ['delegates', 'members'].map((id) => ({
        college: id,
        threshold: MAJORITY,
        quorum: NO_QUORUM,
        share: null,
      })),
      combine: { kind: 'each', divided },
      tie: 'falls',
    };
    const counts = [cellCount(delegates, d[0] + d[1], [...d, 0]), cellCount(members, m[0] + m[1], [...m, 0])];
    return outcome(
      { contests: [both], rules: [rule], links: [] },
      [delegates, members],
      counts,
      COUNTS_ALONE,
    )[0];
  };
  const FALLS = { kind: 'falls' } as const;
  const prevails = (id: string) => ({ kind: 'prevails', college: id }) as const;

  test.each([
    ['both carry it', [2, 1], [20, 10], FALLS, true, false],
    ['both reject it', [1, 2], [10, 20], prevails('members'), false, false],
    ['delegates alone carry it; it falls', [2, 1], [10, 20], FALLS, false, true],
    ['members alone carry it; it falls', [1, 2], [20, 10], FALLS, false, true],
    ['delegates alone carry it; members prevail', [2, 1], [10, 20], prevails('members'), false, true],
    ['members alone carry it; members prevail', [1, 2], [20, 10], prevails('members'), true, true],
    ['delegates alone carry it; delegates prevail', [2, 1], [10, 20], prevails('delegates'), true, true],
    ['members alone carry it; delegates prevail', [1, 2], [20, 10], prevails('delegates'), false, true],
    ['a tie among members is not carried', [2, 1], [15, 15], prevails('members'), false, true],
  ] as const)('%s', (_, d, m, divided, isCarried, isDivided) => {
    expect(decide([...d], [...m], divided)).toMatchObject({ carried: isCarried, divided: isDivided });
  });

  test('the working is published: roll, ballots, for and against of each college', () => {
    expect(decide([240, 100], [9000, 4000], FALLS)).toEqual({
      id: 'd',
      kind: 'motion',
      carried: true,
      divided: false,
      reballot: false,
      tie: null,
      colleges: [
        {
          college: 'delegates',
          roll: 400,
          ballots: 340,
          for: 240,
          against: 100,
          quorate: true,
          tie: null,
          carried: true,
        },
        {
          college: 'members',
          roll: 20_000,
          ballots: 13_000,
          for: 9000,
          against: 4000,
          quorate: true,
          tie: null,
          carried: true,
        },
      ],
    });
  });
});

test('a card vote: each weight is a cell, multiplied in the open', () => {
  const card = contest('motion', ['for', 'against'], ['delegates']);
  const at = college('delegates', [1, 250, 1000]);
  const cells = [cell(card, at, 1, 50), cell(card, at, 250, 8), cell(card, at, 1000, 5)];
  const rule: MotionRule = {
    id: 'd',
    kind: 'motion',
    contest: 'motion',
    for: 'for',
    against: 'against',
    colleges: [{ college: 'delegates', threshold: MAJORITY, quorum: { p: 1, q: 2 }, share: null }],
    combine: { kind: 'each', divided: { kind: 'falls' } },
    tie: 'falls',
  };
  const counts = cells.map((one, i) =>
    cellCount(
      one,
      [40, 7, 4][i] ?? 0,
      [
        [40, 0],
        [5, 2],
        [1, 3],
      ][i] ?? [],
    ),
  );
  expect(
    outcome({ contests: [card], rules: [rule], links: [] }, cells, counts, COUNTS_ALONE)[0],
  ).toMatchObject({
    carried: false,
    colleges: [
      { roll: 50 + 2000 + 5000, ballots: 40 + 1750 + 4000, for: 40 + 1250 + 1000, against: 500 + 3000 },
    ],
  });
});

describe('properties of a motion', () => {
  const threshold = fc.record({
    compare: fc.constantFrom('more-than' as const, 'at-least' as const),
    p: fc.nat(12),
    q: fc.integer({ min: 1, max: 12 }),
    of: fc.constantFrom('for-and-against' as const, 'ballots' as const, 'roll' as const),
  });
  const votes = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60));

  test('monotone: a vote that turns from against to for never loses it', () => {
    fc.assert(
      fc.property(votes, threshold, ([f, a, abstain], rule) => {
        if (carried([f, a + 1, abstain], rule)) expect(carried([f + 1, a, abstain], rule)).toBe(true);
      }),
    );
  });

  test('agrees with the definition in fractions', () => {
    fc.assert(
      fc.property(votes, threshold, ([f, a, abstain], rule) => {
        const base = rule.of === 'roll' ? 1000 : rule.of === 'ballots' ? f + a + abstain : f + a;
        // Small integers: both products are exact.
        const difference = f * rule.q - rule.p * base;
        const expected = f > 0 && (rule.compare === 'more-than' ? difference > 0 : difference >= 0);
        expect(carried([f, a, abstain], rule)).toBe(expected);
      }),
    );
  });

  test('the same for any order of colleges, weights and options', () => {
    const perCell = fc.tuple(fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(
        fc.array(perCell, { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        (numbers, swapColleges, swapOptions) => {
          const run = (flipColleges: boolean, flipOptions: boolean) => {
            const options = flipOptions ? ['against', 'for'] : ['for', 'against'];
            const colleges = flipColleges ? ['b', 'a'] : ['a', 'b'];
            const of = contest('motion', options, colleges);
            const inOrder = colleges.flatMap((id) =>
              [1, 5].map((weight) => cell(of, college(id, [1, 5]), weight, 60)),
            );
            const counts = inOrder.map((one) => {
              const place = (one.college.id === 'a' ? 0 : 2) + (one.weight === 1 ? 0 : 1);
              const [f, a] = numbers[place] ?? [0, 0];
              return cellCount(one, f + a, flipOptions ? [a, f] : [f, a]);
            });
            const rule: DecisionRule = {
              id: 'd',
              kind: 'motion',
              contest: 'motion',
              for: 'for',
              against: 'against',
              colleges: colleges.map((id) => ({
                college: id,
                threshold: TWO_THIRDS,
                quorum: { p: 1, q: 4 },
                share: null,
              })),
              combine: { kind: 'each', divided: { kind: 'prevails', college: 'a' } },
              tie: 'falls',
            };
            const [decision] = outcome(
              { contests: [of], rules: [rule], links: [] },
              inOrder,
              counts,
              COUNTS_ALONE,
            );
            if (decision?.kind !== 'motion') throw new Error('not a motion');
            return {
              ...decision,
              colleges: decision.colleges.toSorted((x, y) => (x.college < y.college ? -1 : 1)),
            };
          };
          expect(run(swapColleges, swapOptions)).toEqual(run(false, false));
        },
      ),
    );
  });
});

test('the same for any order of cells', () => {
  const at = college('members', [1, 5]);
  const of = contest('motion', ['for', 'against'], ['members']);
  const rule = seatsOf(1, { id: 'd', contest: 'motion' });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 2, maxLength: 2 }), (numbers) => {
      const cells = [1, 5].map((weight) => cell(of, at, weight, 50));
      const counts = cells.map((one, i) => {
        const [f = 0, a = 0] = numbers[i] ?? [];
        return cellCount(one, f + a, [f, a]);
      });
      const run = (list: Cell[], own: CellCount[]) =>
        outcome({ contests: [of], rules: [rule], links: [] }, list, own, COUNTS_ALONE);
      expect(run(cells.toReversed(), counts.toReversed())).toEqual(run(cells, counts));
    }),
  );
});

describe('counts that no such election has are refused by name', () => {
  const at = college('members', [1_000_000_000]);
  const of = contest('motion', ['for', 'against'], ['members']);
  const one = cell(of, at, 1_000_000_000, 10);
  const run = (counts: CellCount[]) =>
    outcome(
      { contests: [of], rules: [seatsOf(1, { id: 'd', contest: 'motion' })], links: [] },
      [one],
      counts,
      COUNTS_ALONE,
    );

  test.each<[string, CellCount[], string, string]>([
    ['none', [], 'mismatch', 'counts'],
    ['one too many', [cellCount(one, 1, [1, 0]), cellCount(one, 1, [1, 0])], 'mismatch', 'counts'],
    ['another cell', [{ cell: 'x', ballots: 1, counts: [1, 0] }], 'mismatch', 'counts[0].cell'],
    ['an option too few', [cellCount(one, 1, [1])], 'mismatch', 'counts[0].counts'],
    ['a fraction', [cellCount(one, 1, [0.5, 0.5])], 'out-of-range', 'counts[0]'],
    ['a negative count', [cellCount(one, 1, [-1, 2])], 'out-of-range', 'counts[0]'],
    [
      'a weighted sum above 2^53 − 1',
      [cellCount(one, 1, [9_007_200, 0])],
      'out-of-range',
      'd.members.votes[0]',
    ],
  ])('%s', (_, counts, code, where) => {
    expect(() => run(counts)).toThrow(TallyError);
    expect(() => run(counts)).toThrow(expect.objectContaining({ code, where }));
  });
});

test('cells: by contest, college and weight, with the voter numbers of their roll lines', () => {
  const colleges = [college('members'), college('delegates', [1, 3])];
  const contests = [
    contest('motion', ['a', 'b'], ['members', 'delegates']),
    contest('cac', ['x', 'y'], ['delegates']),
  ];
  const lines = [
    { college: 'delegates', weight: 3 },
    { college: 'members', weight: 1 },
    { college: 'delegates', weight: 1 },
    { college: 'members', weight: 1 },
  ];
  expect(cellsOf({ colleges, contests }, lines).map(({ id, voters }) => [id, [...voters]])).toEqual([
    ['motion/members/1', [2, 4]],
    ['motion/delegates/1', [3]],
    ['motion/delegates/3', [1]],
    ['cac/delegates/1', [3]],
    ['cac/delegates/3', [1]],
  ]);
});
