/** How the people of a ceremony say that all of them read the same words. */
import type { CompareWords } from '../trustee/interfaces.ts';
import { areWords } from '../trustee/words.ts';
import { CheckedFalse } from './exit.ts';
import { ask } from './trustee-folder.ts';

export interface WordOptions {
  /** As another trustee read them. */
  readonly words?: string;
  /** They were compared in another way. */
  readonly wordsCompared?: true;
}

const WORDS_A_LINE = 4;

/** The words, four to a line. */
export function showWords(words: readonly string[]): string[] {
  const lines = Math.ceil(words.length / WORDS_A_LINE);
  return Array.from(
    { length: lines },
    (_, line) => `    ${words.slice(line * WORDS_A_LINE, (line + 1) * WORDS_A_LINE).join('  ')}`,
  );
}

const DIFFERENT =
  'the words differ: somebody was shown another ceremony. This trustee does not confirm. Tell the other trustees and the officer, who has to void this attempt';

/** Compares by an option, or asks; false where there is neither option nor person. @throws CheckedFalse if they differ. */
export function wordComparison(options: WordOptions, say: (line: string) => void): CompareWords {
  return async (words) => {
    if (options.wordsCompared === true) return true;
    say(
      'The key is made. Read these words to each other, all trustees at once, over the telephone or in a room:',
    );
    for (const line of showWords(words)) say(line);
    if (options.words !== undefined) return same(options.words, words);
    if (!process.stdin.isTTY) return false;
    const typed = await ask('Type the words as another trustee reads them (nothing: later): ', '--words');
    return typed.trim() === '' ? false : same(typed, words);
  };
}

function same(text: string, words: readonly string[]): true {
  if (areWords(text, words)) return true;
  throw new CheckedFalse(DIFFERENT);
}
