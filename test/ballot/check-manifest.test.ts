import { describe, expect, test } from 'vitest';
import { checkManifest, keepsNotice } from '../../src/ballot/check-manifest.ts';
import {
  type Link,
  type ManifestBody,
  type MotionRule,
  manifestBody,
  type SeatsRule,
} from '../../src/ballot/manifest.ts';
import { manifest, noteKey, ORIGIN } from './manifests.ts';

type Edit = (manifest: ManifestBody) => void;

function problemsOf(edit: Edit): string[] {
  const edited = structuredClone(manifest);
  edit(edited);
  return checkManifest(edited).map(({ field, code }) => `${field} ${code}`);
}

function at<T>(list: readonly T[], i: number): T {
  const item = list[i];
  if (item === undefined) throw new Error(`no item ${i}`);
  return item;
}

const college = (m: ManifestBody, i: number) => at(m.colleges, i);
const contest = (m: ManifestBody, i: number) => at(m.contests, i);
const choose = (m: ManifestBody, i: number) => {
  const { shape } = contest(m, i);
  return shape.kind === 'choose' ? shape : fail();
};
const entitlement = (m: ManifestBody, i: number) => college(m, i).entitlement ?? fail();
const trustees = (m: ManifestBody) => {
  if (!m.trustees) throw new Error('no trustees');
  return m.trustees;
};
const thresholdOf = (m: ManifestBody, i: number) => at(motion(m).colleges, i).threshold ?? fail();
const motion = (m: ManifestBody): MotionRule => m.rules.find((rule) => rule.kind === 'motion') ?? fail();
const seats = (m: ManifestBody): SeatsRule => m.rules.find((rule) => rule.kind === 'seats') ?? fail();
const fail = (): never => {
  throw new Error('no such rule');
};
const allRecorded: Edit = (m) => {
  for (const each of m.colleges) each.mode = 'recorded';
  m.trustees = null;
  seats(m).ties = 'unfilled';
};

test('a manifest without a fault passes its schema and has no problem', () => {
  expect(manifestBody.parse(manifest)).toEqual(manifest);
  expect(checkManifest(manifest)).toEqual([]);
});

test('recorded colleges alone need no trustees', () => {
  expect(problemsOf(allRecorded)).toEqual([]);
});

const link = (relation: Link['relation'], rule: string | null): Link => ({
  relation,
  manifest: 'A'.repeat(43),
  rule,
});

