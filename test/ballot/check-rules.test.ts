/** docs/protocol.md §4.1: rules that are undetermined, impossible or contradict themselves are refused, each with its field. */
import { describe, expect, test } from 'vitest';
import { checkManifest } from '../../src/ballot/check-manifest.ts';
import { type ManifestBody, manifestBody } from '../../src/ballot/manifest.ts';
import type { DecisionRule, MotionRule, SeatsRule } from '../../src/ballot/rules.ts';
import { manifest } from './manifests.ts';

type Edit = (manifest: ManifestBody) => void;
const HASH = 'A'.repeat(43);

function problemsOf(edit: Edit): string[] {
  const edited = structuredClone(manifest);
  edit(edited);
  manifestBody.parse(edited);
  return checkManifest(edited).map(({ field, code }) => `${field} ${code}`);
}

function fail(): never {
  throw new Error('not in the manifest');
}
const motion = (m: ManifestBody): MotionRule => m.rules.find((rule) => rule.kind === 'motion') ?? fail();
const seats = (m: ManifestBody): SeatsRule => m.rules.find((rule) => rule.kind === 'seats') ?? fail();
const add = (m: ManifestBody, ...rules: DecisionRule[]): void => void m.rules.push(...rules);
const link = { relation: 'follows' as const, manifest: HASH, rule: 'motion' };

