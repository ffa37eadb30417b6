/** The rival rules of one debate, on one roll. */
import { expect, test } from 'vitest';
import { compareRules } from '../../src/roll/compare-rules.ts';
import { affiliate, branch, members, rate, region, ruleOf } from './rules.ts';

const outside = { kind: 'same-rate' } as const;
const rivals = [
  {
    name: '2 per 100',
    rule: ruleOf({ branches: rate(2, 100), outside, affiliates: { kind: 'each', seats: 2 } }),
  },
  { name: '2 per 50 up to 10', rule: ruleOf({ branches: rate(2, 50, { max: 10 }), outside }) },
  {
    name: '1 per 10',
    rule: ruleOf({
      branches: rate(1, 10),
      outside,
      affiliates: {
        kind: 'classes',
        classes: [
          { from: 0, seats: 5 },
          { from: 250_000, seats: 10 },
        ],
      },
    }),
  },
];
const bodies = [
  branch('elmford', 'north'),
  branch('ashley', 'north'),
  region('north'),
  affiliate('bakers', 300_000),
];
const counts = [members('elmford', 320), members('ashley', 12), members('north', 452)];

test('each body under each rule, with the working, and the totals', () => {
  const { rules, bodies: rows, totals } = compareRules(rivals, bodies, counts);
  expect(rules).toEqual(['2 per 100', '2 per 50 up to 10', '1 per 10']);
  expect(rows.map(({ body, entitlements }) => [body, ...entitlements.map(({ seats }) => seats)])).toEqual([
    ['elmford', 8, 10, 32],
    ['ashley', 2, 2, 2],
    ['north', 4, 6, 12],
    ['bakers', 2, 0, 10],
  ]);
  expect(rows[0]?.entitlements[1]?.why).toBe('2 × ⌈320 / 50⌉ = 14, at most 10');
  expect(totals).toEqual([16, 18, 56]);
});

test('no rule, no bodies', () => {
  expect(compareRules([], bodies, counts).totals).toEqual([]);
  expect(compareRules(rivals, [], [])).toEqual({
    rules: rivals.map(({ name }) => name),
    bodies: [],
    totals: [0, 0, 0],
  });
});
