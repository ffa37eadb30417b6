/** A small election by secret ballot, for trustees at browsers. */
import type { ElectionDraft } from '../../src/officer/election-draft.ts';

/** A motion put to members in secret; two of three trustees decrypt, all agree. */
export function motionDraft(keys: readonly string[]): ElectionDraft {
  const threshold = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' } as const;
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
      colleges: [{ id: 'members', mode: 'secret', weights: [1], entitlement: null }],
      contests: [
        {
          id: 'motion',
          colleges: ['members'],
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
          colleges: [{ college: 'members', threshold, quorum: { p: 0, q: 1 }, share: null }],
          combine: { kind: 'each', divided: { kind: 'falls' } },
          tie: 'falls',
        },
      ],
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
