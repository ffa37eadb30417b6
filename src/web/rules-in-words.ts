/** The rules of a manifest as sentences that a member can read. Every rule of the manifest's grammar has words. */
import type { Contest, ManifestBody } from '../ballot/manifest.ts';
import {
  contestOf,
  type DecisionRule,
  isSimpleMajority,
  type MotionRule,
  type SeatsRule,
} from '../ballot/rules.ts';
import { type DecisionTexts, decisions } from './texts/en/decisions.ts';
import { type Titles, visible } from './texts/titles.ts';

/** A list as English has it: "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

function motionInWords(rule: MotionRule, titles: Titles, { rules }: DecisionTexts): string[] {
  const colleges = rule.colleges.map(({ college }) => titles.college(college));
  const wanted = titles.option(rule.contest, rule.for);
  const each = rule.colleges.flatMap(({ college, threshold, quorum, share }) => {
    const title = titles.college(college);
    if (threshold !== null) return [rules.college(title, wanted, threshold, quorum)];
    return [
      ...(share === null ? [] : [rules.share(title, share)]),
      ...(quorum.p === 0 ? [] : [rules.quorum(title, quorum)]),
    ];
  });
  const { combine } = rule;
  const thresholds =
    combine.kind === 'weighted' ? [combine.threshold] : rule.colleges.map(({ threshold }) => threshold);
  const mayTie = thresholds.some((threshold) => threshold !== null && isSimpleMajority(threshold));
  const tie = mayTie ? [rules.tie[rule.tie]] : [];
  if (combine.kind === 'weighted')
    return [rules.putTo(colleges), ...each, rules.together(wanted, combine.threshold), ...tie];
  if (colleges.length === 1) return [...each, ...tie];
  const { divided } = combine;
  const resolution = divided.kind === 'falls' ? rules.falls : rules.prevails(titles.college(divided.college));
  return [rules.putTo(colleges), ...each, resolution, ...tie];
}

function seatsInWords(rule: SeatsRule, titles: Titles, { rules }: DecisionTexts): string[] {
  const title = (college: string): string => titles.college(college);
  return [
    rules.seats(
      rule.seats,
      rule.colleges.map(({ college }) => title(college)),
    ),
    ...rule.colleges.flatMap(({ college, share }) =>
      share === null ? [] : [rules.share(title(college), share)],
    ),
    ...(rule.needs === null ? [] : [rules.needs(rule.needs)]),
    ...rule.reserved.map(({ id, least, options }) =>
      rules.reserved(
        id,
        least,
        options.map((option) => titles.option(rule.contest, option)),
      ),
    ),
    rules.seatTies[rule.ties],
  ];
}

/** The title of the motion that a rule decides; its id where it is none. */
export function motionTitle(id: string, rules: readonly DecisionRule[], titles: Titles): string {
  const contest = contestOf(rules.find((rule) => rule.id === id));
  return contest === undefined ? id : titles.contest(contest);
}

/** How a decision is made. `rules` are those of its manifest, which it may name. */
export function ruleInWords(
  rule: DecisionRule,
  rules: readonly DecisionRule[],
  titles: Titles,
  words: DecisionTexts = decisions,
): string[] {
  const own = words.rules;
  switch (rule.kind) {
    case 'motion':
      return motionInWords(rule, titles, words);
    case 'seats':
      return seatsInWords(rule, titles, words);
    case 'order':
      return [own.order(rule.colleges.map((college) => titles.college(college)))];
    case 'consultative':
      return [own.consultative];
    case 'exclusive':
      return [own.exclusive(rule.rules.map((id) => motionTitle(id, rules, titles))), own.both[rule.both]];
    case 'ratify':
      return [own.ratify(motionTitle(rule.own, rules, titles)), own.ratifyDivided[rule.divided]];
    case 'petition':
      return [own.petition(rule.needed)];
  }
}

