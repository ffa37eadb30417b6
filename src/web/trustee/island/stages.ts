/** Where a trustee stands, in words. */
import type { Stage, Standing } from './session.ts';
import { texts } from './texts.ts';

/** A trustee's part, step by step. */
export const STEPS = texts.steps;

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

export const { trustees } = texts;

/** What is going on, in a sentence or two. */
export function sentenceFor({ stage, awaited }: Pick<Standing, 'stage' | 'awaited'>): string {
  return texts.stages[stage](trustees(awaited));
}
