/** Motions, alone, against each other, and after an earlier election (docs/protocol.md §10). */
import {
  type ExclusiveRule,
  isSimpleMajority,
  type MotionRule,
  type RatifyRule,
  type Threshold,
} from '../ballot/rules.ts';
import type { OutcomeOf } from '../record/outcome-document.ts';
import { type CollegeTotals, published, type TotalsIn } from './college-totals.ts';
import { TallyError } from './errors.ts';
import { drawLot } from './lot.ts';
import type { OutcomeInputs } from './outcome-inputs.ts';
import { combine, reaches } from './shares-of-a-whole.ts';

type Motion = OutcomeOf<'motion'>;

interface Figures {
  readonly roll: bigint;
  readonly ballots: bigint;
  readonly for: bigint;
  readonly against: bigint;
}

function baseOf(of: Threshold['of'], { roll, ballots, for: votesFor, against }: Figures): bigint {
  return { 'for-and-against': votesFor + against, ballots, roll }[of];
}

/** Who settles a tie, and how. */
function settle(rule: MotionRule, college: string | null, inputs: OutcomeInputs): 'for' | 'against' | null {
  if (rule.tie === 'chair') {
    const cast = inputs.castingVotes.find((one) => one.rule === rule.id && one.college === college);
    return cast?.vote ?? null;
  }
  if (rule.tie !== 'lot' || inputs.seed === null) return null;
  const decided = college === null ? rule.id : `${rule.id}/${college}`;
  return drawLot([rule.for, rule.against], decided, inputs.seed)[0] === rule.for ? 'for' : 'against';
}

/** A motion before the colleges: carried or not by each. */
export function combineEach(
  divided: Extract<MotionRule['combine'], { kind: 'each' }>['divided'],
  colleges: readonly { readonly college: string; readonly carried: boolean | null }[],
): { readonly carried: boolean; readonly divided: boolean } {
  const isDivided = colleges.some(({ carried }) => carried !== colleges[0]?.carried);
  if (!isDivided) return { carried: colleges.every(({ carried }) => carried === true), divided: false };
  const prevailing = divided.kind === 'prevails' ? divided.college : undefined;
  const carried = colleges.some((one) => one.college === prevailing && one.carried === true);
  return { carried, divided: true };
}

function decideEach(
  rule: MotionRule,
  divided: Extract<MotionRule['combine'], { kind: 'each' }>['divided'],
  colleges: Motion['colleges'],
  inputs: OutcomeInputs,
): Motion {
  const decided = rule.colleges.flatMap(({ threshold }, i) => {
    const own = colleges[i];
    if (own === undefined) return [];
    const figures = exact(own);
    const isTie =
      own.quorate &&
      threshold !== null &&
      isSimpleMajority(threshold) &&
      own.for === own.against &&
      own.for > 0;
    const tie = isTie ? { settled: settle(rule, own.college, inputs) } : null;
    const reached = threshold !== null && reaches(threshold, figures.for, baseOf(threshold.of, figures));
    return [{ ...own, tie, carried: own.quorate && (reached || tie?.settled === 'for') }];
  });
  const found = combineEach(divided, decided);
  const wereCarried = decided.map((own) => (own.tie === null ? own : { ...own, carried: true }));
  const reballot = rule.tie === 're-ballot' && !found.carried && combineEach(divided, wereCarried).carried;
  return { id: rule.id, kind: 'motion', ...found, reballot, tie: null, colleges: decided };
}

const exact = (own: Motion['colleges'][number]): Figures => ({
  roll: BigInt(own.roll),
  ballots: BigInt(own.ballots),
  for: BigInt(own.for),
  against: BigInt(own.against),
});

/** For and against on the scale of the whole, and each college's part of them. */
export function weighMotion(
  rule: MotionRule,
  { of }: Pick<Threshold, 'of'>,
  colleges: Motion['colleges'],
): {
  readonly for: bigint;
  readonly against: bigint;
  readonly whole: bigint;
  readonly colleges: readonly { readonly for: bigint; readonly against: bigint }[];
} {
  const figures = colleges.map(exact);
  const contributions = figures.map((own, i) => ({
    share: rule.colleges[i]?.share ?? null,
    base: baseOf(of, own),
    parts: [own.for, own.against],
  }));
  const { parts, whole, units } = combine(contributions, 2);
  return {
    for: parts[0] ?? 0n,
    against: parts[1] ?? 0n,
    whole,
    colleges: figures.map((own, i) => {
      const unit = units[i] ?? 0n;
      return { for: unit * own.for, against: unit * own.against };
    }),
  };
}

