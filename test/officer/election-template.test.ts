import { describe, expect, test } from 'vitest';
import { fillTemplate, parseTemplate } from '../../src/officer/election-template.ts';
import { expandLists } from '../../src/officer/repeated-json.ts';
import { template as motion } from './motion-template.ts';

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
  const { texts, manifest } = motion;
  const ratifying = {
    texts,
    manifest: {
      ...manifest,
      rules: [
        ...manifest.rules,
        { id: 'both', kind: 'ratify', own: 'motion', link: 'first', rule: 'motion', divided: 'falls' },
      ],
      links: [{ relation: 'follows', manifest: 'first', rule: 'motion' }],
    },
  };
  const template = parseTemplate(JSON.stringify(ratifying), 'file');
  const filling = { keys: ['a', 'b'], opens: 1000, elections: { first: 'HASH' }, rehearsal: false };

  test('keys, dates, links and the hash of what is ratified are filled in', () => {
    expect(fillTemplate(template, filling)).toEqual({
      texts,
      manifest: {
        ...ratifying.manifest,
        trustees: { ...manifest.trustees, keys: ['a', 'b'] },
        rules: [
          manifest.rules[0],
          // SHA-256 of {"options":{"against":"Against","for":"For"},"text":"","title":"Shall we?"}.
          {
            ...ratifying.manifest.rules[1],
            link: 'HASH',
            text: 'JUBaJ_eDuuDBNHbdfVsXYpQtxBadS-RWbSyCy3TUfAk',
          },
        ],
        times: { grace: 5, extension: 0, disputes: 0, notice: 600, opens: 1000, closes: 1900 },
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
