/** docs/protocol.md §10, seats: weighted colleges, what an option needs, reserved places; orders; and an electoral college. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contest } from '../../src/ballot/manifest.ts';
import type { SeatsRule } from '../../src/ballot/rules.ts';
import { drawLot } from '../../src/tally/lot.ts';
import { decide, SEED, seatsOf } from './decide.ts';

const CHOOSE: Contest['shape'] = { kind: 'choose', min: 0, max: 9, blank: false };
const OPTIONS = ['ada', 'ben', 'cat', 'dee', 'eve', 'fay'];
const seatsIn = (rule: SeatsRule, votes: readonly number[], seed: Uint8Array | null = SEED) =>
  decide(
    rule,
    OPTIONS.slice(0, votes.length),
    { members: { roll: 1000, ballots: 100, counts: votes } },
    { seed },
    CHOOSE,
  );

describe('an electoral college in thirds (2010, first round)', async () => {
  const file = join(import.meta.dirname, '../vectors/real-votes/real-votes.json');
  const { votes } = JSON.parse(await readFile(file, 'utf8')) as {
    votes: {
      id: string;
      round1_percent_of_total?: Record<string, Record<'mps' | 'members' | 'affiliates' | 'total', number>>;
      round1_votes?: Record<string, Record<'mps' | 'members' | 'affiliates', number>>;
    }[];
  };
  const held = votes.find(({ id }) => id === 'labour-leader-2010-electoral-college');
  const printed = Object.entries(held?.round1_percent_of_total ?? {});
  const options = printed.map((_, i) => OPTIONS[i] ?? '');
  const sections = ['mps', 'members', 'affiliates'] as const;
  /** Ballots of each section, from the votes and percentages of the first. */
  const cast = { mps: 266, members: 126_874, affiliates: 211_234 };
  const counts = Object.fromEntries(
    sections.map((section) => [
      section,
      printed.map(([, percent]) => Math.round((percent[section] * 3 * cast[section]) / 100)),
    ]),
  );
  const rule = seatsOf(1, {
    colleges: sections.map((college) => ({ college, share: { p: 1, q: 3 } })),
    needs: { compare: 'more-than', p: 1, q: 2, of: 'votes' },
  });
  const found = decide(
    rule,
    options,
    Object.fromEntries(sections.map((section) => [section, { counts: counts[section] ?? [] }])),
  );

  test('votes that were printed come out of the percentages', () => {
    const own = Object.entries(held?.round1_votes ?? {});
    expect(own).toHaveLength(2);
    for (const [i, [, by]] of own.entries()) {
      for (const section of sections) {
        const made = counts[section]?.[i] ?? 0;
        // Percentages have three decimals: half a thousandth of a third of the section either way.
        expect(Math.abs(made - by[section])).toBeLessThanOrEqual(1 + (0.0015 * cast[section]) / 100);
      }
    }
  });

  test('nobody has more than half in the first round', () => {
    expect(found).toMatchObject({ elected: [], tied: [], unfilled: 1 });
  });

  test('the order is that of the printed totals, and not that of the votes', () => {
    const totals = printed.map(([, { total }], i) => ({ option: options[i], total }));
    expect(found.votes.map(({ option }) => option)).toEqual(
      totals.toSorted((a, b) => b.total - a.total).map(({ option }) => option),
    );
    const heads = options.map((_, i) =>
      sections.reduce((sum, section) => sum + (counts[section]?.[i] ?? 0), 0),
    );
    expect(heads[1]).toBeGreaterThan(heads[0] ?? 0);
  });

  test('without a majority needed, the first is elected', () => {
    const plain = decide(
      { ...rule, needs: null },
      options,
      Object.fromEntries(sections.map((section) => [section, { counts: counts[section] ?? [] }])),
    );
    expect(plain.elected).toEqual([options[0]]);
  });
});

