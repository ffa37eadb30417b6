/** The texts of the trustees' page and its worker, in the language of the page. */
import { trustee as en, type TrusteeTexts } from '../../texts/en/trustee.ts';
import { trustee as fr } from '../../texts/fr/trustee.ts';

/** The page gives its worker its language as a name. */
const language: unknown =
  'document' in globalThis ? document.documentElement.lang : Reflect.get(globalThis, 'name');

export const texts: TrusteeTexts = language === 'fr' ? fr : en;
