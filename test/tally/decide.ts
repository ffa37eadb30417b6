/** Outcomes of counts alone: one cell for each college of a contest, in which every vote weighs one. */
import type { College, Contest, DecisionRule, ManifestBody, Threshold } from '../../src/ballot/manifest.ts';
import type { ContestRule, MotionRule, SeatsRule, Share } from '../../src/ballot/rules.ts';
import type { DecisionOutcome, OutcomeOf } from '../../src/record/outcome-document.ts';
import type { Cell } from '../../src/tally/cells.ts';
import { outcome } from '../../src/tally/outcome.ts';
import { COUNTS_ALONE, type OutcomeInputs } from '../../src/tally/outcome-inputs.ts';

export const MAJORITY: Threshold = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' };
export const NO_QUORUM = { p: 0, q: 1 };
export const SEED = Uint8Array.from({ length: 32 }, (_, i) => i);

export interface CollegeVotes {
  readonly roll?: number;
  /** The sum of the counts without it. */
  readonly ballots?: number;
  readonly counts: readonly number[];
}

/** By contest, then college. */
export type Votes = Readonly<Record<string, Readonly<Record<string, CollegeVotes>>>>;

export const collegeOf = (id: string): College => ({ id, mode: 'recorded', weights: [1], entitlement: null });

export const contestOf = (
  id: string,
  options: string[],
  colleges: string[],
  shape: Contest['shape'] = { kind: 'choose', min: 1, max: 1, blank: false },
): Contest => ({ id, options, colleges, shape });

export const motionOf = (colleges: string[], change: Partial<MotionRule> = {}): MotionRule => ({
  id: 'motion',
  kind: 'motion',
  contest: 'motion',
  for: 'for',
  against: 'against',
  colleges: colleges.map((college) => ({ college, threshold: MAJORITY, quorum: NO_QUORUM, share: null })),
  combine: { kind: 'each', divided: { kind: 'falls' } },
  tie: 'falls',
  ...change,
});

/** Colleges weighted against each other, under one threshold. */
export const weightedMotion = (
  shares: Readonly<Record<string, Share>>,
  threshold: Threshold = MAJORITY,
  change: Partial<MotionRule> = {},
): MotionRule =>
  motionOf([], {
    colleges: Object.entries(shares).map(([college, share]) => ({
      college,
      threshold: null,
      quorum: NO_QUORUM,
      share,
    })),
    combine: { kind: 'weighted', threshold },
    ...change,
  });

export const seatsOf = (seats: number, change: Partial<SeatsRule> = {}): SeatsRule => ({
  id: 'seats',
  kind: 'seats',
  contest: 'seats',
  colleges: [{ college: 'members', share: null }],
  seats,
  needs: null,
  reserved: [],
  ties: 'unfilled',
  ...change,
});

export function setting(
  contests: Contest[],
  rules: DecisionRule[],
): Pick<ManifestBody, 'colleges' | 'contests' | 'rules' | 'links'> {
  const colleges = [...new Set(contests.flatMap((contest) => contest.colleges))].map(collegeOf);
  return { colleges, contests, rules, links: [] };
}

export function decideAll(
  contests: Contest[],
  rules: DecisionRule[],
  votes: Votes,
  inputs: Partial<OutcomeInputs> = {},
  links: ManifestBody['links'] = [],
): DecisionOutcome[] {
  const cells = contests.flatMap((contest) =>
    contest.colleges.map((college) => {
      const none: CollegeVotes = { counts: contest.options.map(() => 0) };
      const { counts, ...given } = votes[contest.id]?.[college] ?? none;
      const ballots = given.ballots ?? counts.reduce((a, b) => a + b, 0);
      const roll = given.roll ?? ballots;
      const cell: Cell = {
        id: `${contest.id}/${college}/1`,
        contest,
        college: collegeOf(college),
        weight: 1,
        voters: { length: roll } as Uint32Array,
        cards: null,
        body: null,
      };
      return { cell, count: { cell: cell.id, ballots, counts } };
    }),
  );
  return outcome(
    { ...setting(contests, rules), links },
    cells.map(({ cell }) => cell),
    cells.map(({ count }) => count),
    { ...COUNTS_ALONE, ...inputs },
  );
}

/** The decision of the one rule, in whose colleges these were the counts. */
export function decide<R extends ContestRule>(
  rule: R,
  options: string[],
  votes: Readonly<Record<string, CollegeVotes>>,
  inputs: Partial<OutcomeInputs> = {},
  shape?: Contest['shape'],
): OutcomeOf<R['kind']> {
  const contest = contestOf(rule.contest, options, Object.keys(votes), shape);
  const [found] = decideAll([contest], [rule], { [rule.contest]: votes }, inputs);
  if (found?.kind !== rule.kind) throw new Error(`no ${rule.kind}`);
  return found as OutcomeOf<R['kind']>;
}