describe('what an option needs', () => {
  const needs = (
    p: number,
    q: number,
    of: 'ballots' | 'votes',
    compare: 'more-than' | 'at-least' = 'at-least',
  ) => seatsOf(2, { needs: { compare, p, q, of } });

  test('of all ballots, reached exactly and missed by one', () => {
    expect(seatsIn(needs(1, 2, 'ballots'), [50, 49, 10])).toMatchObject({ elected: ['ada'], unfilled: 1 });
    expect(seatsIn(needs(1, 2, 'ballots', 'more-than'), [50, 51, 10])).toMatchObject({ elected: ['ben'] });
  });

  test('of all votes for options', () => {
    expect(seatsIn(needs(1, 3, 'votes'), [20, 19, 21])).toMatchObject({
      elected: ['cat', 'ada'],
      unfilled: 0,
    });
    expect(seatsIn(needs(1, 3, 'votes'), [20, 20, 23])).toMatchObject({ elected: ['cat'], unfilled: 1 });
  });
});

describe('reserved places', () => {
  const women = { id: 'women', least: 2, options: ['cat', 'dee', 'eve'] };

  test('three divisions of four seats, at least two of each four women', () => {
    const rule = seatsOf(4, { reserved: [women] });
    expect(seatsIn(rule, [60, 50, 40, 30, 20, 55])).toMatchObject({
      elected: ['ada', 'fay', 'cat', 'dee'],
      reserved: [{ id: 'women', least: 2, elected: 2 }],
      unfilled: 0,
    });
    // Enough of them by votes alone: then nothing is reserved for anybody.
    expect(seatsIn(rule, [60, 5, 40, 30, 20, 55]).elected).toEqual(['ada', 'fay', 'cat', 'dee']);
    expect(seatsIn(rule, [6, 5, 40, 30, 20, 1]).elected).toEqual(['cat', 'dee', 'eve', 'ada']);
  });

  test('a minimum is lowered to those who have a vote', () => {
    expect(seatsIn(seatsOf(4, { reserved: [women] }), [60, 50, 40, 0, 0, 55])).toMatchObject({
      elected: ['ada', 'fay', 'ben', 'cat'],
      reserved: [{ least: 1, elected: 1 }],
    });
  });

  test('minimums that cannot be met together are met in their order', () => {
    const rule = seatsOf(2, {
      reserved: [
        { id: 'first', least: 1, options: ['dee', 'fay'] },
        { id: 'second', least: 2, options: ['eve', 'fay'] },
      ],
    });
    // With fay, both; without a vote for fay there is one place left for the second.
    expect(seatsIn(rule, [60, 50, 40, 30, 20, 10])).toMatchObject({
      elected: ['eve', 'fay'],
      reserved: [
        { least: 1, elected: 1 },
        { least: 2, elected: 2 },
      ],
    });
    expect(seatsIn(rule, [60, 50, 40, 30, 20, 0])).toMatchObject({
      elected: ['dee', 'eve'],
      reserved: [{ least: 1 }, { least: 1 }],
    });
  });

  test('one who is in two groups counts for both', () => {
    const rule = seatsOf(3, {
      reserved: [
        { id: 'women', least: 1, options: ['dee', 'fay'] },
        { id: 'young', least: 1, options: ['eve', 'fay'] },
      ],
    });
    expect(seatsIn(rule, [60, 50, 40, 30, 20, 35]).elected).toEqual(['ada', 'ben', 'fay']);
    expect(seatsIn(rule, [60, 50, 40, 30, 20, 0]).elected).toEqual(['ada', 'dee', 'eve']);
  });

  test('a tie that a minimum settles is no tie', () => {
    const rule = seatsOf(2, { reserved: [{ id: 'women', least: 1, options: ['dee'] }] });
    expect(seatsIn(rule, [60, 30, 30, 30, 0, 0])).toMatchObject({ elected: ['ada', 'dee'], tied: [] });
  });

  test('in a tie by lot the minimums hold; without a lot those have their place without whom they could not', () => {
    const rule = seatsOf(3, { reserved: [{ id: 'women', least: 1, options: ['dee'] }], ties: 'lot' });
    const votes = [60, 30, 30, 30, 0, 0];
    const order = drawLot(['ben', 'cat', 'dee'], 'seats', SEED);
    const man = order.find((option) => option !== 'dee') ?? '';
    const drawn = seatsIn(rule, votes);
    expect(drawn.tied).toEqual(order);
    expect(new Set(drawn.elected)).toEqual(new Set(['ada', 'dee', man]));
    expect(seatsIn({ ...rule, ties: 'unfilled' }, votes)).toMatchObject({
      elected: ['ada', 'dee'],
      tied: ['ben', 'cat', 'dee'],
      unfilled: 1,
    });
  });
});

