/** Attacks on re-ballots and run-offs: the later election asks something else than the earlier one left open (docs/protocol.md §5.5). */
import type { MotionRule } from '../../src/ballot/manifest.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import { buildElection } from '../elections/build-election.ts';
import { REBALLOT, RUN_OFF, runOffSeats, which } from '../elections/continued-plans.ts';
import type { ElectionPlan } from '../elections/election-plan.ts';
import { college, exactlyOne, motion } from '../elections/plans.ts';
import type { Attack } from './attack.ts';

const made = async (plan: ElectionPlan, name: string, change: Partial<ElectionPlan>): Promise<RecordSource> =>
  (await buildElection({ ...plan, seed: name, ...change })).record;

const one = (college_: string, vote: Record<string, string[]>) => ({ college: college_, votes: [vote] });

/** A re-ballot under another rule. */
const under = (name: string, change: Partial<MotionRule>): Attack => ({
  name: `a re-ballot ${name}`,
  fails: 'links',
  at: 'links[0] rule motion',
  make: () => made(REBALLOT, name, { rules: [motion(['council'], { tie: 're-ballot', ...change })] }),
});

/** A run-off that another rule decides. */
const decidedBy = (name: string, change: Partial<ElectionPlan>, at = 'links[0] rule which'): Attack => ({
  name: `a run-off ${name}`,
  fails: 'links',
  at,
  make: () => made(RUN_OFF, name, change),
});

const [council] = motion(['council']).colleges;
if (council === undefined) throw new Error('no college');

export const CONTINUED_ATTACKS: readonly Attack[] = [
  under('with a lower bar', {
    colleges: [{ ...council, threshold: { compare: 'at-least', p: 1, q: 10, of: 'roll' } }],
    tie: 'falls',
  }),
  under('with a quorum that the first ballot had not', {
    colleges: [{ ...council, quorum: { p: 1, q: 2 } }],
  }),
  under('in which a tie is drawn by lot', { tie: 'lot' }),
  under('in which for is against', { for: 'against', against: 'for' }),
  {
    name: 'a re-ballot with another answer to choose',
    fails: 'links',
    at: 'links[0] contest motion',
    make: () =>
      made(REBALLOT, 'another answer', {
        contests: [exactlyOne('motion', ['council'], ['for', 'against', 'abstain'])],
      }),
  },
  {
    name: 'a re-ballot on another text',
    fails: 'links',
    at: 'links[0] text of motion',
    make: () => made(REBALLOT, 'another text', { labels: { for: 'For something else' } }),
  },
  {
    name: 'a re-ballot of others under the same name',
    fails: 'links',
    at: 'links[0] college council',
    make: () =>
      made(REBALLOT, 'others', { colleges: [college('council', { mode: 'recorded', weights: [1, 2] })] }),
  },
  decidedBy(
    'between other motions than were carried',
    {
      contests: [exactlyOne('which', ['council'], ['apples', 'pears'])],
      rules: [which({ for: 'apples', against: 'pears' })],
      voters: [one('council', { which: ['pears'] })],
    },
    'links[0] contests',
  ),
  decidedBy(
    'with a third thing to choose',
    { contests: [exactlyOne('which', ['council'], ['tea', 'coffee', 'water'])] },
    'links[0] contests',
  ),
  decidedBy('that one of the two wins with a tenth of the roll', {
    rules: [
      which({
        colleges: [{ ...council, threshold: { compare: 'at-least', p: 1, q: 10, of: 'roll' } }],
      }),
    ],
  }),
  decidedBy('with a quorum', {
    rules: [
      which({
        colleges: [{ ...council, quorum: { p: 1, q: 2 } }],
      }),
    ],
  }),
  decidedBy('in which both win', {
    rules: [runOffSeats(2)],
  }),
  decidedBy('that binds nobody', {
    rules: [{ id: 'which', kind: 'consultative', contest: 'which', colleges: ['council'] }],
  }),
  decidedBy(
    'in which the names of the two are exchanged',
    { labels: { tea: 'Contest coffee', coffee: 'Contest tea' } },
    'links[0] text of which',
  ),
  decidedBy(
    'that leaves a choice to nobody',
    {
      contests: [
        {
          ...exactlyOne('which', ['council'], ['tea', 'coffee']),
          shape: { kind: 'choose', min: 0, max: 2, blank: false },
        },
      ],
      rules: [runOffSeats(1)],
    },
    'links[0] contest which',
  ),
  decidedBy(
    'of others under the same name',
    { colleges: [college('council', { mode: 'recorded', weights: [1, 3] })] },
    'links[0] college council',
  ),
];
