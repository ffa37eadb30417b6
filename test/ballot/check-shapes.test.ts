/** What contests may ask, field by field: docs/protocol.md §4.1. */
import { describe, expect, test } from 'vitest';
import { checkManifest } from '../../src/ballot/check-manifest.ts';
import { type ManifestBody, manifestBody } from '../../src/ballot/manifest.ts';
import type { Shape } from '../../src/ballot/shapes.ts';
import { checkTexts } from '../../src/ballot/texts.ts';
import { manifest } from './manifests.ts';

/** The manifest with another shape in its second contest, of ada, bo, cy and di, put to the delegates. */
function withShape(shape: Shape, weights?: number[]): ManifestBody {
  const edited = structuredClone(manifest);
  const [, asked] = edited.contests;
  const [, delegates] = edited.colleges;
  if (asked === undefined || delegates === undefined) throw new Error('no contest');
  asked.shape = shape;
  if (weights !== undefined) delegates.weights = weights;
  return edited;
}

const problemsOf = (edited: ManifestBody): string[] =>
  checkManifest(edited)
    .filter(({ field }) => !field.startsWith('rules'))
    .map(({ field, code }) => `${field} ${code}`);

const SHAPE = 'contests[1].shape';

describe('shapes that fit', () => {
  test.each<[string, Shape]>([
    ['choose', { kind: 'choose', min: 1, max: 4, blank: true }],
    ['score', { kind: 'score', max: 50 }],
    ['Borda', { kind: 'ranking', points: [4, 3, 2, 1], blank: false }],
    ['the first two, with a place for nothing', { kind: 'ranking', points: [1, 0], blank: true }],
    ['split', { kind: 'split' }],
  ])('%s', (_, shape) => {
    const edited = withShape(shape);
    expect(manifestBody.parse(edited)).toEqual(edited);
    expect(problemsOf(edited)).toEqual([]);
  });
});

describe('shapes that contradict themselves, or their options', () => {
  test.each<[string, Shape, string[]]>([
    ['min above max', { kind: 'choose', min: 3, max: 2, blank: false }, [`${SHAPE}.min contradiction`]],
    [
      'max above the options',
      { kind: 'choose', min: 1, max: 5, blank: false },
      [`${SHAPE}.max contradiction`],
    ],
    [
      'blank where a ballot may be empty',
      { kind: 'choose', min: 0, max: 2, blank: true },
      [`${SHAPE}.blank contradiction`],
    ],
    [
      'more places than options',
      { kind: 'ranking', points: [5, 4, 3, 2, 1], blank: false },
      [`${SHAPE}.points contradiction`],
    ],
    [
      'a place that gives more than the one before',
      { kind: 'ranking', points: [2, 3], blank: false },
      [`${SHAPE}.points[1] not-sorted`],
    ],
    [
      'places that give nothing',
      { kind: 'ranking', points: [0, 0], blank: false },
      [`${SHAPE}.points[0] impossible`],
    ],
    ['support outside a petition', { kind: 'support', merged: [] }, [`${SHAPE}.kind contradiction`]],
    [
      'merged motions with one name, of a motion twice, of none, and with the name of a motion',
      {
        kind: 'support',
        merged: [
          { id: 'both', parts: ['ada', 'ada'] },
          { id: 'both', parts: ['ada', 'zoe'] },
          { id: 'cy', parts: ['ada', 'bo'] },
        ],
      },
      [
        `${SHAPE}.merged[1].id duplicate`,
        `${SHAPE}.merged[2].id duplicate`,
        `${SHAPE}.merged[0].parts[1] duplicate`,
        `${SHAPE}.merged[1].parts[1] unknown`,
        `${SHAPE}.kind contradiction`,
      ],
    ],
  ])('%s', (_, shape, problems) => {
    expect(problemsOf(withShape(shape))).toEqual(problems);
  });

  test.each<[string, object]>([
    ['no blank', { kind: 'choose', min: 1, max: 1 }],
    ['a score of nothing', { kind: 'score', max: 0 }],
    ['a score of too much', { kind: 'score', max: 101 }],
    ['no places', { kind: 'ranking', points: [], blank: false }],
    ['points below nothing', { kind: 'ranking', points: [1, -1], blank: false }],
    ['points beyond count', { kind: 'ranking', points: [1001], blank: false }],
    ['a merged motion of one part', { kind: 'support', merged: [{ id: 'one', parts: ['ada'] }] }],
    ['a shape of nobody', { kind: 'stv' }],
  ])('the schema refuses %s', (_, shape) => {
    expect(manifestBody.safeParse(withShape(shape as Shape)).success).toBe(false);
  });
});

describe('weights', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

  test('a thousand in a college with a split card, in the one cell of its split contest', () => {
    expect(problemsOf(withShape({ kind: 'split' }, many(1000)))).toEqual([]);
  });

  test('fifty in others', () => {
    expect(problemsOf(withShape({ kind: 'score', max: 5 }, many(50)))).toEqual([]);
    expect(problemsOf(withShape({ kind: 'score', max: 5 }, many(51)))).toEqual([
      'colleges[1].weights contradiction',
    ]);
    expect(manifestBody.safeParse(withShape({ kind: 'split' }, many(1001))).success).toBe(false);
  });

  test('times points are no more than the heaviest weight alone', () => {
    const ranking: Shape = { kind: 'ranking', points: [1000, 1], blank: false };
    expect(problemsOf(withShape(ranking, [1, 1_000_000]))).toEqual([]);
    expect(problemsOf(withShape(ranking, [1, 1_000_001]))).toEqual([`${SHAPE} contradiction`]);
    expect(problemsOf(withShape({ kind: 'score', max: 3 }, [1_000_000_000]))).toEqual([
      `${SHAPE} contradiction`,
    ]);
    expect(problemsOf(withShape({ kind: 'choose', min: 0, max: 2, blank: false }, [1_000_000_000]))).toEqual(
      [],
    );
  });

  test('with more digits make larger ballots, up to too large ones', () => {
    const options = Array.from({ length: 5 }, (_, i) => `option-${i}`);
    const splitAmong = (weight: number) => {
      const edited = withShape({ kind: 'split' }, [1, weight]);
      const [motion, asked] = edited.contests;
      if (motion === undefined || asked === undefined) throw new Error('no contest');
      asked.options = options;
      return problemsOf(edited);
    };
    expect(splitAmong(2 ** 26 - 1)).toEqual([]);
    expect(splitAmong(2 ** 29)).toEqual(['contests too-large']);
  });
});

test('a merged motion has a title', () => {
  const edited = withShape({ kind: 'support', merged: [{ id: 'both', parts: ['ada', 'bo'] }] });
  const titles = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, `Title of ${id}`]));
  const texts = (extra: readonly string[]) => ({
    v: 1 as const,
    lang: 'en',
    title: 'A petition',
    intro: '',
    colleges: titles(edited.colleges.map(({ id }) => id)),
    contests: Object.fromEntries(
      edited.contests.map(({ id, options }, i) => [
        id,
        { title: id, text: '', options: titles(i === 1 ? [...options, ...extra] : options) },
      ]),
    ),
  });
  const found = (extra: readonly string[]) =>
    checkTexts(texts(extra), edited, 'en').map(({ field }) => field);
  expect(found(['both'])).toEqual([]);
  expect(found([])).toEqual(['contests.committee.options.both']);
});
