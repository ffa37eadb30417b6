/** From the values of ballots to columns (docs/protocol.md §6.2, §9.2): cells, adders, totals of every shape. */
import { ristretto255 } from '@noble/curves/ed25519.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, valuesOf } from '../../src/ballot/choices.ts';
import { columnNames, contestColumns } from '../../src/ballot/columns.ts';
import type { Contest } from '../../src/ballot/manifest.ts';
import type { Shape } from '../../src/ballot/shapes.ts';
import { type Bytes, concat, u64 } from '../../src/crypto/bytes.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import {
  ballotWeight,
  type Cell,
  cellProblems,
  cellsOf,
  isDominated,
  isUnanimous,
  rollWeight,
} from '../../src/tally/cells.ts';
import { choiceColumns, ciphertextColumns } from '../../src/tally/contest-adder.ts';
import { impossibleCounts } from '../../src/tally/possible-counts.ts';
import { split } from '../../src/tally/sums.ts';
import { college } from '../ballot/election.ts';

const { Point } = ristretto255;
const OPTIONS = ['ada', 'bo', 'cy'];
const contestOf = (shape: Shape, options = OPTIONS): Contest => ({
  id: 'question',
  colleges: ['members'],
  options,
  shape,
});

const RANK = contestOf({ kind: 'ranking', points: [7, 4, 0], blank: true });
const SPLIT = contestOf({ kind: 'split' });
const CHOOSE = contestOf({ kind: 'choose', min: 1, max: 2, blank: true });
const SCORE = contestOf({ kind: 'score', max: 9 });
const SUPPORT = contestOf({ kind: 'support', merged: [{ id: 'both', parts: ['ada', 'cy'] }] });

/** A point for each number, so that what stands for what can be told apart. */
const pointOf = (n: number) => Point.BASE.multiplyUnsafe(BigInt(n + 1));
/** Any α and β will do: an adder does not know what they encrypt. */
const ciphertexts = (count: number, seed: number): Bytes =>
  concat(...Array.from({ length: 2 * count }, (_, i) => pointOf(seed + i).toBytes()));
const plain = (values: readonly number[]): Bytes => concat(...values.map((value) => u64(value)));

describe('ciphertexts', () => {
  test.each([
    ['ranking', RANK, [10]],
    ['split cards of several weights', SPLIT, [4, 12, 4, 20, 4 * 30]],
    ['choose', CHOOSE, [4]],
  ] as const)('of a %s become columns, as by definition, in every kernel', (_, contest, counts) => {
    const contents = counts.map((count, i) => ciphertexts(count, 100 * i));
    for (const kernel of [bigintKernel, wasmKernel]) {
      const adder = ciphertextColumns(kernel, contest);
      const read = adder.read(contents).map((sum) => adder.encode(sum));
      counts.forEach((count, i) => {
        const weight = contest === SPLIT ? 2 ** (count / 4) - 1 : 1;
        const expected = contestColumns(contest, weight).flatMap(({ terms }) =>
          [0, 1].map((half) =>
            terms
              .reduce(
                (sum, [index, n]) => sum.add(pointOf(100 * i + 2 * index + half).multiplyUnsafe(BigInt(n))),
                Point.ZERO,
              )
              .toBytes(),
          ),
        );
        expect(read[i]).toEqual(concat(...expected));
        expect(read[i]).toHaveLength(adder.sumBytes);
      });
    }
  });

  test('of another number than a ballot has are refused, with their place', () => {
    const adder = ciphertextColumns(bigintKernel, RANK);
    const good = ciphertexts(10, 0);
    expect(adder.fits(good)).toBe(true);
    for (const bad of [ciphertexts(9, 0), ciphertexts(4, 0), concat(), good.subarray(32)]) {
      expect(adder.fits(bad)).toBe(false);
      expect(() => adder.read([good, bad])).toThrow(
        expect.objectContaining({ code: 'bad-encoding', where: 'contents[1]' }),
      );
    }
    const cards = ciphertextColumns(bigintKernel, SPLIT);
    for (const count of [0, 3, 5, 4 * 31, 4 * 2000]) expect(cards.fits(ciphertexts(count, 0))).toBe(false);
  });

  test('that do not decode are refused', () => {
    const bad = ciphertexts(10, 0);
    bad[0] = (bad[0] ?? 0) ^ 1;
    expect(() => ciphertextColumns(bigintKernel, RANK).read([bad])).toThrow(
      expect.objectContaining({ code: 'bad-encoding' }),
    );
  });
});

