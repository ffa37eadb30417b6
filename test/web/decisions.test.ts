/** Every rule and every outcome in words: with all numbers, and how many votes would change it. */
import { describe, expect, test } from 'vitest';
import type { Contest, DecisionRule, ManifestBody, TextsDocument } from '../../src/ballot/manifest.ts';
import type { OutcomeInputs } from '../../src/tally/outcome-inputs.ts';
import { decisionsInWords } from '../../src/web/result-in-words.ts';
import { ruleInWords, rulesAbout } from '../../src/web/rules-in-words.ts';
import { decisions as french } from '../../src/web/texts/fr/decisions.ts';
import { Titles } from '../../src/web/texts/titles.ts';
import {
  contestOf,
  decideAll,
  MAJORITY,
  motionOf,
  SEED,
  seatsOf,
  setting,
  type Votes,
  weightedMotion,
} from '../tally/decide.ts';

const title = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
const titled = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, title(id)]));
const ANSWERS = ['for', 'against', 'abstain'];

function tell(
  contests: Contest[],
  rules: DecisionRule[],
  votes: Votes,
  inputs: Partial<OutcomeInputs> = {},
  links: ManifestBody['links'] = [],
) {
  const outcome = decideAll(contests, rules, votes, inputs, links);
  const manifest = { ...setting(contests, rules), trustees: null } as unknown as ManifestBody;
  const texts: TextsDocument = {
    v: 1,
    lang: 'en',
    title: 'A vote',
    intro: '',
    colleges: titled(manifest.colleges.map(({ id }) => id)),
    contests: Object.fromEntries(
      contests.map(({ id, options, shape }) => [
        id,
        {
          title: title(id),
          text: '',
          options: titled([
            ...options,
            ...(shape.kind === 'support' ? shape.merged.map((one) => one.id) : []),
          ]),
        },
      ]),
    ),
  };
  const titles = new Titles(texts);
  const counts = contests.flatMap(({ id, colleges }) =>
    colleges.map((college) => ({ cell: `${id}/${college}/1`, counts: votes[id]?.[college]?.counts ?? [] })),
  );
  const told = decisionsInWords(manifest, { counts, outcome }, titles);
  const inFrench = decisionsInWords(manifest, { counts, outcome }, titles, french);
  expect(inFrench.map((one) => one?.sentences.length)).toEqual(told.map((one) => one?.sentences.length));
  for (const rule of rules) {
    const own = ruleInWords(rule, rules, titles);
    expect(ruleInWords(rule, rules, titles, french)).toHaveLength(own.length);
  }
  return { rules: rules.map((rule) => ruleInWords(rule, rules, titles)), told };
}

describe('weighted colleges', () => {
  const HALF = { p: 1, q: 2 };

  test('the first card vote of 2021, with its printed percentages', () => {
    const { rules, told } = tell(
      [contestOf('motion', ['for', 'against'], ['clps', 'affiliates'])],
      [weightedMotion({ clps: HALF, affiliates: HALF })],
      { motion: { clps: { counts: [342_921, 8723] }, affiliates: { counts: [1_810_113, 4825] } } },
    );
    expect(rules[0]).toEqual([
      'It is put to “Clps” and “Affiliates” at the same time.',
      '“Clps” counts for 1/2 of the whole.',
      '“Affiliates” counts for 1/2 of the whole.',
      'Together, each college with its share, “For” has to have more than 1/2 of the votes for and against. A college without any of them has no say.',
      'As many votes for as against are no majority: the motion falls.',
    ]);
    expect(told[0]).toEqual({
      heading: 'Motion – CARRIED',
      votes: [],
      sentences: [
        'Clps: For 342,921 and Against 8,723, a margin of 334,198. Of the whole: 48.76 % for, 1.24 % against. 351,644 of 351,644 voted (100.0 %).',
        'Affiliates: For 1,810,113 and Against 4,825, a margin of 1,805,288. Of the whole: 49.87 % for, 0.13 % against. 1,814,938 of 1,814,938 voted (100.0 %).',
        'Together: 98.63 % for, 1.37 % against. Needed more than 1/2 of the votes for and against.',
        '341,987 votes would have had to be different to change it.',
      ],
    });
  });

  test('a tie that the chair settled', () => {
    const { told } = tell(
      [contestOf('motion', ANSWERS, ['members'])],
      [motionOf(['members'], { tie: 'chair' })],
      { motion: { members: { counts: [30, 30, 1] } } },
      { castingVotes: [{ rule: 'motion', college: 'members', vote: 'for' }] },
    );
    expect(told[0]?.heading).toBe('Motion – CARRIED');
    expect(told[0]?.sentences).toEqual([
      'Members: carried. For 30, Against 30 and Abstain 1, a margin of 0. Needed more than 1/2 of the votes for and against, that is 31 of 60: 1 too few. 61 of 61 voted (100.0 %). A tie, settled for the motion by the casting vote of the chair.',
      'Votes alone did not decide it: any one of them might have.',
    ]);
  });

  test('a tie that leads to a re-ballot', () => {
    const { told } = tell(
      [contestOf('motion', ANSWERS, ['members'])],
      [motionOf(['members'], { tie: 're-ballot' })],
      { motion: { members: { counts: [30, 30, 1] } } },
    );
    expect(told[0]?.sentences.slice(-2)).toEqual([
      'It is to be voted on again.',
      'One different vote could have changed it.',
    ]);
  });
});

