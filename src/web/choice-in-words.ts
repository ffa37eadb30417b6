/** What a ballot says in a contest, in a sentence's words: for whoever opens one, and for ballots on the record. */
import type { Choice } from '../ballot/choices.ts';
import { votes } from './texts/en/votes.ts';
import type { Titles } from './texts/titles.ts';

interface Words {
  readonly blank: string;
  readonly nothing: string;
  readonly list: (words: readonly string[]) => string;
}

export function choiceInWords(contest: string, choice: Choice, titles: Titles, own: Words = votes): string {
  if (choice === 'blank') return own.blank;
  const words = Array.isArray(choice)
    ? choice.map((option) => titles.option(contest, option))
    : Object.entries(choice).map(([option, n]) => `${titles.option(contest, option)} ${n}`);
  return words.length === 0 ? own.nothing : own.list(words);
}
