/** Where a trustee stands, in words. */
import type { Stage, Standing } from './session.ts';

/** A trustee's part, step by step. */
export const STEPS = [
  'Open your key file',
  'Make the key together',
  'Compare the words',
  'Save a backup and prove it',
  'All trustees confirm the key',
  'Members vote',
  'Recount and agree',
  'Decrypt the totals',
  'The officer declares the result',
] as const;

const STEP_OF: Readonly<Record<Stage, number>> = {
  join: 1,
  commit: 1,
  reveal: 1,
  dealt: 1,
  mail: 1,
  void: 1,
  words: 2,
  backup: 3,
  confirm: 4,
  opening: 5,
  closing: 5,
  tally: 6,
  recount: 6,
  agreement: 6,
  shares: 7,
  result: 8,
  done: STEPS.length,
};

/** The index in `STEPS` of what is to be done at a stage; their number once all is done. */
export function stepOf(stage: Stage): number {
  return STEP_OF[stage];
}

/** Whether the key is still being made. */
export function isCeremony(stage: Stage): boolean {
  return stepOf(stage) <= STEP_OF.confirm;
}

/** “trustee 2”, “trustees 2 and 3” … */
export function trustees(awaited: readonly number[]): string {
  if (awaited.length === 0) return 'the other trustees';
  if (awaited.length === 1) return `trustee ${awaited[0]}`;
  return `trustees ${awaited.slice(0, -1).join(', ')} and ${awaited.at(-1)}`;
}

const SENTENCES: Readonly<Record<Stage, (who: string) => string>> = {
  join: (who) => `Round 1 of 4: waiting for ${who} to join.`,
  commit: (who) => `Round 2 of 4: waiting for ${who}.`,
  reveal: (who) => `Round 3 of 4: waiting for ${who}.`,
  dealt: (who) => `Round 4 of 4: waiting for ${who} to send sealed parts of the key.`,
  mail: (who) => `Round 4 of 4: waiting for the sealed parts of ${who} to be delivered.`,
  void: () => 'This attempt has ended in a complaint. Waiting for the officer to void it.',
  words: () => 'Your turn: compare the words with the other trustees.',
  backup: () => 'Your turn: save a backup and prove it. You are not counted as ready before that.',
  confirm: (who) => `You have confirmed. Waiting for ${who} to confirm too.`,
  opening: () => 'The key is made. Waiting for the officer to open the voting.',
  closing: () => 'Voting is open. There is nothing for you to do before it is over.',
  tally: () => 'Voting is over. Waiting for the officer to have the ballots counted, still encrypted.',
  recount: () => 'Your turn: recount the ballots.',
  agreement: (who) =>
    `Your recount gives the published tally, and you have agreed. Not enough trustees have agreed yet; waiting for ${who}.`,
  shares: (who) => `Waiting for ${who} to decrypt.`,
  result: () => 'You have decrypted your part. Waiting for the officer to declare the result.',
  done: () => 'The result is declared. Your part is done.',
};

/** What is going on, in a sentence or two. */
export function sentenceFor({ stage, awaited }: Pick<Standing, 'stage' | 'awaited'>): string {
  return SENTENCES[stage](trustees(awaited));
}
