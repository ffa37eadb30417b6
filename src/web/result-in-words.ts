/** A declared result with its working, as a person would read it. Exact integers only. */
import type { DecisionRule, ManifestBody, MotionRule, TextsDocument } from '../ballot/manifest.ts';
import type { SeatsRule, Threshold } from '../ballot/rules.ts';
import type { DecisionOutcome, Outcome, OutcomeOf } from '../record/outcome-document.ts';
import { weighMotion } from '../tally/decide-motion.ts';
import { type Sensitivity, sensitivities } from '../tally/sensitivity.ts';
import { combine } from '../tally/shares-of-a-whole.ts';
import { motionTitle, singleKeyWarning } from './rules-in-words.ts';
import { type DecisionTexts, decisions } from './texts/en/decisions.ts';
import { Titles } from './texts/titles.ts';

export interface DeclaredResult {
  readonly counts: readonly { readonly cell: string; readonly counts: readonly number[] }[];
  readonly outcome: Outcome;
}

/** A decision for people: what was decided, the votes as a table where there is one, and how it came about. */
export interface DecisionInWords {
  readonly heading: string;
  readonly votes: readonly { readonly option: string; readonly votes: number; readonly note: string }[];
  readonly sentences: readonly string[];
}

/** What the words of a decision are made of. */
interface Telling {
  readonly manifest: ManifestBody;
  readonly counts: DeclaredResult['counts'];
  readonly titles: Titles;
  readonly words: DecisionTexts;
}

/** The share of a whole with one decimal, rounded down: 4/9 is 44.4. */
export function percentage(part: number, whole: number): string {
  if (whole === 0) return '0.0';
  const tenths = (BigInt(part) * 1000n) / BigInt(whole);
  return `${tenths / 10n}.${tenths % 10n}`;
}

/** To the nearest hundredth of a percent. */
export function hundredths(part: bigint, whole: bigint): string {
  const rounded = whole === 0n ? 0n : (20_000n * part + whole) / (2n * whole);
  return `${rounded / 100n}.${`${rounded % 100n}`.padStart(2, '0')}`;
}

/** Votes for an option in a college: Σ weight × count over its cells; counts of split cards are weights already. */
export function votesIn(
  counts: DeclaredResult['counts'],
  manifest: ManifestBody,
  contest: string,
  college: string,
): number[] {
  const options = manifest.contests.find(({ id }) => id === contest)?.options ?? [];
  const sums = options.map(() => 0n);
  for (const { cell, counts: own } of counts) {
    const [cellContest, cellCollege, weight = '', body] = cell.split('/');
    if (cellContest !== contest || cellCollege !== college || body !== undefined) continue;
    const times = weight === 'split' ? 1n : BigInt(weight);
    for (const option of sums.keys()) sums[option] = (sums[option] ?? 0n) + times * BigInt(own[option] ?? 0);
  }
  return sums.map(Number);
}

/** The least number of votes for that carries, of this many in the base. */
function needed({ compare, p, q }: Threshold, base: number): number {
  const [P, Q, B] = [BigInt(p), BigInt(q), BigInt(base)];
  const least = compare === 'more-than' ? (P * B) / Q + 1n : (P * B + Q - 1n) / Q;
  return Number(least > 0n ? least : 1n);
}

type CollegeOutcome = OutcomeOf<'motion'>['colleges'][number];

function baseOf({ of }: Threshold, { roll, ballots, for: votesFor, against }: CollegeOutcome): number {
  return { 'for-and-against': votesFor + against, ballots, roll }[of];
}

