/**
 * What a re-ballot and a run-off take over from the election that calls for them (docs/protocol.md §5.5). Question,
 * voters and rule were fixed there: nothing of them is left for anybody to decide afterwards. Each of the two elections
 * has passed its own checks.
 */
import { encodeCanonical, type Json } from '../codec/canonical-json.ts';
import { equalBytes } from '../crypto/bytes.ts';
import type { Contest, ManifestBody, TextsDocument } from './manifest.ts';
import { contestOf, type DecisionRule, isSimpleMajority, type MotionRule } from './rules.ts';
import { hashMotion } from './texts.ts';

/** An election's rules, and its texts in the language that the earlier election lists first; null without any. */
export interface Asked {
  readonly manifest: Pick<ManifestBody, 'colleges' | 'contests' | 'rules'>;
  readonly texts: Pick<TextsDocument, 'contests'> | null;
}

/** Where the later election is not what it has to be. */
export interface Departure {
  /** In its manifest or texts. */
  readonly field: string;
  readonly why: string;
}

type Departures = Generator<Departure, void>;

function alike(one: Json | undefined, other: Json | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return equalBytes(encodeCanonical(one), encodeCanonical(other));
}

const ruleOf = ({ manifest }: Asked, name: string): DecisionRule | undefined =>
  manifest.rules.find(({ id }) => id === name);

const contestIn = ({ manifest }: Asked, name: string | undefined): Contest | undefined =>
  manifest.contests.find(({ id }) => id === name);

/** The same voters: those of colleges with the same names, weights and secrecy, chosen at the same rate. */
function* checkColleges(earlier: Asked, later: Asked, names: readonly string[]): Departures {
  for (const name of names) {
    const [before, now] = [earlier, later].map(({ manifest }) =>
      manifest.colleges.find(({ id }) => id === name),
    );
    if (!alike(before, now)) yield { field: `college ${name}`, why: 'not that of the earlier election' };
  }
}

/** A re-ballot puts the same question to the same colleges, under the same rule. @param name of the rule. */
export function* checkReballot(name: string, earlier: Asked, later: Asked): Departures {
  const rule = ruleOf(earlier, name);
  if (!alike(rule, ruleOf(later, name)))
    return yield { field: `rule ${name}`, why: 'not that of the earlier election' };
  const contest = contestIn(earlier, contestOf(rule));
  if (contest === undefined || !alike(contest, contestIn(later, contest.id)))
    return yield { field: `contest ${contest?.id ?? ''}`, why: 'not that of the earlier election' };
  const [before, now] = [earlier, later].map(({ texts }) => texts && hashMotion(texts, contest.id));
  if (before === null || before !== now)
    yield { field: `text of ${contest.id}`, why: 'not that of the earlier election' };
  yield* checkColleges(earlier, later, contest.colleges);
}

const sharesOf = ({ colleges }: MotionRule) => colleges.map(({ college, share }) => ({ college, share }));

/** Whether a rule lets the motion with more votes carry, in the colleges of the motions and combined as theirs were. */
function isMoreVotes(rule: DecisionRule, motion: MotionRule): boolean {
  if (rule.kind === 'seats') {
    const isOneSum = motion.combine.kind === 'weighted' || motion.colleges.length === 1;
    const isPlain = rule.seats === 1 && rule.needs === null && rule.reserved.length === 0;
    return isOneSum && isPlain && alike(rule.colleges, sharesOf(motion));
  }
  if (rule.kind !== 'motion') return false;
  const thresholds = [
    ...rule.colleges.map(({ threshold }) => threshold),
    rule.combine.kind === 'weighted' ? rule.combine.threshold : null,
  ];
  const divided = ({ combine }: MotionRule) => (combine.kind === 'each' ? combine : { kind: combine.kind });
  return (
    thresholds.every((one) => one === null || isSimpleMajority(one)) &&
    rule.colleges.every(({ quorum }) => quorum.p === 0) &&
    alike(sharesOf(rule), sharesOf(motion)) &&
    alike(divided(rule), divided(motion))
  );
}

/**
 * A run-off is between the motions that were carried, under their titles, in their colleges, and more votes decide.
 * @param carried ids of the motions, which have their colleges and how these combine in common.
 */
export function* checkRunOff(carried: readonly string[], earlier: Asked, later: Asked): Departures {
  const motions = carried.map((name) => ruleOf(earlier, name));
  const [motion] = motions;
  const asked = contestIn(earlier, contestOf(motion));
  const contest = later.manifest.contests.find(({ options }) => alike(options, [...carried]));
  if (motion?.kind !== 'motion' || asked === undefined || contest === undefined)
    return yield { field: 'contests', why: `no choice between ${carried.join(' and ')}, in this order` };
  if (!alike(contest.shape, asked.shape) || !alike(contest.colleges, asked.colleges))
    return yield { field: `contest ${contest.id}`, why: 'not put as the motions were, or to other colleges' };
  const rules = later.manifest.rules.filter((rule) => contestOf(rule) === contest.id);
  const [rule] = rules;
  if (rule === undefined || rules.length !== 1 || !isMoreVotes(rule, motion))
    yield { field: `rule ${rule?.id ?? ''}`, why: 'it is not that more votes decide, in the same colleges' };
  for (const [i, name] of carried.entries()) {
    const title = earlier.texts?.contests[contestOf(motions[i]) ?? '']?.title;
    if (title === undefined || later.texts?.contests[contest.id]?.options[name] !== title)
      yield { field: `text of ${contest.id}`, why: `${name} has not the title of that motion` };
  }
  yield* checkColleges(earlier, later, contest.colleges);
}
