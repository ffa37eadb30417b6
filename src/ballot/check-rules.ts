/**
 * The decisions of a manifest (docs/protocol.md §4.1, §10): what each counts exists, and nothing that it asks for is
 * impossible, reached by itself or left open. The manifest has passed its schema and is otherwise hostile.
 */
import type { Contest, ManifestBody } from './manifest.ts';
import { checkDistinct, idsOf, type ManifestProblem, type Problems } from './manifest-problem.ts';
import { MAX_STATES, Minimums, statesOf } from './reserved-places.ts';
import {
  type ContestRule,
  collegesOf,
  type DecisionRule,
  type ExclusiveRule,
  isSimpleMajority,
  type MotionRule,
  type PetitionRule,
  type RatifyRule,
  type SeatsRule,
  type Share,
  type Threshold,
} from './rules.ts';

type Code = ManifestProblem['code'];
const because = (field: string, code: Code, why: string): ManifestProblem => ({ field, code, why });

function* checkThreshold({ compare, p, q }: Pick<Threshold, 'compare' | 'p' | 'q'>, field: string): Problems {
  if (p > q) yield because(field, 'impossible', `${p}/${q} is more than all`);
  else if (p === q && compare === 'more-than') yield because(field, 'impossible', 'more than all');
  if (p === 0 && compare === 'at-least')
    yield because(field, 'impossible', 'at least nothing is always reached');
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));

/** Shares that add up to exactly 1, all or none of the colleges having one. */
function* checkShares(
  colleges: readonly { readonly share: Share | null }[],
  wanted: boolean,
  field: string,
): Problems {
  let [sum, of] = [0n, 1n];
  for (const [j, { share }] of colleges.entries()) {
    const place = `${field}.colleges[${j}].share`;
    if (share === null && wanted) yield because(place, 'undetermined', 'the colleges are weighted');
    if (share !== null && !wanted)
      yield because(place, 'contradiction', 'the colleges are not weighted against each other');
    if (share === null) continue;
    [sum, of] = [sum * BigInt(share.q) + BigInt(share.p) * of, of * BigInt(share.q)];
    const common = divisor(sum, of);
    [sum, of] = [sum / common, of / common];
  }
  if (wanted && sum !== of)
    yield because(`${field}.colleges`, 'contradiction', `the shares add up to ${sum}/${of}, not to 1`);
}

function* checkColleges(rule: ContestRule, contest: Contest | undefined, field: string): Problems {
  const place = (j: number) =>
    'needed' in rule || rule.kind === 'order' || rule.kind === 'consultative'
      ? `${field}.colleges[${j}]`
      : `${field}.colleges[${j}].college`;
  const colleges = collegesOf(rule);
  yield* checkDistinct(place, colleges);
  for (const [j, college] of colleges.entries()) {
    if (contest && !contest.colleges.includes(college))
      yield because(place(j), 'unknown', `${college} does not vote in ${contest.id}`);
  }
}

function* checkMotion(rule: MotionRule, contest: Contest | undefined, field: string): Problems {
  for (const answer of ['for', 'against'] as const) {
    if (contest && !contest.options.includes(rule[answer]))
      yield because(`${field}.${answer}`, 'unknown', `${rule[answer]} is no option of ${contest.id}`);
  }
  if (rule.for === rule.against) yield because(`${field}.against`, 'contradiction', 'the same as for');
  if (contest && !asksForOne(contest))
    yield because(
      `${field}.contest`,
      'contradiction',
      `${contest.id} does not ask for exactly one option, nor for a card to be divided`,
    );
  const { combine } = rule;
  const isWeighted = combine.kind === 'weighted';
  for (const [j, { threshold, quorum }] of rule.colleges.entries()) {
    const place = `${field}.colleges[${j}]`;
    if (threshold === null && !isWeighted)
      yield because(`${place}.threshold`, 'undetermined', 'what it takes to carry the motion');
    if (threshold !== null && isWeighted)
      yield because(`${place}.threshold`, 'contradiction', 'weighted colleges have one threshold together');
    if (threshold !== null) yield* checkThreshold(threshold, `${place}.threshold`);
    if (quorum.p > quorum.q)
      yield because(`${place}.quorum`, 'impossible', `${quorum.p}/${quorum.q} is more than all`);
  }
  yield* checkShares(rule.colleges, isWeighted, field);
  if (combine.kind === 'weighted') yield* checkThreshold(combine.threshold, `${field}.combine.threshold`);
  else yield* checkDivided(combine.divided, rule, field);
  const thresholds = isWeighted ? [combine.threshold] : rule.colleges.map(({ threshold }) => threshold);
  const mayTie = thresholds.some((one) => one !== null && isSimpleMajority(one));
  if (rule.tie !== 'falls' && !mayTie)
    yield because(
      `${field}.tie`,
      'contradiction',
      'only where more than half of the votes for and against is needed is there a tie',
    );
}

