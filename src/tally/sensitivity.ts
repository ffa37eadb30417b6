/**
 * How many votes would have to be otherwise for a decision to be another one: the working beside an outcome, for people
 * to judge how close it was. It is no part of the record. The outcome has been verified; it says every number used.
 */
import type { ManifestBody } from '../ballot/manifest.ts';
import {
  contestOf,
  type DecisionRule,
  isSimpleMajority,
  type MotionRule,
  type Threshold,
} from '../ballot/rules.ts';
import type { DecisionOutcome, Outcome, OutcomeOf } from '../record/outcome-document.ts';
import { ofOrder, ofSeats, type Sensitivity, smallest } from './sensitivity-of-seats.ts';
import { ALONE, type Standing, toCarry, toFall } from './what-it-takes.ts';

export type { Sensitivity } from './sensitivity-of-seats.ts';

type Setting = Pick<ManifestBody, 'contests' | 'rules' | 'colleges'>;

/** A tie that somebody or something settles is open: a vote less, and it would not have been needed. */
const leavesTiesOpen = ({ tie }: MotionRule): boolean => tie === 'chair' || tie === 'lot';

function standingOf(
  own: OutcomeOf<'motion'>['colleges'][number],
  { quorum }: MotionRule['colleges'][number],
): Standing {
  return {
    roll: BigInt(own.roll),
    ballots: BigInt(own.ballots),
    for: BigInt(own.for),
    against: BigInt(own.against),
    quorum,
  };
}

/** The votes that turn one college about. */
function turn(
  rule: MotionRule,
  college: MotionRule['colleges'][number],
  own: OutcomeOf<'motion'>['colleges'][number],
): bigint | null {
  const { threshold } = college;
  if (threshold === null) return null;
  const open = leavesTiesOpen(rule);
  if (own.tie !== null && open) return 0n;
  const alone = [{ share: ALONE, standing: standingOf(own, college) }];
  return own.carried === true
    ? toFall(threshold, alone)
    : toCarry(threshold, alone, open && isSimpleMajority(threshold));
}

function eachMotion(
  rule: MotionRule,
  divided: Extract<MotionRule['combine'], { kind: 'each' }>['divided'],
  found: OutcomeOf<'motion'>,
): bigint | null {
  const turns = rule.colleges.map((college, i) => {
    const own = found.colleges[i];
    return { own, votes: own === undefined ? null : turn(rule, college, own) };
  });
  if (divided.kind === 'prevails')
    return turns.find(({ own }) => own?.college === divided.college)?.votes ?? null;
  if (found.carried) {
    return turns.reduce<bigint | null>(
      (a, { votes }) => (a === null || (votes !== null && votes < a) ? votes : a),
      null,
    );
  }
  // Each college that has not carried it has to; an open tie that was settled for it costs nothing.
  return turns
    .filter(({ own }) => own?.carried !== true)
    .reduce<bigint | null>((sum, { votes }) => (sum === null || votes === null ? null : sum + votes), 0n);
}

function weightedMotion(rule: MotionRule, threshold: Threshold, found: OutcomeOf<'motion'>): bigint | null {
  const open = leavesTiesOpen(rule);
  if (found.tie !== null && open) return 0n;
  const colleges = rule.colleges.flatMap((college, i) => {
    const own = found.colleges[i];
    if (own === undefined || college.share === null) return [];
    return [{ share: college.share, standing: standingOf(own, college) }];
  });
  return found.carried
    ? toFall(threshold, colleges)
    : toCarry(threshold, colleges, open && isSimpleMajority(threshold));
}

function ofMotion(rule: MotionRule, found: OutcomeOf<'motion'>): Sensitivity | null {
  const { combine: how } = rule;
  const votes =
    how.kind === 'each' ? eachMotion(rule, how.divided, found) : weightedMotion(rule, how.threshold, found);
  return votes === null ? null : { votes: Number(votes), exact: true };
}

/** Which motion is carried out hangs on each of them, and, where votes decide between two, on those. */
function ofExclusive(
  rule: Extract<DecisionRule, { kind: 'exclusive' }>,
  found: OutcomeOf<'exclusive'>,
  before: ReadonlyMap<string, Sensitivity | null>,
): Sensitivity | null {
  const motions = rule.rules.map((id) => before.get(id)?.votes ?? null);
  const carried = found.rules.filter((one) => one.carried).map((one) => one.for);
  carried.sort((a, b) => b - a);
  const [first = 0, second = 0] = carried;
  // One voter may have voted on both.
  const between =
    found.both && rule.both === 'more-votes' ? Math.max(1, Math.ceil((first - second) / 2)) : null;
  const votes = smallest([...motions, between]);
  return votes === null ? null : { votes, exact: false };
}

/** Null where the earlier election alone has decided. */
function ofRatify(
  rule: Extract<DecisionRule, { kind: 'ratify' }>,
  found: OutcomeOf<'ratify'>,
  before: ReadonlyMap<string, Sensitivity | null>,
): Sensitivity | null {
  const hangsOnOwn = rule.divided === 'own' || (rule.divided === 'falls' && found.earlier);
  return hangsOnOwn ? (before.get(rule.own) ?? null) : null;
}

/** The motion that is nearest to the number. */
function ofPetition({ motions, needed }: OutcomeOf<'petition'>): Sensitivity | null {
  const votes = smallest(
    motions.map(({ supporters }) => (supporters >= needed ? supporters - needed + 1 : needed - supporters)),
  );
  return votes === null ? null : { votes, exact: true };
}

/** Nobody could have voted otherwise. */
function isOfNobody(found: DecisionOutcome): boolean {
  if (found.kind === 'petition') return found.roll === 0;
  return 'colleges' in found && found.colleges.every(({ roll }) => roll === 0);
}

function ofDecision(
  rule: DecisionRule,
  found: DecisionOutcome,
  { contests, colleges }: Setting,
  before: ReadonlyMap<string, Sensitivity | null>,
): Sensitivity | null {
  if (isOfNobody(found)) return null;
  const contest = contests.find(({ id }) => id === contestOf(rule));
  if (rule.kind === 'motion' && found.kind === 'motion') return ofMotion(rule, found);
  if (rule.kind === 'exclusive' && found.kind === 'exclusive') return ofExclusive(rule, found, before);
  if (rule.kind === 'ratify' && found.kind === 'ratify') return ofRatify(rule, found, before);
  if (found.kind === 'petition') return ofPetition(found);
  if (contest === undefined) return null;
  const counted = colleges.filter(({ id }) => contest.colleges.includes(id));
  const byHead = counted.every(({ weights }) => weights.every((weight) => weight === 1));
  if (rule.kind === 'seats' && found.kind === 'seats') return ofSeats(rule, found, contest, byHead);
  return found.kind === 'order' ? ofOrder(found, contest, byHead) : null;
}

/** For each rule, in manifest order; null where no votes change it, or nobody can say how many. */
export function sensitivities(manifest: Setting, outcome: Outcome): (Sensitivity | null)[] {
  const before = new Map<string, Sensitivity | null>();
  for (const [i, rule] of manifest.rules.entries()) {
    const found = outcome[i];
    before.set(rule.id, found === undefined ? null : ofDecision(rule, found, manifest, before));
  }
  return manifest.rules.map(({ id }) => before.get(id) ?? null);
}