describe('choices on the record', () => {
  test.each<[string, Contest, number, Choice, number[]]>([
    ['ranking', RANK, 1, ['cy', 'ada', 'bo'], [4, 0, 7, 0]],
    ['blank ranking', RANK, 1, 'blank', [0, 0, 0, 1]],
    ['split card', SPLIT, 19, { ada: 12, bo: 7 }, [12, 7, 0, 0]],
    ['split card, partly unused', SPLIT, 1000, { cy: 600 }, [0, 0, 600, 400]],
    ['blank ballot', CHOOSE, 1, 'blank', [0, 0, 0, 1]],
    ['scores', SCORE, 1, { bo: 9, cy: 1 }, [0, 9, 1]],
    ['support of both parts of a merged motion', SUPPORT, 1, ['cy', 'ada'], [1, 0, 1, 1]],
    ['support of neither', SUPPORT, 1, ['bo'], [0, 1, 0, 0]],
  ])('%s', (_, contest, weight, choice, columns) => {
    const content = plain(valuesOf(contest, weight, choice));
    const adder = choiceColumns(contest);
    expect(adder.fits(content)).toBe(true);
    expect(adder.read([content])).toEqual([columns.map(BigInt)]);
    expect(columnNames(contest)).toHaveLength(columns.length);
    expect(adder.fits(content.subarray(8))).toBe(false);
    expect(() => adder.read([content.subarray(8)])).toThrow(
      expect.objectContaining({ code: 'bad-encoding' }),
    );
  });

  test('who supports two parts of a merged motion is counted for it once, of two people each', () => {
    const adder = choiceColumns(SUPPORT);
    const [one, two] = adder.read([plain([1, 0, 1]), plain([0, 0, 1])]);
    expect(adder.add(one ?? [], two ?? [])).toEqual([1n, 0n, 2n, 2n]);
    expect(split(adder.encode([1n, 0n, 2n, 2n]), 8)).toHaveLength(4);
  });
});

const MINIMUM = { cells: { requiredMin: 3, optional: null } };

describe('cells', () => {
  const colleges = [college('members', 'secret', [1, 19, 1000]), college('delegates', 'secret', [1, 2])];
  const lines = [1000, 1, 19, 1, 19].map((weight, i) => ({
    college: i === 1 ? 'delegates' : 'members',
    weight,
  }));
  const cells = cellsOf(
    { colleges, contests: [{ ...SPLIT, colleges: ['members', 'delegates'] }, RANK] },
    lines,
  );

  test('of split cards take a college together, those of other contests each weight apart', () => {
    expect(
      cells.map(({ id, weight, voters, cards }) => [id, weight, [...voters], cards && [...cards]]),
    ).toEqual([
      ['question/members/split', 1, [1, 3, 4, 5], [1000, 19, 1, 19]],
      ['question/delegates/split', 1, [2], [1]],
      ['question/members/1', 1, [4], null],
      ['question/members/19', 19, [3, 5], null],
      ['question/members/1000', 1000, [1], null],
    ]);
    expect(cellProblems(MINIMUM, cells).map(({ where, code }) => `${where} ${code}`)).toEqual([
      'question/delegates/split cell-too-small',
      'question/members/1 cell-too-small',
      'question/members/19 cell-too-small',
      'question/members/1000 cell-too-small',
    ]);
  });

  test('weigh what their voters weigh, and their ballots what was cast', () => {
    expect(cells.map(rollWeight)).toEqual([1039, 1, 1, 38, 1000]);
    const [cards, , , weight19] = cells;
    if (cards === undefined || weight19 === undefined) throw new Error('no cell');
    expect(ballotWeight(cards, { ballots: 2, counts: [12, 7, 0, 19] })).toBe(38);
    expect(ballotWeight(weight19, { ballots: 2, counts: [1, 1, 0] })).toBe(38);
  });

  test('of cards are dominated by one that outweighs all others together', () => {
    const cardsOf = (...weights: number[]) => ({ cards: Uint32Array.from(weights) });
    expect(isDominated(cardsOf(1000, 19, 1, 19))).toBe(true);
    expect(isDominated(cardsOf(39, 19, 1, 19))).toBe(false);
    expect(isDominated(cardsOf())).toBe(false);
    expect(isDominated({ cards: null })).toBe(false);
  });

  test('of secret cards are refused when their sum could not be decrypted', () => {
    const heavy = (mode: 'secret' | 'recorded', voters: number) => {
      const own = [college('members', mode, [1_000_000_000])];
      const roll = Array.from({ length: voters }, () => ({ college: 'members', weight: 1_000_000_000 }));
      return cellProblems(MINIMUM, cellsOf({ colleges: own, contests: [SPLIT] }, roll));
    };
    expect(heavy('secret', 68)).toEqual([]);
    expect(heavy('secret', 69).map(({ where, code }) => [where, code])).toEqual([
      ['question/members/split', 'cell-too-heavy'],
    ]);
    expect(heavy('recorded', 69)).toEqual([]);
  });
});

