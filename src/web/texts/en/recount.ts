/** The recount in a browser, in English. */
import type { CheckName } from '../../../record/problem.ts';
import type { FAULTS, OwnFault, RoomFault } from '../../../tally/verify/faults.ts';
import type { Progress } from '../../../tally/verify/verify-record.ts';
import { format } from './frame.ts';

/** What a recount finds, by its codes, with the values of the sentence. */
export type FindingTexts = Readonly<
  { [C in OwnFault]: (...values: Parameters<(typeof FAULTS)[C]>) => string } & Record<RoomFault, () => string>
>;

const stages: Readonly<Record<Progress['stage'], string>> = {
  entries: 'Reading and checking every ballot',
  count: 'Adding up',
  result: 'Comparing the result',
};

export const recount = {
  lang: 'en',
  title: 'Recount this election',
  link: 'Recount it in this browser',
  text: 'Your device fetches the whole public record and counts it all again. It takes nobody’s word for it.',
  label: 'Name of the election, from your letter',
  hint: 'The name is 43 letters and digits. If you leave this empty, the name in the address of this page is taken.',
  bad: 'This is not the name of an election: it has 43 letters and digits.',
  go: 'Recount',
  again: 'Recount again',
  working: 'Recounting',
  cancel: 'Stop the recount',
  cancelled: 'The recount was stopped. This says nothing about the election.',
  waiting: 'The connection is lost. The recount goes on as soon as it is back.',
  percent: (stage: string, percent: number) => `${stage}: ${format.number(percent)} %`,
  noScript: 'A recount in the browser needs JavaScript. On a computer you can run:',
  stages,
  progress: (done: number, total: number) => `${format.number(done)} of ${format.number(total)}`,
  holds: 'The recount agrees',
  holdsText: (open: number) =>
    open === 0
      ? 'Every check has passed.'
      : `Nothing is wrong. ${format.counted(open, 'check is', 'checks are')} not proved.`,
  fails: 'The recount does not agree',
  failsText: (n: number) =>
    `${format.counted(n, 'check has', 'checks have')} failed. Do not trust this result. The failed places are listed below.`,
  failed: 'The recount could not run',
  failedText: 'This says nothing about the election. Check your connection and try again.',
  typed: (name: string) => `It was recounted as the election that you named: ${name}`,
  fromAddress: (name: string) =>
    `The name was taken from the address of this page: ${name}. Compare it with your letter. If it differs, this is another election.`,
  anchorFromAddress:
    'The name was taken from the address of this page, and not from you. So this page could be about another election than yours.',
  outcome: 'What was decided',
  noOutcome: 'There is no result that the recount can confirm.',
  checks: 'What was checked',
  checksUnderway: 'What is being checked',
  status: { open: 'not done yet', pass: 'passed', fail: 'FAILED', unproven: 'not proved' },
  looked: (n: number) =>
    n === 0 ? 'there was nothing to look at' : format.counted(n, 'thing looked at', 'things looked at'),
  more: (n: number) => `and ${format.number(n)} more`,
  /** The names of the checks; null where the record’s own are in this language. */
  names: null as Readonly<Record<CheckName, string>> | null,
  /** What is found, and what the beginning of a place names; null and empty likewise. */
  findings: null as FindingTexts | null,
  places: {} as Readonly<Record<string, string>>,
};

export type RecountTexts = typeof recount;
