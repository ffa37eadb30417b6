/** One motion put to one secret college, as a template has it. */
import type { ElectionTemplate } from '../../src/officer/election-template.ts';

export const template: ElectionTemplate = {
  texts: [
    {
      v: 1,
      lang: 'en',
      title: 'A ballot of all members',
      intro: '',
      colleges: { members: 'All members' },
      contests: {
        motion: { title: 'Shall we?', text: '', options: { for: 'For', against: 'Against' } },
      },
    },
  ],
  manifest: {
    kind: 'real',
    trustees: { threshold: 2, count: 2, agreements: 2 },
    colleges: [{ id: 'members', mode: 'secret', weights: [1], entitlement: null }],
    contests: [
      {
        id: 'motion',
        colleges: ['members'],
        options: ['for', 'against'],
        shape: { kind: 'choose', min: 1, max: 1, blank: false },
      },
    ],
    cells: { requiredMin: 5, optional: null },
    roll: { mergeBelow: 5 },
    rules: [
      {
        id: 'motion',
        kind: 'motion',
        contest: 'motion',
        for: 'for',
        against: 'against',
        colleges: [
          {
            college: 'members',
            threshold: { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' },
            quorum: { p: 0, q: 1 },
            share: null,
          },
        ],
        combine: { kind: 'each', divided: { kind: 'falls' } },
        tie: 'falls',
      },
    ],
    times: { notice: 600, lasts: 900, grace: 5, extension: 0, disputes: 0 },
    links: [],
    caps: { replacements: 0 },
    witnesses: { quorum: 0, keys: [] },
    officers: [],
    observers: [],
  },
};
