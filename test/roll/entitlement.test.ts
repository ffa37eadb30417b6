import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entitlements, seatsFor } from '../../src/roll/entitlement.ts';
import type { EntitlementRule, Rate } from '../../src/roll/entitlement-rule.ts';
import { RollError } from '../../src/roll/errors.ts';
import type { RollBody } from '../../src/roll/roll-document.ts';
import { sensitivityInWords, sensitivityOf } from '../../src/roll/sensitivity.ts';
import { affiliate, branch, members, rate, region, ruleOf, strand } from './rules.ts';

const twoPerHundred = ruleOf({
  branches: rate(2, 100),
  outside: { kind: 'same-rate' },
  affiliates: { kind: 'each', seats: 2 },
});

describe('rates', () => {
  test.each([
    [0, 0],
    [1, 2],
    [99, 2],
    [100, 2],
    [101, 4],
    [199, 4],
    [200, 4],
    [201, 6],
  ])('2 per 100 or part thereof: %i members have %i delegates', (n, seats) => {
    expect(seatsFor(rate(2, 100), n)).toBe(seats);
  });

  test.each([
    [1, 2],
    [50, 2],
    [51, 4],
    [200, 8],
    [201, 10],
    [250, 10],
    [251, 10],
    [5000, 10],
  ])('2 per 50 or part thereof up to 10: %i members have %i delegates', (n, seats) => {
    expect(seatsFor(rate(2, 50, { max: 10 }), n)).toBe(seats);
  });

  test.each([
    [9, 1],
    [10, 1],
    [11, 2],
    [100, 10],
    [101, 11],
  ])('1 per 10 or part of 10: %i members have %i delegates', (n, seats) => {
    expect(seatsFor(rate(1, 10), n)).toBe(seats);
  });

  test.each([
    [799, 0],
    [800, 1],
    [1599, 1],
    [2399, 2],
    [2400, 3],
  ])('1 for every full 800: %i members have %i delegates', (n, seats) => {
    expect(seatsFor(rate(1, 800, { parts: 'full' }), n)).toBe(seats);
  });

  test.each([
    [49, 0],
    [50, 1],
    [149, 1],
    [150, 2],
  ])('1 for the nearest 100: %i members have %i delegates', (n, seats) => {
    expect(seatsFor(rate(1, 100, { parts: 'nearest' }), n)).toBe(seats);
  });

  test.each([
    [0, 0],
    [1, 2],
    [199, 2],
    [300, 3],
  ])('at least 2, of a body with members: %i members have %i delegates', (n, seats) => {
    expect(seatsFor(rate(1, 100, { parts: 'full', min: 2 }), n)).toBe(seats);
  });

  test('a cap that is no multiple of the seats is the cap', () => {
    expect(seatsFor(rate(4, 100, { max: 6 }), 101)).toBe(6);
  });
});

