/**
 * B4 for every shape of contest: scores out of range, rankings that are none, cards that are overspent, blank ballots
 * that choose, weights of others. The cheat proves a statement of the same length, as true as it can be made.
 */
import { describe, expect, test } from 'vitest';
import type { BallotEntry } from '../../src/ballot/ballot-entry.ts';
import { hashBallot } from '../../src/ballot/ballot-hash.ts';
import { ballotStatement, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import { type Choice, valuesOf } from '../../src/ballot/choices.ts';
import { contestClauses } from '../../src/ballot/clauses.ts';
import type { Contest } from '../../src/ballot/manifest.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { checkRollLine } from '../../src/ballot/roll-line.ts';
import type { Shape } from '../../src/ballot/shapes.ts';
import { concat, toBase64Url } from '../../src/crypto/bytes.ts';
import { college, credential, election } from '../ballot/election.ts';
import { encryptAny, L, mod, proveAnything, random } from '../crypto/proofs/second-prover.ts';
import { edited, verdict } from './ballots.ts';

const contestOf = (shape: Shape, options = 3): Contest => ({
  id: 'question',
  colleges: ['members'],
  options: ['ada', 'bo', 'cy', 'di'].slice(0, options),
  shape,
});

const CHOOSE = contestOf({ kind: 'choose', min: 1, max: 1, blank: true });
const SCORE = contestOf({ kind: 'score', max: 3 }, 2);
const RANK = contestOf({ kind: 'ranking', points: [3, 2, 1], blank: false });
const RANK_SOME = contestOf({ kind: 'ranking', points: [2, 1], blank: true });
const SPLIT = contestOf({ kind: 'split' }, 2);

const WEIGHTS = [1, 5, 17, 19];

function boxOf(contest: Contest) {
  const { context } = election([contest], [college('members', 'secret', WEIGHTS)]);
  const voter = credential(context);
  const key = context.keyBytes ?? new Uint8Array();

  const honest = (choice: Choice, weight: number): BallotEntry =>
    prepareBallot({
      context,
      college: 'members',
      weight,
      credential: voter,
      prev: { kind: 'none' },
      choices: { question: choice },
    }).entry;

  /** A ballot of any values. Where a clause is false, its set has the true sum in the place of one number. */
  const cheating = (values: readonly bigint[], weight: number, like: Choice): BallotEntry => {
    const entry = honest(like, weight);
    const k = values.map(() => random());
    const ciphertexts = toBase64Url(concat(...values.map((v, j) => encryptAny(key, v, k[j] ?? 0n))));
    const contests = [{ id: 'question', mode: 'secret' as const, ciphertexts }];
    const rules = context.colleges.get('members')?.ofWeight(weight);
    if (rules === undefined) throw new Error('no such college');
    const M = hashBallot({ ...entry.body, contests }, {}, rules);
    const clauses = contestClauses(contest, weight).map(({ terms, set }) => {
      const sum = mod(terms.reduce((total, [j, n]) => total + BigInt(n) * (values[j] ?? 0n), 0n));
      const claimed = set.map(BigInt);
      return { terms, set: claimed.includes(sum) ? claimed : [sum, ...claimed.slice(1)] };
    });
    const proof = proveAnything({ M, x: voter.x, Y: key, k, values, clauses });
    return edited(entry, { contests, proof: toBase64Url(proof) });
  };
  return { context, honest, cheating };
}

const boxes = new Map([CHOOSE, SCORE, RANK, RANK_SOME, SPLIT].map((contest) => [contest, boxOf(contest)]));
const likes = new Map<Contest, Choice>([
  [CHOOSE, ['ada']],
  [SCORE, { ada: 1 }],
  [RANK, ['ada', 'bo', 'cy']],
  [RANK_SOME, ['ada', 'bo']],
  [SPLIT, { ada: 1 }],
]);

/** Bits of a card's parts: each option, then unused; `bits` of each. */
const cards = (bits: number, ...parts: number[]): bigint[] =>
  parts.flatMap((part) => Array.from({ length: bits }, (_, i) => BigInt(Math.floor(part / 2 ** i) % 2)));

const ORDER = [1n, 0n, 0n, 0n, 1n, 0n, 0n, 0n, 1n];

describe('a ballot by the same prover', () => {
  test.each<[string, Contest, number, bigint[]]>([
    ['blank', CHOOSE, 1, [0n, 0n, 0n, 1n]],
    ['of scores', SCORE, 1, [3n, 0n]],
    ['of a ranking', RANK, 1, ORDER],
    ['of a blank ranking', RANK_SOME, 1, [0n, 0n, 0n, 0n, 0n, 0n, 1n]],
    ['of a split card', SPLIT, 19, cards(5, 12, 7, 0)],
  ])('%s is accepted', (_, contest, weight, values) => {
    const box = boxes.get(contest);
    const like = likes.get(contest);
    if (box === undefined || like === undefined) throw new Error('no box');
    expect(verdict(box.cheating(values, weight, like), box.context)).toBe('accepted');
  });
});

describe('a ballot is refused, though its sender holds the credential,', () => {
  test.each<[string, Contest, number, bigint[]]>([
    ['blank twice', CHOOSE, 1, [0n, 0n, 0n, 2n]],
    ['blank and for an option', CHOOSE, 1, [1n, 0n, 0n, 1n]],
    ['for one more than the most', CHOOSE, 1, [1n, 1n, 0n, 0n]],
    ['for two and minus one blank', CHOOSE, 1, [1n, 1n, 0n, -1n]],
    ['for nobody, and not blank', CHOOSE, 1, [0n, 0n, 0n, 0n]],
    ['with a score too high', SCORE, 1, [4n, 0n]],
    ['with a score below nothing', SCORE, 1, [-1n, 3n]],
    ['with scores that are one modulo the order', SCORE, 1, [(L + 1n) / 2n, (L + 1n) / 2n]],
    ['ranking one option twice', RANK, 1, [1n, 1n, 0n, 0n, 0n, 1n, 0n, 0n, 0n]],
    ['with two options in one place', RANK, 1, [1n, 0n, 0n, 1n, 0n, 0n, 0n, 0n, 1n]],
    ['with a place left empty', RANK, 1, [1n, 0n, 0n, 0n, 1n, 0n, 0n, 0n, 0n]],
    ['ranking all twice', RANK, 1, ORDER.map((v) => 2n * v)],
    ['ranking by halves', RANK, 1, Array.from({ length: 9 }, () => mod((L + 1n) / 2n))],
    ['ranking a sum of permutations less one', RANK, 1, [1n, 1n, -1n, 1n, -1n, 1n, -1n, 1n, 1n]],
    ['blank and ranking', RANK_SOME, 1, [1n, 0n, 0n, 1n, 0n, 0n, 1n]],
    ['half blank', RANK_SOME, 1, [1n, 0n, 0n, 0n, 0n, 0n, 1n]],
    ['with a card of 19 that spends 20', SPLIT, 19, cards(5, 12, 8, 0)],
    ['with a card of 19 that spends 18', SPLIT, 19, cards(5, 12, 6, 0)],
    ['with a card of 19 that gives 20 and takes 1', SPLIT, 19, [...cards(5, 20, 0), -1n, 0n, 0n, 0n, 0n]],
    ['with a bit that is two', SPLIT, 19, [1n, 1n, 2n, 1n, 0n, ...cards(5, 0, 0)]],
  ])('%s', (_, contest, weight, values) => {
    const box = boxes.get(contest);
    const like = likes.get(contest);
    if (box === undefined || like === undefined) throw new Error('no box');
    const entry = box.cheating(values, weight, like);
    expect(verifyCredentials([ballotStatement(entry, box.context).credential])).toEqual([null]);
    expect(verdict(entry, box.context)).toBe('bad-proof');
  });
});

describe('the weight of another', () => {
  const { context, honest } = boxOf(SPLIT);
  const entry = honest({ ada: 17 }, 17);

  test('with as many digits: the proof is of the own weight', () => {
    expect(verdict(entry, context)).toBe('accepted');
    expect(verdict(edited(entry, { weight: 19 }), context)).toBe('bad-proof');
  });

  test('with fewer digits: another number of values', () => {
    expect(verdict(edited(entry, { weight: 5 }), context)).toBe('bad-form');
  });

  test('that the college does not have', () => {
    expect(verdict(edited(entry, { weight: 16 }), context)).toBe('wrong-weight');
  });

  test('on the roll, proved as if it were one’s own', () => {
    const line = { P: entry.body.P, college: 'members', weight: 5 };
    expect(() => checkRollLine(entry.body, line)).toThrow(expect.objectContaining({ code: 'wrong-weight' }));
  });
});

test('a ballot holds under its own points alone: what is counted of it is part of the statement', () => {
  const { setting, context } = election([RANK], [college('members')]);
  const { entry } = prepareBallot({
    context,
    college: 'members',
    weight: 1,
    credential: credential(context),
    prev: { kind: 'none' },
    choices: { question: ['ada', 'bo', 'cy'] },
  });
  expect(verdict(entry, context)).toBe('accepted');
  const swapped = election(
    [contestOf({ kind: 'ranking', points: [3, 1, 0], blank: false })],
    [college('members')],
  );
  const other = { ...swapped.context, key: setting.key, keyBytes: context.keyBytes };
  expect(verdict(entry, other)).toBe('bad-proof');
});

describe('on the record', () => {
  const own = { ...SPLIT, colleges: ['delegates'] };
  const { context } = election([own], [college('delegates', 'recorded', WEIGHTS)]);
  const { entry } = prepareBallot({
    context,
    college: 'delegates',
    weight: 19,
    credential: credential(context, 'delegates'),
    prev: { kind: 'none' },
    choices: { question: { ada: 12, bo: 7 } },
  });
  const withChoices = (choices: number[]) =>
    edited(entry, { contests: [{ id: 'question', mode: 'recorded', choices }] });

  test('what the clauses do not allow is refused in the open', () => {
    expect(verdict(entry, context)).toBe('accepted');
    const values = valuesOf(own, 19, { ada: 12, bo: 7 });
    expect(verdict(withChoices(values.with(0, 1)), context)).toBe('bad-choice');
    expect(verdict(withChoices(values.with(0, 2)), context)).toBe('bad-choice');
    expect(verdict(withChoices(values.slice(1)), context)).toBe('bad-form');
    expect(
      verdict(withChoices([...values.slice(5, 10), ...values.slice(0, 5), ...values.slice(10)]), context),
    ).toBe('bad-proof');
  });
});
