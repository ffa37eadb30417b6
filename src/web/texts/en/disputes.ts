/** Reports of problems, and what came of them, in English. */
import type { FiledDispute } from '../../../api/documents.ts';
import { format } from './frame.ts';

export const about: Readonly<Record<FiledDispute['about'], string>> = {
  'not-on-roll': 'I am not on the roll',
  'wrong-branch': 'I am in the wrong branch, or my line on the roll is wrong',
  'wrong-ballot': 'My device sealed something other than I chose',
  'not-recorded': 'My vote is not in the ballot box',
  'not-counted': 'My vote is not counted',
  'not-mine': 'Somebody else voted with my code',
  other: 'Something else',
};

const findings: Readonly<Record<FiledDispute['finding'], string>> = {
  none: 'No receipt is with it.',
  holds: 'Its receipt is good: the vote or test that it is for is in the ballot box.',
  contradicts:
    'Its receipt proves that the ballot box is at fault: it has signed one thing, and shows another.',
  incomplete: 'Its receipt does not prove what it says. It may have been altered, or cut short.',
  foreign: 'Its receipt is not signed by this ballot box.',
};

const duration = (seconds: number): string =>
  seconds < 86_400
    ? format.counted(Math.ceil(seconds / 3600), 'hour', 'hours')
    : format.counted(Math.floor(seconds / 86_400), 'day', 'days');

export const disputes = {
  about,
  findings,

  /** The public list. */
  list: {
    title: 'Reported problems',
    text: 'Anybody can report a problem. It is shown here at once, and the returning officer has to answer it in public. What people write is theirs: only their receipts are checked.',
    ofCopy:
      'This copy has the reports that had been sent when it was made. Each was compared with its number, and its receipt with the record. What people write is theirs.',
    recorded: {
      title: 'In the record',
      text: 'An officer has entered these. They are part of the record: nobody can take them out again.',
    },
    beside: {
      title: 'Sent, and not in the record yet',
      text: 'These lie beside the record. Nobody has signed that they came, so nobody can show that none is missing.',
    },
    none: 'Nothing has been reported.',
    open: (n: number) =>
      n === 0
        ? 'Everything that was reported has its answer.'
        : `${format.counted(n, 'report has', 'reports have')} no answer yet.`,
    report: 'Report a problem',
    until: (time: string) => `Problems can be reported until ${time}.`,
    untilAfter: (seconds: number) =>
      `Problems can be reported now, and for ${duration(seconds)} after the result is declared.`,
    untilResult: 'Problems can be reported until the result is declared.',
    over: (time: string) => `The time for reports ended on ${time}.`,
    heading: (n: number) => `Report ${format.number(n)}`,
    byOfficer: (entry: number) => `Entered by an officer (entry ${format.number(entry)})`,
    filed: (time: string) => `Sent on ${time}.`,
    voter: (n: number) => `Voter number ${format.number(n)}.`,
    ballot: 'Ballot number:',
    found: 'The device that sent it found:',
    states: { filed: 'Sent', entered: 'In the record', answered: 'Answered' },
    answer: (entry: number) => `Answer of the returning officer (entry ${format.number(entry)})`,
    file: 'The report with its proof',
    entry: (entry: number) => `Entry ${format.number(entry)} of the record names it.`,
  },

  /** Beside a result. */
  final: {
    not: (time: string) => `The result is final on ${time}. Until then problems can be reported.`,
    is: (time: string) => `The result is final since ${time}.`,
    open: (n: number) =>
      `${format.counted(n, 'reported problem has', 'reported problems have')} no answer yet.`,
  },

  /** The page on which a problem is reported. */
  form: {
    title: 'Report a problem',
    text: 'Your report is shown to everybody at once. The returning officer has to answer it in public. It does not say how you voted.',
    about: 'What is wrong?',
    aboutFault: 'Choose what is wrong.',
    words: 'What happened?',
    hint: 'In your own words, if you like. Everybody can read it: leave out your name, how you voted, and your voting code.',
    tooLong: (n: number) => `Write ${format.number(n)} letters at most.`,
    tellsCode: 'Your voting code is in this text. Take it out: whoever has it can vote in your place.',
    left: (n: number) => `${format.number(n)} letters left`,
    voter: 'Your voter number, if you know it',
    voterHint: 'It is in your letter and on your receipt.',
    voterFault: 'A voter number is a whole number. Compare it with your letter.',
    proof: 'What goes with it',
    receipt: (entry: string) =>
      `Your receipt: number ${entry} in the ballot box. It shows that you voted or tested, not how.`,
    ballot: 'The number of the ballot that you opened:',
    found: 'What your device found:',
    addReceipt: 'Your receipt code, if you have one',
    receiptHint: 'A receipt is the best proof. Scan it, or paste its code of 43 letters and digits.',
    receiptFault: 'This is not a receipt code. Compare it with your receipt, or leave it out.',
    receiptIsCode: 'This is a voting code, not a receipt. Never show it to anybody.',
    missing: (leaf: string) => `the ballot box has nothing that fits the receipt ${leaf}`,
    go: 'Publish my report',
    sending: 'It is on its way …',
    lost: 'There is no answer. Nothing is lost: press the button again. The same report is never shown twice.',
    closedTitle: 'The time for reports is over',
    closed:
      'The result is final. If something is still wrong, write to the returning officer and to a scrutineer.',
    tooMany:
      'Too many reports have come just now. Wait a while, and press the button again. Or save your report, and hand it to the returning officer.',
    done: 'Your report is published',
    doneText: 'Everybody can see it now. The returning officer enters it in the record and answers it.',
    number: 'Its number:',
    keep: 'Save your report. Its number is worked out from it, so that nobody can change it unseen.',
    save: 'Save my report',
    see: 'See all reports and their answers',
    urgent:
      'Is it about your vote, and voting is still open? Vote again on another device: only your last vote counts.',
  },
};

export type DisputeTexts = typeof disputes;
