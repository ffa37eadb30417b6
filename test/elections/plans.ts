/** Plans of small elections for tests. */

import type { Choices } from '../../src/ballot/choices.ts';
import type { College, Contest, MotionRule, Threshold } from '../../src/ballot/manifest.ts';
import { buildElection } from './build-election.ts';
import type { BuiltElection } from './built-election.ts';
import type { ElectionPlan, VoterPlan } from './election-plan.ts';

const MAJORITY: Threshold = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' };

export const college = (id: string, change: Partial<College> = {}): College => ({
  id,
  mode: 'secret',
  weights: [1],
  entitlement: null,
  ...change,
});

export const exactlyOne = (id: string, colleges: string[], options: string[]): Contest => ({
  id,
  colleges,
  options,
  shape: { kind: 'choose', min: 1, max: 1, blank: false },
});

export const motion = (colleges: string[], change: Partial<MotionRule> = {}): MotionRule => ({
  id: 'motion',
  kind: 'motion',
  contest: 'motion',
  for: 'for',
  against: 'against',
  colleges: colleges.map((id) => ({ college: id, threshold: MAJORITY, quorum: { p: 0, q: 1 }, share: null })),
  combine: { kind: 'each', divided: { kind: 'falls' } },
  tie: 'falls',
  ...change,
});

const YES: Choices = { motion: ['for'] };
const NO: Choices = { motion: ['against'] };
const ABSTAIN: Choices = { motion: ['abstain'] };
const member = (votes: Choices[], bodies: string[], checks?: Choices): VoterPlan => ({
  college: 'members',
  votes,
  bodies,
  ...(checks && { checks }),
});
const delegate = (motionVote: Choices, committee: string[], body: string, weight = 1): VoterPlan => ({
  college: 'delegates',
  weight,
  votes: [{ ...motionVote, committee }],
  bodies: [body],
});

/**
 * Members and delegates with weights vote in secret on one motion, the committee's two seats are elected by the
 * delegates with a tie for the last, and the board votes on the record. One member votes twice, one checks a
 * ballot first, two stay away; trustee 2 of 3 drops out after the closing.
 */
export const STANDARD: ElectionPlan = {
  seed: 'standard',
  colleges: [
    college('members'),
    college('delegates', {
      weights: [1, 3],
      entitlement: {
        from: 'members',
        branches: { kind: 'rate', seats: 2, per: 3, parts: 'begun', min: 0, max: null },
        outside: { kind: 'same-rate' },
        regions: null,
        strands: null,
        affiliates: { kind: 'each', seats: 2 },
        reserved: [],
      },
    }),
    college('board', { mode: 'recorded' }),
  ],
  contests: [
    exactlyOne('motion', ['members', 'delegates', 'board'], ['for', 'against', 'abstain']),
    {
      id: 'committee',
      colleges: ['delegates'],
      options: ['ada', 'ben', 'cat', 'dee'],
      shape: { kind: 'choose', min: 0, max: 2, blank: false },
    },
  ],
  rules: [
    motion(['members', 'delegates'], {
      combine: { kind: 'each', divided: { kind: 'prevails', college: 'members' } },
    }),
    {
      id: 'committee',
      kind: 'seats',
      contest: 'committee',
      colleges: [{ college: 'delegates', share: null }],
      seats: 2,
      needs: null,
      reserved: [],
      ties: 'lot',
    },
  ],
  bodies: [
    { id: 'north', kind: 'region', region: null, size: null },
    { id: 'north-a', kind: 'branch', region: 'north', size: null },
    { id: 'north-b', kind: 'branch', region: 'north', size: null },
    { id: 'union', kind: 'affiliate', region: null, size: null },
  ],
  voters: [
    member([YES], ['north', 'north-a']),
    member([NO, YES], ['north', 'north-a']),
    member([YES], ['north', 'north-a'], NO),
    member([YES], ['north', 'north-a']),
    member([NO], ['north', 'north-a']),
    member([ABSTAIN], ['north', 'north-b']),
    member([], ['north', 'north-b']),
    member([YES], ['north', 'north-b']),
    member([], ['north']),
    member([NO], ['north']),
    delegate(YES, ['ada', 'ben'], 'north-a'),
    delegate(YES, ['ada'], 'north-a'),
    delegate(NO, ['cat'], 'north-b'),
    delegate(NO, [], 'union'),
    delegate(NO, ['ada'], 'north-a', 3),
    delegate(NO, ['ben', 'cat'], 'north-b', 3),
    delegate(YES, [], 'north', 3),
    { college: 'board', votes: [YES] },
    { college: 'board', votes: [ABSTAIN, NO] },
  ],
  active: [1, 3],
};

