/** A faultless roll with one thing edited, and what is found in it. */
import type { RollTerms } from '../../src/roll/build-roll.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import type { RollDocument, RollLine } from '../../src/roll/roll-document.ts';
import type { RollProblem } from '../../src/roll/roll-problem.ts';
import { bodies, document, entryOf, FROZEN, terms } from './rolls.ts';

export const people = { frozen: FROZEN, bodies };

export type Edit = (roll: RollDocument) => RollDocument;

/** The problems of an edited roll whose entry was made from the edited roll, so that only the edit shows. */
export function problemsOf(edit: Edit, of: RollTerms = terms): RollProblem[] {
  const edited = edit(structuredClone(document));
  return checkRoll(edited, of, entryOf(edited, of));
}

export const line = (roll: RollDocument, i: number): RollLine => {
  const found = roll.lines[i];
  if (!found) throw new Error(`no line ${i}`);
  return found;
};

export const editLine =
  (i: number, change: Partial<RollLine>): Edit =>
  (roll) => ({
    ...roll,
    lines: roll.lines.map((old, j) => (j === i ? { ...old, ...change } : old)),
  });

/** The first line of a college that lists a branch. */
export const inBranch = (college: string): number =>
  document.lines.findIndex(
    (l) =>
      l.college === college &&
      l.bodies.some((id) => bodies.find((body) => body.id === id)?.kind === 'branch'),
  );
export const ofCollege = (college: string): number => document.lines.findIndex((l) => l.college === college);

export const codes = (problems: readonly RollProblem[]) =>
  [...new Set(problems.map(({ code }) => code))].sort();
