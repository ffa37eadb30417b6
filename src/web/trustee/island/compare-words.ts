/** Where words that were read to a trustee differ from its own. */
import { texts } from './texts.ts';

/** One sentence on the first difference; the texts are known to differ. */
export function firstDifference(text: string, words: readonly string[]): string {
  const typed = text
    .trim()
    .toLowerCase()
    .split(/[\s,.;]+/);
  if (typed.length !== words.length) {
    return texts.words.count(words.length, text.trim() === '' ? 0 : typed.length);
  }
  const at = words.findIndex((word, i) => word !== typed[i]);
  return texts.words.word(at + 1, typed[at] ?? '', words[at] ?? '');
}
