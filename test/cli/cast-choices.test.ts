/** Choices on a command line, for every shape of contest. */
import { describe, expect, test } from 'vitest';
import type { Contest } from '../../src/ballot/manifest.ts';
import type { Shape } from '../../src/ballot/shapes.ts';
import { choicesFor, parseChoice } from '../../src/cli/cast-choices.ts';
import { CannotRun } from '../../src/cli/exit.ts';

const contestOf = (id: string, shape: Shape): Contest => ({
  id,
  colleges: ['members'],
  options: ['ada', 'bo', 'cy'],
  shape,
});
const CONTESTS = [
  contestOf('some', { kind: 'choose', min: 0, max: 2, blank: false }),
  contestOf('grades', { kind: 'score', max: 10 }),
  contestOf('order', { kind: 'ranking', points: [2, 1], blank: true }),
  contestOf('cards', { kind: 'split' }),
];

const read = (typed: readonly string[], blank: readonly string[] = []) =>
  choicesFor(CONTESTS, {
    choice: typed.reduce((before, text) => parseChoice(text, before), {}),
    blank,
  });

describe('what is typed', () => {
  test('options, orders, numbers, and blank', () => {
    const typed = ['some=bo,ada', 'order=cy,ada', 'grades=ada:3,cy:10', 'cards=ada:12,bo:7'];
    expect(read(typed)).toEqual({
      some: ['bo', 'ada'],
      order: ['cy', 'ada'],
      grades: { ada: 3, cy: 10 },
      cards: { ada: 12, bo: 7 },
    });
    expect(read(['some='], ['order'])).toEqual({ some: [], order: 'blank' });
  });

  test('nothing is no option, or nothing for any', () => {
    expect(read(['some=', 'grades=', 'cards='])).toEqual({ some: [], grades: {}, cards: {} });
  });

  test.each<[string, string[], string[]]>([
    ['without a contest', ['ada'], []],
    ['a contest twice', ['some=ada', 'some=bo'], []],
    ['a contest twice, once blank', ['order=ada,bo'], ['order']],
    ['a number that is none', ['grades=ada:x'], []],
    ['a number for some and not for others', ['grades=ada:1,bo'], []],
    ['a number with a sign', ['grades=ada:-1'], []],
    ['an option with two numbers', ['grades=ada:1,ada:2'], []],
  ])('%s is refused', (_, typed, blank) => {
    expect(() => read(typed, blank)).toThrow(CannotRun);
  });
});
