/** Votes that were really held (test/vectors/real-votes), held again: the published outcome comes out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { College, Contest, MotionRule } from '../../src/ballot/manifest.ts';
import type { Outcome } from '../../src/record/entries.ts';
import type { Cell } from '../../src/tally/cells.ts';
import { outcome } from '../../src/tally/outcome.ts';
import { COUNTS_ALONE } from '../../src/tally/outcome-inputs.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { buildElection } from './build-election.ts';
import type { ElectionPlan, VoterPlan } from './election-plan.ts';
import { college, exactlyOne, motion } from './plans.ts';

const FOLDER = join(import.meta.dirname, '../vectors/real-votes');
const read = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as T;

interface Division {
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
  readonly carried: boolean;
}
const { recall, committee } = await read<{ recall: Division & { recounts: number }; committee: Division[] }>(
  'committee-votes.json',
);
const { votes } = await read<{ votes: { id: string; result?: Record<string, [number, number]> }[] }>(
  'real-votes.json',
);
const convention = Object.entries(votes.find(({ id }) => id === 'momentum-convention')?.result ?? {});

const ANSWERS = ['for', 'against', 'abstain'] as const;
const divided = ([yes, no]: readonly [number, number]): Division => ({
  for: yes,
  against: no,
  abstain: 0,
  carried: yes > no,
});

/** One motion in one college, with as many ballots of each kind as the division had. */
function planOf(seed: string, division: Division, mode: College['mode']): ElectionPlan {
  const voters = ANSWERS.flatMap((answer) =>
    Array.from(
      { length: division[answer] },
      (): VoterPlan => ({ college: 'meeting', votes: [{ motion: [answer] }] }),
    ),
  );
  return {
    seed,
    colleges: [college('meeting', { mode })],
    contests: [exactlyOne('motion', ['meeting'], [...ANSWERS])],
    rules: [motion(['meeting'])],
    voters,
    ...(mode === 'recorded' && { trustees: null }),
  };
}

function decided(division: Division): Outcome {
  const total = division.for + division.against + division.abstain;
  const held = {
    college: 'meeting',
    roll: total,
    ballots: total,
    for: division.for,
    against: division.against,
    quorate: true,
    tie: null,
    carried: division.carried,
  };
  return [
    {
      id: 'motion',
      kind: 'motion',
      carried: division.carried,
      divided: false,
      reballot: false,
      tie: null,
      colleges: [held],
    },
  ];
}

/** The outcome of the counts alone. */
function outcomeOf(division: Division): Outcome {
  const meeting = college('meeting');
  const contest: Contest = exactlyOne('motion', ['meeting'], [...ANSWERS]);
  const rule: MotionRule = motion(['meeting']);
  const ballots = division.for + division.against + division.abstain;
  const voters = Uint32Array.from({ length: ballots }, (_, i) => i + 1);
  const cell: Cell = {
    id: 'motion/meeting/1',
    contest,
    college: meeting,
    weight: 1,
    voters,
    cards: null,
    body: null,
  };
  const counts = ANSWERS.map((answer) => division[answer]);
  return outcome(
    { contests: [contest], rules: [rule], links: [] },
    [cell],
    [{ cell: cell.id, ballots, counts }],
    COUNTS_ALONE,
  );
}

const label = (division: Division) => `${division.for} / ${division.against} / ${division.abstain}`;

test('a recall is lost by 29 to 30, and three recounts do not change it', async () => {
  const { record, result } = await buildElection(planOf('recall', recall, 'secret'));
  expect(result?.outcome).toEqual(decided(recall));
  const recounts = [];
  for (let i = 0; i < recall.recounts; i += 1) recounts.push(await verifyRecord(record));
  expect(recounts.map(({ ok }) => ok)).toEqual([true, true, true]);
  for (const recount of recounts)
    expect(recount.result).toMatchObject({ counts: result?.counts, outcome: decided(recall) });
});

describe('committee votes, recorded: who voted how is published', () => {
  test.each(committee.map((division) => [label(division), division] as const))(
    '%s',
    async (name, division) => {
      const { record, roll, result } = await buildElection(planOf(name, division, 'recorded'));
      expect(result?.outcome).toEqual(decided(division));
      expect(result?.seed).toBeNull();
      const recount = await verifyRecord(record);
      expect(recount.ok).toBe(true);
      expect(recount.result?.outcome).toEqual(decided(division));
      expect(roll.lines.every(({ name: own }) => own !== null)).toBe(true);
    },
  );
});

test('a committee vote of 10 / 2 / 2, in secret', async () => {
  const division = committee.find(({ abstain, against }) => abstain === 2 && against === 2);
  if (division === undefined) throw new Error('no such vote');
  const { record } = await buildElection(planOf('secret committee', division, 'secret'));
  const { ok, result } = await verifyRecord(record);
  expect(ok).toBe(true);
  expect(result?.outcome).toEqual(decided(division));
});

describe('convention votes', () => {
  test.each(convention)('%s', (_, figures) => {
    expect(outcomeOf(divided(figures))).toEqual(decided(divided(figures)));
  });

  const whole =
    process.env['SLOW'] === '1' ? convention : convention.filter(([name]) => name === 'Progressive policy');
  test.each(whole)('%s, with real ballots', async (name, figures) => {
    const { record } = await buildElection(planOf(name, divided(figures), 'secret'));
    const { ok, result } = await verifyRecord(record);
    expect(ok).toBe(true);
    expect(result?.outcome).toEqual(decided(divided(figures)));
  });
});