/** The rules that decide a contest, or that go by the decision of one that does. */
export function rulesAbout(contest: string, rules: readonly DecisionRule[]): DecisionRule[] {
  const own = rules.filter((rule) => contestOf(rule) === contest).map(({ id }) => id);
  return rules.filter(
    (rule) =>
      own.includes(rule.id) ||
      (rule.kind === 'exclusive' && rule.rules.some((id) => own.includes(id))) ||
      (rule.kind === 'ratify' && own.includes(rule.own)),
  );
}

/** What a ballot may say in a contest. */
export function shapeInWords({ shape, options }: Contest, { shapes }: DecisionTexts = decisions): string {
  const of = options.length;
  switch (shape.kind) {
    case 'choose':
      return shapes.choose(shape.min, shape.max, of, shape.blank);
    case 'score':
      return shapes.score(of, shape.max);
    case 'ranking':
      return shapes.ranking(shape.points, of, shape.blank);
    case 'split':
      return shapes.split(of);
    case 'support':
      return shapes.support(of);
  }
}

/** What the terms of an election go by: of a manifest, or of a draft of one. */
interface Terms {
  readonly kind: ManifestBody['kind'];
  readonly times: Pick<ManifestBody['times'], 'opens' | 'closes'>;
  readonly trustees: Omit<NonNullable<ManifestBody['trustees']>, 'keys'> | null;
  readonly witnesses: ManifestBody['witnesses'];
  readonly cells: ManifestBody['cells'];
  readonly colleges: readonly Pick<ManifestBody['colleges'][number], 'mode'>[];
  readonly roles: { readonly second?: ManifestBody['roles']['second'] | undefined };
}

/** What every page and report of an election says whose key one trustee has alone; null of any other. */
export function singleKeyWarning(
  { trustees }: Pick<Terms, 'trustees'>,
  { terms }: DecisionTexts = decisions,
): string | null {
  return trustees === null || trustees.threshold > 1 ? null : terms.oneKey;
}

/** How many trustees could have two closings opened (docs/threat-model.md, two closings); none where witnesses watch. */
function twoClosingsInWords({ trustees, witnesses }: Terms, { terms }: DecisionTexts): string[] {
  if (trustees === null || trustees.threshold === 1 || witnesses.quorum > 0) return [];
  const { threshold, count, agreements } = trustees;
  // Two groups of `agreements` trustees share at least this many, and an honest one agrees once.
  const dishonest = 2 * agreements - count;
  return [terms.twoClosings(agreements, dishonest, count, threshold)];
}

/** What is counted together, and what apart, in secret colleges. */
function cellsInWords({ colleges, cells: { requiredMin, optional } }: Terms, words: DecisionTexts): string[] {
  const { terms } = words;
  if (colleges.every(({ mode }) => mode === 'recorded')) return [];
  const apart = optional === null ? [] : [terms.parts(optional.by, optional.min, optional.most)];
  return [terms.together(requiredMin), ...apart];
}

/** By the names in their keys, `name+hash+key` (C2SP signed-note). */
function witnessesInWords({ witnesses: { keys, quorum } }: Terms, { terms }: DecisionTexts): string[] {
  const names = keys.map((key) => visible(key.split('+', 1)[0] ?? ''));
  return names.length === 0 ? [] : [terms.witnesses(names, quorum)];
}

/** When voting is open, what is counted, and how the key is kept. */
export function termsInWords(manifest: Terms, words: DecisionTexts = decisions): string[] {
  const { kind, times, trustees, colleges, roles } = manifest;
  const { terms } = words;
  const keys =
    trustees === null
      ? []
      : [
          singleKeyWarning({ trustees }, words) ?? terms.shared(trustees.count, trustees.threshold),
          ...twoClosingsInWords(manifest, words),
        ];
  return [
    ...(kind === 'rehearsal' ? [terms.rehearsal] : []),
    terms.open(times.opens, times.closes),
    ...keys,
    ...cellsInWords(manifest, words),
    ...(colleges.some(({ mode }) => mode === 'recorded') ? [terms.recorded] : []),
    ...witnessesInWords(manifest, words),
    ...(roles.second === undefined ? [] : [terms.second(roles.second.map((one) => terms.secondKinds[one]))]),
  ];
}
