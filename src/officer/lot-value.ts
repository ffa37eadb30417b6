/**
 * An officer's value for the lot where there are no trustees (docs/protocol.md §5.3): it follows from the signing key,
 * so that it need not be kept until it is shown, and nobody else can tell it.
 */
import { type Bytes, fromBase64Url } from '../crypto/bytes.ts';
import type { SigningKey } from '../crypto/ed25519.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';

/** H256(lot-value, key, election). */
export function lotValue(key: SigningKey, election: string): Bytes {
  return hash256(TAGS.lotValue, key, fromBase64Url(election));
}
