/** Elections that call for another: a tie, and two motions of which one can be carried out; and what follows. */
import type { MotionRule, SeatsRule } from '../../src/ballot/manifest.ts';
import type { ElectionPlan } from './election-plan.ts';
import { college, exactlyOne, motion } from './plans.ts';

const COLLEGES = [college('council', { mode: 'recorded' })];

/** As many for as against. */
const TIED: ElectionPlan = {
  seed: 'tied',
  colleges: COLLEGES,
  contests: [exactlyOne('motion', ['council'], ['for', 'against'])],
  rules: [motion(['council'], { tie: 're-ballot' })],
  voters: [
    { college: 'council', votes: [{ motion: ['for'] }] },
    { college: 'council', votes: [{ motion: ['against'] }] },
  ],
  trustees: null,
};

/** The ballot after it. */
export const REBALLOT: ElectionPlan = {
  ...TIED,
  seed: 're-ballot',
  links: [{ relation: 'repeats', rule: 'motion', plan: TIED }],
};

const yes = { tea: ['for'], coffee: ['for'] };

/** Both are carried, and the rule `drink` leaves it to a run-off. */
export const BOTH: ElectionPlan = {
  seed: 'both',
  colleges: COLLEGES,
  contests: ['tea', 'coffee'].map((id) => exactlyOne(id, ['council'], ['for', 'against'])),
  rules: [
    ...['tea', 'coffee'].map((id) => motion(['council'], { id, contest: id })),
    { id: 'drink', kind: 'exclusive', rules: ['tea', 'coffee'], both: 'run-off' },
  ],
  voters: [
    { college: 'council', votes: [yes] },
    { college: 'council', votes: [yes] },
  ],
  trustees: null,
};

/** More votes decide between them. */
export const which = (change: Partial<MotionRule> = {}): MotionRule =>
  motion(['council'], { id: 'which', contest: 'which', for: 'coffee', against: 'tea', ...change });

/** The run-off between them. */
export const RUN_OFF: ElectionPlan = {
  seed: 'run-off',
  colleges: COLLEGES,
  contests: [exactlyOne('which', ['council'], ['tea', 'coffee'])],
  labels: { tea: 'Contest tea', coffee: 'Contest coffee' },
  rules: [which()],
  voters: [{ college: 'council', votes: [{ which: ['tea'] }] }],
  trustees: null,
  links: [{ relation: 'run-off', rule: 'drink', plan: BOTH }],
};

/** A run-off may be for seats too. */
export const runOffSeats = (seats: number): SeatsRule => ({
  id: 'which',
  kind: 'seats',
  contest: 'which',
  colleges: [{ college: 'council', share: null }],
  seats,
  needs: null,
  reserved: [],
  ties: 'unfilled',
});
