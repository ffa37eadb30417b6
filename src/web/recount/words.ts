/** The texts that the page of a recount shows, in the language of its page. */
import { type DecisionTexts, decisions as enDecisions } from '../texts/en/decisions.ts';
import { observerKey as enKey, type ObserverKeyTexts } from '../texts/en/observer-key.ts';
import { recount as en, type RecountTexts } from '../texts/en/recount.ts';
import { refusals as enRefusals, type RefusalTexts } from '../texts/en/refusals.ts';
import { decisions as frDecisions } from '../texts/fr/decisions.ts';
import { observerKey as frKey } from '../texts/fr/observer-key.ts';
import { recount as fr } from '../texts/fr/recount.ts';
import { refusals as frRefusals } from '../texts/fr/refusals.ts';

const isFrench = document.documentElement.lang === 'fr';

export const t: RecountTexts = isFrench ? fr : en;
export const decisionTexts: DecisionTexts = isFrench ? frDecisions : enDecisions;
export const refusals: RefusalTexts = isFrench ? frRefusals : enRefusals;
export const keyTexts: ObserverKeyTexts = isFrench ? frKey : enKey;
