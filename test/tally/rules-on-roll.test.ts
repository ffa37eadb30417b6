/** docs/protocol.md §10: what a roll makes of the rules: supporters above it, and votes above 2^53 − 1. */
import { expect, test } from 'vitest';
import type { College, Contest, DecisionRule } from '../../src/ballot/manifest.ts';
import type { Cell } from '../../src/tally/cells.ts';
import { rollRuleProblems } from '../../src/tally/rules-on-roll.ts';

const college: College = { id: 'members', mode: 'recorded', weights: [1], entitlement: null };
const contest = (shape: Contest['shape']): Contest => ({
  id: 'c',
  colleges: ['members'],
  options: ['x', 'y'],
  shape,
});
const cell = (of: Contest, voters: number, weight = 1): Cell => ({
  id: `c/members/${weight}`,
  contest: of,
  college,
  weight,
  voters: { length: voters } as Uint32Array,
  cards: null,
  body: null,
});
const petition = (n: number): DecisionRule => ({
  id: 'p',
  kind: 'petition',
  contest: 'c',
  colleges: ['members'],
  needed: { kind: 'number', n },
});

test('as many supporters as there are voters can be asked for, and not one more', () => {
  const of = contest({ kind: 'support', merged: [] });
  const problems = (n: number) =>
    rollRuleProblems({ contests: [of], rules: [petition(n)] }, [cell(of, 1000)]);
  expect(problems(1000)).toEqual([]);
  expect(problems(1001)).toEqual([
    { where: 'rules[0].needed.n', code: 'above-roll', why: '1001 supporters of 1000 voters on the roll' },
  ]);
});

test('votes that a result can say, and one more', () => {
  const of = contest({ kind: 'score', max: 100 });
  const problems = (voters: number, weight: number) =>
    rollRuleProblems({ contests: [of], rules: [] }, [cell(of, voters, weight)]).map(({ code }) => code);
  expect(problems(90_071, 1_000_000_000)).toEqual([]);
  expect(problems(90_072, 1_000_000_000)).toEqual(['too-many-votes']);
});
