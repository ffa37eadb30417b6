/** Rules and results in words: exact numbers, with the edge of every threshold. */
import { describe, expect, test } from 'vitest';
import type {
  College,
  Contest,
  ManifestBody,
  MotionRule,
  TextsDocument,
  Threshold,
} from '../../src/ballot/manifest.ts';
import { placesInWords } from '../../src/web/places-in-words.ts';
import { inWords, percentage } from '../../src/web/result-in-words.ts';
import { listed, ruleInWords, shapeInWords, termsInWords } from '../../src/web/rules-in-words.ts';
import { decisions as french } from '../../src/web/texts/fr/decisions.ts';
import { Titles } from '../../src/web/texts/titles.ts';

const TEXTS: TextsDocument = {
  v: 1,
  lang: 'en',
  title: 'A vote',
  intro: '',
  colleges: { members: 'Members', delegates: 'Delegates' },
  contests: {
    motion: { title: 'Recall', text: '', options: { for: 'For', against: 'Against', abstain: 'Abstain' } },
    seats: { title: 'Committee', text: '', options: { ada: 'Ada', ben: 'Ben', cat: 'Cat' } },
  },
};

const MAJORITY: Threshold = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' };

function motion(threshold: Threshold, quorum = { p: 0, q: 1 }): MotionRule {
  return {
    id: 'recall',
    kind: 'motion',
    contest: 'motion',
    for: 'for',
    against: 'against',
    colleges: [{ college: 'members', threshold, quorum, share: null }],
    combine: { kind: 'each', divided: { kind: 'falls' } },
    tie: 'falls',
  };
}

/** One college, one motion. */
function resultOf(
  rule: MotionRule,
  [votesFor, against, abstain]: [number, number, number],
  roll: number,
  carried: boolean,
) {
  const ballots = votesFor + against + abstain;
  const manifest = {
    trustees: null,
    colleges: [{ id: 'members', weights: [1] }],
    contests: [
      {
        id: 'motion',
        colleges: ['members'],
        options: ['for', 'against', 'abstain'],
        shape: { kind: 'choose', min: 1, max: 1, blank: false },
      },
    ],
    rules: [rule],
  } as unknown as ManifestBody;
  const college = {
    college: 'members',
    roll,
    ballots,
    for: votesFor,
    against,
    quorate: true,
    tie: null,
    carried,
  };
  return inWords(manifest, TEXTS, {
    counts: [{ cell: 'motion/members/1', counts: [votesFor, against, abstain] }],
    outcome: [
      {
        id: 'recall',
        kind: 'motion',
        carried,
        divided: false,
        reballot: false,
        tie: null,
        colleges: [college],
      },
    ],
  }).join('\n');
}

describe('a motion', () => {
  test('that is lost by 29 to 30 needed one vote more', () => {
    const words = resultOf(motion(MAJORITY), [29, 30, 0], 60, false);
    expect(words).toContain('Recall – NOT CARRIED');
    expect(words).toContain('For 29, Against 30 and Abstain 0, a margin of 1.');
    expect(words).toContain('that is 30 of 59: 1 too few.');
  });

  test.each([
    ['more than half of an even number', MAJORITY, [30, 30, 0], 'that is 31 of 60: 1 too few'],
    [
      'at least two thirds, exactly',
      { ...MAJORITY, compare: 'at-least', p: 2, q: 3 },
      [40, 20, 5],
      'that is 40 of 60: 0 more than needed',
    ],
    [
      'at least two thirds of a number that three does not divide',
      { ...MAJORITY, compare: 'at-least', p: 2, q: 3 },
      [41, 20, 0],
      'that is 41 of 61: 0 more',
    ],
    ['half of all ballots', { ...MAJORITY, of: 'ballots' }, [31, 0, 31], 'that is 32 of 62: 1 too few'],
    ['half of the roll', { ...MAJORITY, of: 'roll' }, [51, 1, 0], 'that is 51 of 100: 0 more than needed'],
    ['nobody voted', MAJORITY, [0, 0, 0], 'that is 1 of 0: 1 too few'],
  ] as const)('%s', (_, threshold, votes, words) => {
    expect(resultOf(motion(threshold), [...votes], 100, false)).toContain(words);
  });

  test('says its quorum, rounded up', () => {
    expect(resultOf(motion(MAJORITY, { p: 1, q: 3 }), [20, 14, 0], 100, true)).toContain(
      'Quorum 34: reached.',
    );
  });
});