test('a recall by 29 to 30: one vote', () => {
  const { told } = tell([contestOf('motion', ANSWERS, ['members'])], [motionOf(['members'])], {
    motion: { members: { roll: 60, counts: [29, 30, 0] } },
  });
  expect(told[0]?.sentences.at(-1)).toBe('One different vote could have changed it.');
});

describe('seats', () => {
  const options = ['ada', 'ben', 'cat', 'dee'];

  test('with reserved places', () => {
    const { rules, told } = tell(
      [contestOf('seats', options, ['members'], { kind: 'choose', min: 0, max: 2, blank: false })],
      [seatsOf(2, { reserved: [{ id: 'women', least: 2, options: ['cat', 'dee'] }] })],
      { seats: { members: { roll: 100, ballots: 60, counts: [40, 30, 20, 0] } } },
    );
    expect(rules[0]?.[1]).toBe(
      'At least 2 seats for “women”: Cat and Dee. If too few of them have a vote, so many fewer.',
    );
    expect(told[0]?.votes).toEqual([
      { option: 'Ada', votes: 40, note: 'elected' },
      { option: 'Ben', votes: 30, note: '' },
      { option: 'Cat', votes: 20, note: 'elected' },
      { option: 'Dee', votes: 0, note: '' },
    ]);
    expect(told[0]?.sentences[0]).toBe(
      'Reserved for “women”: 1 elected of at least 1 (2 by the rule, but there were too few to elect).',
    );
  });

  test('with shares and a majority that nobody has', () => {
    const third = { p: 1, q: 3 };
    const { rules, told } = tell(
      [contestOf('seats', options.slice(0, 3), ['mps', 'members', 'unions'])],
      [
        seatsOf(1, {
          colleges: ['mps', 'members', 'unions'].map((college) => ({ college, share: third })),
          needs: { compare: 'more-than', p: 1, q: 2, of: 'votes' },
        }),
      ],
      {
        seats: {
          mps: { counts: [5, 4, 1] },
          members: { counts: [400, 500, 100] },
          unions: { counts: [50, 40, 10] },
        },
      },
    );
    expect(rules[0]?.slice(3)).toEqual([
      '“Unions” counts for 1/3 of the whole.',
      'Nobody is elected without more than 1/2 of all votes for options.',
      'A tie across the last seat is left unfilled.',
    ]);
    expect(told[0]).toMatchObject({
      heading: 'Seats – 0 of 1 seat filled',
      votes: [
        { option: 'Ada', votes: 455, note: '46.67 %' },
        { option: 'Ben', votes: 544, note: '43.33 %' },
        { option: 'Cat', votes: 111, note: '10.00 %' },
      ],
    });
    expect(told[0]?.sentences).toEqual([
      '1 seat unfilled.',
      'At least 2 votes would have had to be different to change it.',
    ]);
  });

  test('a lot', () => {
    const { told } = tell(
      [contestOf('seats', options, ['members'])],
      [seatsOf(1, { ties: 'lot' })],
      { seats: { members: { counts: [9, 9, 1, 0] } } },
      { seed: SEED },
    );
    expect(told[0]?.sentences[0]).toMatch(
      /^Tied across the last seat, drawn by lot, in this order: (Ada and Ben|Ben and Ada)\.$/,
    );
  });
});

