/** docs/protocol.md §9.5: from shares to counts, by hand-made sums under a key of one trustee. */
import { describe, expect, test } from 'vitest';
import { concat, toBase64Url } from '../../src/crypto/bytes.ts';
import { proveShares } from '../../src/crypto/decryption-shares.ts';
import { makeDiscreteLog } from '../../src/crypto/discrete-log.ts';
import { encodeCiphertext, encrypt } from '../../src/crypto/elgamal.ts';
import { encodeElement, G, multiplySecret } from '../../src/crypto/group.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { randomScalar } from '../../src/crypto/scalar.ts';
import type { TallyDocument } from '../../src/record/entries.ts';
import type { Cell } from '../../src/tally/cells.ts';
import { encryptedBetas, encryptedCells, sharesDocumentOf, sharesOf } from '../../src/tally/decryption.ts';
import { checkCounts, countTally, NOTHING_SECRET, openTally } from '../../src/tally/totals.ts';
import { college, exactlyOne } from '../elections/plans.ts';

const secret = randomScalar();
const key = multiplySecret(G, secret);
const NAME = toBase64Url(new Uint8Array(32).fill(9));
const log = makeDiscreteLog(kernel, 16);

const contest = exactlyOne('motion', ['members'], ['for', 'against']);
const cellOf = (id: string): Cell => ({
  id,
  contest,
  college: college('members'),
  weight: 1,
  voters: Uint32Array.of(1, 2, 3),
  cards: null,
  body: null,
});
const CELLS = ['motion/members/1', 'motion/delegates/1', 'motion/board/1'].map(cellOf);

/** A secret cell with these sums, an empty secret cell, and a recorded one. */
function tallyOf(sums: [number, number], ballots = sums[0] + sums[1]): TallyDocument {
  const common = { voters: 100, root: NAME };
  const encrypted = concat(...sums.map((value) => encodeCiphertext(encrypt(key, value, randomScalar()))));
  return {
    v: 1,
    election: NAME,
    ctx: NAME,
    closing: NAME,
    cells: [
      { ...common, id: 'motion/members/1', mode: 'secret', ballots, sums: toBase64Url(encrypted) },
      {
        ...common,
        id: 'motion/delegates/1',
        mode: 'secret',
        ballots: 0,
        sums: toBase64Url(new Uint8Array(128)),
      },
      { ...common, id: 'motion/board/1', mode: 'recorded', ballots: 4, counts: [3, 1] },
    ],
  };
}

function open(tally: TallyDocument) {
  const statement = {
    ctx: new Uint8Array(32).fill(9),
    tally: new Uint8Array(32).fill(9),
    i: 1,
    shareKey: encodeElement(key),
    cells: encryptedCells(tally),
  };
  return openTally(kernel, tally, 1, [{ i: 1, shares: proveShares(statement, secret) }]);
}

describe('counts', () => {
  test('of secret, empty and recorded cells', () => {
    const tally = tallyOf([70, 21]);
    const opened = open(tally);
    const counts = countTally(log, tally, CELLS, opened);
    expect(counts).toEqual([
      { cell: 'motion/members/1', ballots: 91, counts: [70, 21] },
      { cell: 'motion/delegates/1', ballots: 0, counts: [0, 0] },
      { cell: 'motion/board/1', ballots: 4, counts: [3, 1] },
    ]);
    expect(checkCounts(kernel, tally, CELLS, opened, counts)).toEqual([]);
    expect(opened.seed).toHaveLength(32);
  });

  test.each<[string, [number, number], number, string, string]>([
    ['a sum above the number of ballots', [70, 21], 60, 'out-of-range', 'motion/members/1.for'],
    ['sums that are not one vote a ballot', [30, 21], 60, 'mismatch', 'motion/members/1'],
  ])('%s is refused by name', (_, sums, ballots, code, where) => {
    const tally = tallyOf(sums, ballots);
    expect(() => countTally(log, tally, CELLS, open(tally))).toThrow(
      expect.objectContaining({ code, where }),
    );
  });

  test('a tally of other cells is refused', () => {
    const tally = tallyOf([1, 2]);
    expect(() => countTally(log, tally, CELLS.toReversed(), open(tally))).toThrow(
      expect.objectContaining({ code: 'mismatch', where: 'tally.cells' }),
    );
  });

  test.each<[string, number, number[], string]>([
    ['another count', 0, [69, 22], 'does not decrypt'],
    ['more than there are ballots', 0, [92, -1], 'not within'],
    ['an option too few', 0, [70], 'not one count for each column'],
    ['votes in an empty cell', 1, [1, 0], 'not within'],
    ['another recorded count', 2, [2, 2], 'the tally has 3'],
  ])('published: %s', (_, place, counts, why) => {
    const tally = tallyOf([70, 21]);
    const opened = open(tally);
    const right = countTally(log, tally, CELLS, opened);
    const published = right.map((count, i) => (i === place ? { ...count, counts } : count));
    expect(checkCounts(kernel, tally, CELLS, opened, published)).toEqual([
      { where: CELLS[place]?.id, why: expect.stringContaining(why) },
    ]);
  });
});

