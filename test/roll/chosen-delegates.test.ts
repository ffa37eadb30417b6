import { expect, test } from 'vitest';
import { chosenDelegates, type DeclaredSeats } from '../../src/roll/chosen-delegates.ts';
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