/** One college's working: the votes, what was needed or what they are of the whole, the turnout, the quorum, a tie. */
function collegeInWords(
  rule: MotionRule,
  place: number,
  found: OutcomeOf<'motion'>,
  { manifest, counts, titles, words: { results } }: Telling,
): string[] {
  const [declared, own] = [rule.colleges[place], found.colleges[place]];
  if (declared === undefined || own === undefined) return [];
  const { college, threshold, quorum } = declared;
  const contest = manifest.contests.find(({ id }) => id === rule.contest);
  const votes = votesIn(counts, manifest, rule.contest, college).map(
    (n, i) => [titles.option(rule.contest, contest?.options[i] ?? ''), n] as const,
  );
  const isWeighted =
    contest?.shape.kind === 'split' ||
    (manifest.colleges.find(({ id }) => id === college)?.weights ?? []).some((weight) => weight > 1);
  const parts = [
    results.college(titles.college(college), own.carried),
    results.margin(results.votes(votes), Math.abs(own.for - own.against)),
  ];
  if (threshold !== null) {
    const base = baseOf(threshold, own);
    const least = needed(threshold, base);
    parts.push(results.needed(threshold, least, base, own.for - least));
  } else if (rule.combine.kind === 'weighted') {
    const { colleges, whole } = weighMotion(rule, rule.combine.threshold, found.colleges);
    const part = colleges[place];
    if (part !== undefined)
      parts.push(results.ofWhole(hundredths(part.for, whole), hundredths(part.against, whole)));
  }
  parts.push(results.turnout(own.ballots, own.roll, isWeighted));
  if (quorum.p > 0) {
    const voters = Number((BigInt(quorum.p) * BigInt(own.roll) + BigInt(quorum.q) - 1n) / BigInt(quorum.q));
    parts.push(results.quorum(voters, own.quorate));
  }
  if (own.tie !== null) parts.push(results.tie(own.tie.settled, rule.tie));
  return [parts.join(' ')];
}

function motionInWords(rule: MotionRule, found: OutcomeOf<'motion'>, telling: Telling): DecisionInWords {
  const {
    titles,
    words: { results },
  } = telling;
  const { combine: how } = rule;
  const sentences = rule.colleges.flatMap((_, place) => collegeInWords(rule, place, found, telling));
  if (how.kind === 'weighted') {
    const total = weighMotion(rule, how.threshold, found.colleges);
    const [votesFor, against] = [total.for, total.against].map((part) => hundredths(part, total.whole));
    sentences.push(results.together(votesFor ?? '', against ?? '', how.threshold));
  } else if (found.divided) {
    const { divided } = how;
    sentences.push(
      divided.kind === 'falls'
        ? results.dividedFalls
        : results.dividedPrevails(titles.college(divided.college)),
    );
  }
  if (found.tie !== null) sentences.push(results.tie(found.tie.settled, rule.tie));
  if (found.reballot) sentences.push(results.reballot);
  return { heading: results.carried(titles.contest(rule.contest), found.carried), votes: [], sentences };
}

/** What each option has of the whole where colleges have shares; empty without them. */
function sharesOf(
  rule: SeatsRule,
  found: OutcomeOf<'seats'>,
  options: readonly string[],
): Map<string, string> {
  if (rule.colleges.every(({ share }) => share === null)) return new Map();
  const contributions = found.colleges.map(({ votes }, i) => ({
    share: rule.colleges[i]?.share ?? null,
    base: votes.reduce((sum, n) => sum + BigInt(n), 0n),
    parts: votes.map(BigInt),
  }));
  const { parts, whole } = combine(contributions, options.length);
  return new Map(options.map((option, i) => [option, hundredths(parts[i] ?? 0n, whole)]));
}

function seatsInWords(
  rule: SeatsRule,
  found: OutcomeOf<'seats'>,
  { manifest, titles, words: { results } }: Telling,
): DecisionInWords {
  const name = (option: string): string => titles.option(rule.contest, option);
  const options = manifest.contests.find(({ id }) => id === rule.contest)?.options ?? [];
  const shares = sharesOf(rule, found, options);
  const sentences = found.reserved.map(({ id, least, elected }, i) =>
    results.reserved(id, elected, least, rule.reserved[i]?.least ?? least),
  );
  const last = found.votes.find(({ option }) => option === found.elected.at(-1))?.votes;
  const next = found.votes.find(({ option }) => !found.elected.includes(option))?.votes;
  const isPlain = shares.size === 0 && rule.reserved.length === 0 && rule.needs === null;
  if (found.tied.length > 0) {
    const drawn = rule.ties === 'lot' && found.tied.some((option) => found.elected.includes(option));
    sentences.push(results.tied(found.tied.map(name), drawn));
  } else if (isPlain && last !== undefined && next !== undefined) {
    sentences.push(results.between(last - next));
  }
  if (found.unfilled > 0) sentences.push(results.unfilled(found.unfilled));
  return {
    heading: results.seats(titles.contest(rule.contest), found.elected.length, rule.seats),
    votes: found.votes.map(({ option, votes }) => {
      const share = shares.get(option);
      const notes = [
        ...(share === undefined ? [] : [results.share(share)]),
        ...(found.elected.includes(option) ? [results.elected] : []),
      ];
      return { option: name(option), votes, note: notes.join(' ') };
    }),
    sentences,
  };
}

