/** One motion put to one secret college, as a template has it. */
import type { ElectionTemplate } from '../../src/officer/election-template.ts';
import { oneMotion } from '../ballot/one-motion.ts';

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
    ...oneMotion('members', 'secret'),
    cells: { requiredMin: 5, optional: null },
    roll: { mergeBelow: 5 },
    times: { notice: 600, lasts: 900, grace: 5, extension: 0, disputes: 0 },
    links: [],
    caps: { replacements: 0 },
    witnesses: { quorum: 0, keys: [] },
    officers: [],
    observers: [],
  },
};
