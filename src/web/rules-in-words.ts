/** The rules of a manifest as sentences that a member can read. Every rule of the manifest's grammar has words. */
import type {
  Contest,
  DecisionRule,
  ManifestBody,
  MotionRule,
  TextsDocument,
  Threshold,
} from '../ballot/manifest.ts';

const BASES: Readonly<Record<Threshold['of'], string>> = {
  'for-and-against': 'the votes for and against',
  ballots: 'all ballots counted, abstentions too',
  roll: 'everybody entitled to vote',
};

/** A list as English has it: "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

/** What reorders or hides the text around it: a title that ends so would turn about the votes that follow it. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;
const visible = (title: string): string => title.replaceAll(CONTROLS, '\uFFFD');

/** Titles of one language, without control characters; the id where there is none. */
export class Titles {
  readonly #texts: TextsDocument;

  constructor(texts: TextsDocument) {
    this.#texts = texts;
  }

  college(id: string): string {
    return visible(this.#texts.colleges[id] ?? id);
  }

  contest(id: string): string {
    return visible(this.#texts.contests[id]?.title ?? id);
  }

  option(contest: string, id: string): string {
    return visible(this.#texts.contests[contest]?.options[id] ?? id);
  }
}

export function thresholdInWords({ compare, p, q, of }: Threshold): string {
  return `${compare === 'more-than' ? 'more than' : 'at least'} ${p}/${q} of ${BASES[of]}`;
}

function motionInWords(rule: MotionRule, titles: Titles): string[] {
  const colleges = rule.colleges.map(({ college }) => titles.college(college));
  const wanted = titles.option(rule.contest, rule.for);
  const each = rule.colleges.map(({ college, threshold, quorum, share }) => {
    const most =
      threshold === null
        ? `counts for ${share?.p ?? 0}/${share?.q ?? 1} of the whole`
        : `“${wanted}” has to have ${thresholdInWords(threshold)}`;
    const enough =
      quorum.p === 0 ? '' : `, and at least ${quorum.p}/${quorum.q} of those entitled have to vote`;
    return `In the college “${titles.college(college)}”, ${most}${enough}.`;
  });
  if (colleges.length === 1) return each;
  const { combine } = rule;
  if (combine.kind === 'weighted')
    return [...each, `Together, “${wanted}” has to have ${thresholdInWords(combine.threshold)}.`];
  const { divided } = combine;
  const resolution =
    divided.kind === 'falls'
      ? 'If the colleges are divided, the motion falls.'
      : `If the colleges are divided, “${titles.college(divided.college)}” prevails.`;
  return [
    `It is put to ${listed(colleges.map((title) => `“${title}”`))} at the same time.`,
    ...each,
    resolution,
  ];
}

/** How a decision is made. */
export function ruleInWords(rule: DecisionRule, titles: Titles): string[] {
  if (rule.kind === 'motion') return motionInWords(rule, titles);
  if (rule.kind !== 'seats') return [];
  const ties = rule.ties === 'lot' ? 'decided by a lot that nobody can steer' : 'left unfilled';
  return [
    `${plural(rule.seats, 'seat')}, elected by ${listed(rule.colleges.map(({ college }) => `“${titles.college(college)}”`))}: the options with most votes have them.`,
    `A tie across the last seat is ${ties}.`,
  ];
}

/** What a ballot may say in a contest. */
export function shapeInWords({ shape, options }: Contest): string {
  switch (shape.kind) {
    case 'choose': {
      const { min, max, blank } = shape;
      const number = min === max ? `exactly ${min}` : min === 0 ? `up to ${max}` : `${min} to ${max}`;
      return `Choose ${number} of ${options.length}${blank ? ', or leave the ballot blank' : ''}.`;
    }
    case 'score':
      return `Give each of ${options.length} from 0 to ${shape.max}.`;
    case 'ranking': {
      const { points, blank } = shape;
      const places =
        points.length === options.length ? `all ${points.length}` : `${points.length} of ${options.length}`;
      return `Put ${places} in order${blank ? ', or leave the ballot blank' : ''}: the places give ${listed(points.map(String))} points.`;
    }
    case 'split':
      return `A card vote: divide the weight of your card among ${options.length}, or leave part of it unused.`;
    case 'support':
      return `Support any of ${options.length}.`;
  }
}

const when = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What every page and report of an election says whose key one trustee has alone; null of any other. */
export function singleKeyWarning({ trustees }: Pick<ManifestBody, 'trustees'>): string | null {
  if (trustees === null || trustees.threshold > 1) return null;
  return 'LOW STAKES: one key alone decrypts this election. Whoever holds it could read every vote; where it is the automatic key of the server, that is whoever controls the server.';
}

/** How many trustees could have two closings opened (docs/threat-model.md, two closings); null where witnesses watch. */
function twoClosingsInWords({ trustees, witnesses }: ManifestBody): string | null {
  if (trustees === null || trustees.threshold === 1 || witnesses.quorum > 0) return null;
  const { threshold, count, agreements } = trustees;
  // Two groups of `agreements` trustees share at least this many, and an honest one agrees once.
  const dishonest = 2 * agreements - count;
  const compared =
    dishonest >= threshold
      ? 'as many as it takes to read votes'
      : `fewer than the ${threshold} that it takes to read votes`;
  return `${plural(agreements, 'trustee')} have to agree to the count before it is opened. No witnesses watch the log, so two different closings could be opened if ${dishonest} of the ${count} trustees and the server were dishonest together: ${compared}.`;
}

/** When voting is open, and how the key is kept. */
export function termsInWords(manifest: ManifestBody): string[] {
  const { kind, times, trustees, colleges } = manifest;
  const sentences = [];
  if (kind === 'rehearsal') sentences.push('This is a rehearsal: its result binds nobody.');
  const closes =
    times.closes === null ? 'until the returning officer closes it' : `until ${when(times.closes)}`;
  sentences.push(`Voting is open from ${when(times.opens)} ${closes}; the last ballot of each voter counts.`);
  if (trustees !== null) {
    const { threshold, count } = trustees;
    const warning = singleKeyWarning({ trustees });
    sentences.push(
      warning ??
        `No single person can read a vote: the key is split between ${plural(count, 'trustee')}, and ${threshold} of them have to act together to open the totals, never a single ballot.`,
    );
    sentences.push(...[twoClosingsInWords(manifest)].filter((sentence) => sentence !== null));
  }
  if (colleges.some(({ mode }) => mode === 'recorded')) {
    sentences.push('In recorded colleges it is published who voted how.');
  }
  return sentences;
}
