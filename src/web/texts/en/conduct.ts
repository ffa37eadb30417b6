/** Conducting an election at the officer's desk, in English. */
import type { StepName } from '../../../officer/standing.ts';
import { about } from './disputes.ts';

/** What a sentence may have to name. */
export interface StepFacts {
  /** “trustee 2”, “trustees 2 and 3”. */
  readonly who: string;
  readonly time: string;
}

interface StepTexts {
  readonly title: string;
  readonly done: string;
  /** While something before it is missing. */
  readonly later: string;
  /** By who is awaited. */
  readonly officer?: string;
  readonly registrar?: string;
  readonly service?: string;
  readonly trustees?: (facts: StepFacts) => string;
  readonly clock?: (facts: StepFacts) => string;
}

/** An act: a button opens it, a question is asked, and the last button does it. */
interface ActTexts {
  readonly open: string;
  readonly text: string;
  readonly confirm: string;
  readonly go: string;
  readonly done: string;
}

const steps: Readonly<Record<StepName, StepTexts>> = {
  published: {
    title: 'Election published',
    done: 'Everybody can read the rules. Nobody can change them any more.',
    later: '',
  },
  roll: {
    title: 'Roll of voters handed over',
    done: 'It is fixed who may vote.',
    later: '',
    registrar: 'The registrar still has to hand over the roll of voters.',
  },
  key: {
    title: 'Trustees have made the key',
    done: 'The trustees have made the key together. None of them can read votes alone.',
    later: '',
    trustees: ({ who }) => `Waiting for ${who}. Each has a page for this; remind those who are missing.`,
    officer:
      'A trustee has reported that something went wrong. End this attempt, so that the trustees can start again.',
  },
  tokens: {
    title: 'Voting codes sent',
    done: 'The voting codes have been handed out.',
    later: '',
    registrar: 'The voting codes still have to be sent to the voters, as letters or by mail.',
  },
  notice: {
    title: 'Notice given',
    done: 'Members have had the time to read the rules that the rules promise them.',
    later: '',
    clock: ({ time }) => `Members have until ${time} to read the rules before voting may begin.`,
  },
  open: {
    title: 'Voting begins',
    done: 'Voting has begun.',
    later: 'You can open the voting once the steps before it are done.',
    officer: 'You can open the voting now.',
    clock: ({ time }) => `You have opened the voting. It begins on ${time}, by itself.`,
  },
  closed: {
    title: 'Voting ends',
    done: 'Voting is over.',
    later: 'Voting has to begin first.',
    officer: 'Members can vote. You end the voting yourself.',
    clock: ({ time }) => `Members can vote until ${time}. Then voting ends by itself.`,
    service: 'The time is up. The service is ending the voting.',
  },
  counted: {
    title: 'Ballots counted',
    done: 'The ballots have been added up.',
    later: 'Voting has to end first.',
    officer: 'You can have the ballots added up now.',
    service: 'The service is adding up the ballots.',
  },
  agreed: {
    title: 'Trustees have recounted',
    done: 'Enough trustees have counted again and found the same.',
    later: 'The ballots have to be added up first.',
    trustees: ({ who }) => `Waiting for ${who} to count again and agree.`,
  },
  decrypted: {
    title: 'Totals opened',
    done: 'The totals are open. No single vote was opened.',
    later: 'The trustees have to agree first.',
    trustees: ({ who }) =>
      `Waiting for ${who} to open the totals. Their pages do it by themselves while they are open.`,
  },
  declared: {
    title: 'Result declared',
    done: 'You have declared the result.',
    later: 'The totals have to be known first.',
    officer: 'The result is known. Look it over, then declare it.',
  },
  disputes: {
    title: 'Time for reports over',
    done: 'The result is final.',
    later: 'The result has to be declared first.',
    officer: 'There are reported problems without an answer. Look at them below.',
    clock: ({ time }) => `Problems can be reported until ${time}. Then the result is final.`,
  },
};