describe('bodies', () => {
  const found = (rule: EntitlementRule, bodies: RollBody[], ...counts: ReturnType<typeof members>[]) =>
    entitlements(rule, bodies, counts).map(({ body, seats, why }) => ({ body, seats, why }));

  test('a branch, the members outside branches of its region, and an affiliate, with the working', () => {
    const bodies = [branch('elmford', 'north'), region('north'), affiliate('union')];
    expect(found(twoPerHundred, bodies, members('elmford', 101), members('north', 301))).toEqual([
      { body: 'elmford', seats: 4, why: '2 × ⌈101 / 100⌉ = 4' },
      { body: 'north', seats: 4, why: '2 × ⌈200 / 100⌉ = 4' },
      { body: 'union', seats: 2, why: '2 for each affiliate' },
    ]);
  });

  test('a region where everybody is in a branch has no delegates of its own', () => {
    const bodies = [branch('elmford', 'north'), region('north')];
    const seats = found(twoPerHundred, bodies, members('elmford', 50), members('north', 50));
    expect(seats.map((one) => one.seats)).toEqual([2, 0]);
  });

  test('members outside branches at a rate of their own, beside seats of the region itself', () => {
    const rule = ruleOf({
      branches: rate(2, 50, { max: 10 }),
      outside: rate(1, 800, { parts: 'full' }),
      regions: { kind: 'each', seats: 1 },
    });
    const bodies = [branch('elmford', 'north'), region('north')];
    expect(found(rule, bodies, members('elmford', 600), members('north', 1500))).toEqual([
      { body: 'elmford', seats: 10, why: '2 × ⌈600 / 50⌉ = 24, at most 10' },
      { body: 'north', seats: 2, why: '⌊900 / 800⌋ = 1; 1 for each region' },
    ]);
  });

  test('a rule may leave members outside branches without delegates, and strands', () => {
    const rule = ruleOf({ branches: rate(2, 100) });
    expect(found(rule, [region('north'), strand('youth')], members('north', 500))).toEqual([
      { body: 'north', seats: 0, why: 'none for regions' },
      { body: 'youth', seats: 0, why: 'none for strands' },
    ]);
  });

  test('a region by all its members, in branches or not', () => {
    const rule = ruleOf({ regions: rate(1, 200, { parts: 'nearest', min: 1 }) });
    const bodies = [branch('elmford', 'north'), region('north'), region('south')];
    expect(found(rule, bodies, members('elmford', 600), members('north', 701), members('south', 80))).toEqual(
      [
        { body: 'elmford', seats: 0, why: 'none for branches' },
        { body: 'north', seats: 4, why: '⌊701 / 200 + 1/2⌋ = 4' },
        { body: 'south', seats: 1, why: '⌊80 / 200 + 1/2⌋ = 0, at least 1' },
      ],
    );
  });

  test('divisions with the seats that they have by name: 26 in eight, and none elsewhere', () => {
    const seats = [6, 5, 4, 3, 3, 3, 1, 1];
    const named = seats.map((n, i) => ({ body: `division-${i + 1}`, seats: n }));
    const rule = ruleOf({ regions: { kind: 'named', bodies: named } });
    const bodies = [...seats.map((_, i) => region(`division-${i + 1}`)), region('elsewhere')];
    const all = found(rule, bodies);
    expect(all.reduce((sum, one) => sum + one.seats, 0)).toBe(26);
    expect(all.at(0)).toEqual({ body: 'division-1', seats: 6, why: '6 for division-1 by name' });
    expect(all.at(-1)).toEqual({ body: 'elsewhere', seats: 0, why: 'not named in the rule' });
  });

  test('affiliates: 5 below 250,000 members and 10 above', () => {
    const classes = [
      { from: 0, seats: 5 },
      { from: 250_000, seats: 10 },
    ];
    const rule = ruleOf({ affiliates: { kind: 'classes', classes } });
    const bodies = [affiliate('bakers', 249_999), affiliate('drivers', 250_000)];
    expect(found(rule, bodies)).toEqual([
      { body: 'bakers', seats: 5, why: '249999 members: 5 from 0' },
      { body: 'drivers', seats: 10, why: '250000 members: 10 from 250000' },
    ]);
    const [first, second] = entitlements(rule, bodies, []);
    expect(first?.parts[0]?.sensitivity).toEqual({ more: { members: 1, seats: 10 }, fewer: null });
    expect(second?.parts[0]?.sensitivity).toEqual({ more: null, fewer: { members: 1, seats: 5 } });
  });

  test('an affiliate below the first class has none; one without a size is refused', () => {
    const rule = ruleOf({ affiliates: { kind: 'classes', classes: [{ from: 100, seats: 1 }] } });
    expect(found(rule, [affiliate('bakers', 99)])).toEqual([
      { body: 'bakers', seats: 0, why: '99 members: none below 100' },
    ]);
    expect(() => entitlements(rule, [affiliate('bakers')], [])).toThrow(
      expect.objectContaining({ code: 'no-size', where: 'bakers' }) as RollError,
    );
  });

  test('reserved places: of each 4 at least 2, of any number at least half', () => {
    const rule = ruleOf({
      regions: { kind: 'named', bodies: [4, 3, 9].map((seats, i) => ({ body: `r${i}`, seats })) },
      reserved: [
        { group: 'women', seats: 2, of: 4, parts: 'full' },
        { group: 'women-or-non-binary', seats: 1, of: 2, parts: 'begun' },
      ],
    });
    const all = entitlements(rule, [region('r0'), region('r1'), region('r2')], []);
    expect(all.map(({ reserved }) => reserved.map(({ seats }) => seats))).toEqual([
      [2, 2],
      [0, 2],
      [4, 5],
    ]);
    expect(all[2]?.reserved[0]).toEqual({ group: 'women', seats: 4, why: '2 × ⌊9 / 4⌋ = 4' });
  });

  test('reserved places are never more than the seats', () => {
    const rule = ruleOf({
      regions: { kind: 'each', seats: 1 },
      reserved: [{ group: 'women', seats: 2, of: 4, parts: 'begun' }],
    });
    expect(entitlements(rule, [region('north')], [])[0]?.reserved).toEqual([
      { group: 'women', seats: 1, why: '2 × ⌈1 / 4⌉ = 2, at most 1' },
    ]);
  });

  test('counts of other colleges do not matter', () => {
    const counts = [{ college: 'delegates', body: 'north', n: 500 }];
    expect(entitlements(twoPerHundred, [region('north')], counts)).toMatchObject([{ seats: 0 }]);
  });

  test('a region smaller than its branches is refused', () => {
    const bodies = [branch('elmford', 'north'), region('north')];
    expect(() => entitlements(twoPerHundred, bodies, [members('elmford', 51), members('north', 50)])).toThrow(
      expect.objectContaining({ name: 'RollError', code: 'bad-counts', where: 'north' }) as RollError,
    );
  });
});

