/** Counts of bodies beside their whole: what is hidden cannot be told by subtraction (docs/protocol.md §9.1, attack T9). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import type { Roll } from '../../src/roll/flat-lines.ts';
import { cellsOfTally, publishedCells, publishedParts, tooManyBodies } from '../../src/tally/body-cells.ts';
import { college, exactlyOne } from '../elections/plans.ts';

const published = (parts: Record<string, number>, min = 5): string[] =>
  [...publishedParts(new Map(Object.entries(parts)), min)].sort();

describe('which parts are published', () => {
  test.each<[string, Record<string, number>, string[]]>([
    ['all of them, where none is small', { a: 5, b: 9, '-': 7 }, ['-', 'a', 'b']],
    ['one small part hides the next smallest', { a: 4, b: 9, c: 30 }, ['c']],
    ['two small parts, with enough ballots between them', { a: 4, b: 1, c: 30 }, ['c']],
    ['two small parts with too few ballots hide the next smallest', { a: 3, b: 1, c: 6, d: 30 }, ['d']],
    ['an empty part is small', { a: 0, b: 9, c: 30 }, ['c']],
    ['of equal ones, the first by id is hidden', { a: 2, c: 9, b: 9 }, ['c']],
    ['nothing, where only one would be left to hide', { a: 4, b: 30 }, []],
    ['nothing of a cell with few ballots', { a: 2, b: 1 }, []],
    ['nothing of a cell that is one small part', { a: 4 }, []],
    ['the one part of a cell of one body', { a: 6 }, ['a']],
  ])('%s', (_, parts, expected) => expect(published(parts)).toEqual(expected));

  test('property: what is hidden is of two parts and `min` ballots at least, or everything', () => {
    const parts = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.nat(20), { minKeys: 1, maxKeys: 12 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 3, max: 12 }), (sizes, min) => {
        const shown = new Set(published(sizes, min));
        const hidden = Object.entries(sizes).filter(([body]) => !shown.has(body));
        for (const body of shown) expect(sizes[body]).toBeGreaterThanOrEqual(min);
        if (hidden.length === 0 || shown.size === 0) return;
        expect(hidden.length).toBeGreaterThan(1);
        expect(hidden.reduce((sum, [, n]) => sum + n, 0)).toBeGreaterThanOrEqual(min);
        // No hidden part with ballots is alone among those with any, unless it could have been shown.
        const voted = hidden.filter(([, n]) => n > 0);
        if (voted.length === 1) expect(voted[0]?.[1]).toBeGreaterThanOrEqual(min);
      }),
    );
  });
});

/** Members and delegates of bodies by `sizes`; of the members, the first `voted` of each body have voted. */
function election(sizes: Record<string, number>, secret = true) {
  const terms: Pick<ManifestBody, 'cells' | 'colleges' | 'contests'> = {
    cells: { requiredMin: 3, optional: { by: 'branch', min: 3, most: 10 } },
    colleges: [
      college('members', secret ? {} : { mode: 'recorded' }),
      college('delegates', { weights: [1, 2] }),
    ],
    contests: [
      exactlyOne('motion', ['members', 'delegates'], ['for', 'against']),
      exactlyOne('other', ['members'], ['yes', 'no']),
    ],
  };
  const line = (own: string, weight: number, bodies: string[]) => ({
    P: 'A'.repeat(43),
    college: own,
    weight,
    bodies,
    name: null,
    chosen: null,
    mandates: null,
    substitutes: [],
  });
  const bodies = ['north', ...Object.keys(sizes)].map((id) => ({
    id,
    kind: id === 'north' ? ('region' as const) : ('branch' as const),
    region: null,
    size: null,
  }));
  const members = Object.entries(sizes).flatMap(([body, n]) =>
    Array.from({ length: n }, () => line('members', 1, ['north', body])),
  );
  const outside = Array.from({ length: 4 }, () => line('members', 1, ['north']));
  const delegates = [1, 1, 1, 2, 2, 2].map((weight) => line('delegates', weight, ['a']));
  const roll: Roll = {
    v: 1,
    election: '',
    frozen: 0,
    bodies,
    counts: [],
    lines: [...members, ...outside, ...delegates],
  };
  return { terms, roll };
}

