/**
 * Every shape of contest: docs/protocol.md §6.2. Over small sizes all assignments of values are tried: those that
 * satisfy the clauses are exactly those that a choice stands for.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, choiceOf, valuesOf } from '../../src/ballot/choices.ts';
import { checkValues, contestClauses } from '../../src/ballot/clauses.ts';
import { contestColumns, largestEntry } from '../../src/ballot/columns.ts';
import { BallotError } from '../../src/ballot/errors.ts';
import type { Shape } from '../../src/ballot/shapes.ts';
import { bitsOf, valueCount } from '../../src/ballot/values.ts';

const OPTIONS = ['ada', 'bo', 'cy', 'di'];

const asked = (options: number, shape: Shape) => ({
  id: 'question',
  colleges: ['members'],
  options: OPTIONS.slice(0, options),
  shape,
});
type Asked = ReturnType<typeof asked>;

/** All lists of `length` numbers 0 … most. */
function assignments(length: number, most: number): number[][] {
  let all: number[][] = [[]];
  for (let i = 0; i < length; i += 1) {
    all = all.flatMap((one) => Array.from({ length: most + 1 }, (_, n) => [...one, n]));
  }
  return all;
}

/** All lists of distinct options. */
function orders(options: readonly string[], length: number): string[][] {
  if (length === 0) return [[]];
  return options.flatMap((first) =>
    orders(
      options.filter((option) => option !== first),
      length - 1,
    ).map((rest) => [first, ...rest]),
  );
}

/** Every choice that a person could make. */
function choices({ options, shape }: Asked, weight: number): Choice[] {
  const subsets = assignments(options.length, 1).map((bits) => options.filter((_, i) => bits[i] === 1));
  const numbers = (most: number) =>
    assignments(options.length, most).map((ns) =>
      Object.fromEntries(options.map((option, i) => [option, ns[i] ?? 0])),
    );
  const blank: Choice[] = 'blank' in shape && shape.blank ? ['blank'] : [];
  switch (shape.kind) {
    case 'choose':
      return [...subsets.filter(({ length }) => shape.min <= length && length <= shape.max), ...blank];
    case 'score':
      return numbers(shape.max);
    case 'ranking':
      return [...orders(options, shape.points.length), ...blank];
    case 'split':
      return numbers(weight).filter((parts) => Object.values(parts).reduce((a, b) => a + b, 0) <= weight);
    case 'support':
      return subsets;
  }
}

const satisfies = (contest: Asked, weight: number, values: readonly number[]): boolean => {
  try {
    checkValues(contestClauses(contest, weight), values, 'here');
    return true;
  } catch (error) {
    if (error instanceof BallotError) return false;
    throw error;
  }
};

const sizes: [string, Asked, number][] = [
  ...[1, 2, 3, 4].flatMap((m) =>
    Array.from({ length: m }, (_, i) => i + 1).flatMap((max) =>
      Array.from({ length: max + 1 }, (_, min) => min).flatMap((min): [string, Asked, number][] =>
        (min === 0 ? [false] : [false, true]).map((blank) => [
          `choose ${min} to ${max} of ${m}${blank ? ' or blank' : ''}`,
          asked(m, { kind: 'choose', min, max, blank }),
          1,
        ]),
      ),
    ),
  ),
  ['scores up to 2 for 3', asked(3, { kind: 'score', max: 2 }), 1],
  ['scores up to 1 for 1', asked(1, { kind: 'score', max: 1 }), 1],
  ...[
    [1, 1],
    [2, 1],
    [2, 2],
    [3, 1],
    [3, 2],
    [3, 3],
    [4, 2],
  ].flatMap(([m = 1, k = 1]) =>
    [false, true].map((blank): [string, Asked, number] => [
      `${k} places for ${m}${blank ? ' or blank' : ''}`,
      asked(m, { kind: 'ranking', points: Array.from({ length: k }, (_, j) => k - j), blank }),
      1,
    ]),
  ),
  ...[1, 2, 3, 5, 7, 8].map((weight): [string, Asked, number] => [
    `a card of ${weight} among 2`,
    asked(2, { kind: 'split' }),
    weight,
  ]),
  ['a card of 6 among 1', asked(1, { kind: 'split' }), 6],
  ['support of 3', asked(3, { kind: 'support', merged: [{ id: 'both', parts: ['ada', 'cy'] }] }), 1],
];

describe('the assignments that satisfy the clauses are the images of choices', () => {
  test.each(sizes)('%s', (_, contest, weight) => {
    const count = valueCount(contest, weight);
    // One above what any value may be; bits of many values alone, where a 2 is refused by the clause of the bit.
    const most = count > 8 ? 1 : largestEntry(contest, 1) + 1;
    const legal = assignments(count, most).filter((values) => satisfies(contest, weight, values));
    const images = choices(contest, weight).map((choice) => valuesOf(contest, weight, choice));
    const names = (list: readonly number[][]) => list.map((values) => values.join(' ')).sort();
    expect(names(legal)).toEqual(names(images));
    expect(new Set(names(images)).size).toBe(images.length);
  });

  test.each(sizes)('and choices can be read back: %s', (_, contest, weight) => {
    for (const choice of choices(contest, weight)) {
      const values = valuesOf(contest, weight, choice);
      const back = choiceOf(contest, weight, values, 'here');
      expect(back).toEqual(choice);
    }
  });

  test.each(sizes)('and every value of its own has a clause: %s', (_, contest, weight) => {
    const clauses = contestClauses(contest, weight);
    const single = clauses.flatMap(({ terms }) => (terms.length === 1 ? (terms[0]?.[0] ?? []) : []));
    expect(new Set(single).size).toBe(valueCount(contest, weight));
    for (const { set } of clauses) expect(set).toEqual([...new Set(set)].sort((a, b) => a - b));
  });
});

