/** Where words that were read to a trustee differ from its own. */

/** One sentence on the first difference; the texts are known to differ. */
export function firstDifference(text: string, words: readonly string[]): string {
  const typed = text
    .trim()
    .toLowerCase()
    .split(/[\s,.;]+/);
  if (typed.length !== words.length) {
    return `There are ${words.length} words; you typed ${text.trim() === '' ? 0 : typed.length}.`;
  }
  const at = words.findIndex((word, i) => word !== typed[i]);
  return `Word ${at + 1} differs: you typed “${typed[at] ?? ''}”, here it is “${words[at] ?? ''}”.`;
}