/** Every way to elect `places` of the options. */
function* subsets<T>(list: readonly T[], places: number): Generator<T[]> {
  const [first, ...rest] = list;
  if (first === undefined || places === 0) return yield [];
  for (const without of subsets(rest, places)) yield without;
  for (const others of subsets(rest, places - 1)) yield [first, ...others];
}

type Group = SeatsRule['reserved'][number];
const meets = (elected: readonly string[], groups: readonly Group[], leasts: readonly number[]): boolean =>
  groups.every(({ options }, i) => elected.filter((one) => options.includes(one)).length >= (leasts[i] ?? 0));

/** The rule as it is said: down a strict order, whoever can be elected so that the minimums can still be met. */
function byDefinition(order: readonly string[], seats: number, groups: readonly Group[]): string[] {
  const all = [...subsets(order, seats)];
  const leasts = groups.map(() => 0);
  for (const [i, { least }] of groups.entries()) {
    leasts[i] = least;
    while (!all.some((set) => meets(set, groups, leasts))) leasts[i] -= 1;
  }
  const good = all.filter((set) => meets(set, groups, leasts));
  const elected: string[] = [];
  for (const option of order) {
    if (good.some((set) => [...elected, option].every((one) => set.includes(one)))) elected.push(option);
  }
  return elected;
}

function* orders(blocks: readonly (readonly string[])[]): Generator<string[]> {
  const [first, ...rest] = blocks;
  if (first === undefined) return yield [];
  for (const own of permutations(first)) for (const others of orders(rest)) yield [...own, ...others];
}

function* permutations(list: readonly string[]): Generator<string[]> {
  if (list.length === 0) return yield [];
  for (const [i, first] of list.entries()) {
    for (const others of permutations(list.toSpliced(i, 1))) yield [first, ...others];
  }
}

