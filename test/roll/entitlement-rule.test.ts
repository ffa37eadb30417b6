import { describe, expect, test } from 'vitest';
import { firstProblem } from '../../src/codec/fields.ts';
import {
  checkEntitlementRule,
  type EntitlementRule,
  entitlementRule,
} from '../../src/roll/entitlement-rule.ts';
import { rate, ruleOf } from './rules.ts';

const full = ruleOf({
  branches: rate(2, 50, { min: 1, max: 10 }),
  outside: { kind: 'same-rate' },
  regions: { kind: 'named', bodies: [{ body: 'north', seats: 6 }] },
  strands: { kind: 'each', seats: 2 },
  affiliates: {
    kind: 'classes',
    classes: [
      { from: 0, seats: 5 },
      { from: 250_000, seats: 10 },
    ],
  },
  reserved: [{ group: 'women', seats: 1, of: 2, parts: 'full' }],
});

test('a rule of every kind is one, as JSON too', () => {
  expect(entitlementRule.parse(JSON.parse(JSON.stringify(full)))).toEqual(full);
  expect([...checkEntitlementRule(full)]).toEqual([]);
});

describe('refused by the schema, with the field', () => {
  test.each([
    ['a key that is not known', { ...full, unattached: 'none' }, 'unattached'],
    ['a key that is missing', { ...full, strands: undefined }, 'strands'],
    ['a kind that is not known', { ...full, branches: { kind: 'square-root', seats: 1 } }, 'branches.kind'],
    ['another key in a rate', { ...full, branches: { ...rate(1, 10), round: 'up' } }, 'branches.round'],
    ['no seats', { ...full, branches: rate(0, 10) }, 'branches.seats'],
    ['a part of a seat', { ...full, branches: rate(1.5, 10) }, 'branches.seats'],
    ['for every 0', { ...full, branches: rate(1, 0) }, 'branches.per'],
    ['rounding that is left open', { ...full, branches: { ...rate(1, 10), parts: null } }, 'branches.parts'],
    ['a negative minimum', { ...full, branches: rate(1, 10, { min: -1 }) }, 'branches.min'],
    ['a maximum of nothing', { ...full, branches: rate(1, 10, { max: 0 }) }, 'branches.max'],
    ['strands by a rate', { ...full, strands: rate(1, 10) }, 'strands.kind'],
    ['members outside branches by name', { ...full, outside: full.regions }, 'outside.kind'],
    ['no name', { ...full, regions: { kind: 'named', bodies: [] } }, 'regions.bodies'],
    ['no class', { ...full, affiliates: { kind: 'classes', classes: [] } }, 'affiliates.classes'],
    [
      'a group without a name',
      { ...full, reserved: [{ seats: 1, of: 2, parts: 'full' }] },
      'reserved[0].group',
    ],
  ])('%s', (_, rule, field) => {
    const parsed = entitlementRule.safeParse(rule);
    expect(parsed.success).toBe(false);
    expect(parsed.error && firstProblem(parsed.error).path).toBe(field);
  });
});

describe('refused for what contradicts itself, with field and reason', () => {
  const reserved = full.reserved[0] ?? { group: '', seats: 1, of: 1, parts: 'full' };
  test.each<[string, Partial<EntitlementRule>, string]>([
    [
      'a minimum above the maximum',
      { branches: rate(1, 10, { min: 3, max: 2 }) },
      'branches.min contradiction: 3 is above max, 2',
    ],
    [
      'so in a rate of its own',
      { outside: rate(1, 10, { min: 3, max: 2 }) },
      'outside.min contradiction: 3 is above max, 2',
    ],
    [
      'the same rate as nothing',
      { branches: { kind: 'each', seats: 1 } },
      'outside.kind contradiction: branches have no rate',
    ],
    [
      'one body twice',
      { strands: { kind: 'named', bodies: ['youth', 'youth'].map((body) => ({ body, seats: 1 })) } },
      'strands.bodies[1].body duplicate: youth is there already',
    ],
    [
      'classes out of order',
      {
        affiliates: {
          kind: 'classes',
          classes: [
            { from: 9, seats: 1 },
            { from: 9, seats: 2 },
          ],
        },
      },
      'affiliates.classes[1].from not-sorted: not above the one before',
    ],
    [
      'fewer seats for more members',
      {
        affiliates: {
          kind: 'classes',
          classes: [
            { from: 0, seats: 2 },
            { from: 9, seats: 1 },
          ],
        },
      },
      'affiliates.classes[1].seats not-sorted: not above the one before',
    ],
    [
      'more reserved places than places',
      { reserved: [{ ...reserved, seats: 3 }] },
      'reserved[0].seats impossible: 3 of every 2',
    ],
    [
      'one group twice',
      { reserved: [reserved, reserved] },
      'reserved[1].group duplicate: women is there already',
    ],
  ])('%s', (_, change, problem) => {
    const found = [...checkEntitlementRule({ ...full, ...change })];
    expect(found.map(({ field, code, why }) => `${field} ${code}: ${why}`)).toEqual([problem]);
  });

  test('nobody has a delegate', () => {
    expect([...checkEntitlementRule(ruleOf({}))]).toMatchObject([{ field: 'branches', code: 'impossible' }]);
  });
});