function asksForOne({ shape }: Contest): boolean {
  return shape.kind === 'split' || (shape.kind === 'choose' && shape.min === 1 && shape.max === 1);
}

function* checkDivided(
  divided: Extract<MotionRule['combine'], { kind: 'each' }>['divided'],
  { colleges }: MotionRule,
  field: string,
): Problems {
  if (divided.kind === 'prevails' && !colleges.some(({ college }) => college === divided.college))
    yield because(
      `${field}.combine.divided.college`,
      'unknown',
      `${divided.college} is no college of this rule`,
    );
}

function* checkSeats(rule: SeatsRule, contest: Contest | undefined, field: string): Problems {
  if (contest && rule.seats > contest.options.length)
    yield because(`${field}.seats`, 'impossible', `${rule.seats} for ${contest.options.length} options`);
  yield* checkShares(
    rule.colleges,
    rule.colleges.some(({ share }) => share !== null),
    field,
  );
  if (rule.needs !== null) {
    yield* checkThreshold(rule.needs, `${field}.needs`);
    if (contest && contest.shape.kind !== 'choose' && contest.shape.kind !== 'split')
      yield because(`${field}.needs`, 'contradiction', `${contest.id} counts points, not votes`);
  }
  yield* checkReserved(rule, contest, field);
}

function* checkReserved(
  { reserved, seats }: SeatsRule,
  contest: Contest | undefined,
  field: string,
): Problems {
  yield* checkDistinct((j) => `${field}.reserved[${j}].id`, idsOf(reserved));
  for (const [j, { id, least, options }] of reserved.entries()) {
    const place = `${field}.reserved[${j}]`;
    yield* checkDistinct((k) => `${place}.options[${k}]`, options);
    for (const [k, option] of options.entries()) {
      if (contest && !contest.options.includes(option))
        yield because(`${place}.options[${k}]`, 'unknown', `${option} is no option of ${contest.id}`);
    }
    if (least > options.length)
      yield because(`${place}.least`, 'impossible', `${least} of ${options.length} in ${id}`);
    if (least > seats) yield because(`${place}.least`, 'impossible', `${least} of ${seats} seats`);
  }
  const leasts = reserved.map(({ least }) => least);
  const states = statesOf(leasts);
  if (states > MAX_STATES) {
    const why = `the minimums, each and one, have a product of ${states}, over ${MAX_STATES}`;
    yield because(`${field}.reserved`, 'too-large', why);
    return;
  }
  const groups = (contest?.options ?? []).map((option) =>
    reserved.flatMap(({ options }, group) => (options.includes(option) ? [group] : [])),
  );
  const lowered = new Minimums(leasts).lowered(groups, seats);
  const short = reserved.findIndex(({ least }, group) => (lowered[group] ?? 0) < least);
  const alone = reserved[short];
  if (contest && alone && alone.least <= alone.options.length && alone.least <= seats)
    yield because(
      `${field}.reserved[${short}].least`,
      'impossible',
      `${seats} seats cannot meet it together with the minimums before it`,
    );
}

/** No option is decided on twice by the votes of one college: it could be carried and not carried at once. */
function* checkOnce(rule: MotionRule, before: readonly DecisionRule[], field: string): Problems {
  for (const [j, { college }] of rule.colleges.entries()) {
    const same = before.find((one) => one.kind === 'motion' && decideAlike(one, rule, college));
    if (same)
      yield because(
        `${field}.colleges[${j}].college`,
        'contradiction',
        `its votes already decide ${same.id}, on the same option`,
      );
  }
}

function decideAlike(one: MotionRule, other: MotionRule, college: string): boolean {
  const sides = [one.for, one.against];
  return (
    one.contest === other.contest &&
    one.colleges.some((own) => own.college === college) &&
    (sides.includes(other.for) || other.against === one.for)
  );
}