const CLOSES = 1_800_086_400;

/** The standard election under two witnesses, either of whom is enough, with notice and a time of closing. */
export const WITNESSED: ElectionPlan = {
  ...STANDARD,
  seed: 'witnessed',
  manifest: {
    times: {
      notice: 3600,
      opens: 1_800_000_000,
      closes: CLOSES,
      grace: 600,
      extension: 0,
      disputes: 1_209_600,
    },
  },
  witnesses: {
    count: 2,
    quorum: 1,
    manifestAt: 1_799_990_000,
    beforeClosingAt: CLOSES + 10,
    closingAt: CLOSES + 60,
    endAt: CLOSES + 600,
  },
};

const made = new Map<string, Promise<BuiltElection>>();

/** The election of a plan, made once in each test file that asks. */
export function electionOf(plan: ElectionPlan): Promise<BuiltElection> {
  const key = JSON.stringify(plan);
  const before = made.get(key);
  if (before !== undefined) return before;
  const building = buildElection(plan);
  made.set(key, building);
  return building;
}

/** A branch votes on the record: it elects two delegates, and carries a motion. */
const BEFORE: ElectionPlan = {
  seed: 'before',
  colleges: [college('branch', { mode: 'recorded' })],
  contests: [
    exactlyOne('motion', ['branch'], ['for', 'against']),
    {
      id: 'delegates',
      colleges: ['branch'],
      options: ['ada', 'ben', 'cat'],
      shape: { kind: 'choose', min: 0, max: 2, blank: false },
    },
  ],
  rules: [
    motion(['branch']),
    {
      id: 'delegates',
      kind: 'seats',
      contest: 'delegates',
      colleges: [{ college: 'branch', share: null }],
      seats: 2,
      needs: null,
      reserved: [],
      ties: 'unfilled',
    },
  ],
  voters: [
    { college: 'branch', votes: [{ motion: ['for'], delegates: ['ada', 'ben'] }] },
    { college: 'branch', votes: [{ motion: ['for'], delegates: ['ben', 'ada'] }] },
    { college: 'branch', votes: [{ motion: ['against'], delegates: ['cat'] }] },
  ],
  trustees: null,
};

const elected = (option: string, vote: Choices): VoterPlan => ({
  college: 'conference',
  votes: [vote],
  chosen: { link: 0, contest: 'delegates', option },
});

/** The delegates whom the branch elected ratify its motion. */
export const LINKED: ElectionPlan = {
  seed: 'linked',
  colleges: [college('conference', { mode: 'recorded' })],
  contests: [exactlyOne('motion', ['conference'], ['for', 'against'])],
  rules: [
    motion(['conference']),
    { id: 'both', kind: 'ratify', own: 'motion', link: '1', rule: 'motion', text: '', divided: 'falls' },
  ],
  voters: [elected('ada', YES), elected('ben', YES)],
  trustees: null,
  links: [
    { relation: 'chooses', rule: null, plan: BEFORE },
    { relation: 'follows', rule: 'motion', plan: BEFORE },
  ],
};

const COUNCIL_OPENS = 1_800_000_000;