const refusals: [string, Edit, string[]][] = [
  [
    'a petition that asks for votes',
    (m) => void (m.kind = 'petition'),
    [
      'colleges[0].mode contradiction',
      'colleges[1].mode contradiction',
      'contests[0].shape.kind contradiction',
      'contests[1].shape.kind contradiction',
    ],
  ],
  ['one language twice', (m) => void m.texts.push(at(m.texts, 0)), ['texts[1].lang duplicate']],

  ['one college twice', (m) => void m.colleges.push(college(m, 0)), ['colleges[2].id duplicate']],
  [
    'weights out of order',
    (m) => void (college(m, 1).weights = [50, 1]),
    ['colleges[1].weights[1] not-sorted'],
  ],
  ['a weight twice', (m) => void (college(m, 1).weights = [1, 1]), ['colleges[1].weights[1] not-sorted']],
  [
    'an entitlement from nowhere',
    (m) => void (entitlement(m, 1).from = 'x'),
    ['colleges[1].entitlement.from unknown'],
  ],
  [
    'an entitlement from the delegates themselves',
    (m) => void (entitlement(m, 1).from = 'delegates'),
    ['colleges[1].entitlement.from impossible'],
  ],
  [
    'an entitlement that contradicts itself',
    (m) => void (entitlement(m, 1).branches = null),
    ['colleges[1].entitlement.outside.kind contradiction'],
  ],
  [
    'a college without a contest',
    (m) => void (contest(m, 0).colleges = ['delegates']),
    ['colleges[0].id unused', 'rules[0].colleges[0].college unknown'],
  ],

  ['one contest twice', (m) => void m.contests.push(contest(m, 1)), ['contests[2].id duplicate']],
  ['one option twice', (m) => void contest(m, 1).options.push('ada'), ['contests[1].options[4] duplicate']],
  [
    'one college twice in a contest',
    (m) => void contest(m, 1).colleges.push('delegates'),
    ['contests[1].colleges[1] duplicate'],
  ],
  [
    'a contest put to nobody known',
    (m) => void contest(m, 1).colleges.push('x'),
    ['contests[1].colleges[1] unknown'],
  ],
  ['min above max', (m) => void (choose(m, 1).min = 3), ['contests[1].shape.min contradiction']],
  ['max above the options', (m) => void (choose(m, 1).max = 5), ['contests[1].shape.max contradiction']],

  ['a secret college without trustees', (m) => void (m.trustees = null), ['trustees contradiction']],
  [
    'trustees of recorded colleges',
    (m) => {
      allRecorded(m);
      m.trustees = trustees(structuredClone(manifest));
    },
    ['trustees contradiction'],
  ],
  ['a key too few', (m) => void trustees(m).keys.pop(), ['trustees.count contradiction']],
  [
    'T7: a threshold of half',
    (m) => {
      trustees(m).threshold = 1;
      trustees(m).count = 2;
      trustees(m).keys.pop();
    },
    ['trustees.threshold contradiction'],
  ],
  [
    'a threshold above the count',
    (m) => {
      trustees(m).threshold = 4;
      trustees(m).agreements = 4;
    },
    ['trustees.threshold contradiction', 'trustees.agreements contradiction'],
  ],
  [
    'fewer agreements than the threshold',
    (m) => void (trustees(m).agreements = 1),
    ['trustees.agreements contradiction'],
  ],
  [
    'more agreements than trustees',
    (m) => void (trustees(m).agreements = 4),
    ['trustees.agreements contradiction'],
  ],

  [
    'a second officer where there is one',
    (m) => void (m.roles.second = ['result']),
    ['roles.second impossible'],
  ],
  [
    'a second officer twice for one thing',
    (m) => {
      m.roles.officers.push(...m.roles.registrars.splice(0));
      m.roles.second = ['result', 'result'];
    },
    ['roles.second[1] duplicate'],
  ],
  ['one key for two roles', (m) => void (m.roles.boxes = m.roles.officers), ['roles.boxes[0] duplicate']],
  [
    'one key for two trustees',
    (m) => void (trustees(m).keys[2] = at(trustees(m).keys, 0)),
    ['trustees.keys[2] duplicate'],
  ],
  [
    'a key of small order',
    (m) => void (m.roles.registrars = [`AQ${'A'.repeat(41)}`]),
    ['roles.registrars[0] bad-key'],
  ],

  ['a log key of another name', (m) => void (m.log = noteKey(`${ORIGIN}x`, 1, 100)), ['log wrong-name']],
  ['a log key of a witness', (m) => void (m.log = noteKey(ORIGIN, 4, 100)), ['log bad-key']],
  [
    'a log key with another ID',
    (m) => void (m.log = m.log.replace(/\+[0-9a-f]{8}\+/, '+00000000+')),
    ['log bad-key'],
  ],
  [
    'a witness with a log key',
    (m) => void (m.witnesses.keys[1] = noteKey('other.example.org', 1, 102)),
    ['witnesses.keys[1] bad-key'],
  ],
  [
    'one witness twice',
    (m) => void (m.witnesses.keys[1] = at(m.witnesses.keys, 0)),
    ['witnesses.keys[1] duplicate'],
  ],
  [
    'one witness under two names',
    (m) => void (m.witnesses.keys[1] = noteKey('other.example.org', 4, 101)),
    ['witnesses.keys[1] duplicate'],
  ],
  [
    'the log as its own witness',
    (m) => void (m.witnesses.keys[0] = noteKey('witness.example.org', 4, 100)),
    ['witnesses.keys[0] duplicate'],
  ],
  ['more witnesses than there are', (m) => void (m.witnesses.quorum = 3), ['witnesses.quorum contradiction']],

  ['no end', (m) => void (m.times.closes = null), ['times.closes undetermined']],
  [
    'no end that is put off',
    (m) => void Object.assign(m.times, { closes: null, extension: 60 }),
    ['times.closes undetermined', 'times.extension contradiction'],
  ],
  [
    'one link twice',
    (m) => void m.links.push(link('follows', 'a'), link('follows', 'a')),
    ['links[1] duplicate'],
  ],
  [
    'delegates chosen by one decision',
    (m) => void m.links.push(link('chooses', 'a')),
    ['links[0].rule contradiction'],
  ],
  [
    'a run-off of nothing, and nothing voted on again',
    (m) => void m.links.push(link('run-off', null), link('repeats', null)),
    ['links[0].rule undetermined', 'links[1].rule undetermined'],
  ],
  [
    'an observer who is an officer',
    (m) => void m.roles.observers.push(at(m.roles.officers, 0)),
    ['roles.observers[0] duplicate'],
  ],
  [
    'T9: counts by branch of fewer ballots than the whole needs voters',
    (m) => void (m.cells.optional = { by: 'branch', min: 4, most: 10 }),
    ['cells.optional.min contradiction'],
  ],
  [
    'counts by region where everybody votes on the record',
    (m) => {
      allRecorded(m);
      m.cells.optional = { by: 'region', min: 5, most: 10 };
    },
    ['cells.optional unused'],
  ],
  [
    'more cells than a tally has',
    (m) => {
      college(m, 1).weights = Array.from({ length: 10 }, (_, i) => i + 1);
      m.cells.optional = { by: 'branch', min: 5, most: 1000 };
    },
    ['contests too-large'],
  ],
  ['an end at the start', (m) => void (m.times.closes = m.times.opens), ['times.closes contradiction']],
  ['no notice', (m) => void (m.times.notice = 0), ['times.notice contradiction']],
  ['an opening before any notice', (m) => void (m.times.opens = 604_799), ['times.opens impossible']],

  ['one rule twice', (m) => void m.rules.push(seats(m)), ['rules[2].id duplicate']],
  [
    'a rule for no contest, and a contest without a rule',
    (m) => void (seats(m).contest = 'x'),
    ['rules[1].contest unknown', 'contests[1].id undetermined'],
  ],
  ['a motion without its answer', (m) => void (motion(m).for = 'x'), ['rules[0].for unknown']],
  ['a motion against nothing', (m) => void (motion(m).against = 'x'), ['rules[0].against unknown']],
  ['for is against', (m) => void (motion(m).against = 'for'), ['rules[0].against contradiction']],
  ['a motion with several answers', (m) => void (choose(m, 0).max = 2), ['rules[0].contest contradiction']],
  [
    'a motion that may stay unanswered',
    (m) => void (choose(m, 0).min = 0),
    ['rules[0].contest contradiction'],
  ],
  [
    'one college twice in a rule',
    (m) => void motion(m).colleges.push(at(motion(m).colleges, 0)),
    ['rules[0].colleges[2].college duplicate'],
  ],
  [
    'a rule for a college that does not vote',
    (m) => void (at(motion(m).colleges, 0).college = 'x'),
    [
      'rules[0].colleges[0].college unknown',
      'rules[0].combine.divided.college unknown',
      'contests[0].colleges[0] undetermined',
    ],
  ],
  ['more than all', (m) => void (thresholdOf(m, 1).p = 3), ['rules[0].colleges[1].threshold impossible']],
  [
    'more than exactly all',
    (m) => void (thresholdOf(m, 1).p = 2),
    ['rules[0].colleges[1].threshold impossible'],
  ],
  [
    'at least nothing',
    (m) => Object.assign(thresholdOf(m, 1), { compare: 'at-least', p: 0 }),
    ['rules[0].colleges[1].threshold impossible'],
  ],
  [
    'a quorum of more than all',
    (m) => void (at(motion(m).colleges, 1).quorum.p = 11),
    ['rules[0].colleges[1].quorum impossible'],
  ],
  [
    'an unknown college prevails',
    (m) => void (motion(m).combine = { kind: 'each', divided: { kind: 'prevails', college: 'x' } }),
    ['rules[0].combine.divided.college unknown'],
  ],
  [
    'seats for a college that does not vote',
    (m) => void (at(seats(m).colleges, 0).college = 'members'),
    ['rules[1].colleges[0].college unknown', 'contests[1].colleges[0] undetermined'],
  ],
  ['more seats than options', (m) => void (seats(m).seats = 5), ['rules[1].seats impossible']],
];

