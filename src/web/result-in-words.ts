/** A declared result with its working, as a person would read it. Exact integers only. */
import type { DecisionRule, ManifestBody, MotionRule, TextsDocument, Threshold } from '../ballot/manifest.ts';
import type { DecisionOutcome, Outcome } from '../record/entries.ts';
import { listed, plural, singleKeyWarning, Titles, thresholdInWords } from './rules-in-words.ts';

export interface DeclaredResult {
  readonly counts: readonly { readonly cell: string; readonly counts: readonly number[] }[];
  readonly outcome: Outcome;
}
type MotionOutcome = Extract<DecisionOutcome, { kind: 'motion' }>;
type SeatsOutcome = Extract<DecisionOutcome, { kind: 'seats' }>;
type CollegeOutcome = MotionOutcome['colleges'][number];

/** The share of a whole with one decimal, rounded down: 4/9 is 44.4. */
export function percentage(part: number, whole: number): string {
  if (whole === 0) return '0.0';
  const tenths = (BigInt(part) * 1000n) / BigInt(whole);
  return `${tenths / 10n}.${tenths % 10n}`;
}

/** Votes for an option in a college: Σ weight × count over its cells. */
export function votesIn(
  counts: DeclaredResult['counts'],
  manifest: ManifestBody,
  contest: string,
  college: string,
): number[] {
  const options = manifest.contests.find(({ id }) => id === contest)?.options ?? [];
  const sums = options.map(() => 0n);
  for (const { cell, counts: own } of counts) {
    const [cellContest, cellCollege, weight] = cell.split('/');
    if (cellContest !== contest || cellCollege !== college) continue;
    own.forEach((n, i) => {
      sums[i] = (sums[i] ?? 0n) + BigInt(weight ?? 1) * BigInt(n);
    });
  }
  return sums.map(Number);
}

/** The least number of votes for that carries, of this many in the base. */
function needed({ compare, p, q }: Threshold, base: number): number {
  const [P, Q, B] = [BigInt(p), BigInt(q), BigInt(base)];
  const least = compare === 'more-than' ? (P * B) / Q + 1n : (P * B + Q - 1n) / Q;
  return Number(least > 0n ? least : 1n);
}

function baseOf({ of }: Threshold, { roll, ballots, for: votesFor, against }: CollegeOutcome): number {
  return { 'for-and-against': votesFor + against, ballots, roll }[of];
}

const figure = (n: number): string => n.toLocaleString('en-GB');

/** One college's working: the votes, the base, what was needed, the margin, the quorum. */
function collegeInWords(
  { college, quorum }: MotionRule['colleges'][number],
  threshold: Threshold,
  own: CollegeOutcome,
  votes: readonly string[],
  isWeighted: boolean,
  titles: Titles,
): string {
  const turnout = isWeighted ? 'votes were cast' : 'voted';
  const base = baseOf(threshold, own);
  const least = needed(threshold, base);
  const margin = own.for - least;
  const by = margin >= 0 ? `${figure(margin)} more than needed` : `${figure(-margin)} too few`;
  const voters = Number((BigInt(quorum.p) * BigInt(own.roll) + BigInt(quorum.q) - 1n) / BigInt(quorum.q));
  const enough =
    quorum.p === 0 ? '' : ` Quorum ${figure(voters)}: ${own.quorate ? 'reached' : 'not reached'}.`;
  return (
    `${titles.college(college)}: ${own.carried ? 'carried' : 'not carried'}. ` +
    `${listed(votes)}, a margin of ${figure(Math.abs(own.for - own.against))}. ` +
    `Needed ${thresholdInWords(threshold)}, that is ${figure(least)} of ${figure(base)}: ${by}. ` +
    `${figure(own.ballots)} of ${figure(own.roll)} ${turnout} (${percentage(own.ballots, own.roll)} %).${enough}`
  );
}

function motionInWords(
  rule: MotionRule,
  found: MotionOutcome,
  manifest: ManifestBody,
  counts: DeclaredResult['counts'],
  titles: Titles,
): string[] {
  const options = manifest.contests.find(({ id }) => id === rule.contest)?.options ?? [];
  const lines = rule.colleges.flatMap((college, i) => {
    const own = found.colleges[i];
    if (own === undefined) return [];
    const votes = votesIn(counts, manifest, rule.contest, college.college).map(
      (n, j) => `${titles.option(rule.contest, options[j] ?? '')} ${figure(n)}`,
    );
    const weights = manifest.colleges.find(({ id }) => id === college.college)?.weights ?? [];
    const isWeighted = weights.some((weight) => weight > 1);
    const threshold = rule.combine.kind === 'weighted' ? rule.combine.threshold : college.threshold;
    return threshold === null
      ? []
      : [`  ${collegeInWords(college, threshold, own, votes, isWeighted, titles)}`];
  });
  const { combine } = rule;
  if (found.divided && combine.kind === 'each') {
    const { divided } = combine;
    lines.push(
      divided.kind === 'falls'
        ? '  The colleges are divided: the motion falls.'
        : `  The colleges are divided: by the rule “${titles.college(divided.college)}” prevails.`,
    );
  }
  return [`${titles.contest(rule.contest)} – ${found.carried ? 'CARRIED' : 'NOT CARRIED'}`, ...lines];
}

function seatsInWords(
  rule: Extract<DecisionRule, { kind: 'seats' }>,
  found: SeatsOutcome,
  titles: Titles,
): string[] {
  const name = (option: string): string => titles.option(rule.contest, option);
  const lines = found.votes.map(({ option, votes }) => {
    const place = found.elected.includes(option) ? 'elected' : '';
    return `  ${name(option).padEnd(28)} ${figure(votes).padStart(9)}  ${place}`.trimEnd();
  });
  const last = found.votes.find(({ option }) => option === found.elected.at(-1))?.votes;
  const next = found.votes.find(({ option }) => !found.elected.includes(option))?.votes;
  if (found.tied.length > 0) {
    const how = rule.ties === 'lot' ? 'drawn by lot, in this order' : 'left unfilled';
    lines.push(`  Tied across the last seat, ${how}: ${listed(found.tied.map(name))}.`);
  } else if (last !== undefined && next !== undefined) {
    lines.push(`  Margin between the last seat and the next: ${plural(last - next, 'vote')}.`);
  }
  if (found.unfilled > 0) lines.push(`  ${plural(found.unfilled, 'seat')} unfilled.`);
  return [
    `${titles.contest(rule.contest)} – ${found.elected.length} of ${plural(rule.seats, 'seat')} filled`,
    ...lines,
  ];
}

/** The outcome of one rule; empty if it is another rule's. */
export function outcomeInWords(
  rule: DecisionRule,
  found: DecisionOutcome | undefined,
  manifest: ManifestBody,
  counts: DeclaredResult['counts'],
  titles: Titles,
): string[] {
  if (rule.kind === 'motion' && found?.kind === 'motion')
    return motionInWords(rule, found, manifest, counts, titles);
  if (rule.kind === 'seats' && found?.kind === 'seats') return seatsInWords(rule, found, titles);
  return [];
}

/** Everything that was decided, line by line. */
export function inWords(
  manifest: ManifestBody,
  texts: TextsDocument,
  { counts, outcome }: DeclaredResult,
): string[] {
  const titles = new Titles(texts);
  const warning = singleKeyWarning(manifest);
  return [
    texts.title,
    ...(warning === null ? [] : [warning]),
    ...manifest.rules.flatMap((rule, i) => [
      '',
      ...outcomeInWords(rule, outcome[i], manifest, counts, titles),
    ]),
  ];
}
