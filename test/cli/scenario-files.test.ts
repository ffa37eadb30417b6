import { describe, expect, test } from 'vitest';
import { completeDraft, parseDraft } from '../../src/cli/election-draft.ts';
import { fillTemplate, parseTemplate } from '../../src/cli/election-template.ts';
import { expandLists } from '../../src/cli/repeated-json.ts';
import { dealVotes } from '../../src/cli/scenario/cast-votes.ts';
import { differences } from '../../src/cli/scenario/differences.ts';
import { membershipFile } from '../../src/cli/scenario/invented-people.ts';
import { readScenario, scenarioNames } from '../../src/cli/scenario/scenario-file.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';

describe('JSON that is said once for each', () => {
  const lists = { branches: ['elm', 'oak'] };

  test('in lists and in objects', () => {
    const text = JSON.stringify({
      lists,
      people: [1, { for: 'branches', item: { branch: '$', as: ['$-x'] } }],
      titles: { all: 'All', 'for branches': { $: 'Branch $' } },
    });
    expect(expandLists(text, 'file')).toEqual({
      people: [1, { branch: 'elm', as: ['elm-x'] }, { branch: 'oak', as: ['oak-x'] }],
      titles: { all: 'All', elm: 'Branch elm', oak: 'Branch oak' },
    });
  });

  test('a $ outside stays what it is', () => {
    expect(expandLists('{"fee": "$5"}', 'file')).toEqual({ fee: '$5' });
  });

  test.each([
    ['{', 'file is not JSON'],
    ['[]', 'file: lists: not lists of ids'],
    ['{"lists": {"a": "b"}}', 'file: lists: not lists of ids'],
    ['{"x": [{"for": "towns", "item": 1}]}', 'there is no list towns'],
    ['{"x": {"for toString": {}}}', 'there is no list toString'],
  ])('%s is refused', (text, why) => {
    expect(() => expandLists(text, 'file')).toThrow(why);
  });
});

describe('templates', () => {
  const texts = [{ contests: { motion: { title: 'Shall we?', text: '', options: { for: 'For' } } } }];
  const manifest = {
    kind: 'real',
    trustees: { threshold: 2, count: 2, agreements: 2 },
    rules: [
      { id: 'motion', kind: 'motion', contest: 'motion' },
      { id: 'both', kind: 'ratify', own: 'motion', link: 'first' },
    ],
    times: { notice: 600, lasts: 900, grace: 5 },
    links: [{ relation: 'follows', manifest: 'first', rule: 'motion' }],
  };
  const template = parseTemplate(JSON.stringify({ texts, manifest }), 'file');
  const filling = { keys: ['a', 'b'], opens: 1000, elections: { first: 'HASH' }, rehearsal: false };

  test('keys, dates, links and the hash of what is ratified are filled in', () => {
    expect(fillTemplate(template, filling)).toEqual({
      texts,
      manifest: {
        ...manifest,
        trustees: { ...manifest.trustees, keys: ['a', 'b'] },
        rules: [
          manifest.rules[0],
          // SHA-256 of {"options":{"for":"For"},"text":"","title":"Shall we?"}.
          { ...manifest.rules[1], link: 'HASH', text: 'dnO1lkiNZctUygSGDUQqHkaTisvEldGsG-n6U5-JYfw' },
        ],
        times: { grace: 5, notice: 600, opens: 1000, closes: 1900 },
        links: [{ relation: 'follows', manifest: 'HASH', rule: 'motion' }],
      },
    });
  });

  test('a rehearsal needs no notice and is closed by hand', () => {
    expect(fillTemplate(template, { ...filling, rehearsal: true })).toMatchObject({
      manifest: { kind: 'rehearsal', times: { notice: 0, opens: 1000, closes: null } },
    });
  });

  test('a petition is never a rehearsal, but can be a short one', () => {
    const petition = parseTemplate(
      JSON.stringify({ texts, manifest: { ...manifest, kind: 'petition', trustees: null } }),
      'file',
    );
    expect(fillTemplate(petition, { ...filling, keys: [], rehearsal: true })).toMatchObject({
      manifest: { kind: 'petition', trustees: null, times: { notice: 1, opens: 1000, closes: 1045 } },
    });
  });

  test('another number of keys, or a link without its election, is refused', () => {
    expect(() => fillTemplate(template, { ...filling, keys: ['a'] })).toThrow('2 trustees, not 1');
    expect(() => fillTemplate(template, { ...filling, elections: {} })).toThrow('links to first');
  });

  test('a field that is wrong is named', () => {
    expect(() =>
      parseTemplate(JSON.stringify({ texts, manifest: { ...manifest, kind: 'x' } }), 'file'),
    ).toThrow('file: manifest.kind');
  });
});

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
      const { body } = completeDraft(parseDraft(JSON.stringify(draft), name), service, keyOf(5), []);
      const rules = body.rules.map(({ id }) => id);
      expect(rules).toEqual(expect.arrayContaining(expected.map(({ id }) => id)));
    }
  });
});
