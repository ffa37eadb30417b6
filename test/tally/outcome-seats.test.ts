/** docs/protocol.md §10: seats. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeatsRule } from '../../src/ballot/manifest.ts';
import { toHex, toUtf8 } from '../../src/crypto/bytes.ts';
import { TAGS } from '../../src/crypto/tags.ts';
import { hash256 } from '../../src/crypto/transcript.ts';
import { outcome } from '../../src/tally/outcome.ts';
import { COUNTS_ALONE } from '../../src/tally/outcome-inputs.ts';
import { cell, cellCount, college, contest } from './outcome-cells.ts';

describe('seats', () => {
  const OPTIONS = ['ada', 'ben', 'cat', 'dee', 'eve'];
  const election = contest('cac', OPTIONS, ['delegates']);
  const delegates = cell(election, college('delegates'), 1, 100);
  const SEED = Uint8Array.from({ length: 32 }, (_, i) => i);
  const elect = (votes: number[], seats: number, ties: SeatsRule['ties'], seed: Uint8Array | null = SEED) => {
    const rule: SeatsRule = {
      id: 'cac',
      kind: 'seats',
      contest: 'cac',
      colleges: [{ college: 'delegates', share: null }],
      seats,
      needs: null,
      reserved: [],
      ties,
    };
    const [decision] = outcome(
      { contests: [election], rules: [rule], links: [] },
      [delegates],
      [cellCount(delegates, 100, votes)],
      { ...COUNTS_ALONE, seed },
    );
    if (decision?.kind !== 'seats') throw new Error('not seats');
    return decision;
  };
  const lot = (options: string[], seed = SEED) =>
    options.toSorted((a, b) => {
      const key = (option: string) => toHex(hash256(TAGS.lotOrder, seed, toUtf8('cac'), toUtf8(option)));
      return key(a) < key(b) ? -1 : 1;
    });

  test('the most votes first', () => {
    expect(elect([10, 40, 20, 5, 30], 3, 'unfilled')).toEqual({
      id: 'cac',
      kind: 'seats',
      votes: [
        { option: 'ben', votes: 40 },
        { option: 'eve', votes: 30 },
        { option: 'cat', votes: 20 },
        { option: 'ada', votes: 10 },
        { option: 'dee', votes: 5 },
      ],
      elected: ['ben', 'eve', 'cat'],
      colleges: [{ college: 'delegates', roll: 100, ballots: 100, votes: [10, 40, 20, 5, 30] }],
      reserved: [],
      tied: [],
      unfilled: 0,
    });
  });

  test('a tie above the last seat is no tie: both are elected, in manifest order', () => {
    expect(elect([10, 40, 40, 5, 30], 3, 'unfilled')).toMatchObject({
      elected: ['ben', 'cat', 'eve'],
      tied: [],
      unfilled: 0,
    });
  });

  test('a tie that ends with the last seat is no tie', () => {
    expect(elect([10, 40, 30, 5, 30], 3, 'lot', null)).toMatchObject({
      elected: ['ben', 'cat', 'eve'],
      tied: [],
    });
  });

  test('a tie across the last seat stays unfilled', () => {
    expect(elect([20, 40, 20, 20, 30], 3, 'unfilled')).toMatchObject({
      elected: ['ben', 'eve'],
      tied: ['ada', 'cat', 'dee'],
      unfilled: 1,
    });
  });

  test('all tied, and unfilled: nobody is elected', () => {
    expect(elect([7, 7, 7, 7, 7], 3, 'unfilled')).toMatchObject({ elected: [], tied: OPTIONS, unfilled: 3 });
  });

  test('a tie across the last seat is drawn by lot, in the order of hashes of the seed', () => {
    const tied = lot(['ada', 'cat', 'dee']);
    expect(elect([20, 40, 20, 20, 30], 3, 'lot')).toMatchObject({
      elected: ['ben', 'eve', tied[0]],
      tied,
      unfilled: 0,
    });
    expect(elect([20, 40, 20, 20, 30], 4, 'lot').elected).toEqual(['ben', 'eve', ...tied.slice(0, 2)]);
  });

  test('another seed gives, sooner or later, another winner', () => {
    const winners = Array.from({ length: 40 }, (_, i) => {
      const seed = new Uint8Array(32).fill(i);
      const { elected, tied } = elect([20, 40, 20, 20, 30], 3, 'lot', seed);
      expect(tied).toEqual(lot(['ada', 'cat', 'dee'], seed));
      return elected[2];
    });
    expect(new Set(winners)).toEqual(new Set(['ada', 'cat', 'dee']));
  });

  test('no vote, no seat', () => {
    expect(elect([3, 0, 2, 0, 0], 3, 'lot')).toMatchObject({
      elected: ['ada', 'cat'],
      tied: [],
      unfilled: 1,
    });
    expect(elect([0, 0, 0, 0, 0], 3, 'lot')).toMatchObject({ elected: [], tied: [], unfilled: 3 });
  });

  test('a lot without a seed leaves the seats unfilled', () => {
    expect(elect([7, 7, 7, 7, 7], 3, 'lot', null)).toMatchObject({ elected: [], tied: OPTIONS, unfilled: 3 });
  });

  test('more votes never unseat: monotone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(4),
        fc.constantFrom('lot' as const, 'unfilled' as const),
        (votes, seats, chosen, ties) => {
          const option = OPTIONS[chosen] ?? '';
          const before = elect(votes, seats, ties).elected;
          const after = elect(
            votes.map((n, i) => (i === chosen ? n + 1 : n)),
            seats,
            ties,
          ).elected;
          if (before.includes(option)) expect(after).toContain(option);
          expect(after.length).toBeLessThanOrEqual(seats);
        },
      ),
    );
  });
});
