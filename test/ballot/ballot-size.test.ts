/** The size of the largest ballot, known beforehand, is that of a real one: docs/protocol.md §4.1. */
import { expect, test } from 'vitest';
import { largestBallot } from '../../src/ballot/ballot-size.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { college, contest, credential, election, hashOf } from './election.ts';

const prev = { kind: 'replacement', leaf: hashOf('replacement') } as const;

test.each([
  ['secret', [contest('a', 3, 1, 1), contest('b', 7, 0, 4)], [1, 1000], { a: ['option-1'], b: [] }],
  ['recorded', [contest('a', 3, 1, 1), contest('b', 7, 0, 4)], [5, 123_456_789], { a: ['option-1'], b: [] }],
  ['secret', [contest('only', 1, 0, 1)], [1], { only: [] }],
] as const)('a %s college', (mode, contests, weights, choices) => {
  const { context, setting } = election([...contests], [college('members', mode, [...weights])]);
  const { bytes } = prepareBallot({
    context,
    college: 'members',
    weight: weights.at(-1) ?? 0,
    credential: credential(context),
    prev,
    choices,
  });
  expect(largestBallot(setting.manifest)).toBe(bytes.length);
});

test('of several colleges the largest counts', () => {
  const contests = [contest('small', 2, 1, 1, ['few']), contest('large', 9, 1, 1, ['many'])];
  const { setting } = election(contests, [college('few'), college('many')]);
  const alone = election(contests.slice(1), [college('many')]);
  expect(largestBallot(setting.manifest)).toBe(largestBallot(alone.setting.manifest));
});
