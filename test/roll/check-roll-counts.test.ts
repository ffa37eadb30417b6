/** Bodies of a roll and their counts (docs/protocol.md §4.2). */
import { describe, expect, test } from 'vitest';
import { buildRoll, type RollTerms } from '../../src/roll/build-roll.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import type { RollDocument } from '../../src/roll/roll-document.ts';
import { codes, type Edit, editLine, people, problemsOf } from './edited-roll.ts';
import { bodies, document, ELECTION, entryOf, terms, voters } from './rolls.ts';

describe('bodies', () => {
  const editBody =
    (change: (body: RollDocument['bodies'][number]) => RollDocument['bodies'][number]): Edit =>
    (roll) => ({
      ...roll,
      bodies: roll.bodies.map(change),
    });

  test('out of order', () => {
    expect(codes(problemsOf((roll) => ({ ...roll, bodies: [...roll.bodies].reverse() })))).toEqual([
      'not-sorted',
    ]);
  });

  test('twice', () => {
    const found = problemsOf((roll) => ({
      ...roll,
      bodies: roll.bodies.flatMap((b, i) => (i === 0 ? [b, b] : [b])),
    }));
    expect(found).toContainEqual(expect.objectContaining({ where: 'bodies[1].id', code: 'not-sorted' }));
  });

  test('a branch in no region of the roll', () => {
    const found = problemsOf(
      editBody((body) => (body.kind === 'branch' ? { ...body, region: 'nowhere' } : body)),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'wrong-region', why: 'nowhere is no region of this roll' }),
    );
  });

  test('a region in a region', () => {
    const regions = bodies.filter(({ kind }) => kind === 'region');
    const found = problemsOf(
      editBody((body) => (body.id === regions[0]?.id ? { ...body, region: regions[1]?.id ?? '' } : body)),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'wrong-region', why: 'only a branch has one' }),
    );
  });
});

describe('counts', () => {
  const editCount =
    (i: number, n: number): Edit =>
    (roll) => ({
      ...roll,
      counts: roll.counts.map((count, j) => (j === i ? { ...count, n } : count)),
    });
  const placeOf = (fits: (count: RollDocument['counts'][number]) => boolean): number =>
    document.counts.findIndex(fits);
  const large = placeOf(({ college, n }) => college === 'members' && n >= terms.roll.mergeBelow);
  const small = placeOf(({ college, n }) => college === 'delegates' && n < terms.roll.mergeBelow);

  test('a count that is not that of the lines', () => {
    const { n } = document.counts[large] ?? { n: 0 };
    expect(problemsOf(editCount(large, n + 1))).toContainEqual(
      expect.objectContaining({ where: `counts[${large}].n`, code: 'wrong-count' }),
    );
  });

  test('a count left out', () => {
    const found = problemsOf((roll) => ({ ...roll, counts: roll.counts.filter((_, i) => i !== large) }));
    expect(found).toContainEqual(expect.objectContaining({ where: 'counts', code: 'wrong-count' }));
  });

  test('a count of nothing, and out of order', () => {
    const found = problemsOf((roll) => ({
      ...roll,
      counts: [...roll.counts, { college: 'delegates', body: 'zzz', n: 0 }],
    }));
    expect(codes(found)).toEqual(['not-sorted', 'unknown-body', 'wrong-count']);
  });

  test('a count for a college that there is not', () => {
    const { body } = document.counts[0] ?? { body: '' };
    const found = problemsOf((roll) => ({
      ...roll,
      counts: [...roll.counts, { college: 'zzz', body, n: 1 }],
    }));
    expect(found.map(({ code }) => code)).toContain('unknown-college');
  });

  test('a body that is too small to be named, named on a line', () => {
    const { college, body } = document.counts[small] ?? { college: '', body: '' };
    const i = document.lines.findIndex((l) => l.college === college && l.bodies.length === 0);
    expect(problemsOf(editLine(i, { bodies: [body] }))).toMatchObject([
      { where: `counts[${small}].n`, code: 'too-small-to-name' },
    ]);
  });

  test('branches that are counted larger than their region', () => {
    const of: RollTerms = { ...terms, roll: { mergeBelow: 1_000_000 } };
    const hidden = buildRoll(ELECTION, of, people, voters);
    expect(checkRoll(hidden, of, entryOf(hidden))).toEqual([]);
    const i = hidden.counts.findIndex(
      ({ college, body }) => college === 'members' && bodies.find(({ id }) => id === body)?.kind === 'branch',
    );
    const inflated = {
      ...hidden,
      counts: hidden.counts.map((count, j) => (j === i ? { ...count, n: 999 } : count)),
    };
    expect(codes(checkRoll(inflated, of, entryOf(inflated)))).toEqual(['bad-counts']);
  });

  test('regions that are counted larger than the college', () => {
    const of: RollTerms = { ...terms, roll: { mergeBelow: 1_000_000 } };
    const hidden = buildRoll(ELECTION, of, people, voters);
    const i = hidden.counts.findIndex(
      ({ college, body }) => college === 'members' && bodies.find(({ id }) => id === body)?.kind === 'region',
    );
    const inflated = {
      ...hidden,
      counts: hidden.counts.map((count, j) => (j === i ? { ...count, n: 9999 } : count)),
    };
    expect(checkRoll(inflated, of, entryOf(inflated))).toMatchObject([
      { where: 'counts', code: 'bad-counts' },
    ]);
  });
});
