/**
 * What trustees read to each other before they confirm a key (docs/protocol.md §7): twelve BIP-39 English words of
 * the transcript and the key. Twelve, since whoever deals last can look for two ceremonies with the same words: the
 * 128 bits in them leave 64 against that.
 */
import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { fromBase64Url } from '../crypto/bytes.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';
import type { CeremonyOutcome } from '../record/ceremony.ts';

const ENTROPY_BYTES = 16;

/** The words of what a ceremony made. */
export function ceremonyWords({ transcript, key }: Pick<CeremonyOutcome, 'transcript' | 'key'>): string[] {
  const hash = hash256(TAGS.ceremonyWords, fromBase64Url(transcript), fromBase64Url(key));
  return entropyToMnemonic(hash.slice(0, ENTROPY_BYTES), wordlist).split(' ');
}

/** Whether what somebody read or typed are these words, whatever its case and spaces. */
export function areWords(text: string, words: readonly string[]): boolean {
  return (
    text
      .trim()
      .toLowerCase()
      .split(/[\s,.;]+/)
      .join(' ') === words.join(' ')
  );
}