/**
 * A disputed entitlement: a database counted one region at 618 members and later at 824, its neighbour at 2,428,
 * with 206 of the neighbour's members living in the first. One seat for every full 800.
 */
describe('the disputed region', () => {
  const rule = ruleOf({ outside: rate(1, 800, { parts: 'full' }) });
  const counted = (first: number, neighbour: number) =>
    entitlements(
      rule,
      [region('first'), region('neighbour')],
      [members('first', first), members('neighbour', neighbour)],
    );

  test('two seats hang on where 206 members are counted', () => {
    expect(counted(618, 2428).map(({ seats, why }) => ({ seats, why }))).toEqual([
      { seats: 0, why: '⌊618 / 800⌋ = 0' },
      { seats: 3, why: '⌊2428 / 800⌋ = 3' },
    ]);
    expect(counted(618 + 206, 2428 - 206).map(({ seats, why }) => ({ seats, why }))).toEqual([
      { seats: 1, why: '⌊824 / 800⌋ = 1' },
      { seats: 2, why: '⌊2222 / 800⌋ = 2' },
    ]);
  });

  test('the published entitlement says beforehand that 28 members may go and the 29th is a seat', () => {
    const words = counted(618, 2428).map(({ parts }) =>
      parts.map(({ sensitivity }) => sensitivity && sensitivityInWords(sensitivity)),
    );
    expect(words).toEqual([
      ['182 more members: 1 delegate'],
      ['772 more members: 4 delegates; 29 fewer: 2 delegates'],
    ]);
    expect(counted(618, 2428 - 28)[1]?.seats).toBe(3);
    expect(counted(618, 2428 - 29)[1]?.seats).toBe(2);
  });
});

describe('sensitivity in words', () => {
  test.each([
    [rate(2, 100), 98, '3 more members: 4 delegates; 98 fewer: 0 delegates'],
    [rate(1, 10), 10, '1 more member: 2 delegates; 10 fewer: 0 delegates'],
    [rate(2, 50, { max: 10 }), 620, '420 fewer: 8 delegates'],
    [rate(1, 100, { min: 3, max: 3 }), 0, '1 more member: 3 delegates'],
  ])('%o, %i members', (rule, n, words) => {
    expect(sensitivityInWords(sensitivityOf((k) => seatsFor(rule, k), n))).toBe(words);
  });

  test('what nothing changes', () => {
    expect(sensitivityInWords(sensitivityOf(() => 2, 40))).toBe('the same, however many members');
  });
});

