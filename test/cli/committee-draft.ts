/** A draft that tests of the command line publish. */
import type { ElectionDraft } from '../../src/officer/election-draft.ts';
import { oneMotion } from '../ballot/one-motion.ts';

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
    ...oneMotion('committee', 'recorded'),
    cells: { requiredMin: 3, optional: null },
    roll: { mergeBelow: 1 },
    times: { notice: 0, opens: 0, closes: null, grace: 0, extension: 0, disputes: 0 },
  },
};
