import { describe, expect, test } from 'vitest';
import { checkChosen, chosenDelegates, type DeclaredSeats } from '../../src/roll/chosen-delegates.ts';
import type { RollLine } from '../../src/roll/roll-document.ts';
import { ELECTION } from './rolls.ts';

const declared: DeclaredSeats[] = [
  {
    election: ELECTION,
    contest: 'elmford-delegates',
    body: 'elmford',
    elected: ['ada', 'bo'],
    unfilled: 0,
    titles: { ada: 'Ada Elmey', bo: 'Bo Marsh', cy: 'Cy Norfield' },
  },
  {
    election: ELECTION,
    contest: 'north-delegates',
    body: 'north',
    elected: ['ada'],
    unfilled: 3,
    titles: { ada: 'Ada Norton' },
  },
];

test('the elected with their names, by body, and the seats that stayed open', () => {
  expect(chosenDelegates(declared)).toEqual({
    delegates: [
      {
        body: 'elmford',
        name: 'Ada Elmey',
        chosen: { election: ELECTION, contest: 'elmford-delegates', option: 'ada' },
      },
      {
        body: 'elmford',
        name: 'Bo Marsh',
        chosen: { election: ELECTION, contest: 'elmford-delegates', option: 'bo' },
      },
      {
        body: 'north',
        name: 'Ada Norton',
        chosen: { election: ELECTION, contest: 'north-delegates', option: 'ada' },
      },
    ],
    vacancies: [{ body: 'north', seats: 3 }],
  });
});

describe('lines of the roll against the result', () => {
  const lineOf = (body: string, contest: string, option: string, election = ELECTION): RollLine => ({
    P: '',
    college: 'conference',
    weight: 1,
    bodies: [body],
    name: null,
    chosen: { election, contest, option },
    mandates: null,
    substitutes: [],
  });
  const problems = (...lines: RollLine[]) =>
    [...checkChosen({ lines }, 'conference', declared)].map(({ where, code }) => `${where} ${code}`);

  test('those who were elected, for their bodies', () => {
    expect(
      problems(lineOf('elmford', 'elmford-delegates', 'ada'), lineOf('north', 'north-delegates', 'ada')),
    ).toEqual([]);
  });

  test('somebody who stood and was not elected', () => {
    expect(problems(lineOf('elmford', 'elmford-delegates', 'cy'))).toEqual(['lines[0].chosen not-chosen']);
  });

  test('somebody elected elsewhere', () => {
    expect(problems(lineOf('north', 'elmford-delegates', 'bo'))).toEqual(['lines[0].bodies wrong-body']);
  });

  test('a body too small to be listed, another election and another college are passed over', () => {
    const small = { ...lineOf('', 'north-delegates', 'ada'), bodies: [] };
    const other = lineOf('elmford', 'x', 'y', 'A'.repeat(43));
    const members = { ...lineOf('elmford', 'x', 'y'), college: 'members' };
    expect(problems(small, other, members)).toEqual([]);
  });
});
