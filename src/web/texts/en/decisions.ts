/** Rules and results in English: whole sentences, made of titles and exact numbers. */
import type { SecondKind } from '../../../ballot/manifest.ts';
import type { MotionRule, PetitionRule, SeatsRule, Share, Threshold } from '../../../ballot/rules.ts';
import { format } from './frame.ts';
import { places } from './places.ts';

const { list, number, counted } = {
  list: (words: readonly string[]) => format.list(words),
  number: (n: number) => format.number(n),
  counted: (n: number, one: string, many: string) => format.counted(n, one, many),
};
const quoted = (words: readonly string[]): string => list(words.map((word) => `“${word}”`));
const seatsIn = (n: number): string => counted(n, 'seat', 'seats');
const votesIn = (n: number): string => counted(n, 'vote', 'votes');

const bases: Readonly<Record<Threshold['of'] | 'votes', string>> = {
  'for-and-against': 'the votes for and against',
  ballots: 'all ballots counted, abstentions too',
  roll: 'everybody entitled to vote',
  votes: 'all votes for options',
};
const threshold = ({
  compare,
  p,
  q,
  of,
}: Omit<Threshold, 'of'> & { readonly of: keyof typeof bases }): string =>
  `${compare === 'more-than' ? 'more than' : 'at least'} ${p}/${q} of ${bases[of]}`;
const enough = ({ p, q }: Share): string =>
  p === 0 ? '' : `, and at least ${p}/${q} of those entitled have to vote`;

const rules = {
  threshold,
  putTo: (colleges: readonly string[]) => `It is put to ${quoted(colleges)} at the same time.`,
  college: (college: string, wanted: string, needs: Threshold, quorum: Share) =>
    `In the college “${college}”, “${wanted}” has to have ${threshold(needs)}${enough(quorum)}.`,
  share: (college: string, { p, q }: Share) => `“${college}” counts for ${p}/${q} of the whole.`,
  quorum: (college: string, { p, q }: Share) =>
    `In “${college}” at least ${p}/${q} of those entitled have to vote.`,
  together: (wanted: string, needs: Threshold) =>
    `Together, each college with its share, “${wanted}” has to have ${threshold(needs)}. A college without any of them has no say.`,
  falls: 'If the colleges are divided, the motion falls.',
  prevails: (college: string) => `If the colleges are divided, “${college}” prevails.`,
  tie: {
    falls: 'As many votes for as against are no majority: the motion falls.',
    chair:
      'As many votes for as against: the chair has a casting vote. It has to be in the record before the result; without it the motion falls.',
    lot: 'As many votes for as against: a lot decides that nobody can steer.',
    're-ballot': 'As many votes for as against: the motion falls, and is voted on again in another election.',
  } satisfies Record<MotionRule['tie'], string>,
  seats: (n: number, colleges: readonly string[]) =>
    `${seatsIn(n)}, elected by ${quoted(colleges)}: the options with most votes have them.`,
  needs: (needs: NonNullable<SeatsRule['needs']>) => `Nobody is elected without ${threshold(needs)}.`,
  reserved: (group: string, least: number, options: readonly string[]) =>
    `At least ${seatsIn(least)} for “${group}”: ${list(options)}. If too few of them have a vote, so many fewer.`,
  seatTies: {
    lot: 'A tie across the last seat is decided by a lot that nobody can steer.',
    unfilled: 'A tie across the last seat is left unfilled.',
  } satisfies Record<SeatsRule['ties'], string>,
  order: (colleges: readonly string[]) =>
    `The options are put in order by the votes of ${quoted(colleges)}; equal ones share a place.`,
  consultative: 'This is consultative: it is counted, and binds nobody.',
  exclusive: (motions: readonly string[]) => `Of ${quoted(motions)} one at most can be carried out.`,
  both: {
    'run-off': 'If more than one is carried, a run-off is held.',
    'more-votes': 'If more than one is carried, the one with most votes for it is; if these are equal, none.',
    none: 'If more than one is carried, none is.',
  },
  ratify: (motion: string) =>
    `“${motion}” was put to an earlier election in the same words; both have to carry it.`,
  ratifyDivided: {
    falls: 'If they are divided, it falls.',
    own: 'If they are divided, this election prevails.',
    earlier: 'If they are divided, the earlier election prevails.',
  },
  petition: (needed: PetitionRule['needed']) =>
    needed.kind === 'number'
      ? `A motion needs ${counted(needed.n, 'supporter', 'supporters')}.`
      : `A motion needs the support of at least ${needed.p}/${needed.q} of everybody on the roll.`,
};

