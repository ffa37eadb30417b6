/** A draft that tests of the command line publish. */
import type { ElectionDraft } from '../../src/officer/election-draft.ts';

/** A committee of four that votes on the record. */
export const DRAFT: ElectionDraft = {
  texts: [
    {
      v: 1,
      lang: 'en',
      title: 'A committee votes',
      intro: '',
      colleges: { committee: 'The committee' },
      contests: { motion: { title: 'The motion', text: '', options: { for: 'For', against: 'Against' } } },
    },
  ],
  manifest: {
    kind: 'rehearsal',
    trustees: null,
    colleges: [{ id: 'committee', mode: 'recorded', weights: [1], entitlement: null }],
    contests: [
      {
        id: 'motion',
        colleges: ['committee'],
        options: ['for', 'against'],
        shape: { kind: 'choose', min: 1, max: 1, blank: false },
      },
    ],
    cells: { requiredMin: 3, optional: null },
    roll: { mergeBelow: 1 },
    rules: [
      {
        id: 'motion',
        kind: 'motion',
        contest: 'motion',
        for: 'for',
        against: 'against',
        colleges: [
          {
            college: 'committee',
            threshold: { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' },
            quorum: { p: 0, q: 1 },
            share: null,
          },
        ],
        combine: { kind: 'each', divided: { kind: 'falls' } },
        tie: 'falls',
      },
    ],
    times: { notice: 0, opens: 0, closes: null, grace: 0, extension: 0, disputes: 0 },
  },
};