describe('refusals, each with its field', () => {
  test.each(refusals)('%s', (_, edit, expected) => {
    expect(problemsOf(edit)).toEqual(expected);
  });

  test('all of them at once', () => {
    const found = problemsOf((m) => {
      m.texts.push(at(m.texts, 0));
      m.times.closes = null;
      seats(m).seats = 5;
    });
    expect(found).toEqual([
      'texts[1].lang duplicate',
      'times.closes undetermined',
      'rules[1].seats impossible',
    ]);
  });
});

describe('what a rehearsal and a threshold may', () => {
  test.each<[string, Edit]>([
    [
      'a rehearsal has no end and no notice',
      (m) =>
        void Object.assign(m, {
          kind: 'rehearsal',
          times: { ...m.times, closes: null, notice: 0, opens: 0 },
        }),
    ],
    ['unanimity', (m) => Object.assign(thresholdOf(m, 0), { compare: 'at-least', p: 1, q: 1 })],
    ['no quorum', (m) => void (at(motion(m).colleges, 0).quorum.p = 0)],
    ['any vote for', (m) => void (thresholdOf(m, 0).p = 0)],
    [
      'one trustee',
      (m) =>
        void (m.trustees = { threshold: 1, count: 1, agreements: 1, keys: trustees(m).keys.slice(0, 1) }),
    ],
    ['no witnesses', (m) => void (m.witnesses = { quorum: 0, keys: [] })],
  ])('%s', (_, edit) => {
    expect(problemsOf(edit)).toEqual([]);
  });
});

