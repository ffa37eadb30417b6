/** The election of the demonstration: a motion put to members and delegates at once, and a committee of seven. */
import type { ElectionDraft } from '../../officer/election-draft.ts';

export const MEMBERS = 'members';
export const DELEGATES = 'delegates';
export const MOTION = 'motion';
export const COMMITTEE = 'committee';
export const SEATS = 7;

/** Option and title. */
export const CANDIDATES: readonly (readonly [string, string])[] = [
  ['adeyemi', 'Femi Adeyemi'],
  ['brook', 'Carys Brook'],
  ['castellan', 'Ines Castellan'],
  ['dunmore', 'Orla Dunmore'],
  ['ellery', 'Sami Ellery'],
  ['fenwick', 'Grace Fenwick'],
  ['garside', 'Leo Garside'],
  ['hussain', 'Nadia Hussain'],
  ['iredale', 'Tess Iredale'],
  ['jarrow', 'Kofi Jarrow'],
  ['kestrel', 'Maya Kestrel'],
  ['lindgren', 'Hugo Lindgren'],
];

/** As many trustees as have one of these are named. */
const SCRUTINEERS: readonly string[] = ['Amina Okafor', 'Bram de Wit', 'Chloé Martin'];

/** @param keys the trustees'. @param opens Unix seconds. */
export function demoDraft(keys: readonly string[], threshold: number, opens: number): ElectionDraft {
  const majority = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' } as const;
  return {
    texts: [
      {
        v: 1,
        lang: 'en',
        title: 'How shall we decide? A rehearsal',
        intro:
          'One motion, put to all members and to the delegates of their branches at the same time, and the election of the conference arrangements committee.',
        people: {
          officer: { name: 'The returning officer of this rehearsal', contact: 'the machine that runs it' },
          trustees: keys.map((_, i) => ({ name: SCRUTINEERS[i] ?? `Scrutineer ${i + 1}`, contact: '' })),
        },
        colleges: { [MEMBERS]: 'All members', [DELEGATES]: 'Delegates' },
        contests: {
          [MOTION]: {
            title: 'Shall major decisions be taken by one member, one vote?',
            text: 'This conference resolves that a change of the constitution needs a ballot of all members.',
            options: { for: 'For', against: 'Against', abstain: 'Abstain' },
          },
          [COMMITTEE]: {
            title: 'Conference arrangements committee',
            text: 'Seven members, elected by the delegates.',
            options: Object.fromEntries(CANDIDATES),
          },
        },
      },
    ],
    manifest: {
      kind: 'rehearsal',
      trustees: { threshold, count: keys.length, agreements: threshold, keys: [...keys] },
      colleges: [
        { id: MEMBERS, mode: 'secret', weights: [1], entitlement: null },
        {
          id: DELEGATES,
          mode: 'secret',
          weights: [1],
          entitlement: {
            from: MEMBERS,
            branches: { kind: 'rate', seats: 2, per: 100, parts: 'begun', min: 0, max: null },
            outside: { kind: 'same-rate' },
            regions: null,
            strands: null,
            affiliates: { kind: 'each', seats: 2 },
            reserved: [],
          },
        },
      ],
      contests: [
        {
          id: MOTION,
          colleges: [MEMBERS, DELEGATES],
          options: ['for', 'against', 'abstain'],
          shape: { kind: 'choose', min: 1, max: 1, blank: false },
        },
        {
          id: COMMITTEE,
          colleges: [DELEGATES],
          options: CANDIDATES.map(([option]) => option),
          shape: { kind: 'choose', min: 0, max: SEATS, blank: false },
        },
      ],
      cells: { requiredMin: 3, optional: null },
      roll: { mergeBelow: 10 },
      rules: [
        {
          id: 'omov',
          kind: 'motion',
          contest: MOTION,
          for: 'for',
          against: 'against',
          colleges: [
            { college: MEMBERS, threshold: majority, quorum: { p: 1, q: 10 }, share: null },
            { college: DELEGATES, threshold: majority, quorum: { p: 1, q: 3 }, share: null },
          ],
          combine: { kind: 'each', divided: { kind: 'prevails', college: MEMBERS } },
          tie: 'falls',
        },
        {
          id: 'seats',
          kind: 'seats',
          contest: COMMITTEE,
          colleges: [{ college: DELEGATES, share: null }],
          seats: SEATS,
          needs: null,
          reserved: [],
          ties: 'lot',
        },
      ],
      times: { notice: 0, opens, closes: null, grace: 0, extension: 0, disputes: 0 },
    },
  };
}
