/** The booth in English. */
import { format } from './frame.ts';

export const member = {
  loading: 'One moment …',
  tryAgain: 'Try again',
  reportProblem: 'Report a problem',
  problem: 'There is a problem',
  toElection: 'All about this vote: question, rules, roll, result',

  stages: {
    read: 'Step 1 of 4: read',
    choose: 'Step 2 of 4: choose',
    review: 'Step 3 of 4: look over and cast',
    done: 'Step 4 of 4: done',
  },

  people: { officer: 'Returning officer:', trustees: 'Scrutineers, who hold the key:' },

  consultative: 'Consultative: it binds nobody',

  code: {
    title: 'Your voting code',
    label: 'Voting code',
    hint: 'It is in your letter or message: 28 letters and digits in groups of four. Capitals or small letters, spaces and hyphens make no difference.',
    go: 'Continue',
    stays: 'The code stays on this device. It is never sent.',
    empty: 'Type your voting code.',
    short: (n: number) =>
      `A voting code has 28 letters and digits; this has ${n}. Compare it with your letter.`,
    mistyped: 'One or more letters or digits are not right. Compare the code with your letter.',
    notOnRoll:
      'This code is not for this vote. Compare it with your letter, and make sure that the letter is for this vote.',
  },

  read: {
    you: (college: string, voter: string) => `You vote as: ${college}, voter number ${voter}.`,
    weight: (n: number) => `Your ballot counts for ${format.number(n)}.`,
    compare: 'Your letter has the same voter number. If not, do not vote; tell the returning officer.',
    until: (time: string) => `You can vote until ${time}.`,
    untilClosed: 'You can vote until the returning officer closes the voting.',
    secret: 'Your vote is sealed on this device before it is sent. Nobody can open a single vote.',
    recorded: 'This vote is not secret: everybody will see how you voted.',
    rehearsal: 'This is a rehearsal. Its result binds nobody.',
    voted: 'You have voted already. You can vote again: only your last vote counts.',
    start: 'Start',
  },

  choose: {
    title: 'Make your choice',
    one: 'Choose one.',
    exactly: (n: number) => `Choose ${n}.`,
    upTo: (n: number) => `Choose up to ${n}.`,
    between: (min: number, max: number) => `Choose ${min} to ${max}.`,
    any: 'Choose as many as you like, or none.',
    none: 'None of these',
    blank: 'Leave this one blank',
    chosen: (n: number) => `${format.number(n)} chosen`,
    score: (max: number) => `Give each from 0 to ${max}. More is better.`,
    rank: (n: number) => `Put ${n} in order, the one you like best first.`,
    place: (n: number) => `Place ${n}`,
    pick: 'Choose …',
    split: (weight: number) =>
      `Your card counts for ${format.number(weight)}. Divide it as you like; what you do not use is not counted.`,
    left: (n: number) => `${format.number(n)} left`,
    over: (n: number) => `${format.number(n)} too many`,
    go: 'Look it over',
    fault: {
      one: 'Choose one.',
      exactly: (n: number) => `Choose ${n}.`,
      atLeast: (n: number) => `Choose at least ${n}.`,
      tooMany: (max: number, n: number) => `Choose ${max} at most; you have chosen ${n}.`,
      places: 'Fill every place, or leave this one blank.',
      placesAll: 'Fill every place.',
      twice: (option: string) => `“${option}” has two places. Give it one.`,
      number: (option: string, most: number) => `Give “${option}” a whole number from 0 to ${most}.`,
      over: (n: number, weight: number) => `You have given ${n}, and your card counts for ${weight}.`,
    },
  },

  review: {
    title: 'Is this what you want?',
    notYet: 'Your vote is not cast yet.',
    change: 'Change',
    nothing: 'None',
    blank: 'Left blank',
    unused: (n: number) => `Unused: ${format.number(n)}`,
    cast: 'Cast my vote',
    casting: 'Casting …',
    castingNote: 'Your vote is on its way. Keep this page open.',
    fingerprint: 'Ballot number of this sealed ballot:',
    checkTitle: 'Do you want to test this device first?',
    checkText:
      'You can open this sealed ballot on a second device and see for yourself what is in it. An opened ballot is never counted. You then get a fresh one with the same choices. Some members should do this: it is how a dishonest device is caught.',
    check: 'Open this ballot to test it',
    opening: 'Opening …',
    freshAfterCheck: 'This is a fresh sealed ballot with the same choices. It has not been opened.',
    lost: 'There is no answer from the ballot box. Your vote may have arrived or not. Nothing is lost: try again, and the same vote is sent. It cannot count twice.',
    resumed:
      'This page was loaded again while your vote was on its way. The same vote is sent once more. It cannot count twice.',
    checkLost:
      'There is no answer from the ballot box, so the ballot could not be opened. Your vote is not cast yet. Try again, or cast it.',
    busy: 'Too many ballots have come with your code within a minute. Wait a minute, then try again.',
    opened:
      'This ballot was opened for a test and cannot be cast. You have a fresh one now, with the same choices.',
  },

  check: {
    title: 'Test this ballot',
    notCast: 'This ballot is open now and will never be counted. You have not voted yet.',
    steps: [
      'Take another phone or computer: a friend’s, say, or one in a library. Do not use this one.',
      'Scan this picture with its camera, and open the link.',
      'Compare what it shows with what is below.',
    ],
    qr: 'A picture that opens this ballot on a second device',
    tooLarge: 'This ballot is too large for a picture. Send the link to the second device.',
    link: 'Or open this link there',
    compare: 'The second device must show just this:',
    voter: 'Voter number',
    number: 'Ballot number',
    same: 'It shows the same: go on and vote',
    differs: 'Something differs',
  },

  report: {
    title: 'Report what you have seen',
    doNot: 'Do not vote on this device for now.',
    steps: [
      'Report the problem. Everybody can see the report. It has the number of this test ballot, but not the choices.',
      'Save the evidence. It holds what this device showed, and the choices of the test ballot. Give it to a scrutineer, in person or by mail.',
      'Then vote on another device. Only your last vote counts.',
    ],
    save: 'Save the evidence',
    goOn: 'Go back to my vote',
  },

  conflict: {
    title: 'Was this you?',
    text: (entry: string) =>
      `A vote was cast with your code, but not on this device (number ${entry} in the ballot box). Did you cast it, on another device or earlier?`,
    yes: 'Yes, that was me',
    no: 'No, that was not me',
    yesThen: 'You can vote again here: only your last vote counts.',
    noTitle: 'Somebody else has your voting code',
    noText: (entry: string) =>
      `Tell the returning officer now, and give this number: ${entry}. You can vote here all the same: your vote takes the place of the other one, as long as it is the last.`,
    goOn: 'Go on and vote',
  },

  done: {
    title: 'Your vote is recorded',
    text: 'You are finished. This device has checked that your vote is in the ballot box for good.',
    another: 'If you change your mind, open your link again and vote again: only your last vote counts.',
    receipt: 'Your receipt',
    says: 'It says that you have voted, not how. Keep it, and you can see later that your vote is counted.',
    voter: 'Voter number',
    entry: 'Number in the ballot box',
    time: 'Cast on',
    code: 'Receipt code',
    print: 'Print',
    save: 'Save',
    qr: 'A picture of the link to your receipt',
    later: 'See your vote in the ballot box',
  },

  stopped: {
    offlineTitle: 'No connection',
    offline: 'The ballot box cannot be reached. Nothing is lost. See whether you are online, and try again.',
    preparingTitle: 'Voting has not begun',
    preparing: 'This vote is still being prepared. Come back later with the same link.',
    scheduled: (time: string) => `Voting begins on ${time}. Come back then with the same link.`,
    closedTitle: 'Voting is over',
    closed: 'No more votes are taken.',
    closedNow:
      'Voting ended before your vote arrived. It was not recorded. If you voted earlier, that vote still counts.',
    abandonedTitle: 'This vote was called off',
    abandoned: (reason: string) => `The returning officer gave this reason: ${reason}`,
    unknownTitle: 'No such vote',
    unknown: 'There is no vote at this address. Compare it with your letter.',
    untrueTitle: 'Do not vote here',
    untrue:
      'What the ballot box shows does not agree with the link in your letter. First compare the link. If it is right, tell the returning officer and a scrutineer. Then vote on another device, or later.',
    promiseTitle: 'Your vote may not be recorded',
    promise:
      'The ballot box has answered, but without the proof that it owes you. Report it: what it answered goes with your report.',
    replacedTitle: 'Your voting code was replaced',
    replaced:
      'A new code was made for you, and this one cannot vote any more. Use the new one. What you cast with this one counts until you vote with the new one. If you did not ask for a new code, report it.',
    deniedTitle: 'The ballot box has lost your vote',
    denied:
      'This device holds a receipt for your vote, and the ballot box does not have that vote any more. Report it: the proof goes with your report.',
    refusedTitle: 'The ballot box refused your vote',
    refused: (code: string) =>
      `Your vote was not recorded. This should not happen. Tell the returning officer this word: ${code}`,
    found: 'What was found:',
    browserTitle: 'This browser cannot vote',
    browser: 'Open the link in a newer browser. Its address has to begin with https.',
    myVote: 'Look up my vote',
  },
};

export type MemberTexts = typeof member;
