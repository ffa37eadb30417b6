/** An election with a contest of every shape, secret and recorded, with weights and split cards. */
import type { Choices } from '../../src/ballot/choices.ts';
import type { Contest } from '../../src/ballot/manifest.ts';
import type { Shape } from '../../src/ballot/shapes.ts';
import type { ElectionPlan, VoterPlan } from './election-plan.ts';
import { college, motion } from './plans.ts';

const BOTH = ['members', 'council'];
const MEMBERS = ['members'];

const asking = (id: string, colleges: string[], options: string[], shape: Shape): Contest => ({
  id,
  colleges,
  options,
  shape,
});

const member = (weight: number, votes: readonly Choices[], checks?: Choices): VoterPlan => ({
  college: 'members',
  weight,
  votes,
  ...(checks && { checks }),
});
const councillor = (weight: number, votes: readonly Choices[]): VoterPlan => ({
  college: 'council',
  weight,
  votes,
});

const says = (
  board: Choices[string],
  grades: Choices[string],
  order: Choices[string],
  card: Choices[string],
): Choices => ({ board, grades, order, card });
/** The council votes on orders and cards alone. */
const openly = (order: Choices[string], card: Choices[string]): Choices => ({ order, card });

const FIRST = says(['ada', 'ben'], { red: 3, green: 1 }, ['law', 'pay', 'war'], { for: 1 });
const SECOND = says(['cat'], { blue: 3 }, ['pay', 'war', 'law'], {});
const BLANK = says('blank', {}, 'blank', { against: 1 });

export const SHAPES: ElectionPlan = {
  seed: 'shapes',
  colleges: [
    college('members', { weights: [1, 5, 19] }),
    college('council', { mode: 'recorded', weights: [7, 1000] }),
  ],
  contests: [
    asking('board', MEMBERS, ['ada', 'ben', 'cat'], { kind: 'choose', min: 1, max: 2, blank: true }),
    asking('grades', MEMBERS, ['red', 'green', 'blue'], { kind: 'score', max: 3 }),
    asking('order', BOTH, ['law', 'pay', 'war'], { kind: 'ranking', points: [5, 2, 0], blank: true }),
    asking('card', BOTH, ['for', 'against'], { kind: 'split' }),
  ],
  rules: [
    {
      id: 'board',
      kind: 'seats',
      contest: 'board',
      colleges: [{ college: 'members', share: null }],
      seats: 2,
      needs: null,
      reserved: [],
      ties: 'lot',
    },
    { id: 'grades', kind: 'consultative', contest: 'grades', colleges: MEMBERS },
    { id: 'order', kind: 'order', contest: 'order', colleges: BOTH },
    motion(BOTH, { contest: 'card' }),
  ],
  voters: [
    member(1, [FIRST]),
    member(1, [SECOND, FIRST]),
    member(1, [BLANK]),
    member(1, []),
    member(5, [{ ...FIRST, card: { for: 3, against: 2 } }]),
    member(5, [{ ...SECOND, card: { for: 0, against: 4 } }]),
    member(5, [{ ...BLANK, card: {} }]),
    member(19, [{ ...FIRST, card: { for: 12, against: 7 } }], BLANK),
    member(19, [{ ...SECOND, card: { for: 19 } }]),
    member(19, []),
    councillor(7, [openly(['war', 'pay', 'law'], { for: 4, against: 3 })]),
    councillor(7, [openly('blank', { against: 7 }), openly(['law', 'war', 'pay'], { against: 6 })]),
    councillor(1000, [openly(['pay', 'law', 'war'], { for: 501, against: 499 })]),
    councillor(1000, []),
  ],
};