/** Everything of a decision but how many votes would change it; null if it is another rule's. */
function toldPlainly(rule: DecisionRule, found: DecisionOutcome, telling: Telling): DecisionInWords | null {
  const {
    manifest,
    titles,
    words: { results },
  } = telling;
  const titleOf = (id: string): string => motionTitle(id, manifest.rules, titles);
  if (rule.kind === 'motion' && found.kind === 'motion') return motionInWords(rule, found, telling);
  if (rule.kind === 'seats' && found.kind === 'seats') return seatsInWords(rule, found, telling);
  if (rule.kind === 'order' && found.kind === 'order') {
    const votes = found.votes.map(({ option, votes: own, place }) => ({
      option: `${place}. ${titles.option(rule.contest, option)}`,
      votes: own,
      note: '',
    }));
    return { heading: results.order(titles.contest(rule.contest)), votes, sentences: [] };
  }
  if (rule.kind === 'consultative' && found.kind === 'consultative') {
    const options = manifest.contests.find(({ id }) => id === rule.contest)?.options ?? [];
    const sentences = found.colleges.map(({ college, roll, ballots, votes }) => {
      const answers = votes.map((n, i) => [titles.option(rule.contest, options[i] ?? ''), n] as const);
      return `${titles.college(college)}: ${results.votes(answers)}. ${results.turnout(ballots, roll, false)}`;
    });
    sentences.push(results.bindsNobody);
    return { heading: results.consultative(titles.contest(rule.contest)), votes: [], sentences };
  }
  if (rule.kind === 'exclusive' && found.kind === 'exclusive') {
    const carried = found.carried === null ? null : titleOf(found.carried);
    return {
      heading: results.exclusive(rule.rules.map(titleOf), carried),
      votes: [],
      sentences: found.both ? [results.both[rule.both]] : [],
    };
  }
  if (rule.kind === 'ratify' && found.kind === 'ratify') {
    const sentences = [results.ratified(found.earlier, found.own)];
    if (found.divided) sentences.push(results.ratifyDivided[rule.divided]);
    return { heading: results.ratify(titleOf(rule.own), found.carried), votes: [], sentences };
  }
  if (rule.kind === 'petition' && found.kind === 'petition') {
    const sentences = found.motions.map(({ id, supporters, reached }) =>
      results.supporters(titles.option(rule.contest, id), supporters, reached),
    );
    return { heading: results.petition(titles.contest(rule.contest), found.needed), votes: [], sentences };
  }
  return null;
}

/** Each decision in words, in manifest order; null where the outcome is not one of that rule. */
export function decisionsInWords(
  manifest: ManifestBody,
  { counts, outcome }: DeclaredResult,
  titles: Titles,
  words: DecisionTexts = decisions,
): (DecisionInWords | null)[] {
  const changes = sensitivities(manifest, outcome);
  return manifest.rules.map((rule, i) => {
    const found = outcome[i];
    const told = found === undefined ? null : toldPlainly(rule, found, { manifest, counts, titles, words });
    return told === null
      ? null
      : { ...told, sentences: [...told.sentences, ...changesIn(changes[i], words)] };
  });
}

function changesIn(change: Sensitivity | null | undefined, { results }: DecisionTexts): string[] {
  return change === null || change === undefined ? [] : [results.changes(change.votes, change.exact)];
}

const figure = (n: number): string => n.toLocaleString('en-GB');

/** Everything that was decided, line by line. */
export function inWords(manifest: ManifestBody, texts: TextsDocument, result: DeclaredResult): string[] {
  const warning = singleKeyWarning(manifest);
  const told = decisionsInWords(manifest, result, new Titles(texts));
  return [
    texts.title,
    ...(warning === null ? [] : [warning]),
    ...told.flatMap((decision) => (decision === null ? [] : ['', ...linesOf(decision)])),
  ];
}

function linesOf({ heading, votes, sentences }: DecisionInWords): string[] {
  return [
    heading,
    ...votes.map(({ option, votes: n, note }) =>
      `  ${option.padEnd(28)} ${figure(n).padStart(9)}  ${note}`.trimEnd(),
    ),
    ...sentences.map((sentence) => `  ${sentence}`),
  ];
}