function decideWeighted(
  rule: MotionRule,
  threshold: Threshold,
  colleges: Motion['colleges'],
  inputs: OutcomeInputs,
): Motion {
  const total = weighMotion(rule, threshold, colleges);
  const quorate = colleges.every((own) => own.quorate);
  const isTie = quorate && isSimpleMajority(threshold) && total.for === total.against && total.for > 0n;
  const tie = isTie ? { settled: settle(rule, null, inputs) } : null;
  const carried = quorate && (reaches(threshold, total.for, total.whole) || tie?.settled === 'for');
  const reballot = rule.tie === 're-ballot' && isTie;
  return { id: rule.id, kind: 'motion', carried, divided: false, reballot, tie, colleges };
}

export function decideMotion(
  rule: MotionRule,
  options: readonly string[],
  totalsIn: TotalsIn,
  inputs: OutcomeInputs,
): Motion {
  const votesFor = ({ votes }: CollegeTotals, option: string): bigint => votes[options.indexOf(option)] ?? 0n;
  const colleges = rule.colleges.map(({ college, quorum }) => {
    const totals = totalsIn(rule.contest, college);
    const where = `${rule.id}.${college}`;
    return {
      college,
      roll: published(totals.roll, `${where}.roll`),
      ballots: published(totals.ballots, `${where}.ballots`),
      for: published(votesFor(totals, rule.for), `${where}.for`),
      against: published(votesFor(totals, rule.against), `${where}.against`),
      quorate: totals.ballots * BigInt(quorum.q) >= BigInt(quorum.p) * totals.roll,
      tie: null,
      carried: null,
    };
  });
  return rule.combine.kind === 'each'
    ? decideEach(rule, rule.combine.divided, colleges, inputs)
    : decideWeighted(rule, rule.combine.threshold, colleges, inputs);
}

/** Votes for, comparable between motions that the same colleges decide in the same way. */
export function strengthOf(rule: MotionRule, { colleges }: Motion): readonly [part: bigint, whole: bigint] {
  if (rule.combine.kind === 'weighted') {
    const total = weighMotion(rule, rule.combine.threshold, colleges);
    return [total.for, total.whole];
  }
  return [colleges.reduce((sum, own) => sum + BigInt(own.for), 0n), 1n];
}

/** The strongest, unless others are as strong. */
function strongest(motions: readonly (readonly [MotionRule, Motion])[]): string | null {
  const strengths = motions.map(([rule, found]) => strengthOf(rule, found));
  const [best] = motions.filter((_, i) =>
    strengths.every(([part, whole], j) => {
      const [own, ownWhole] = strengths[i] ?? [0n, 1n];
      return j === i || own * whole > part * ownWhole;
    }),
  );
  return best?.[0].id ?? null;
}

export function decideExclusive(
  rule: ExclusiveRule,
  motions: readonly (readonly [MotionRule, Motion])[],
): OutcomeOf<'exclusive'> {
  const carried = motions.filter(([, found]) => found.carried);
  const both = carried.length > 1;
  const alone = both ? null : (carried[0]?.[0].id ?? null);
  return {
    id: rule.id,
    kind: 'exclusive',
    carried: both && rule.both === 'more-votes' ? strongest(carried) : alone,
    both,
    rules: motions.map(([{ id }, found]) => ({
      id,
      carried: found.carried,
      for: published(
        found.colleges.reduce((sum, own) => sum + BigInt(own.for), 0n),
        `${rule.id}.${id}`,
      ),
    })),
  };
}

/** @throws TallyError `mismatch` if the opening cites no such decision. */
export function decideRatify(
  rule: RatifyRule,
  own: boolean,
  links: readonly { readonly manifest: string; readonly rule: string | null }[],
  { earlier }: OutcomeInputs,
): OutcomeOf<'ratify'> {
  const place = links.findIndex((link) => link.manifest === rule.link && link.rule === rule.rule);
  const cited = earlier[place];
  if (cited?.kind !== 'motion')
    throw new TallyError('mismatch', `${rule.id}.earlier`, 'the opening cites no motion of this name');
  const before = cited.carried;
  const prevailing = { falls: false, own, earlier: before }[rule.divided];
  const divided = before !== own;
  return {
    id: rule.id,
    kind: 'ratify',
    carried: divided ? prevailing : own,
    divided,
    earlier: before,
    own,
  };
}