const results = {
  carried: (title: string, carried: boolean) => `${title} – ${carried ? 'CARRIED' : 'NOT CARRIED'}`,
  votes: (answers: readonly (readonly [answer: string, votes: number])[]) =>
    list(answers.map(([answer, votes]) => `${answer} ${number(votes)}`)),
  /** What a college did with the motion; null where it counts only together with others. */
  college: (college: string, carried: boolean | null) =>
    carried === null ? `${college}:` : `${college}: ${carried ? 'carried' : 'not carried'}.`,
  margin: (votes: string, margin: number) => `${votes}, a margin of ${number(margin)}.`,
  needed: (needs: Threshold, least: number, base: number, excess: number) =>
    `Needed ${threshold(needs)}, that is ${number(least)} of ${number(base)}: ${
      excess >= 0 ? `${number(excess)} more than needed` : `${number(-excess)} too few`
    }.`,
  turnout: (ballots: number, roll: number, isWeighted: boolean) =>
    `${number(ballots)} of ${number(roll)} ${isWeighted ? 'votes were cast' : 'voted'} (${format.share(ballots, roll)} %).`,
  quorum: (voters: number, reached: boolean) =>
    `Quorum ${number(voters)}: ${reached ? 'reached' : 'not reached'}.`,
  ofWhole: (votesFor: string, against: string) => `Of the whole: ${votesFor} % for, ${against} % against.`,
  together: (votesFor: string, against: string, needs: Threshold) =>
    `Together: ${votesFor} % for, ${against} % against. Needed ${threshold(needs)}.`,
  tie: (settled: 'for' | 'against' | null, how: MotionRule['tie']) => {
    if (settled === null)
      return how === 'chair' ? 'A tie, and no casting vote: it falls.' : 'A tie: it falls.';
    return `A tie, settled ${settled === 'for' ? 'for' : 'against'} the motion by ${how === 'lot' ? 'lot' : 'the casting vote of the chair'}.`;
  },
  reballot: 'It is to be voted on again.',
  dividedFalls: 'The colleges are divided: the motion falls.',
  dividedPrevails: (college: string) => `The colleges are divided: by the rule “${college}” prevails.`,
  seats: (title: string, elected: number, seats: number) =>
    `${title} – ${number(elected)} of ${seatsIn(seats)} filled`,
  elected: 'elected',
  share: (percent: string) => `${percent} %`,
  tied: (options: readonly string[], drawn: boolean) =>
    `Tied across the last seat, ${drawn ? 'drawn by lot, in this order' : 'left unfilled'}: ${list(options)}.`,
  between: (votes: number) => `Margin between the last seat and the next: ${votesIn(votes)}.`,
  reserved: (group: string, elected: number, least: number, declared: number) =>
    `Reserved for “${group}”: ${number(elected)} elected of at least ${number(least)}${
      least < declared ? ` (${number(declared)} by the rule, but there were too few to elect)` : ''
    }.`,
  unfilled: (seats: number) => `${seatsIn(seats)} unfilled.`,
  order: (title: string) => `${title} – ORDER`,
  consultative: (title: string) => `${title} – CONSULTATIVE`,
  bindsNobody: 'This was consultative: it binds nobody.',
  exclusive: (motions: readonly string[], carried: string | null) =>
    `${quoted(motions)} – ${carried === null ? 'NONE IS CARRIED OUT' : `“${carried}” IS CARRIED OUT`}`,
  both: {
    'run-off': 'More than one was carried: a run-off is to be held.',
    'more-votes': 'More than one was carried: most votes decide.',
    none: 'More than one was carried, and so none is carried out.',
  },
  ratify: (title: string, carried: boolean) =>
    `${title}, both elections – ${carried ? 'CARRIED' : 'NOT CARRIED'}`,
  ratified: (earlier: boolean, own: boolean) =>
    `The earlier election ${earlier ? 'carried' : 'rejected'} it, this one ${own ? 'carried' : 'rejected'} it.`,
  ratifyDivided: {
    falls: 'They are divided: it falls.',
    own: 'They are divided: this election prevails.',
    earlier: 'They are divided: the earlier election prevails.',
  },
  petition: (title: string, needed: number) =>
    `${title} – ${counted(needed, 'supporter', 'supporters')} needed`,
  supporters: (motion: string, supporters: number, reached: boolean) =>
    `${motion}: ${counted(supporters, 'supporter', 'supporters')}, ${reached ? 'enough' : 'not enough'}.`,
  /** How many votes otherwise. */
  changes: (votes: number, exact: boolean) => {
    if (votes === 0) return 'Votes alone did not decide it: any one of them might have.';
    if (votes === 1) return 'One different vote could have changed it.';
    return `${exact ? '' : 'At least '}${votesIn(votes)} would have had to be different to change it.`;
  },
};

