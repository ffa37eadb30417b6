/** Elections that keep every rule, and yet are out of the ordinary (docs/protocol.md §1, §9.1). */
import { expect, test } from 'vitest';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import type { VoterPlan } from './election-plan.ts';
import { college, electionOf, exactlyOne, motion } from './plans.ts';

test('few ballots and unanimous ones are pointed out, and nothing fails', async () => {
  const voter = (name: string, ...votes: string[]): VoterPlan => ({
    college: name,
    votes: votes.map((vote) => ({ motion: [vote] })),
  });
  const { record } = await electionOf({
    seed: 'telling',
    colleges: [college('few'), college('alike'), college('mixed'), college('absent')],
    contests: [exactlyOne('motion', ['few', 'alike', 'mixed', 'absent'], ['for', 'against'])],
    rules: [motion(['few', 'alike', 'mixed', 'absent'])],
    voters: [
      voter('few', 'for'),
      voter('few', 'against'),
      voter('few'),
      voter('alike', 'for'),
      voter('alike', 'for'),
      voter('alike', 'for'),
      voter('mixed', 'for'),
      voter('mixed', 'against'),
      voter('mixed', 'for'),
      voter('absent'),
      voter('absent'),
      voter('absent'),
    ],
  });
  const { ok, checks } = await verifyRecord(record);
  expect(ok).toBe(true);
  expect(checks.find(({ id }) => id === 'cells')).toMatchObject({
    status: 'pass',
    notes: [
      { where: 'motion/few/1', why: expect.stringContaining('few ballots, 2') },
      { where: 'motion/alike/1', why: expect.stringContaining('all ballots are alike') },
    ],
  });
});

test('names that look like numbers, or like what every object has', async () => {
  const [ten, two] = ['10', '2'];
  const vote = (option: string, chosen: string[]): VoterPlan => ({
    college: two,
    votes: [{ constructor: [option], [ten]: chosen }],
    bodies: ['10', '9'],
  });
  const { record, result } = await electionOf({
    seed: 'names',
    colleges: [college(two), college(ten, { mode: 'recorded' })],
    contests: [
      exactlyOne('constructor', [two, ten], ['10', '2']),
      {
        id: ten,
        colleges: [two],
        options: ['2', 'constructor', '10'],
        shape: { kind: 'choose', min: 0, max: 2, blank: false },
      },
    ],
    rules: [
      { ...motion([two, ten]), id: 'constructor', contest: 'constructor', for: '2', against: '10' },
      {
        id: '10',
        kind: 'seats',
        contest: ten,
        colleges: [{ college: two, share: null }],
        seats: 2,
        needs: null,
        reserved: [],
        ties: 'lot',
      },
    ],
    bodies: [
      { id: '10', kind: 'region', region: null, size: null },
      { id: '9', kind: 'branch', region: '10', size: null },
    ],
    voters: [
      vote('2', ['constructor', '10']),
      vote('2', ['10']),
      vote('10', ['constructor', '2']),
      { college: ten, votes: [{ constructor: ['2'] }] },
    ],
  });
  const { ok, checks } = await verifyRecord(record);
  expect(checks.flatMap(({ failures }) => failures)).toEqual([]);
  expect(ok).toBe(true);
  expect(result?.counts.map(({ cell, counts }) => [cell, ...counts])).toEqual([
    ['constructor/2/1', 1, 2],
    ['constructor/10/1', 0, 1],
    ['10/2/1', 1, 2, 2],
  ]);
});