describe('against every way to fill the seats', () => {
  const groups = fc.array(
    fc.record({ least: fc.integer({ min: 1, max: 3 }), options: fc.subarray(OPTIONS, { minLength: 1 }) }),
    { maxLength: 3 },
  );
  const election = fc.record({
    votes: fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
    seats: fc.integer({ min: 1, max: 5 }),
    groups,
  });
  const named = (list: readonly Omit<Group, 'id'>[]): Group[] =>
    list.map((one, i) => ({ ...one, id: `g${i}` }));
  const blocksOf = (votes: readonly number[]) => {
    const standing = OPTIONS.map((option, i) => ({ option, votes: votes[i] ?? 0 })).filter(
      (one) => one.votes > 0,
    );
    const blocks = Map.groupBy(standing, (one) => one.votes);
    return [...blocks].sort(([a], [b]) => b - a).map(([, block]) => block.map(({ option }) => option));
  };

  test('by lot: the procedure of its order', () => {
    fc.assert(
      fc.property(election, ({ votes, seats, groups: list }) => {
        const reserved = named(list);
        const order = blocksOf(votes).flatMap((block) => drawLot(block, 'seats', SEED));
        const { elected } = seatsIn(seatsOf(seats, { reserved, ties: 'lot' }), votes);
        expect(elected.toSorted()).toEqual(byDefinition(order, seats, reserved).toSorted());
      }),
      { numRuns: 300 },
    );
  });

  test('without a lot: only who is elected in every order of equal options; no tie, no difference', () => {
    fc.assert(
      fc.property(election, ({ votes, seats, groups: list }) => {
        const reserved = named(list);
        const { elected, tied } = seatsIn(seatsOf(seats, { reserved }), votes);
        const all = [...orders(blocksOf(votes))].map((order) => byDefinition(order, seats, reserved));
        for (const one of all) expect(one).toEqual(expect.arrayContaining(elected));
        if (tied.length === 0) for (const one of all) expect(one.toSorted()).toEqual(elected.toSorted());
        else expect(new Set(all.map((one) => one.toSorted().join())).size).toBeGreaterThan(1);
      }),
      { numRuns: 150 },
    );
  });

  test('more votes never unseat', () => {
    fc.assert(
      fc.property(election, fc.nat(5), ({ votes, seats, groups: list }, which) => {
        const rule = seatsOf(seats, { reserved: named(list), ties: 'lot' });
        // From an option that has votes already: the first one also changes who stands.
        fc.pre((votes[which] ?? 0) > 0);
        const more = votes.map((n, i) => (i === which ? n + 1 : n));
        const option = OPTIONS[which] ?? '';
        if (seatsIn(rule, votes).elected.includes(option))
          expect(seatsIn(rule, more).elected).toContain(option);
      }),
      { numRuns: 300 },
    );
  });
});

test('26 seats with five overlapping minimums among 100 candidates: the table is exact and quick', () => {
  const options = Array.from({ length: 100 }, (_, i) => `c${i}`);
  const every = (n: number) => options.filter((_, i) => i % n === n - 1);
  const reserved = [
    { id: 'women', least: 13, options: every(3) },
    { id: 'bame', least: 6, options: every(7) },
    { id: 'disabled', least: 3, options: every(11) },
    { id: 'lgbt', least: 3, options: every(13) },
    { id: 'under-30', least: 3, options: every(17) },
  ];
  const rule = seatsOf(26, { reserved, ties: 'lot' });
  const counts = options.map((_, i) => 1000 - i);
  const found = decide(rule, options, { members: { counts } }, { seed: SEED });
  expect(found.elected).toHaveLength(26);
  expect(found.reserved.every(({ least, elected }) => elected >= least)).toBe(true);
  expect(found.reserved.map(({ least }) => least)).toEqual([13, 6, 3, 3, 3]);
});

test('a manifest of a hostile officer: minimums beyond any table are refused by name', () => {
  const reserved = Array.from({ length: 20 }, (_, i) => ({ id: `g${i}`, least: 100, options: ['ada'] }));
  expect(() => seatsIn(seatsOf(2, { reserved }), [1, 2, 3])).toThrow(
    expect.objectContaining({ name: 'TallyError', code: 'out-of-range', where: 'seats.reserved' }),
  );
});

describe('orders', () => {
  const rule = { id: 'o', kind: 'order' as const, contest: 'o', colleges: ['members', 'others'] };
  const run = (members: number[], others: number[]) =>
    decide(rule, OPTIONS.slice(0, 4), { members: { counts: members }, others: { counts: others } }).votes;

  test('by points of all colleges; equal ones share a place, and the next one leaves it out', () => {
    expect(run([3, 5, 1, 0], [2, 0, 4, 1])).toEqual([
      { option: 'ada', votes: 5, place: 1 },
      { option: 'ben', votes: 5, place: 1 },
      { option: 'cat', votes: 5, place: 1 },
      { option: 'dee', votes: 1, place: 4 },
    ]);
    expect(run([3, 6, 1, 0], [2, 0, 4, 0]).map(({ place }) => place)).toEqual([1, 2, 2, 4]);
  });
});
