/** What the second device and "my vote" have in common: their texts, and what went wrong. */
import { proofs as enProofs, type ProofTexts } from '../../texts/en/proofs.ts';
import { proofs as frProofs } from '../../texts/fr/proofs.ts';
import { Refused, Unreachable } from './requests.ts';
import type { Words } from './words.ts';

export function proofsFor({ lang }: Words): ProofTexts {
  return lang === 'fr' ? frProofs : enProofs;
}

/** What stopped a page, as a title and a sentence; null for what is not of the connection or the address. */
export function stopOf(error: unknown, { t: { stopped } }: Words): readonly [string, string] | null {
  if (error instanceof Unreachable) return [stopped.offlineTitle, stopped.offline];
  if (error instanceof Refused && (error.code === 'unknown-election' || error.code === 'bad-field'))
    return [stopped.unknownTitle, stopped.unknown];
  return null;
}