/** What each column adds for a choice, by the meaning of the shape. */
function meant({ options, shape }: Asked, weight: number, choice: Choice): number[] {
  const blank = choice === 'blank' ? 1 : 0;
  const list: readonly string[] = Array.isArray(choice) ? choice : [];
  const of = (option: string): number =>
    choice === 'blank' || Array.isArray(choice) ? 0 : ((choice as Record<string, number>)[option] ?? 0);
  switch (shape.kind) {
    case 'choose':
      return [...options.map((option) => (list.includes(option) ? 1 : 0)), ...(shape.blank ? [blank] : [])];
    case 'score':
      return options.map(of);
    case 'ranking':
      return [
        ...options.map((option) => shape.points[list.indexOf(option)] ?? 0),
        ...(shape.blank ? [blank] : []),
      ];
    case 'split':
      return [...options.map(of), weight - options.map(of).reduce((a, b) => a + b, 0)];
    case 'support':
      return [
        ...options.map((option) => (list.includes(option) ? 1 : 0)),
        ...shape.merged.map(({ parts }) => (parts.some((part) => list.includes(part)) ? 1 : 0)),
      ];
  }
}

describe('columns', () => {
  test.each(sizes)('count what the choice says, and never more than the most: %s', (_, contest, weight) => {
    const columns = contestColumns(contest, weight);
    for (const choice of choices(contest, weight)) {
      const values = valuesOf(contest, weight, choice);
      const sums = columns.map(({ name, terms }) => {
        const sum = terms.reduce((total, [index, n]) => total + n * (values[index] ?? NaN), 0);
        return name.kind === 'merged' ? Math.min(sum, 1) : sum;
      });
      expect(sums).toEqual(meant(contest, weight, choice));
      expect(Math.max(...sums)).toBeLessThanOrEqual(largestEntry(contest, weight));
    }
  });
});

test('a weight has as many bits as it needs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (weight) => {
      expect(bitsOf(weight)).toBe(weight.toString(2).length);
    }),
  );
});

test('a card of any weight is divided and read back', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 1_000_000_000 })
        .chain((weight) =>
          fc
            .tuple(fc.constant(weight), fc.nat({ max: weight }))
            .chain(([, first]) =>
              fc.tuple(fc.constant(weight), fc.constant(first), fc.nat({ max: weight - first })),
            ),
        ),
      ([weight, ada, bo]) => {
        const contest = asked(2, { kind: 'split' });
        const values = valuesOf(contest, weight, { ada, bo });
        expect(satisfies(contest, weight, values)).toBe(true);
        expect(choiceOf(contest, weight, values, 'here')).toEqual({ ada, bo });
      },
    ),
  );
});

const CHOOSE = asked(3, { kind: 'choose', min: 1, max: 2, blank: true });
const RANK = asked(3, { kind: 'ranking', points: [2, 1], blank: false });
const SCORE = asked(3, { kind: 'score', max: 5 });
const SPLIT = asked(2, { kind: 'split' });

describe('a choice is refused that', () => {
  test.each<[string, Asked, Choice, string]>([
    ['names nobody', CHOOSE, ['zoe'], 'unknown-option'],
    ['names an option twice', CHOOSE, ['ada', 'ada'], 'bad-choice'],
    ['has too few', CHOOSE, [], 'bad-choice'],
    ['has too many', CHOOSE, ['ada', 'bo', 'cy'], 'bad-choice'],
    ['has numbers where options are chosen', CHOOSE, { ada: 1 }, 'bad-choice'],
    ['is blank where no ballot is', RANK, 'blank', 'bad-choice'],
    ['leaves a place empty', RANK, ['ada'], 'bad-choice'],
    ['ranks nobody', RANK, ['ada', 'zoe'], 'unknown-option'],
    ['gives too much', SCORE, { ada: 6 }, 'bad-choice'],
    ['takes away', SCORE, { ada: -1 }, 'bad-choice'],
    ['gives a part', SCORE, { ada: 1.5 }, 'bad-choice'],
    ['gives to nobody', SCORE, { zoe: 1 }, 'unknown-option'],
    ['gives to what every object has', SCORE, { constructor: 1 }, 'unknown-option'],
    ['is a list where there are numbers', SCORE, ['ada'], 'bad-choice'],
    ['is blank where there are numbers', SPLIT, 'blank', 'bad-choice'],
    ['spends more than the card', SPLIT, { ada: 12, bo: 8 }, 'bad-choice'],
  ])('%s', (_, contest, choice, code) => {
    expect(() => valuesOf(contest, 19, choice)).toThrow(
      expect.objectContaining({ code, where: 'choices.question' }),
    );
  });

  test('is none: values that break a clause, or of another number', () => {
    for (const values of [
      [1, 1, 1, 0],
      [1, 0, 0, 1],
      [0, 0, 0, 0],
      [1, 0, 0],
    ]) {
      expect(() => choiceOf(CHOOSE, 1, values, 'here')).toThrow(
        expect.objectContaining({ code: 'bad-choice', where: 'here' }),
      );
    }
  });
});