test.each([
  ['secret', 0, 92, 'the tally has 91'],
  ['secret and empty', 1, 1, 'the tally has 0'],
  ['recorded', 2, 5, 'the tally has 4'],
] as const)('published: the right votes on other ballots, %s', (_, place, ballots, why) => {
  const tally = tallyOf([70, 21]);
  const opened = open(tally);
  const published = countTally(log, tally, CELLS, opened).map((count, i) =>
    i === place ? { ...count, ballots } : count,
  );
  expect(checkCounts(kernel, tally, CELLS, opened, published)).toEqual([
    { where: CELLS[place]?.id, why: `${ballots} ballots; ${why}` },
  ]);
});

describe('a contest that asks for one to two of three', () => {
  const cell: Cell = {
    ...cellOf('motion/members/1'),
    contest: {
      ...contest,
      options: ['a', 'b', 'c'],
      shape: { kind: 'choose', min: 1, max: 2, blank: false },
    },
  };
  const counted = (counts: [number, number, number]) => {
    const [tallied] = tallyOf([0, 0], 5).cells;
    if (tallied?.mode !== 'secret') throw new Error('not secret');
    const encrypted = counts.map((value) => encodeCiphertext(encrypt(key, value, randomScalar())));
    const tally = { ...tallyOf([0, 0]), cells: [{ ...tallied, sums: toBase64Url(concat(...encrypted)) }] };
    const count = { cell: cell.id, ballots: 5, counts };
    return checkCounts(kernel, tally, [cell], open(tally), [count]).map(({ why }) => why);
  };

  test.each<[number, number, number]>([
    [5, 0, 0],
    [5, 5, 0],
    [2, 3, 4],
  ])('five ballots may have %i, %i and %i votes', (...counts) => {
    expect(counted(counts)).toEqual([]);
  });

  test.each<[string, [number, number, number]]>([
    ['4 votes', [4, 0, 0]],
    ['11 votes', [5, 5, 1]],
  ])('five ballots cannot have %s', (votes, counts) => {
    expect(counted(counts)).toEqual([`${votes} on 5 ballots with 1 to 2 each`]);
  });
});

describe('opening', () => {
  test('needs as many shares as the threshold', () => {
    expect(() => openTally(kernel, tallyOf([1, 2]), 1, [])).toThrow(
      expect.objectContaining({ code: 'too-few-shares' }),
    );
  });

  test('refuses sums that do not decode', () => {
    const tally = tallyOf([1, 2]);
    const opened = encryptedCells(tally);
    const bad = structuredClone(tally);
    const [cell] = bad.cells;
    if (cell?.mode === 'secret') cell.sums = toBase64Url(new Uint8Array(128).fill(255));
    const statement = {
      ctx: new Uint8Array(32),
      tally: new Uint8Array(32),
      i: 1,
      shareKey: encodeElement(key),
      cells: opened,
    };
    const shares = proveShares(statement, secret);
    expect(() => openTally(kernel, bad, 1, [{ i: 1, shares }])).toThrow(
      expect.objectContaining({ name: 'TallyError', code: 'bad-encoding' }),
    );
  });

  test('nothing is opened where nothing is secret', () => {
    expect(NOTHING_SECRET.seed).toBeNull();
    expect(NOTHING_SECRET.cells.size).toBe(0);
  });
});

test('only secret cells with ballots are decrypted, and documents of shares come back as they were', () => {
  const tally = tallyOf([2, 3]);
  const cells = encryptedCells(tally);
  expect(cells.map(({ id, alphas }) => [id, alphas.length])).toEqual([['motion/members/1', 64]]);
  expect(encryptedBetas(tally).map(({ length }) => length)).toEqual([64]);
  const statement = {
    ctx: new Uint8Array(32),
    tally: new Uint8Array(32),
    i: 1,
    shareKey: encodeElement(key),
    cells,
  };
  const shares = proveShares(statement, secret);
  expect(sharesOf(sharesDocumentOf(NAME, 1, shares))).toEqual(shares);
});
