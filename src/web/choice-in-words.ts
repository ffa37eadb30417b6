/** What a ballot says in a contest, in a sentence's words: for whoever opens one, and for ballots on the record. */
import type { Choice } from '../ballot/choices.ts';
import { listed } from './rules-in-words.ts';
import type { Titles } from './texts/titles.ts';

export function choiceInWords(contest: string, choice: Choice, titles: Titles): string {
  if (choice === 'blank') return 'blank';
  const words = Array.isArray(choice)
    ? choice.map((option) => titles.option(contest, option))
    : Object.entries(choice).map(([option, n]) => `${titles.option(contest, option)} ${n}`);
  return words.length === 0 ? 'nothing' : listed(words);
}
