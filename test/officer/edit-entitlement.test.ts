/** Places of delegates in a draft, from none to a rule that a manifest takes. */
import { expect, test } from 'vitest';
import { readScenario } from '../../src/cli/scenario/scenario-file.ts';
import { basesOf, changeEntitlement, giveEntitlement, RATE } from '../../src/officer/edit-entitlement.ts';
import type { ElectionTemplate } from '../../src/officer/election-template.ts';
import { template } from './motion-template.ts';

const [first] = (await readScenario('hybrid-concurrent')).elections;
const both = first?.filled as ElectionTemplate;
const ruleOf = ({ manifest }: ElectionTemplate) =>
  manifest.colleges.find(({ id }) => id === 'delegates')?.entitlement;

test('a college goes by another one, and not by one that has delegates itself', () => {
  expect(basesOf(both.manifest.colleges, 'delegates')).toEqual(['members']);
  const given = giveEntitlement(both, 'delegates', true);
  expect(ruleOf(given)).toMatchObject({ from: 'members', branches: RATE, outside: null });
  expect(basesOf(given.manifest.colleges, 'members')).toEqual([]);
  expect(giveEntitlement(given, 'members', true)).toEqual(given);
  expect(giveEntitlement(given, 'delegates', false)).toEqual(both);
  expect(giveEntitlement(template, 'members', true)).toEqual(template);
});

test('where branches have no rate any more, members outside them have not the same', () => {
  const given = giveEntitlement(both, 'delegates', true);
  const outside = changeEntitlement(given, 'delegates', { outside: { kind: 'same-rate' } });
  expect(ruleOf(outside)?.outside).toEqual({ kind: 'same-rate' });
  const each = changeEntitlement(outside, 'delegates', { branches: { kind: 'each', seats: 2 } });
  expect(ruleOf(each)).toMatchObject({ branches: { kind: 'each' }, outside: null });
  expect(changeEntitlement(both, 'delegates', { branches: null })).toEqual(both);
});
