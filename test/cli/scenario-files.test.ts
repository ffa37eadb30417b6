import { describe, expect, test } from 'vitest';
import { dealVotes } from '../../src/cli/scenario/cast-votes.ts';
import { differences } from '../../src/cli/scenario/differences.ts';
import { membershipFile } from '../../src/cli/scenario/invented-people.ts';
import { readScenario, scenarioNames } from '../../src/cli/scenario/scenario-file.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { completeDraft, parseDraft } from '../../src/officer/election-draft.ts';
import { fillTemplate } from '../../src/officer/election-template.ts';

describe('scenarios', () => {
  test('people are told apart by their numbers', () => {
    const groups = [
      { as: 'north', n: 2, columns: { member: 'yes', region: 'north' } },
      { as: 'bakers', n: 1, columns: { member: 'no', delegate_of: 'affiliate:bakers' } },
    ];
    expect(membershipFile(groups).split('\n')).toEqual([
      'person,name,contact,member,region,delegate_of',
      'north-1,north 1,north-1@example.org,yes,north,',
      'north-2,north 2,north-2@example.org,yes,north,',
      'bakers-1,bakers 1,bakers-1@example.org,no,,affiliate:bakers',
      '',
    ]);
    const chosen = [{ as: 'a', n: 1, columns: { chosen: 'x/y/@first' } }];
    expect(membershipFile(chosen, new Map([['first', 'HASH']]))).toContain('x/y/HASH');
    expect(() => membershipFile(chosen)).toThrow('no election first');
    expect(() => membershipFile([...groups, ...groups])).toThrow('north twice');
    expect(() => membershipFile([{ as: 'a', n: 1, columns: { region: 'a,b' } }])).toThrow('a.region');
  });

  test('each person votes once in a college', () => {
    const letter = (person: string, college: string) => ({ person, name: '', college, voter: 1, token: '' });
    const letters = [letter('a-1', 'x'), letter('a-2', 'x'), letter('a-1', 'y')];
    const vote = (n: number, college: string) => ({ by: 'a', college, n, choices: {} });
    const dealt = dealVotes([vote(1, 'x'), vote(1, 'x'), vote(1, 'y')], letters);
    expect(dealt.map(({ letter: { person, college } }) => person + college)).toEqual([
      'a-1x',
      'a-2x',
      'a-1y',
    ]);
    expect(() => dealVotes([vote(2, 'y')], letters)).toThrow('only 1 are left');
  });

  test('what is not as expected is named', () => {
    const outcome = [{ id: 'motion', carried: true, colleges: [{ for: 3, against: 1 }] }];
    expect(differences([{ id: 'motion', carried: true }], outcome)).toEqual([]);
    expect(differences([{ id: 'motion', colleges: [{ for: 4 }] }], outcome)).toEqual([
      'motion.colleges[0].for: 3 instead of 4',
    ]);
    expect(differences([{ id: 'motion', colleges: [] }], outcome)).toHaveLength(1);
    expect(differences([{ id: 'motion', tied: null }], outcome)).toEqual([
      'motion.tied: undefined instead of null',
    ]);
    expect(differences([{ id: 'other', carried: true }], outcome)).toEqual(['other: missing']);
    const lot = [{ id: 'motion', tie: { settled: { oneOf: ['for', 'against'] } } }];
    const tied = (settled: string | null) => differences(lot, [{ id: 'motion', tie: { settled } }]);
    expect([tied('for'), tied('against')]).toEqual([[], []]);
    expect(tied(null)).toEqual(['motion.tie.settled: null is none of them']);
    expect(differences(lot, [{ id: 'motion', tie: null }])).toEqual(['motion.tie: missing']);
  });

  test('a scenario that is not there is answered with those that are', async () => {
    await expect(readScenario('nothing')).rejects.toThrow('recall-29-30');
  });
});

/** A service and trustees with keys of their own. */
const keyOf = (i: number): string => toBase64Url(publicKeyOf(parseSigningKey(new Uint8Array(32).fill(i))));
const service = {
  name: 'teller' as const,
  version: '1',
  registrarInProcess: true,
  log: keyOf(1),
  box: keyOf(2),
  registrar: keyOf(3),
  automaticTrustee: keyOf(4),
  url: 'https://example.org',
};

describe('every example is a template that an officer can publish from', async () => {
  test.each(await scenarioNames())('%s', async (name) => {
    const { elections } = await readScenario(name);
    const earlier = Object.fromEntries(elections.map(({ id }, i) => [id, keyOf(100 + i)]));
    for (const { filled, expect: expected } of elections) {
      const keys = Array.from({ length: filled.manifest.trustees?.count ?? 0 }, (_, i) => keyOf(10 + i));
      const draft = fillTemplate(filled, {
        keys,
        opens: 2_000_000_000,
        elections: earlier,
        rehearsal: false,
      });
      const { body } = completeDraft(parseDraft(JSON.stringify(draft), name), {
        service,
        officer: keyOf(5),
        scripts: [],
      });
      const rules = body.rules.map(({ id }) => id);
      expect(rules).toEqual(expect.arrayContaining(expected.map(({ id }) => id)));
    }
  });
});