describe('sizes', () => {
  const options = (n: number) => Array.from({ length: n }, (_, i) => `option-${i}`);
  const contests = (m: ManifestBody, n: number, of: number) => {
    for (let i = 0; i < n; i += 1) {
      m.contests.push({
        id: `more-${i}`,
        colleges: ['delegates'],
        options: options(of),
        shape: { kind: 'choose', min: 0, max: 1, blank: false },
      });
      m.rules.push({ id: `view-${i}`, kind: 'consultative', contest: `more-${i}`, colleges: ['delegates'] });
    }
  };

  test('a ballot over 65,535 bytes', () => {
    expect(problemsOf((m) => contests(m, 1, 100))).toEqual([]);
    expect(problemsOf((m) => contests(m, 3, 100))).toEqual(['contests too-large']);
  });

  test('more than 10,000 cells', () => {
    const found = problemsOf((m) => {
      m.colleges = Array.from({ length: 201 }, (_, i) => ({
        id: `c${i}`,
        mode: 'recorded',
        weights: Array.from({ length: 50 }, (_, w) => w + 1),
        entitlement: null,
      }));
      m.trustees = null;
      m.contests = [
        {
          id: 'p',
          colleges: m.colleges.map(({ id }) => id),
          options: ['x'],
          shape: { kind: 'choose', min: 0, max: 1, blank: false },
        },
      ];
      m.rules = [
        {
          id: 'p',
          kind: 'seats',
          contest: 'p',
          colleges: [{ college: 'c0', share: null }],
          seats: 1,
          needs: null,
          reserved: [],
          ties: 'unfilled',
        },
      ];
    });
    expect(found).toContain('contests too-large');
  });
});

test('R6: notice runs from publication to opening, and nothing opens before its time', () => {
  const { opens, notice } = manifest.times;
  expect(keepsNotice(manifest, opens - notice, opens)).toBe(true);
  expect(keepsNotice(manifest, opens - notice + 1, opens)).toBe(false);
  expect(keepsNotice(manifest, opens - notice + 1, opens + 1)).toBe(true);
  expect(keepsNotice(manifest, 0, opens - 1)).toBe(false);
});
