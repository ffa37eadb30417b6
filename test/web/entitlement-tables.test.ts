/** Places of delegates on the page: the working, and how near the next one is, in every language. */
import { expect, test } from 'vitest';
import type { EntitlementRule } from '../../src/roll/entitlement-rule.ts';
import type { RollBody } from '../../src/roll/roll-document.ts';
import { entitlementTables } from '../../src/web/entitlement-tables.ts';
import { CATALOGUES, type Language } from '../../src/web/texts/languages.ts';
import { Titles } from '../../src/web/texts/titles.ts';
import { manifest } from '../ballot/manifests.ts';
import { affiliate, branch, members, rate, region, ruleOf, strand } from '../roll/rules.ts';

const TITLES = new Titles({
  v: 1,
  lang: 'en',
  title: '',
  intro: '',
  colleges: { members: 'Members', delegates: 'Conference' },
  contests: {},
});

function tables(
  lang: Language,
  rule: EntitlementRule,
  bodies: RollBody[],
  ...counts: ReturnType<typeof members>[]
) {
  const colleges = manifest.colleges.map((college) => ({
    ...college,
    entitlement: college.entitlement === null ? null : rule,
  }));
  const roll = { v: 1 as const, election: '', frozen: 0, bodies, counts };
  const election = { manifest: { ...manifest, colleges }, roll };
  return entitlementTables(CATALOGUES[lang], election, TITLES).map(String);
}

const RULE = ruleOf({
  branches: rate(2, 50, { max: 10 }),
  outside: rate(1, 800, { parts: 'full', min: 1 }),
  affiliates: {
    kind: 'classes',
    classes: [
      { from: 0, seats: 5 },
      { from: 250_000, seats: 10 },
    ],
  },
  reserved: [{ group: 'women', seats: 1, of: 2, parts: 'full' }],
});
const BODIES = [affiliate('bakers', 249_999), branch('elmford', 'north'), region('north'), strand('youth')];
const COUNTS = [
  members('elmford', 598),
  members('north', 648),
  { college: 'delegates', body: 'elmford', n: 3 },
];

test.each<[Language, string[]]>([
  [
    'en',
    [
      'Conference: places by rule, and filled',
      'by size: 249,999 members; 1 more member: 10 places. Reserved: 2 for Women',
      '2 × ⌈598 / 50⌉ = 24, at most 10; 398 fewer: 8. Reserved: 5 for Women',
      '⌊50 / 800⌋ = 0, at least 1; 1,550 more members: 2 places; 50 fewer: 0</small>',
      'none by the rule',
      '<td class="number">10</td><td class="number">3</td>',
    ],
  ],
  [
    'fr',
    [
      'Conference : sièges selon la règle, et pourvus',
      '⌈598 / 50⌉ = 24, au plus 10',
      'au moins 1',
      'aucun selon la règle',
    ],
  ],
])('in %s', (lang, all) => {
  const [table = ''] = tables(lang, RULE, BODIES, ...COUNTS);
  for (const words of all) expect(table).toContain(words);
});

test('seats that are fixed', () => {
  const [table] = tables('en', ruleOf({ regions: { kind: 'each', seats: 4 } }), [region('north')]);
  expect(table).toContain('<small>fixed by the rule</small>');
});