describe('an election of seats', () => {
  const manifest = {
    trustees: null,
    colleges: [{ id: 'members', weights: [1] }],
    contests: [
      {
        id: 'seats',
        colleges: ['members'],
        options: ['ada', 'ben', 'cat'],
        shape: { kind: 'choose', min: 0, max: 3, blank: false },
      },
    ],
    rules: [
      {
        id: 'seats',
        kind: 'seats',
        contest: 'seats',
        colleges: [{ college: 'members', share: null }],
        seats: 2,
        needs: null,
        reserved: [],
        ties: 'lot',
      },
    ],
  } as unknown as ManifestBody;
  const counts = [{ cell: 'seats/members/1', counts: [9, 4, 4] }];
  const votes = [
    { option: 'ada', votes: 9 },
    { option: 'ben', votes: 4 },
    { option: 'cat', votes: 4 },
  ];

  test('names those tied, and the lot', () => {
    const outcome = [
      {
        id: 'seats',
        kind: 'seats' as const,
        colleges: [],
        votes,
        reserved: [],
        elected: ['ada', 'cat'],
        tied: ['cat', 'ben'],
        unfilled: 0,
      },
    ];
    const words = inWords(manifest, TEXTS, { counts, outcome });
    expect(words).toContain('Committee – 2 of 2 seats filled');
    expect(words).toContain('  Tied across the last seat, drawn by lot, in this order: Cat and Ben.');
    expect(words.filter((line) => line.endsWith('elected'))).toHaveLength(2);
  });

  test('names unfilled seats', () => {
    const outcome = [
      {
        id: 'seats',
        kind: 'seats' as const,
        colleges: [],
        votes,
        reserved: [],
        elected: ['ada'],
        tied: [],
        unfilled: 1,
      },
    ];
    expect(inWords(manifest, TEXTS, { counts, outcome })).toContain('  1 seat unfilled.');
  });
});

test('rules are sentences', () => {
  const rule: MotionRule = {
    ...motion(MAJORITY, { p: 1, q: 10 }),
    colleges: [
      { college: 'members', threshold: MAJORITY, quorum: { p: 1, q: 10 }, share: null },
      { college: 'delegates', threshold: { ...MAJORITY, of: 'roll' }, quorum: { p: 0, q: 1 }, share: null },
    ],
    combine: { kind: 'each', divided: { kind: 'prevails', college: 'members' } },
  };
  expect(ruleInWords(rule, [rule], new Titles(TEXTS))).toEqual([
    'It is put to “Members” and “Delegates” at the same time.',
    'In the college “Members”, “For” has to have more than 1/2 of the votes for and against, and at least 1/10 of those entitled have to vote.',
    'In the college “Delegates”, “For” has to have more than 1/2 of everybody entitled to vote.',
    'If the colleges are divided, “Members” prevails.',
    'As many votes for as against are no majority: the motion falls.',
  ]);
});

describe('the places of delegates', () => {
  const rate = { kind: 'rate', seats: 2, per: 100, parts: 'begun', min: 1, max: 10 } as const;
  const none = {
    branches: null,
    outside: null,
    regions: null,
    strands: null,
    affiliates: null,
    reserved: [],
  };
  const said = (rule: Partial<NonNullable<College['entitlement']>>, words?: typeof french) =>
    placesInWords(
      [
        { id: 'members', entitlement: null },
        { id: 'delegates', entitlement: { from: 'members', ...none, ...rule } },
      ],
      new Titles(TEXTS),
      words,
    );

  test('go by members, at the same rate outside branches', () => {
    expect(said({ branches: rate, outside: { kind: 'same-rate' } })).toEqual([
      'In “Delegates”, each branch has 2 places for every 100 members or part of 100, at least 1, at most 10.',
      'In “Delegates”, each region, for its members outside branches, has 2 places for every 100 members or part of 100, at least 1, at most 10.',
      'How many members a body has for its places in “Delegates” is counted in “Members”.',
    ]);
    expect(said({ regions: { ...rate, parts: 'full', min: 0, max: null } })[0]).toBe(
      'In “Delegates”, each region has 2 places for every full 100 members.',
    );
  });

  test('are the same for each, by name, by size, and reserved', () => {
    const rule = {
      branches: { kind: 'named', bodies: [{ body: 'leeds', seats: 3 }] },
      strands: { kind: 'each', seats: 1 },
      affiliates: {
        kind: 'classes',
        classes: [
          { from: 1, seats: 1 },
          { from: 500, seats: 2 },
        ],
      },
      reserved: [{ group: 'women', seats: 1, of: 2, parts: 'begun' }],
    } as const;
    const mutable = JSON.parse(JSON.stringify(rule)) as Partial<NonNullable<College['entitlement']>>;
    expect(said(mutable).slice(0, -1)).toEqual([
      'In “Delegates”, these have places: Leeds 3.',
      'In “Delegates”, each strand has 1 place.',
      'In “Delegates”, each affiliate has places by its size: 1 place from 1 member on and 2 places from 500 members on.',
      'Of every 2 places of a body in “Delegates”, 1 go to “Women”.',
    ]);
    expect(said(mutable, french)[1]).toBe('Dans « Delegates », chaque courant a 1 place.');
  });
});

