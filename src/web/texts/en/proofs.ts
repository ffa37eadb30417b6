/** The second device of a check, and "my vote", in English. */
import { format } from './frame.ts';

export const proofs = {
  second: {
    title: 'Test a ballot',
    text: 'This page opens a sealed ballot that another device has made, and shows what is in it. It works it out by itself and asks only the public record.',
    label: 'Link or code from the other device',
    hint: 'Scan the picture on the other device with the camera of this one, or paste the link here.',
    go: 'Open the ballot',
    bad: 'This is not a ballot that was opened for a test. Scan the picture again.',
    wrong: 'This ballot is not right',
    wrongText:
      'It does not fit this vote, or there is something in it that cannot be a vote. Do not vote on the device that made it.',
    shows: 'This is in the sealed ballot',
    compare: 'Compare all three with the other device: voter number, choices, ballot number.',
    all: 'All three agree',
    differs: 'Something differs',
    good: 'This ballot is right',
    goodText:
      'The other device sealed what was chosen. This opened ballot is not counted. Go back to that device: it has a fresh ballot. Cast that one.',
    bad2: 'Do not vote on the other device',
    badText:
      'It showed one thing and sealed another. Report it: the ballot number goes with your report, the choices do not. The evidence that you can save has the choices; give it to a scrutineer alone.',
  },

  scan: {
    start: 'Scan it with the camera',
    stop: 'Stop the camera',
    looking: 'Hold the code with the black squares in front of the camera.',
    picture: 'Or choose a picture of the code',
    none: 'No code was found in this picture. Take it again, closer and in good light, or type the code.',
    noCamera: 'This page cannot use a camera here. Choose a picture, or type the code.',
    notLoaded: 'The code reader could not be loaded. Try again, or type the code.',
  },

  mine: {
    title: 'My vote',
    text: 'Are you on the roll? Is your vote in the ballot box, and is it counted? If you did not vote: did nobody vote in your place? Your device checks all this by itself.',
    label: 'Receipt code, voting code or voter number',
    hint: 'The receipt code is on your receipt (43 letters and digits). Voting code and voter number are in your letter; the code stays on this device.',
    file: 'Or your saved receipt',
    go: 'Look it up',
    bad: 'This is no receipt code, no voting code and no voter number. Compare it with your receipt or your letter.',
    badFile: 'This file is not a receipt.',

    right: 'Right',
    wrong: 'Not right',
    open: 'Not yet',
    note: 'Please note',
    onRollTitle: 'On the roll',
    onRoll: (college: string, voter: string) => `You are on the roll: ${college}, voter number ${voter}.`,
    bodies: (names: string) => `Your branch and region: ${names}.`,
    noBodies: 'No branch or region is named on your line of the roll.',
    name: (name: string) => `Your name on the roll: ${name}.`,
    rollProof: (size: string) =>
      `Your device has checked that this line is one of the ${size} on the published roll.`,
    otherCode:
      'The roll has another code at this number. That is right if you were given a new code. If not, report it.',
    wrongBranch: 'Is something here wrong? Report it now, before voting opens.',
    wrongBranchLate: 'Is something here wrong? Report it.',
    notOnRoll:
      'This code is not on the roll of this vote. Compare it with your letter. If it is the same, report it.',
    replaced:
      'This voting code was replaced by a new one. What was cast with it counts until there is a vote with the new one. If you did not ask for a new code, report it.',
    noSuchNumber: (voter: string, size: string) =>
      `There is no voter number ${voter}: the roll ends with ${size}. Compare it with your letter.`,
    rollNotYet: 'The roll is not published yet.',

    recordedTitle: 'Recorded',
    recorded: (entry: string) => `Your vote is in the ballot box: it is number ${entry} there.`,
    recordedUnder: (entry: string) =>
      `A vote is recorded under this number: it is number ${entry} in the ballot box. Is it not yours? Then somebody else has voted with your code: report it.`,
    isCheck: (entry: string) =>
      `This is the receipt of a ballot that was opened for a test (number ${entry} in the ballot box). It is not counted.`,
    notRecorded: 'No vote is recorded under your number.',
    recordedOld:
      'The voting code of this number was replaced. What was cast with the old code counts until there is a vote with the new one.',
    notOpen: (time: string) => `Nobody has voted yet. Voting begins on ${time}.`,
    missing: 'The ballot box has nothing that fits this receipt.',
    untrue: 'What the ballot box shows does not fit its own proof.',

    countedTitle: 'Counted',
    countedNotYet: 'When the result is declared, you can see here that your vote is counted.',
    counted: 'Your vote is counted in the result, and nobody voted in your place.',
    countedUnder:
      'The vote that is recorded under this number is counted. Is it not yours? Then somebody else has voted in your place: report it.',
    countedOld:
      'A vote is counted under this number, whose voting code was replaced. Is it not yours? Report it.',
    countedOther:
      'A later vote of yours is counted in place of this one. If you did not vote again, somebody else has your voting code.',
    notCounted: 'Your vote is recorded, and it is not in the count.',
    nobody: 'Nobody voted in your place.',
    counted2: 'A vote is counted under your number.',

    wrongTitle: 'If something is not right',
    wrongSteps: (until: string | null) => [
      'Report it here. The proof goes with it, and says nothing of how you voted.',
      'Your report is published at once, and has to be answered in public.',
      until === null
        ? 'Do it before the result is final.'
        : `Do it soon: the result is final ${until} after it is declared.`,
    ],
    days: (n: number) => format.counted(n, 'day', 'days'),
    another: 'Look up another',
  },
};

export type ProofTexts = typeof proofs;
