/** What a recount has found at a place, in the language of the page where that has words for it; else in English. */
import type { FaultValue } from '../../tally/verify/faults.ts';
import type { Finding } from '../../tally/verify/findings.ts';
import type { RecountTexts } from '../texts/en/recount.ts';
import { visible } from '../texts/titles.ts';

export function findingInWords(
  { where, why, code, values = [] }: Finding,
  { lang, findings, places }: Pick<RecountTexts, 'lang' | 'findings' | 'places'>,
): { readonly text: string; readonly lang: string } {
  const say: ((...given: FaultValue[]) => string) | undefined =
    code === undefined ? undefined : findings?.[code];
  if (say === undefined) return { text: visible(`${where}: ${why}`), lang: 'en' };
  const place = where.replaceAll(/^[a-z]+|(?<= )trustee(?= )/g, (word) => places[word] ?? word);
  return { text: visible(`${place} : ${say(...values)}`), lang };
}
