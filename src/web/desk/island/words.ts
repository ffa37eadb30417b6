/** The texts that the desk shows, in the language of its page. */
import { type DeskTexts, desk as enDesk } from '../../texts/en/desk.ts';
import { format as enFormat } from '../../texts/en/frame.ts';
import type { Format } from '../../texts/format.ts';
import { desk as frDesk } from '../../texts/fr/desk.ts';
import { format as frFormat } from '../../texts/fr/frame.ts';

export interface Words {
  readonly lang: string;
  readonly t: DeskTexts;
  readonly format: Format;
}

export const wordsFor = (lang: string): Words =>
  lang === 'fr' ? { lang, t: frDesk, format: frFormat } : { lang: 'en', t: enDesk, format: enFormat };