const acts = {
  open: {
    open: 'Open the voting',
    text: 'You sign that the election is ready. From then on the roll and the key are fixed as well.',
    confirm:
      'Once the voting is open you cannot call the election off, and nothing about it can be changed but the end of voting.',
    go: 'Yes, open the voting',
    done: 'You have opened the voting.',
  },
  close: {
    open: 'End the voting',
    text: 'After this nobody can vote any more.',
    confirm: 'This cannot be taken back. Votes that are under way may come too late.',
    go: 'Yes, end the voting',
    done: 'Voting is over.',
  },
  tally: {
    open: 'Count the ballots',
    text: 'The service adds up the ballots while they are still locked. Nobody learns the result from this.',
    confirm: 'The sum goes into the public record, for the trustees to check.',
    go: 'Yes, count the ballots',
    done: 'The ballots have been added up.',
  },
  declare: {
    open: 'Look at the result',
    text: 'Your browser works out the result from the public record. Read it before you sign it.',
    confirm: 'You sign that this is the result. It cannot be taken back. Anybody can check it.',
    go: 'Yes, declare this result',
    done: 'You have declared the result.',
  },
  extend: {
    open: 'Put off the end of voting',
    text: 'Do this if members could not vote for a while, after an outage for example. Say why: record an incident as well.',
    confirm: 'Voting will last longer. It cannot be made shorter again.',
    go: 'Yes, put it off',
    done: 'The end of voting is put off.',
  },
  incident: {
    open: 'Record an incident',
    text: 'Write down what happened and when, for everybody to read. Name nobody who voted.',
    confirm: 'It stays in the public record for ever.',
    go: 'Yes, record it',
    done: 'The incident is in the public record.',
  },
  abandon: {
    open: 'Call the election off',
    text: 'You can do this until the voting is open. The election then never takes place.',
    confirm: 'This cannot be taken back. To vote on the same question you have to make another election.',
    go: 'Yes, call it off',
    done: 'The election is called off.',
  },
  void: {
    open: 'Have the trustees start again',
    text: 'Do this if a trustee has reported something wrong, or has lost the key before it was finished. What the trustees have done so far is thrown away, and they begin again by themselves.',
    confirm: 'Every trustee has to take part again. This cannot be taken back.',
    go: 'Yes, start again',
    done: 'This attempt is over. The trustees begin again.',
  },
  commitLot: {
    open: 'Take part in the lot',
    text: 'If there is a tie, a lot decides. Your browser makes up a secret number and shows its seal now. You show the number itself after the voting.',
    confirm:
      'If one of the officers does not take part or does not show the number later, no lot can be drawn.',
    go: 'Yes, take part',
    done: 'Your sealed number is in the public record.',
  },
  revealLot: {
    open: 'Show your number for the lot',
    text: 'Voting is over. Show the number that you sealed before it began.',
    confirm: 'Together with the numbers of the other officers it decides ties.',
    go: 'Yes, show it',
    done: 'Your number is in the public record.',
  },
  castingVote: {
    open: 'Give the chair’s vote',
    text: 'There are as many votes for as against. The rules give the chair a vote. Enter it if you are the chair, or for the chair.',
    confirm: 'It is public, and it cannot be taken back.',
    go: 'Yes, enter this vote',
    done: 'The chair’s vote is in the public record.',
  },
  replace: {
    open: 'Replace a lost voting code',
    text: 'The old code stops working at once. What was voted with it still counts until somebody votes with the new one.',
    confirm: 'It is public that a code was replaced, but not whose. Make sure that you know who is asking.',
    go: 'Yes, replace it',
    done: 'The voting code is replaced.',
  },
  dispute: {
    open: 'Record a problem that was reported another way',
    text: 'By letter or telephone, for example. Write down what was reported, for everybody to read. Name nobody.',
    confirm: 'It stays in the public record for ever.',
    go: 'Yes, record it',
    done: 'The report is in the public record.',
  },
  enter: {
    open: 'Take it into the record',
    text: 'The words of the member are copied into the public record, so that they outlast this service.',
    confirm: 'They stay in the public record for ever.',
    go: 'Yes, take it in',
    done: 'The report is in the public record.',
  },
  answer: {
    open: 'Answer it',
    text: 'Say what you found and what follows from it, for everybody to read.',
    confirm: 'Your answer stays in the public record for ever.',
    go: 'Yes, publish this answer',
    done: 'Your answer is in the public record.',
  },
  second: {
    open: 'Sign it too',
    text: 'Your browser checks it against the record, and signs only what it finds right.',
    confirm: 'With your signature it is in the public record. It cannot be taken back.',
    go: 'Yes, sign it too',
    done: 'Signed by two officers, it is in the public record.',
  },
  withdraw: {
    open: 'Take it back',
    text: 'It is forgotten, and nothing is recorded.',
    confirm: 'Whoever wants it after all has to sign it again.',
    go: 'Yes, take it back',
    done: 'It is forgotten.',
  },
} satisfies Readonly<Record<string, ActTexts>>;

