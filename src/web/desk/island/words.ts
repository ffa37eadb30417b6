/** The texts that the desk shows, in the language of its page. */
import { type ConductTexts, conduct as enConduct } from '../../texts/en/conduct.ts';
import { type DecisionTexts, decisions as enDecisions } from '../../texts/en/decisions.ts';
import { type DeskTexts, desk as enDesk } from '../../texts/en/desk.ts';
import { type DeskDraftTexts, deskDraft as enDraft } from '../../texts/en/desk-draft.ts';
import { type DeskKeyTexts, deskKey as enKey } from '../../texts/en/desk-key.ts';
import { type DeskRollTexts, deskRoll as enRoll } from '../../texts/en/desk-roll.ts';
import { format as enFormat } from '../../texts/en/frame.ts';
import { refusals as enRefusals, type RefusalTexts } from '../../texts/en/refusals.ts';
import type { Format } from '../../texts/format.ts';
import { conduct as frConduct } from '../../texts/fr/conduct.ts';
import { decisions as frDecisions } from '../../texts/fr/decisions.ts';
import { desk as frDesk } from '../../texts/fr/desk.ts';
import { deskDraft as frDraft } from '../../texts/fr/desk-draft.ts';
import { deskKey as frKey } from '../../texts/fr/desk-key.ts';
import { deskRoll as frRoll } from '../../texts/fr/desk-roll.ts';
import { format as frFormat } from '../../texts/fr/frame.ts';
import { refusals as frRefusals } from '../../texts/fr/refusals.ts';

export interface Words {
  readonly lang: string;
  readonly t: DeskTexts;
  /** Of the signing key, and of requests that fail. */
  readonly key: DeskKeyTexts;
  readonly refusals: RefusalTexts;
  readonly draft: DeskDraftTexts;
  /** Of the roll, the voting codes and the letters. */
  readonly roll: DeskRollTexts;
  /** Of an election under way, and of what it decides. */
  readonly conduct: ConductTexts;
  readonly decisions: DecisionTexts;
  readonly format: Format;
}

const EN: Words = {
  lang: 'en',
  t: enDesk,
  key: enKey,
  refusals: enRefusals,
  draft: enDraft,
  roll: enRoll,
  conduct: enConduct,
  decisions: enDecisions,
  format: enFormat,
};

const FR: Words = {
  lang: 'fr',
  t: frDesk,
  key: frKey,
  refusals: frRefusals,
  draft: frDraft,
  roll: frRoll,
  conduct: frConduct,
  decisions: frDecisions,
  format: frFormat,
};

export const wordsFor = (lang: string): Words => (lang === 'fr' ? FR : EN);

/** In the language of an election's texts, where the desk speaks it. @param lang BCP 47. */
export function wordsOfTexts(lang: string, otherwise: Words): Words {
  const own = lang.split('-')[0] ?? '';
  const words = wordsFor(own);
  return words.lang === own ? words : otherwise;
}