test('an order, a consultation, a petition', () => {
  const { rules, told } = tell(
    [
      contestOf('agenda', ['a', 'b', 'c'], ['members'], { kind: 'ranking', points: [3, 2, 1], blank: false }),
      contestOf('survey', ['omov', 'delegates'], ['members']),
      contestOf('motions', ['trees', 'parks'], ['members'], {
        kind: 'support',
        merged: [{ id: 'green', parts: ['trees', 'parks'] }],
      }),
    ],
    [
      { id: 'o', kind: 'order', contest: 'agenda', colleges: ['members'] },
      { id: 's', kind: 'consultative', contest: 'survey', colleges: ['members'] },
      {
        id: 'p',
        kind: 'petition',
        contest: 'motions',
        colleges: ['members'],
        needed: { kind: 'number', n: 30 },
      },
    ],
    {
      agenda: { members: { roll: 20, ballots: 10, counts: [25, 20, 15] } },
      survey: { members: { roll: 20, counts: [8, 2] } },
      motions: { members: { roll: 100, ballots: 40, counts: [29, 20, 35] } },
    },
  );
  expect(rules).toEqual([
    ['The options are put in order by the votes of “Members”; equal ones share a place.'],
    ['This is consultative: it is counted, and binds nobody.'],
    ['A motion needs 30 supporters.'],
  ]);
  expect(told).toEqual([
    {
      heading: 'Agenda – ORDER',
      votes: [
        { option: '1. A', votes: 25, note: '' },
        { option: '2. B', votes: 20, note: '' },
        { option: '3. C', votes: 15, note: '' },
      ],
      sentences: ['One different vote could have changed it.'],
    },
    {
      heading: 'Survey – CONSULTATIVE',
      votes: [],
      sentences: [
        'Members: Omov 8 and Delegates 2. 10 of 20 voted (50.0 %).',
        'This was consultative: it binds nobody.',
      ],
    },
    {
      heading: 'Motions – 30 supporters needed',
      votes: [],
      sentences: [
        'Trees: 29 supporters, not enough.',
        'Parks: 20 supporters, not enough.',
        'Green: 35 supporters, enough.',
        'One different vote could have changed it.',
      ],
    },
  ]);
});

test('motions of which one can be carried out, and a ratification', () => {
  const ids = ['east', 'west'];
  const contests = ids.map((id) => contestOf(id, ['for', 'against'], ['members']));
  const all: DecisionRule[] = [
    ...ids.map((id) => motionOf(['members'], { id, contest: id })),
    { id: 'one', kind: 'exclusive', rules: ids, both: 'run-off' },
    { id: 'both', kind: 'ratify', own: 'east', link: 'E', rule: 'm', text: 'T', divided: 'own' },
  ];
  const { rules, told } = tell(
    contests,
    all,
    { east: { members: { counts: [9, 1] } }, west: { members: { counts: [6, 4] } } },
    {
      earlier: [
        { id: 'm', kind: 'motion', carried: false, divided: false, reballot: false, tie: null, colleges: [] },
      ],
    },
    [{ relation: 'follows', manifest: 'E', rule: 'm' }],
  );
  expect(rules.slice(2)).toEqual([
    [
      'Of “East” and “West” one at most can be carried out.',
      'If more than one is carried, a run-off is held.',
    ],
    [
      '“East” was put to an earlier election in the same words; both have to carry it.',
      'If they are divided, this election prevails.',
    ],
  ]);
  expect(told.slice(2)).toEqual([
    {
      heading: '“East” and “West” – NONE IS CARRIED OUT',
      votes: [],
      sentences: [
        'More than one was carried: a run-off is to be held.',
        'One different vote could have changed it.',
      ],
    },
    {
      heading: 'East, both elections – CARRIED',
      votes: [],
      sentences: [
        'The earlier election rejected it, this one carried it.',
        'They are divided: this election prevails.',
        '4 votes would have had to be different to change it.',
      ],
    },
  ]);
  expect(rulesAbout('east', all).map(({ id }) => id)).toEqual(['east', 'one', 'both']);
  expect(rulesAbout('west', all).map(({ id }) => id)).toEqual(['west', 'one']);
  expect(MAJORITY.of).toBe('for-and-against');
});
