/** A small election by secret ballot, for trustees at browsers. */
import type { ElectionDraft } from '../../src/officer/election-draft.ts';
import { oneMotion } from '../ballot/one-motion.ts';

/** A motion put to members in secret; two of three trustees decrypt, all agree. */
export function motionDraft(keys: readonly string[]): ElectionDraft {
  return {
    texts: [
      {
        v: 1,
        lang: 'en',
        title: 'Shall we meet in May?',
        intro: '',
        colleges: { members: 'Members' },
        contests: { motion: { title: 'The motion', text: '', options: { for: 'For', against: 'Against' } } },
      },
    ],
    manifest: {
      kind: 'rehearsal',
      trustees: { threshold: 2, count: 3, agreements: 3, keys: [...keys] },
      ...oneMotion('members', 'secret'),
      cells: { requiredMin: 3, optional: null },
      roll: { mergeBelow: 1 },
      times: { notice: 0, opens: 0, closes: null, grace: 0, extension: 0, disputes: 0 },
    },
  };
}

/** Of four members. */
export const MEMBERS_CSV = `person,name,contact,member,region,branch,delegate_of,weight
1,Ann,ann@example.org,yes,north,,,
2,Ben,ben@example.org,yes,north,,,
3,Cat,cat@example.org,yes,north,,,
4,Dee,dee@example.org,yes,north,,,
`;