/** Votes of a council, on the record: the chair settles a tie, officers draw a lot, a delegate is replaced. */
export const COUNCIL: ElectionPlan = {
  seed: 'council',
  colleges: [college('council', { mode: 'recorded' })],
  contests: [
    exactlyOne('motion', ['council'], ['for', 'against']),
    {
      id: 'chair',
      colleges: ['council'],
      options: ['ada', 'ben', 'cat'],
      shape: { kind: 'choose', min: 1, max: 1, blank: false },
    },
  ],
  rules: [
    motion(['council'], { tie: 'chair' }),
    {
      id: 'chair',
      kind: 'seats',
      contest: 'chair',
      colleges: [{ college: 'council', share: null }],
      seats: 1,
      needs: null,
      reserved: [],
      ties: 'lot',
    },
  ],
  voters: [
    { college: 'council', votes: [{ ...YES, chair: ['ada'] }] },
    { college: 'council', votes: [{ ...YES, chair: ['ben'] }] },
    {
      college: 'council',
      votes: [{ ...YES, chair: ['ada'] }],
      replaced: { reason: 'substitute', votes: [{ ...NO, chair: ['ben'] }] },
    },
    {
      college: 'council',
      votes: [{ ...NO, chair: ['ada'] }],
      replaced: { reason: 'lost', votes: [] },
    },
  ],
  trustees: null,
  manifest: {
    times: {
      notice: 3600,
      opens: COUNCIL_OPENS,
      closes: CLOSES,
      grace: 600,
      extension: 7200,
      disputes: 1_209_600,
    },
    caps: { replacements: 2 },
  },
  lot: true,
  acts: {
    setup: [{ kind: 'incident', text: 'The notice was sent twice.' }],
    open: [
      { kind: 'extension', closes: CLOSES + 3600 },
      { kind: 'dispute', text: 'One token did not arrive.', index: null },
    ],
    counted: [{ kind: 'casting-vote', rule: 'motion', college: 'council', vote: 'for' }],
    declared: [{ kind: 'incident', text: 'The minutes are approved.' }],
  },
  witnesses: {
    count: 1,
    quorum: 1,
    manifestAt: 1_799_990_000,
    beforeClosingAt: CLOSES + 3610,
    closingAt: CLOSES + 3660,
    endAt: CLOSES + 7200,
  },
};

/** A council's vote for which the manifest asks a second officer, wherever it can within one election. */
export const TWO_OFFICERS: ElectionPlan = {
  seed: 'two officers',
  colleges: [college('council', { mode: 'recorded' })],
  contests: [exactlyOne('motion', ['council'], ['for', 'against'])],
  rules: [motion(['council'], { tie: 'chair' })],
  voters: [
    ...[YES, YES, NO].map((vote) => ({ college: 'council', votes: [vote] })),
    { college: 'council', votes: [NO], replaced: { reason: 'lost', votes: [NO] } },
  ],
  trustees: null,
  manifest: { caps: { replacements: 1 } },
  officers: 3,
  second: ['opening', 'replacement', 'incident', 'casting-vote', 'result'],
  acts: {
    open: [{ kind: 'incident', text: 'One token did not arrive.' }],
    counted: [{ kind: 'casting-vote', rule: 'motion', college: 'council', vote: 'for' }],
    declared: [{ kind: 'dispute', text: 'It was noisy.', index: null }],
  },
};

const inBranch = (branch: string, votes: readonly Choices[]): VoterPlan[] =>
  votes.map((vote) => ({ college: 'members', votes: [vote], bodies: ['south', branch] }));

/** Members of four branches, of which two are large enough for a count of their own; one member stays away. */
export const BODIES: ElectionPlan = {
  seed: 'bodies',
  colleges: [college('members')],
  contests: [exactlyOne('motion', ['members'], ['for', 'against'])],
  rules: [motion(['members'])],
  bodies: [
    { id: 'south', kind: 'region', region: null, size: null },
    ...['a', 'b', 'c', 'd'].map((id) => ({ id, kind: 'branch' as const, region: 'south', size: null })),
  ],
  voters: [
    ...inBranch('a', [YES, YES, YES, NO]),
    ...inBranch('b', [YES, NO, NO]),
    ...inBranch('c', [YES, YES]),
    ...inBranch('d', [NO, NO, YES]),
    { college: 'members', votes: [], bodies: ['south', 'c'] },
  ],
  trustees: { threshold: 1, count: 1, agreements: 1 },
  manifest: { cells: { requiredMin: 3, optional: { by: 'branch', min: 3, most: 4 } } },
};