describe('properties', () => {
  const rates: fc.Arbitrary<Rate> = fc
    .record({
      seats: fc.integer({ min: 1, max: 1000 }),
      per: fc.integer({ min: 1, max: 1_000_000 }),
      parts: fc.constantFrom('begun' as const, 'full' as const, 'nearest' as const),
      min: fc.nat(20),
      more: fc.option(fc.nat(100)),
    })
    .map(({ seats, per, parts, min, more }) =>
      rate(seats, per, { parts, min, max: more === null ? null : Math.max(1, min + more) }),
    );
  const size = fc.nat(5_000_000);

  test('more members never mean fewer seats', () => {
    fc.assert(
      fc.property(rates, size, size, (r, a, b) => seatsFor(r, Math.max(a, b)) >= seatsFor(r, Math.min(a, b))),
    );
  });

  test('exact at every boundary of the parts, in integers', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 1000 }), (r, k) => {
        const plain: Rate = { ...r, min: 0, max: null };
        const at = (n: number) => seatsFor(plain, n) / r.seats;
        const edge = { begun: k * r.per + 1, full: k * r.per, nearest: Math.ceil((k - 1 / 2) * r.per) };
        const below = { begun: k, full: k - 1, nearest: k - 1 }[r.parts];
        expect([at(edge[r.parts] - 1), at(edge[r.parts])]).toEqual([
          edge[r.parts] === 1 ? 0 : below,
          below + 1,
        ]);
      }),
    );
  });

  test('a minimum and a maximum hold for every body with members', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 5_000_000 }), (r, n) => {
        const seats = seatsFor(r, n);
        return seats >= r.min && (r.max === null || seats <= r.max);
      }),
    );
  });

  test('the steps of the sensitivity are the nearest: one member less, and nothing has changed', () => {
    fc.assert(
      fc.property(rates, size, (r, n) => {
        const { more, fewer } = sensitivityOf((k) => seatsFor(r, k), n);
        const seats = seatsFor(r, n);
        if (more !== null) {
          expect(seatsFor(r, n + more.members)).toBe(more.seats);
          expect(more.seats).toBeGreaterThan(seats);
          expect(seatsFor(r, n + more.members - 1)).toBe(seats);
        }
        if (fewer !== null) {
          expect(seatsFor(r, n - fewer.members)).toBe(fewer.seats);
          expect(fewer.seats).toBeLessThan(seats);
          expect(seatsFor(r, n - fewer.members + 1)).toBe(seats);
        }
      }),
    );
  });

  test('the order of bodies and counts does not matter', () => {
    const sizes = fc.array(fc.nat(5000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rates, sizes, fc.nat(5000), fc.nat(), (r, branches, outside, turn) => {
        const total = branches.reduce((sum, n) => sum + n, outside);
        const bodies = [region('all'), ...branches.map((_, i) => branch(`b${i}`, 'all'))];
        const counts = [members('all', total), ...branches.map((n, i) => members(`b${i}`, n))];
        const rule = ruleOf({ branches: r, outside: { kind: 'same-rate' } });
        const turned = <T>(list: readonly T[]) =>
          list.map((_, i) => list[(i + turn) % list.length]).filter((one) => one !== undefined);
        const byBody = (list: ReturnType<typeof entitlements>) =>
          list.toSorted((a, b) => (a.body < b.body ? -1 : 1));
        expect(byBody(entitlements(rule, turned(bodies), turned(counts)))).toEqual(
          byBody(entitlements(rule, bodies, counts)),
        );
      }),
    );
  });

  test('members of the bodies add up to those of the regions; by parts begun, splitting never costs seats', () => {
    const sizes = fc.array(fc.nat(5000), { maxLength: 20 });
    fc.assert(
      fc.property(rates, sizes, fc.nat(5000), (r, branches, outside) => {
        const begun: Rate = { ...r, parts: 'begun', min: 0, max: null };
        const total = branches.reduce((sum, n) => sum + n, outside);
        const bodies = [region('all'), ...branches.map((_, i) => branch(`b${i}`, 'all'))];
        const rule = ruleOf({ branches: begun, outside: { kind: 'same-rate' } });
        const all = entitlements(rule, bodies, [
          members('all', total),
          ...branches.map((n, i) => members(`b${i}`, n)),
        ]);
        const counted = all.flatMap(({ parts }) => parts).reduce((sum, { n }) => sum + (n ?? 0), 0);
        expect(counted).toBe(total);
        expect(all.reduce((sum, { seats }) => sum + seats, 0)).toBeGreaterThanOrEqual(seatsFor(begun, total));
      }),
    );
  });
});