/** The motion's colleges with these shares, and one threshold. */
const weighted = (m: ManifestBody, ...shares: (readonly [number, number])[]): void => {
  const rule = motion(m);
  rule.combine = {
    kind: 'weighted',
    threshold: { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' },
  };
  for (const [i, college] of rule.colleges.entries()) {
    const [p, q] = shares[i] ?? fail();
    Object.assign(college, { threshold: null, share: { p, q } });
  }
};

const ratify = (change: object = {}): DecisionRule => ({
  id: 'both',
  kind: 'ratify',
  own: 'motion',
  link: HASH,
  rule: 'motion',
  text: HASH,
  divided: 'falls',
  ...change,
});

/** The same rule of another contest, which is put there. */
const second = (m: ManifestBody, change: Partial<MotionRule> = {}): MotionRule => {
  const rule = { ...structuredClone(motion(m)), id: 'second', contest: 'second', ...change };
  if (rule.contest === 'second')
    m.contests.push({
      ...structuredClone(m.contests[0] ?? fail()),
      id: 'second',
      colleges: rule.colleges.map(({ college }) => college),
    });
  return rule;
};

describe('rules that hold', () => {
  test.each<[string, Edit]>([
    ['thirds', (m) => weighted(m, [1, 3], [2, 3])],
    ['shares of large denominators', (m) => weighted(m, [333_333, 1_000_000], [666_667, 1_000_000])],
    ['a chair with a casting vote', (m) => void (motion(m).tie = 'chair')],
    [
      'a re-ballot of weighted colleges',
      (m) => {
        weighted(m, [1, 2], [1, 2]);
        motion(m).tie = 're-ballot';
      },
    ],
    [
      'incompatible motions',
      (m) =>
        add(m, second(m), { id: 'one', kind: 'exclusive', rules: ['motion', 'second'], both: 'more-votes' }),
    ],
    [
      'motions in one contest, each against what is',
      (m) => {
        (m.contests[0] ?? fail()).options = ['for', 'other', 'against'];
        add(m, second(m, { contest: 'motion', for: 'other' }));
      },
    ],
    [
      'a motion in one contest, by rules of each college',
      (m) => {
        const other = second(m, { contest: 'motion' });
        const divided = { kind: 'each' as const, divided: { kind: 'falls' as const } };
        for (const rule of [motion(m), other]) rule.combine = divided;
        motion(m).colleges.pop();
        other.colleges.shift();
        add(m, other);
      },
    ],
    [
      'advice on the record, which no rule counts',
      (m) => {
        m.colleges.push({ id: 'board', mode: 'recorded', weights: [1], entitlement: null });
        m.contests[0]?.colleges.push('board');
      },
    ],
    [
      'votes that are counted for what people think',
      (m) => {
        m.contests[1]?.colleges.push('members');
        add(m, { id: 'view', kind: 'consultative', contest: 'committee', colleges: ['members'] });
      },
    ],
    [
      'a ratification',
      (m) => {
        m.links = [link];
        add(m, ratify());
      },
    ],
    [
      'what an option needs',
      (m) => void (seats(m).needs = { compare: 'more-than', p: 1, q: 2, of: 'ballots' }),
    ],
    [
      'reserved places that one option fills for two',
      (m) => {
        seats(m).seats = 1;
        seats(m).reserved = [
          { id: 'a', least: 1, options: ['ada', 'bo'] },
          { id: 'b', least: 1, options: ['bo', 'cy'] },
        ];
      },
    ],
    [
      'an order and a consultation beside the seats',
      (m) =>
        add(
          m,
          { id: 'order', kind: 'order', contest: 'committee', colleges: ['delegates'] },
          { id: 'view', kind: 'consultative', contest: 'motion', colleges: ['members'] },
        ),
    ],
    [
      'a card vote that decides a motion',
      (m) => {
        const contest = m.contests[0] ?? fail();
        contest.colleges = ['delegates'];
        contest.shape = { kind: 'split' };
        m.contests.push({
          id: 'more',
          colleges: ['members'],
          options: ['x', 'y'],
          shape: { kind: 'choose', min: 1, max: 1, blank: false },
        });
        motion(m).colleges.shift();
        motion(m).combine = { kind: 'each', divided: { kind: 'falls' } };
        add(m, { id: 'view', kind: 'consultative', contest: 'more', colleges: ['members'] });
      },
    ],
  ])('%s', (_, edit) => {
    expect(problemsOf(edit)).toEqual([]);
  });
});

describe('undetermined', () => {
  test.each<[string, Edit, string[]]>([
    ['a contest that no rule counts', (m) => void m.rules.pop(), ['contests[1].id undetermined']],
    [
      'secret votes that no rule counts',
      (m) => void m.contests[1]?.colleges.push('members'),
      ['contests[1].colleges[1] undetermined'],
    ],
    [
      'secret votes that a rule of another contest counts',
      (m) => {
        motion(m).colleges.shift();
        motion(m).combine = { kind: 'each', divided: { kind: 'falls' } };
        add(m, second(m, { colleges: [{ ...(motion(m).colleges[0] ?? fail()), college: 'members' }] }));
      },
      ['contests[0].colleges[0] undetermined'],
    ],
    [
      'a college without a threshold',
      (m) => Object.assign(motion(m).colleges[1] ?? fail(), { threshold: null }),
      ['rules[0].colleges[1].threshold undetermined'],
    ],
    [
      'a weighted college without a share',
      (m) => {
        weighted(m, [1, 2], [1, 2]);
        Object.assign(motion(m).colleges[1] ?? fail(), { share: null });
      },
      ['rules[0].colleges[1].share undetermined', 'rules[0].colleges contradiction'],
    ],
    [
      'seats in colleges of which one has a share',
      (m) => {
        (m.contests[1] ?? fail()).colleges = ['members', 'delegates'];
        seats(m).colleges = [
          { college: 'members', share: { p: 1, q: 1 } },
          { college: 'delegates', share: null },
        ];
      },
      ['rules[1].colleges[1].share undetermined'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(problemsOf(edit)).toEqual(expected);
  });
});

describe('shares', () => {
  test.each<[string, Edit, string[]]>([
    ['that add up to less', (m) => weighted(m, [1, 3], [1, 2]), ['rules[0].colleges contradiction']],
    ['that add up to more', (m) => weighted(m, [2, 3], [1, 2]), ['rules[0].colleges contradiction']],
    [
      'that miss the whole by a millionth',
      (m) => weighted(m, [333_333, 1_000_000], [2, 3]),
      ['rules[0].colleges contradiction'],
    ],
    [
      'in colleges that decide each for itself',
      (m) => Object.assign(motion(m).colleges[0] ?? fail(), { share: { p: 1, q: 1 } }),
      ['rules[0].colleges[0].share contradiction'],
    ],
    [
      'beside thresholds of their own',
      (m) => {
        const { threshold } = motion(m).colleges[0] ?? fail();
        weighted(m, [1, 2], [1, 2]);
        Object.assign(motion(m).colleges[0] ?? fail(), { threshold });
      },
      ['rules[0].colleges[0].threshold contradiction'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(problemsOf(edit)).toEqual(expected);
  });
});

describe('motions', () => {
  test.each<[string, Edit, string[]]>([
    [
      'more than all of the whole',
      (m) => {
        weighted(m, [1, 2], [1, 2]);
        motion(m).combine = {
          kind: 'weighted',
          threshold: { compare: 'more-than', p: 1, q: 1, of: 'for-and-against' },
        };
      },
      ['rules[0].combine.threshold impossible'],
    ],
    [
      'a quorum of more than everybody',
      (m) => Object.assign(motion(m).colleges[0] ?? fail(), { quorum: { p: 31, q: 30 } }),
      ['rules[0].colleges[0].quorum impossible'],
    ],
    [
      'more than the whole roll',
      (m) =>
        Object.assign(motion(m).colleges[0] ?? fail(), {
          threshold: { compare: 'at-least', p: 3, q: 2, of: 'roll' },
        }),
      ['rules[0].colleges[0].threshold impossible'],
    ],
    ...(['chair', 'lot', 're-ballot'] as const).map((tie): [string, Edit, string[]] => [
      `a tie by ${tie} where two thirds are needed`,
      (m) => {
        motion(m).tie = tie;
        for (const college of motion(m).colleges)
          college.threshold = { compare: 'at-least', p: 2, q: 3, of: 'for-and-against' };
      },
      ['rules[0].tie contradiction'],
    ]),
    [
      'a tie by the chair where half of all ballots is needed',
      (m) => {
        motion(m).tie = 'chair';
        for (const college of motion(m).colleges)
          college.threshold = { compare: 'more-than', p: 1, q: 2, of: 'ballots' };
      },
      ['rules[0].tie contradiction'],
    ],
    [
      'points for an answer',
      (m) => void ((m.contests[0] ?? fail()).shape = { kind: 'score', max: 5 }),
      ['rules[0].contest contradiction'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(problemsOf(edit)).toEqual(expected);
  });
});

describe('seats', () => {
  const group = (least: number, ...options: string[]) => ({ id: 'women', least, options });
  const reserved =
    (...groups: { id: string; least: number; options: string[] }[]): Edit =>
    (m) =>
      void (seats(m).reserved = groups);

  test.each<[string, Edit, string[]]>([
    [
      'a place for nobody',
      reserved(group(1, 'x')),
      ['rules[1].reserved[0].options[0] unknown', 'rules[1].reserved[0].least impossible'],
    ],
    ['one candidate twice', reserved(group(1, 'ada', 'ada')), ['rules[1].reserved[0].options[1] duplicate']],
    ['more places than candidates', reserved(group(2, 'ada')), ['rules[1].reserved[0].least impossible']],
    [
      'more places than seats',
      reserved(group(3, 'ada', 'bo', 'cy')),
      ['rules[1].reserved[0].least impossible'],
    ],
    [
      'two groups with one name',
      reserved(group(1, 'ada'), group(1, 'bo')),
      ['rules[1].reserved[1].id duplicate'],
    ],
    [
      'more places together than seats',
      reserved(group(1, 'ada'), { id: 'young', least: 2, options: ['bo', 'cy'] }),
      ['rules[1].reserved[1].least impossible'],
    ],
    [
      'a table that nobody could keep',
      (m) => {
        const contest = m.contests[1] ?? fail();
        contest.options = Array.from({ length: 100 }, (_, i) => `c${i}`);
        seats(m).seats = 100;
        seats(m).reserved = Array.from({ length: 4 }, (_, i) => ({
          id: `g${i}`,
          least: 20,
          options: contest.options.slice(0, 20),
        }));
      },
      ['rules[1].reserved too-large'],
    ],
    [
      'votes needed where points are counted',
      (m) => {
        (m.contests[1] ?? fail()).shape = { kind: 'score', max: 5 };
        seats(m).needs = { compare: 'more-than', p: 1, q: 2, of: 'votes' };
      },
      ['rules[1].needs contradiction'],
    ],
    [
      'more than all votes needed',
      (m) => void (seats(m).needs = { compare: 'more-than', p: 1, q: 1, of: 'votes' }),
      ['rules[1].needs impossible'],
    ],
    [
      'one college twice',
      (m) => void seats(m).colleges.push({ college: 'delegates', share: null }),
      ['rules[1].colleges[1].college duplicate'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(problemsOf(edit)).toEqual(expected);
  });
});

describe('decisions about decisions', () => {
  const exclusive = (change: object = {}): DecisionRule => ({
    id: 'one',
    kind: 'exclusive',
    rules: ['motion', 'second'],
    both: 'run-off',
    ...change,
  });

  test.each<[string, Edit, string[]]>([
    [
      'a motion twice, with two thresholds',
      (m) => {
        const other = second(m, { contest: 'motion' });
        for (const college of other.colleges)
          college.threshold = { compare: 'at-least', p: 2, q: 3, of: 'for-and-against' };
        other.colleges.shift();
        other.combine = { kind: 'each', divided: { kind: 'falls' } };
        add(m, other);
      },
      ['rules[2].colleges[0].college contradiction'],
    ],
    ...[
      ['its opposite', 'against', 'for'],
      ['against another option', 'for', 'abstain'],
      ['what is against it, against another option', 'against', 'abstain'],
      ['another option, against it', 'abstain', 'for'],
    ].map(([name = '', yes = '', no = '']): [string, Edit, string[]] => [
      `a motion and ${name}`,
      (m) => add(m, second(m, { contest: 'motion', for: yes, against: no })),
      ['rules[2].colleges[0].college contradiction', 'rules[2].colleges[1].college contradiction'],
    ]),
    ['two rules with one name', (m) => add(m, second(m, { id: 'motion' })), ['rules[2].id duplicate']],
    ['a motion that comes later', (m) => add(m, exclusive(), second(m)), ['rules[2].rules[1] unknown']],
    [
      'seats among motions',
      (m) => add(m, exclusive({ rules: ['motion', 'committee'] })),
      ['rules[2].rules[1] unknown'],
    ],
    [
      'a motion against itself',
      (m) => add(m, exclusive({ rules: ['motion', 'motion'] })),
      ['rules[2].rules[1] duplicate'],
    ],
    [
      'more votes of other colleges',
      (m) => {
        const other = second(m);
        other.colleges.pop();
        m.contests[2]?.colleges.pop();
        add(m, other, exclusive({ both: 'more-votes' }));
      },
      ['rules[3].both contradiction'],
    ],
    [
      'a run-off of other colleges',
      (m) => {
        const other = second(m);
        other.colleges.pop();
        m.contests[2]?.colleges.pop();
        add(m, other, exclusive());
      },
      ['rules[3].both contradiction'],
    ],
    [
      'a run-off of motions that divided colleges decide otherwise',
      (m) => {
        const combine = {
          kind: 'each' as const,
          divided: { kind: 'prevails' as const, college: 'delegates' },
        };
        add(m, second(m, { combine }), exclusive());
      },
      ['rules[3].both contradiction'],
    ],
    [
      'ratifying what this election does not decide',
      (m) => {
        m.links = [link];
        add(m, ratify({ own: 'committee' }));
      },
      ['rules[2].own unknown'],
    ],
    ['ratifying an election without a link', (m) => add(m, ratify()), ['rules[2].link unknown']],
    [
      'ratifying another decision than the link names',
      (m) => {
        m.links = [{ ...link, rule: 'other' }];
        add(m, ratify());
      },
      ['rules[2].rule unknown'],
    ],
    [
      'an order of a college that does not vote',
      (m) => add(m, { id: 'o', kind: 'order', contest: 'committee', colleges: ['members'] }),
      ['rules[2].colleges[0] unknown'],
    ],
    [
      'a consultation of one college twice',
      (m) => add(m, { id: 'o', kind: 'consultative', contest: 'motion', colleges: ['members', 'members'] }),
      ['rules[2].colleges[1] duplicate'],
    ],
    [
      'a petition in a contest of choices',
      (m) =>
        add(m, {
          id: 'p',
          kind: 'petition',
          contest: 'motion',
          colleges: ['members'],
          needed: { kind: 'number', n: 30 },
        }),
      ['rules[2].contest contradiction'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(problemsOf(edit)).toEqual(expected);
  });
});

describe('petitions', () => {
  const petition: Edit = (m) => {
    m.kind = 'petition';
    m.trustees = null;
    m.colleges = [{ id: 'members', mode: 'recorded', weights: [1], entitlement: null }];
    m.contests = [
      {
        id: 'motions',
        colleges: ['members'],
        options: ['trees', 'parks'],
        shape: { kind: 'support', merged: [] },
      },
    ];
    m.rules = [
      {
        id: 'p',
        kind: 'petition',
        contest: 'motions',
        colleges: ['members'],
        needed: { kind: 'share', p: 1, q: 20 },
      },
    ];
  };
  const rulesOf = (edit: Edit) =>
    problemsOf((m) => {
      petition(m);
      edit(m);
    }).filter((problem) => problem.startsWith('rules'));

  test.each<[string, Edit, string[]]>([
    ['of a twentieth of the roll', () => {}, []],
    [
      'of more than the roll',
      (m) => Object.assign(m.rules[0] ?? fail(), { needed: { kind: 'share', p: 21, q: 20 } }),
      ['rules[0].needed impossible'],
    ],
    [
      'by weight',
      (m) => void ((m.colleges[0] ?? fail()).weights = [1, 2]),
      ['rules[0].colleges[0] contradiction'],
    ],
    [
      'that elects',
      (m) => add(m, { id: 's', kind: 'order', contest: 'motions', colleges: ['members'] }),
      ['rules[1].contest contradiction'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(rulesOf(edit)).toEqual(expected);
  });
});
