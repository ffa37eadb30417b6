import { describe, expect, test } from 'vitest';
import { type TextsDocument, textsDocument } from '../../src/ballot/manifest.ts';
import { checkTexts } from '../../src/ballot/texts.ts';
import { manifest } from './manifests.ts';

const titles = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, `Title of ${id}`]));

const texts: TextsDocument = {
  v: 1,
  lang: 'en',
  title: 'A ballot',
  intro: '',
  colleges: titles(manifest.colleges.map(({ id }) => id)),
  contests: Object.fromEntries(
    manifest.contests.map(({ id, options }) => [id, { title: id, text: '', options: titles(options) }]),
  ),
};

const problemsOf = (edit: (document: TextsDocument) => void): string[] => {
  const edited = structuredClone(texts);
  edit(edited);
  return checkTexts(edited, manifest, 'en').map(({ field, code }) => `${field} ${code}`);
};

test('a text for everything and nothing else', () => {
  expect(textsDocument.parse(texts)).toEqual(texts);
  expect(checkTexts(texts, manifest, 'en')).toEqual([]);
});

describe('refusals, each with its field', () => {
  test.each<[string, (document: TextsDocument) => void, string[]]>([
    ['another language', (d) => void (d.lang = 'cy'), ['lang wrong-language']],
    ['a college without a title', (d) => void delete d.colleges['members'], ['colleges.members missing']],
    ['a college too many', (d) => void (d.colleges['x'] = 'X'), ['colleges.x unknown']],
    ['a contest without texts', (d) => void delete d.contests['motion'], ['contests.motion missing']],
    [
      'a contest too many',
      (d) => void (d.contests['x'] = { title: 'X', text: '', options: {} }),
      ['contests.x unknown'],
    ],
    [
      'an option without a title, and one too many',
      (d) => void (d.contests['motion'] = { title: 'M', text: '', options: titles(['for', 'against', 'x']) }),
      ['contests.motion.options.abstain missing', 'contests.motion.options.x unknown'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(problemsOf(edit)).toEqual(expected);
  });

  test('people: one for each key, in their order, and none beside them', () => {
    const person = { name: 'Grace Hopper', contact: '' };
    const named = (n: number) =>
      problemsOf(
        (d) => void (d.people = { officer: person, trustees: Array.from({ length: n }, () => person) }),
      );
    const keys = manifest.trustees?.count ?? 0;
    expect(keys).toBeGreaterThan(1);
    expect(named(keys)).toEqual([]);
    expect(named(keys - 1)).toEqual([`people.trustees[${keys - 1}] missing`]);
    expect(named(keys + 1)).toEqual([`people.trustees[${keys}] unknown`]);
    const recorded = { ...manifest, trustees: null };
    const only = { ...texts, people: { officer: person, trustees: [] } };
    expect(checkTexts(only, recorded, 'en')).toEqual([]);
  });

  test('people are bounded, and left out where nobody is named', () => {
    const parse = (people: unknown) => textsDocument.safeParse({ ...texts, people }).success;
    const officer = { name: 'Ada', contact: 'a@example.org' };
    expect(parse({ officer, trustees: [] })).toBe(true);
    expect(parse(null)).toBe(false);
    expect(parse({ officer: { ...officer, name: '' }, trustees: [] })).toBe(false);
    expect(parse({ officer: { ...officer, contact: 'x'.repeat(501) }, trustees: [] })).toBe(false);
    expect(parse({ officer, trustees: [], treasurer: officer })).toBe(false);
  });

  test('the names of an object are no texts', () => {
    const edited: TextsDocument = { ...texts, contests: {} };
    const odd = {
      ...manifest,
      contests: manifest.contests.map((contest) => ({ ...contest, id: 'constructor' })),
    };
    expect(checkTexts(edited, odd, 'en').map(({ field }) => field)).toEqual([
      'contests.constructor',
      'contests.constructor',
    ]);
  });
});