/** @param awaited each as its number, with or without a name. */
function trustees(awaited: readonly string[]): string {
  if (awaited.length === 0) return 'the trustees';
  if (awaited.length === 1) return `trustee ${awaited[0]}`;
  return `trustees ${awaited.slice(0, -1).join(', ')} and ${awaited.at(-1)}`;
}

export const conduct = {
  reading: 'Your browser reads the record of this election and checks it …',
  publicPage: 'The public page of this election',
  next: 'What comes next',
  nothingNext: 'Everything is done.',
  abandoned: (reason: string) => `This election was called off: “${reason}”`,
  putOff: (time: string) => `The officers have put it off. By the rules it was to end on ${time}.`,
  allSteps: 'All steps',
  marks: { done: 'Done', now: 'Now', later: 'Later', never: 'Called off' },
  steps,
  trustees,
  round: (round: number, of: number, attempt: number) =>
    attempt === 1 ? `Round ${round} of ${of}.` : `Attempt ${attempt}, round ${round} of ${of}.`,
  complaint: (i: number, against: number) =>
    `Trustee ${i} reports something wrong with what trustee ${against} sent.`,
  voided: (attempt: number, reason: string) => `Attempt ${attempt} was ended: “${reason}”`,
  tokensNotSent: 'Careful: by the registrar’s account the voting codes have not been sent yet.',

  turnout: {
    title: 'Turnout',
    text: 'How many have voted, never how.',
    caption: 'Turnout by college',
    bodies: 'Turnout by branch and region',
    college: 'College',
    body: 'Branch or region',
    onRoll: 'On the roll',
    voted: 'Voted',
    share: 'Turnout',
    as: (time: string) => `As of ${time}. The figures are kept up to date.`,
  },

  acts,
  more: 'What else you can do',
  moreText: 'Each of these is signed with your key, asks you once more, and is public.',
  public: 'Everybody can see this, and that an officer did it.',
  openKeyFirst: 'Open your signing key first: it is at the end of this page. Until then you can look.',
  goOn: 'Go on',
  cancel: 'Cancel',
  sure: 'Are you sure?',
  errors: 'There is a problem',
  onRecord: (index: string) => `It is entry ${index} of the public record.`,

  fields: {
    text: 'What everybody will read',
    reason: 'Why? Everybody will read this',
    empty: 'Write something.',
    long: (most: string) => `Write at most ${most} characters.`,
    until: 'New end of voting',
    untilHint: (from: string, latest: string) =>
      `Voting now ends on ${from}. The rules allow ${latest} at the latest.`,
    untilBad: 'Give a day and a time.',
    untilRange: (from: string, latest: string) =>
      `It has to be later than ${from}, and ${latest} at the latest.`,
    vote: 'The chair votes',
    for: 'For',
    against: 'Against',
    voteNone: 'Choose for or against.',
    person: 'The member’s number in the membership file',
    personNone: 'Give the member’s number.',
    college: 'College',
    substitute: 'Number of the substitute who steps in, if it is one',
    substituteHint: 'Leave this empty if the code was lost.',
  },

  facts: {
    opens: (time: string) => `Voting begins: ${time}.`,
    closes: (time: string) => `Voting ends: ${time}.`,
    closesByHand: 'You end the voting yourself.',
    voters: (n: string) => `Voters on the roll: ${n}.`,
    links: 'Your browser counts the earlier elections again first, which can take some minutes.',
    until: (time: string) => `New end of voting: ${time}.`,
    says: (text: string) => `“${text}”`,
    vote: (vote: 'for' | 'against'): string =>
      vote === 'for' ? 'The chair votes for.' : 'The chair votes against.',
    person: (person: string, college: string) => `Member ${person}, ${college}.`,
    left: (n: string) => `Codes that can still be replaced in this election: ${n}.`,
  },

  result: {
    working: 'Your browser works out the result …',
    declare: 'Declare this result',
    option: 'Answer',
    votes: 'Votes',
    lotMissing: 'There is a tie that a lot decides. Not every officer has shown the number for it yet.',
    tie: 'Before you declare the result, the chair may vote. Without it the motion falls.',
    motion: (title: string, college: string | null) => (college === null ? title : `${title}, ${college}`),
  },

  token: {
    title: 'The new voting code',
    text: 'Give it to the member now. It is shown here once, and nobody can show it again. Whoever has it can vote.',
    link: 'Link for voting',
    printed: 'I have passed it on',
  },

  disputes: {
    title: 'Reported problems',
    none: 'Nothing has been reported.',
    until: (time: string) => `Problems can be reported until ${time}.`,
    over: 'The time for reports is over.',
    filed: (time: string) => `Sent on ${time}`,
    by: (voter: string) => `Voter number ${voter}`,
    about: about as Readonly<Record<string, string>>,
    states: {
      filed: 'Not in the record yet',
      entered: 'No answer yet',
      answered: 'Answered',
    },
    findings: {
      none: 'No receipt was sent with it.',
      holds: 'The receipt sent with it is right.',
      contradicts:
        'The receipt sent with it proves that this service has shown two different records. Stop, and call the trustees and somebody independent.',
      incomplete: 'The receipt sent with it proves nothing.',
      foreign: 'The receipt sent with it is not from this election.',
    },
    entry: (index: string) => `Entry ${index}`,
    answers: 'Answer',
    more: 'Add to the answer',
    enterFirst: 'It has to be in the record before you can answer it.',
  },

  second: {
    title: 'Waiting for a second officer',
    text: 'The rules of this election ask two officers to sign these.',
    waits: 'You have signed it. Now another officer has to sign it too.',
    by: (officer: string, time: string) =>
      `Officer ${officer} has signed it. If nobody else does, it is forgotten on ${time}.`,
    own: 'You have signed it already: another officer has to.',
    false: 'What was proposed is not right. Your browser signs nothing:',
  },

  faults: {
    unreachable: 'The service does not answer. Nothing is lost. Check your connection and try again.',
    signedOut: 'You have been signed out. Sign in again; you come back to this page.',
    signIn: 'Sign in again',
    refused: 'The service did not accept this. Nothing was entered.',
    record:
      'The record of this election is not as it should be. Your browser signs nothing. Tell the trustees and whoever runs the service.',
    receipt:
      'The service says that it has recorded this, but does not prove it. Tell the trustees and whoever runs the service.',
    link: 'The earlier election cannot be used:',
    failedTally: 'Counting has failed. Whoever runs the service can see why. You can try again.',
    unknown: 'Something went wrong. Load the page again.',
    tryAgain: 'Try again',
  },

  unanswered: {
    title: 'Was it recorded?',
    text: (what: string) =>
      `You had just signed this when the connection was lost: ${what}. Your browser has kept what you signed.`,
    asking: 'Your browser asks whether it was recorded …',
    was: 'It was recorded. You need not do it again.',
    wasNot: 'It was not recorded. Send it again, and it is recorded once. Or leave it.',
    again: 'Send it again',
    leave: 'Leave it',
    kinds: {
      opening: 'opening the voting',
      result: 'declaring the result',
      void: 'having the trustees start again',
      replacement: 'replacing a voting code',
      extension: 'putting off the end of voting',
      abandonment: 'calling the election off',
      incident: 'recording an incident',
      dispute: 'recording a reported problem',
      answer: 'answering a reported problem',
      'casting-vote': 'the chair’s vote',
      'lot-commitment': 'taking part in the lot',
      'lot-reveal': 'showing your number for the lot',
    },
  },

  notOfficer: 'Your key is not that of an officer of this election. You can look, but not sign.',
};

export type ConductTexts = typeof conduct;
