/** What went wrong, in a sentence for the officer. */
import { Refused, Unreachable } from '../../member/island/requests.ts';
import { visible } from '../../texts/titles.ts';
import type { FileProblem } from './registrar-requests.ts';
import type { Words } from './words.ts';

const textOf = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);

/**
 * A refusal by its code, and for whoever helps the field and the finer code. What the service adds in words is English
 * (docs/api-errors.md), as is all of a code that this page does not know.
 */
export function refusalInWords({ code, document }: Refused, { refusals, lang }: Words): string {
  const { title, field, reason, detail } = document;
  const known = Object.entries(refusals).find(([name]) => name === code)?.[1];
  const place = [code, ...textOf(field), ...textOf(reason)].join(', ');
  const own =
    known === undefined ? [...textOf(title), ...textOf(detail)] : lang === 'en' ? textOf(detail) : [];
  return [...(known === undefined ? [] : [known]), ...own.map(visible), `(${visible(place)})`].join(' ');
}

export function failureInWords(error: unknown, words: Words): string {
  const { requests } = words.key;
  if (error instanceof Unreachable) return requests.unreachable;
  if (error instanceof Refused) {
    if (error.code === 'not-signed-in') return requests.signedOut;
    return `${requests.refused} ${refusalInWords(error, words)}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** What is wrong with a line of a file, or with a roll; English where this page has no words of its own for it. */
export function problemInWords(
  problem: FileProblem,
  { lang, roll: { roll } }: Words,
): { text: string; lang: string } {
  const { code, column = null, also, why } = problem;
  const ofFile = Object.entries(roll.fileProblems ?? {}).find(([name]) => name === code)?.[1];
  const ofRoll = Object.entries(roll.rollProblems ?? {}).find(([name]) => name === code)?.[1];
  const text = problem.line === undefined ? ofRoll : ofFile?.({ column, also });
  return text === undefined ? { text: visible(why), lang: 'en' } : { text, lang };
}
