/** The credential that a token stands for in one election and college: docs/protocol.md §3. All of it is secret but P. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat, fromBase64Url, toBase64Url, toUtf8 } from '../crypto/bytes.ts';
import { encodeElement, G, multiplySecret } from '../crypto/group.ts';
import { type Scalar, scalarFromWide, ZERO } from '../crypto/scalar.ts';
import { TAGS } from '../crypto/tags.ts';
import { framed } from '../crypto/transcript.ts';
import { BallotError, decoding } from './errors.ts';
import type { Token } from './token.ts';

export interface Credential {
  /** The secret. */
  readonly x: Scalar;
  /** x·G, base64url: the voter on the roll. */
  readonly P: string;
}

const WIDE_BYTES = 64;

/**
 * x.
 * @param election the manifest's leaf hash, base64url.
 * @throws BallotError `bad-credential` if x = 0, which no token is known to give.
 */
export function deriveSecret(token: Token, election: string, college: string): Scalar {
  const salt = decoding('bad-form', 'election', () => fromBase64Url(election, 'election'));
  const info = concat(
    toUtf8(TAGS.credential),
    framed(toUtf8(college, 'college'), Uint8Array.of(token.issuer)),
  );
  const x = scalarFromWide(hkdf(sha512, token.secret, salt, info, WIDE_BYTES));
  if (x === ZERO) throw new BallotError('bad-credential', 'token', 'gives the secret zero');
  return x;
}

/** @throws BallotError as `deriveSecret` does. */
export function deriveCredential(token: Token, election: string, college: string): Credential {
  const x = deriveSecret(token, election, college);
  return { x, P: toBase64Url(encodeElement(multiplySecret(G, x))) };
}