/** What a ballot may say. `of`: the number of options. */
const shapes = {
  choose: (min: number, max: number, of: number, blank: boolean) => {
    const wanted = min === max ? `exactly ${min}` : min === 0 ? `up to ${max}` : `${min} to ${max}`;
    return `Choose ${wanted} of ${of}${blank ? ', or leave the ballot blank' : ''}.`;
  },
  score: (of: number, max: number) => `Give each of ${of} from 0 to ${max}.`,
  ranking: (points: readonly number[], of: number, blank: boolean) =>
    `Put ${points.length === of ? `all ${of}` : `${points.length} of ${of}`} in order${
      blank ? ', or leave the ballot blank' : ''
    }: the places give ${list(points.map(String))} points.`,
  split: (of: number) =>
    `A card vote: divide the weight of your card among ${of}, or leave part of it unused.`,
  support: (of: number) => `Support any of ${of}.`,
};

const terms = {
  rehearsal: 'This is a rehearsal: its result binds nobody.',
  open: (opens: number, closes: number | null) =>
    `Voting is open from ${format.moment(opens)} until ${
      closes === null ? 'the returning officer closes it' : format.moment(closes)
    }; the last ballot of each voter counts.`,
  oneKey:
    'LOW STAKES: one key alone opens this election. Whoever holds it could read every vote. If it is the automatic key of the server, that is whoever controls the server.',
  shared: (count: number, threshold: number) =>
    `No single person can read a vote. The key is split between ${counted(count, 'trustee', 'trustees')}. It takes ${threshold} of them together to open the totals; no single ballot is opened.`,
  /** `dishonest` of the trustees could have two closings opened. */
  twoClosings: (agreements: number, dishonest: number, count: number, threshold: number) =>
    `${counted(agreements, 'trustee', 'trustees')} have to agree to the count before it is opened. No witness has to sign the log. So if ${dishonest} of the ${count} trustees and the server were dishonest together, two different closings could be opened. That is ${
      dishonest >= threshold
        ? 'as many as it takes to read votes'
        : `fewer than the ${threshold} that it takes to read votes`
    }.`,
  recorded: 'In recorded colleges it is published who voted how.',
  witnesses: (names: readonly string[], quorum: number) =>
    `Witnesses of the log: ${list(names)}. ${
      quorum === 0 ? 'None of them has to sign it.' : `At least ${quorum} of them have to sign it.`
    }`,
  together: (least: number) =>
    `Where votes are secret, those of at least ${counted(least, 'voter', 'voters')} are counted together.`,
  parts: (by: 'region' | 'branch', least: number, most: number) =>
    `Each ${by} is counted apart too, if at least ${counted(least, 'ballot', 'ballots')} were cast in it. Smaller ones are only counted with others. There are at most ${counted(most, by, by === 'region' ? 'regions' : 'branches')}.`,
  second: (kinds: readonly string[]) => `Two officers have to sign: ${kinds.join('; ')}.`,
  secondKinds: {
    void: 'making the trustees start again',
    opening: 'opening the voting',
    replacement: 'replacing a lost voting code',
    result: 'declaring the result',
    extension: 'putting off the end of voting',
    abandonment: 'calling the election off',
    incident: 'recording an incident',
    dispute: 'taking a reported problem into the record',
    answer: 'answering a reported problem',
    'casting-vote': 'giving the chair’s vote',
  } satisfies Readonly<Record<SecondKind, string>>,
};

export const decisions = { rules, results, shapes, terms, places };
export type DecisionTexts = typeof decisions;
