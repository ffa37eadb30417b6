/** The texts that the desk shows, in the language of its page. */
import { type DeskTexts, desk as enDesk } from '../../texts/en/desk.ts';
import { type DeskDraftTexts, deskDraft as enDraft } from '../../texts/en/desk-draft.ts';
import { type DeskKeyTexts, deskKey as enKey } from '../../texts/en/desk-key.ts';
import { format as enFormat } from '../../texts/en/frame.ts';
import type { Format } from '../../texts/format.ts';
import { desk as frDesk } from '../../texts/fr/desk.ts';
import { deskDraft as frDraft } from '../../texts/fr/desk-draft.ts';
import { deskKey as frKey } from '../../texts/fr/desk-key.ts';
import { format as frFormat } from '../../texts/fr/frame.ts';

export interface Words {
  readonly lang: string;
  readonly t: DeskTexts;
  /** Of the signing key, and of requests that fail. */
  readonly key: DeskKeyTexts;
  readonly draft: DeskDraftTexts;
  readonly format: Format;
}

export const wordsFor = (lang: string): Words =>
  lang === 'fr'
    ? { lang, t: frDesk, key: frKey, draft: frDraft, format: frFormat }
    : { lang: 'en', t: enDesk, key: enKey, draft: enDraft, format: enFormat };
