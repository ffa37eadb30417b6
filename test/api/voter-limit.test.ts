/** How many ballots and checks of one voter are taken in a minute: attack R11. */
import { expect, test } from 'vitest';
import { Problem, problemResponse } from '../../src/api/problem.ts';
import { VoterLimit } from '../../src/api/voter-limit.ts';

function limited(perMinute: number) {
  const clock = { now: 600 };
  const limit = new VoterLimit(perMinute, () => clock.now);
  const said = (voter: number): string => {
    try {
      limit.count(voter);
      return 'taken';
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return `${error.code}, again in ${error.details.retryAfter}`;
    }
  };
  return { clock, said };
}

test('takes as many as it says, of each voter', () => {
  const { said } = limited(2);
  expect([1, 1, 2, 1, 2, 2].map(said)).toEqual([
    'taken',
    'taken',
    'taken',
    'too-many-votes, again in 60',
    'taken',
    'too-many-votes, again in 60',
  ]);
});

test('begins anew with every minute of the clock, and says when', () => {
  const { clock, said } = limited(1);
  expect(said(1)).toBe('taken');
  clock.now = 642;
  expect(said(1)).toBe('too-many-votes, again in 18');
  clock.now = 659.5;
  expect(said(1)).toBe('too-many-votes, again in 1');
  clock.now = 660;
  expect(said(1)).toBe('taken');
  expect(said(1)).toBe('too-many-votes, again in 60');
});

test('a clock that is set back locks nobody out', () => {
  const { clock, said } = limited(1);
  expect(said(1)).toBe('taken');
  clock.now = 0;
  expect(said(1)).toBe('taken');
});

test('what is refused does not count', () => {
  const { clock, said } = limited(1);
  for (let i = 0; i < 5; i += 1) said(1);
  clock.now = 660;
  expect(said(1)).toBe('taken');
});

test('is told with status 429 and Retry-After, which no other problem has unless the service is to blame', () => {
  const response = problemResponse(new Problem('too-many-votes', { retryAfter: 7 }));
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('7');
  expect(problemResponse(new Problem('overloaded')).headers.get('retry-after')).toBe('2');
  expect(problemResponse(new Problem('bad-ballot')).headers.get('retry-after')).toBeNull();
});
