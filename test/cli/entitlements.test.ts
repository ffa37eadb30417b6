/** `teller entitlements`, on the files of docs/entitlements.md: what that page prints is what the command says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { RuleComparison } from '../../src/roll/compare-rules.ts';
import { encodeMembershipCsv } from '../../src/roll/membership-csv.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';
import { ask, teller, temporaryFolder } from './teller.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const doc = (name: string): string => join(DOCS, 'entitlements', `${name}.json`);
const rule = (name: string): string[] => ['--rule', doc(name)];
const folder = temporaryFolder();
afterAll(folder.remove);

function file(name: string, content: unknown): string {
  const path = join(folder.path, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('what the page shows', () => {
  const page = readFileSync(join(DOCS, 'entitlements.md'), 'utf8').replace(/^ {4}/gm, '');

  test.each([
    ['rival rules', 'small-organisation', ['2-per-100', '2-per-50-up-to-10', '1-per-10']],
    ['the disputed region', 'regions-as-counted', ['1-per-full-800']],
  ])('%s', async (_, roll, rules) => {
    const { stdout, code } = await teller('entitlements', '--roll', doc(roll), ...rules.flatMap(rule));
    expect(code).toBe(0);
    expect(page).toContain(stdout.trimEnd());
  });

  test('the region corrected, line by line', async () => {
    const { stdout } = await teller(
      'entitlements',
      '--roll',
      doc('regions-corrected'),
      ...rule('1-per-full-800'),
    );
    for (const line of stdout.trimEnd().split('\n').slice(1, 3)) expect(page).toContain(line);
  });
});

test('a membership file, and JSON', async () => {
  const membership = simulateMembership({ seed: 'entitlements', members: 200, branches: 4, regions: 2 });
  const csv = file('members.csv', encodeMembershipCsv(membership));
  const answer = await ask('entitlements', '--roll', csv, ...rule('2-per-100'));
  const { bodies, totals } = answer as unknown as RuleComparison;
  expect(bodies).toHaveLength(membership.bodies.length);
  expect(totals).toHaveLength(1);
  const delegates = membership.people.filter(({ represents }) => represents !== null).length;
  expect(totals[0]).toBeGreaterThanOrEqual(delegates);
});

test.each<[string, () => string[], RegExp]>([
  [
    'a roll that is not there',
    () => ['--roll', 'nowhere.json', ...rule('2-per-100')],
    /cannot read the roll/,
  ],
  ['no JSON', () => ['--roll', file('bad.json', '{'), ...rule('2-per-100')], /not JSON/],
  [
    'a rule with a key that is not known',
    () => ['--roll', doc('small-organisation'), '--rule', file('rule.json', { from: 'members', seats: 2 })],
    /rule\.json: branches: /,
  ],
  [
    'a rule that contradicts itself',
    () => {
      const faulty = { ...JSON.parse(readFileSync(doc('2-per-100'), 'utf8')), branches: null } as object;
      return ['--roll', doc('small-organisation'), '--rule', file('faulty.json', faulty)];
    },
    /faulty\.json: outside\.kind: branches have no rate/,
  ],
])('%s ends with 2 and says why', async (_, options, why) => {
  const { code, stderr } = await teller('entitlements', ...options());
  expect([code, stderr]).toEqual([2, expect.stringMatching(why)]);
});