describe('counts that no ballots have', () => {
  const cellOf = (contest: Contest, cards: number[] | null = null): Pick<Cell, 'contest' | 'cards'> => ({
    contest,
    cards: cards && Uint32Array.from(cards),
  });
  test.each<[string, Pick<Cell, 'contest' | 'cards'>, number, number[], boolean]>([
    ['choose: 1 or 2 each', cellOf(CHOOSE), 3, [3, 2, 1, 0], true],
    ['choose: too many', cellOf(CHOOSE), 3, [3, 3, 1, 0], false],
    ['choose: too few', cellOf(CHOOSE), 3, [1, 1, 0, 0], false],
    ['choose: a blank ballot chooses nobody', cellOf(CHOOSE), 3, [2, 0, 0, 1], true],
    ['choose: nor adds votes', cellOf(CHOOSE), 3, [3, 2, 0, 1], false],
    ['choose: more blank than ballots', cellOf(CHOOSE), 3, [0, 0, 0, 4], false],
    ['ranking: 11 points each', cellOf(RANK), 2, [14, 8, 0, 0], true],
    ['ranking: a point too many', cellOf(RANK), 2, [14, 8, 1, 0], false],
    ['ranking: blank', cellOf(RANK), 2, [7, 4, 0, 1], true],
    ['ranking: blank and points', cellOf(RANK), 2, [14, 8, 0, 1], false],
    ['split: all of two cards', cellOf(SPLIT, [19, 5, 1]), 2, [12, 7, 0, 1], true],
    ['split: more than the two heaviest', cellOf(SPLIT, [19, 5, 1]), 2, [12, 7, 0, 6], false],
    ['split: less than the two lightest', cellOf(SPLIT, [19, 5, 1]), 2, [2, 2, 0, 1], false],
    ['split: no ballots', cellOf(SPLIT, [19, 5, 1]), 0, [0, 0, 0, 0], true],
    ['score', cellOf(SCORE), 2, [18, 0, 3], true],
  ])('%s', (_, cell, ballots, counts, possible) => {
    expect(impossibleCounts(cell, ballots, counts) === undefined).toBe(possible);
  });
});

describe('unanimous', () => {
  test.each<[string, Contest, number, number[], boolean]>([
    ['nobody', CHOOSE, 0, [0, 0, 0, 0], false],
    ['all for two', CHOOSE, 4, [4, 4, 0, 0], true],
    ['one differs', CHOOSE, 4, [4, 3, 0, 0], false],
    ['all rank alike', RANK, 4, [0, 28, 16, 0], true],
    ['two rank otherwise', RANK, 4, [14, 14, 16, 0], false],
    ['all blank', RANK, 4, [0, 0, 0, 4], true],
    ['one blank', RANK, 4, [0, 21, 12, 1], false],
    ['all cards to one', SPLIT, 4, [0, 1039, 0, 0], true],
    ['a card divided', SPLIT, 4, [1, 1038, 0, 0], false],
    ['everything or nothing', SCORE, 4, [36, 0, 36], true],
    ['the same total, who knows how', SCORE, 4, [20, 0, 0], false],
  ])('%s', (_, contest, ballots, counts, alike) => {
    expect(isUnanimous(contest, ballots, counts)).toBe(alike);
  });

  test('of rankings is exactly that all are the same', () => {
    const orders = [
      ['ada', 'bo', 'cy'],
      ['bo', 'cy', 'ada'],
      ['cy', 'bo', 'ada'],
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...orders, 'blank' as const), { minLength: 1 }), (choices) => {
        const adder = choiceColumns(RANK);
        const counts = adder
          .read(choices.map((choice) => plain(valuesOf(RANK, 1, choice))))
          .reduce((a, b) => adder.add(a, b), adder.zero);
        const alike = new Set(choices.map(String)).size === 1;
        expect(isUnanimous(RANK, choices.length, counts.map(Number))).toBe(alike);
      }),
    );
  });
});