test('shapes, lists and shares', () => {
  const contest = { id: 'c', colleges: [], options: ['a', 'b', 'c'] };
  expect(shapeInWords({ ...contest, shape: { kind: 'choose', min: 0, max: 2, blank: false } })).toBe(
    'Choose up to 2 of 3.',
  );
  expect(shapeInWords({ ...contest, shape: { kind: 'choose', min: 1, max: 2, blank: false } })).toBe(
    'Choose 1 to 2 of 3.',
  );
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
  expect([percentage(4, 9), percentage(999, 1000), percentage(9999, 10_000), percentage(0, 0)]).toEqual([
    '44.4',
    '99.9',
    '99.9',
    '0.0',
  ]);
});

describe('the terms', () => {
  const terms = (threshold: number, count: number, agreements: number, quorum = 0): string =>
    termsInWords({
      kind: 'real',
      times: { opens: 0, closes: 60 },
      trustees: { threshold, count, agreements },
      witnesses: { quorum, keys: [] },
      cells: { requiredMin: 5, optional: null },
      colleges: [{ mode: 'secret' }],
      roles: {},
    } as unknown as ManifestBody).join('\n');

  test('say how many dishonest trustees two closings take', () => {
    expect(terms(2, 3, 2)).toContain('if 1 of the 3 trustees and the server were dishonest');
    expect(terms(2, 3, 2)).toContain('fewer than the 2 that it takes to read votes');
    expect(terms(3, 5, 4)).toContain('if 3 of the 5 trustees and the server were dishonest');
    expect(terms(3, 5, 4)).toContain('as many as it takes to read votes');
  });

  test('are in the language of the page, times too', () => {
    const manifest = {
      kind: 'rehearsal',
      times: { opens: 0, closes: 86_400 },
      trustees: { threshold: 2, count: 3, agreements: 2 },
      witnesses: { quorum: 0, keys: ['w.example/1+1d84f2b6+BA'] },
      cells: { requiredMin: 5, optional: null },
      colleges: [{ mode: 'recorded' }],
      roles: { second: ['opening', 'result'] },
    } as unknown as ManifestBody;
    expect(termsInWords(manifest)[1]).toContain(
      'from 1 January 1970 at 00:00 UTC until 2 January 1970 at 00:00 UTC;',
    );
    const said = termsInWords(manifest, french);
    expect(said).toHaveLength(7);
    expect(said[5]).toBe('Témoins du journal : w.example/1. Aucun d’eux n’a à le signer.');
    expect(said[6]).toBe('Deux responsables doivent signer : ouvrir le vote ; proclamer le résultat.');
    expect(said[1]).toContain('du 1 janvier 1970 à 00:00 UTC au 2 janvier 1970 à 00:00 UTC');
    expect(said[2]).toContain('partagée entre 3 scrutateurs. Il en faut 2');
    expect(said[3]).toContain('moins que les 2 qu’il faut');
    const contest = { id: 'c', colleges: [], options: ['a', 'b', 'c'] };
    const shape: Contest['shape'] = { kind: 'ranking', points: [3, 2], blank: true };
    expect(shapeInWords({ ...contest, shape }, french)).toBe(
      'Classez 2 des 3 options, ou votez blanc : les places donnent 3 et 2 points.',
    );
  });

  test('say what is counted together, and what apart', () => {
    const manifest = (mode: string) =>
      ({
        kind: 'real',
        times: { opens: 0, closes: 60 },
        trustees: null,
        witnesses: { quorum: 0, keys: [] },
        cells: { requiredMin: 5, optional: { by: 'branch', min: 10, most: 1200 } },
        colleges: [{ mode }],
        roles: {},
      }) as unknown as ManifestBody;
    expect(termsInWords(manifest('secret')).slice(1)).toEqual([
      'Where votes are secret, those of at least 5 voters are counted together.',
      'Each branch is counted apart too, if at least 10 ballots were cast in it. Smaller ones are only counted with others. There are at most 1,200 branches.',
    ]);
    expect(termsInWords(manifest('secret'), french)[2]).toContain('Chaque section est aussi comptée à part');
    expect(termsInWords(manifest('recorded'))).toHaveLength(2);
  });

  test('say nothing of it where witnesses watch, or one key is all there is', () => {
    expect(terms(2, 3, 2, 1)).not.toContain('two different closings');
    expect(terms(1, 1, 1)).not.toContain('two different closings');
    expect(terms(1, 1, 1)).toContain('LOW STAKES');
  });
});