function* checkExclusive(rule: ExclusiveRule, before: readonly DecisionRule[], field: string): Problems {
  yield* checkDistinct((j) => `${field}.rules[${j}]`, rule.rules);
  const motions: MotionRule[] = [];
  for (const [j, id] of rule.rules.entries()) {
    const motion = before.find((one) => one.id === id);
    if (motion?.kind === 'motion') motions.push(motion);
    else yield because(`${field}.rules[${j}]`, 'unknown', `no motion ${id} before this rule`);
  }
  const [first] = motions;
  if (rule.both === 'none' || first === undefined) return;
  // A run-off is for the same colleges, combined as they were; by more votes, so that it needs no more of theirs.
  const alike = ({ combine, colleges }: MotionRule) =>
    JSON.stringify(
      rule.both === 'run-off' ? [combine, colleges] : [combine.kind, colleges, baseOf({ combine })],
    );
  const other = motions.find((one) => alike(one) !== alike(first));
  if (other)
    yield because(
      `${field}.both`,
      'contradiction',
      `${other.id} and ${first.id} are not decided by the same colleges in the same way`,
    );
}

const baseOf = ({ combine }: Pick<MotionRule, 'combine'>): string =>
  combine.kind === 'weighted' ? combine.threshold.of : combine.kind;

function* checkRatify(
  rule: RatifyRule,
  before: readonly DecisionRule[],
  { links }: ManifestBody,
  field: string,
): Problems {
  if (!before.some(({ id, kind }) => id === rule.own && kind === 'motion'))
    yield because(`${field}.own`, 'unknown', `no motion ${rule.own} before this rule`);
  if (!links.some(({ manifest }) => manifest === rule.link))
    yield because(`${field}.link`, 'unknown', 'the manifest does not link to this election');
  else if (!links.some((link) => link.manifest === rule.link && link.rule === rule.rule))
    yield because(`${field}.rule`, 'unknown', `the link does not name the decision ${rule.rule}`);
}

function* checkPetition(
  { needed, colleges }: PetitionRule,
  contest: Contest | undefined,
  manifest: ManifestBody,
  field: string,
): Problems {
  if (contest && contest.shape.kind !== 'support')
    yield because(`${field}.contest`, 'contradiction', `${contest.id} does not ask for support`);
  if (needed.kind === 'share' && needed.p > needed.q)
    yield because(`${field}.needed`, 'impossible', `${needed.p}/${needed.q} is more than all`);
  for (const [j, id] of colleges.entries()) {
    const weights = manifest.colleges.find((college) => college.id === id)?.weights ?? [];
    if (weights.some((weight) => weight > 1))
      yield because(`${field}.colleges[${j}]`, 'contradiction', 'supporters are counted by head');
  }
}

function* checkRule(
  rule: DecisionRule,
  before: readonly DecisionRule[],
  manifest: ManifestBody,
  field: string,
): Problems {
  if (rule.kind === 'exclusive') return yield* checkExclusive(rule, before, field);
  if (rule.kind === 'ratify') return yield* checkRatify(rule, before, manifest, field);
  const contest = manifest.contests.find(({ id }) => id === rule.contest);
  if (!contest) yield because(`${field}.contest`, 'unknown', `no contest ${rule.contest}`);
  if (contest?.shape.kind === 'support' && rule.kind !== 'petition')
    yield because(`${field}.contest`, 'contradiction', `${contest.id} is a petition`);
  yield* checkColleges(rule, contest, field);
  if (rule.kind === 'motion') {
    yield* checkMotion(rule, contest, field);
    yield* checkOnce(rule, before, field);
  }
  if (rule.kind === 'seats') yield* checkSeats(rule, contest, field);
  if (rule.kind === 'petition') yield* checkPetition(rule, contest, manifest, field);
}

/** Every problem of the rules. */
export function* checkRules(manifest: ManifestBody): Problems {
  const { rules, contests } = manifest;
  yield* checkDistinct((i) => `rules[${i}].id`, idsOf(rules));
  for (const [i, rule] of rules.entries()) {
    yield* checkRule(rule, rules.slice(0, i), manifest, `rules[${i}]`);
  }
  for (const [i, contest] of contests.entries()) yield* checkCounted(contest, manifest, `contests[${i}]`);
}

/**
 * Votes in secret that no rule counts would be decrypted for nothing, and nobody could know what they were for. Those
 * on the record are there for everybody, and may be advice.
 */
function* checkCounted({ id, colleges }: Contest, manifest: ManifestBody, field: string): Problems {
  const counted = manifest.rules.flatMap((rule) =>
    'contest' in rule && rule.contest === id ? [collegesOf(rule)] : [],
  );
  if (counted.length === 0) return yield because(`${field}.id`, 'undetermined', `no rule counts ${id}`);
  const secret = manifest.colleges.filter(({ mode }) => mode === 'secret');
  for (const [j, college] of colleges.entries()) {
    if (secret.some((one) => one.id === college) && !counted.flat().includes(college))
      yield because(`${field}.colleges[${j}]`, 'undetermined', `no rule counts the votes of ${college}`);
  }
}
