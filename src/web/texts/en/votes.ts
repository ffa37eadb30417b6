/** Who voted how where votes are on the record, in English. */
import type { MandateVerdict } from '../../../tally/roll-call.ts';
import { format } from './frame.ts';

const verdicts: Readonly<Record<MandateVerdict, string>> = {
  kept: 'kept',
  'not-kept': 'not kept',
  'no-mandate': 'no mandate',
  'did-not-vote': 'did not vote',
};

export const votes = {
  title: 'Who voted how',
  intro: 'These votes are on the record: everybody can see how each voter voted.',
  untilClosed: 'Voting is open. Each vote here can still change.',
  source: 'The list is made from the ballots on the public record. Make it yourself:',
  none: 'Nobody votes on the record here: every vote is secret.',
  notYet: 'Voting has not begun.',
  name: 'Voter',
  bodies: 'Sent by',
  weight: 'Weight',
  choice: 'Vote',
  mandate: 'Mandate',
  placeOf: (substitute: string) => `in whose place: ${substitute}`,
  /** What the body wanted, and what became of it. */
  told: (option: string, verdict: string) => `${option}: ${verdict}`,
  verdicts,
  totals: (contest: string) => `Totals: ${contest}`,
  group: 'Group',
  everybody: 'All together',
  onRoll: 'On the roll',
  voted: 'Voted',
  blank: 'Blank',
  nothing: 'Nothing',
  unused: 'Unused',
  list: (words: readonly string[]) => format.list(words),
  petition: 'Support so far',
  petitionText: 'Members support motions under numbers. No name is shown.',
};

export type VotesTexts = typeof votes;