const SIZES = { a: 6, b: 2, c: 4, d: 9 };

describe('cells of bodies', () => {
  const everybody = () => true;

  test('stand after their whole, of the same contest, college and weight, by id', () => {
    const { terms, roll } = election(SIZES);
    const cells = publishedCells(terms, roll, everybody);
    expect(cells.map(({ id, voters, body }) => [id, voters.length, body])).toEqual([
      ['motion/members/1', 25, null],
      ['motion/members/1/a', 6, 'a'],
      ['motion/members/1/c', 4, 'c'],
      ['motion/members/1/d', 9, 'd'],
      ['motion/delegates/1', 3, null],
      ['motion/delegates/1/a', 3, 'a'],
      ['motion/delegates/2', 3, null],
      ['motion/delegates/2/a', 3, 'a'],
      ['other/members/1', 25, null],
      ['other/members/1/a', 6, 'a'],
      ['other/members/1/c', 4, 'c'],
      ['other/members/1/d', 9, 'd'],
    ]);
  });

  test('go by the ballots of a body, not by its voters', () => {
    const { terms, roll } = election(SIZES);
    const voters = publishedCells(terms, roll, everybody).find(({ body }) => body === 'c')?.voters ?? [];
    const [, , third, fourth] = voters;
    const cells = publishedCells(terms, roll, (voter) => voter !== third && voter !== fourth);
    const ofMotion = cells.filter(({ id }) => id.startsWith('motion/members/1/'));
    // Of b and c two voted each.
    expect(ofMotion.map(({ body, voters: { length } }) => [body, length])).toEqual([
      ['-', 4],
      ['a', 6],
      ['d', 9],
    ]);
  });

  test('the parts of every contest of a college are the same: one does not tell what another hides', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 31, maxLength: 31 }), (voted) => {
        const { terms, roll } = election(SIZES);
        const cells = publishedCells(terms, roll, (voter) => voted[voter - 1] === true);
        const bodiesIn = (contest: string) =>
          cells.flatMap((cell) =>
            cell.contest.id === contest && cell.college.id === 'members' ? [cell.body] : [],
          );
        expect(bodiesIn('motion')).toEqual(bodiesIn('other'));
      }),
    );
  });

  test('split nothing that is recorded, and nothing where the manifest does not say so', () => {
    const { terms, roll } = election(SIZES, false);
    const ofMembers = publishedCells(terms, roll, everybody).filter(
      ({ college: { id } }) => id === 'members',
    );
    expect(ofMembers.map(({ body }) => body)).toEqual([null, null]);
    const plain = { ...terms, cells: { requiredMin: 3, optional: null } };
    expect(publishedCells(plain, roll, everybody).every(({ body }) => body === null)).toBe(true);
  });

  test('are found again by the ids of a tally', () => {
    const { terms, roll } = election(SIZES);
    const cells = publishedCells(terms, roll, everybody);
    expect(
      cellsOfTally(
        terms,
        roll,
        cells.map(({ id }) => id),
      ),
    ).toEqual(cells);
  });

  test('a voter with several bodies of the kind is of none of them', () => {
    const { terms, roll } = election({ a: 6, b: 6 });
    const lines = [...roll.lines].map((line, i) => (i < 2 ? { ...line, bodies: ['a', 'b'] } : line));
    const cells = publishedCells(terms, { ...roll, lines }, everybody);
    expect(cells.slice(1, 4).map(({ body, voters }) => [body, voters.length])).toEqual([
      ['-', 6],
      ['a', 4],
      ['b', 6],
    ]);
  });

  test('more bodies than the manifest reckons with', () => {
    const { terms, roll } = election(SIZES);
    expect(tooManyBodies(terms, roll)).toBeUndefined();
    const withMost = (most: number) => ({
      ...terms,
      cells: { requiredMin: 3, optional: { by: 'branch' as const, min: 3, most } },
    });
    expect(tooManyBodies(withMost(4), roll)).toBeUndefined();
    expect(tooManyBodies(withMost(3), roll)).toContain('4 of kind branch');
  });
});
