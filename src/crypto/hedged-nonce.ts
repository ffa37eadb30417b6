/**
 * Nonces that stay secret and distinct even if the random source fails: they hash the secret and the
 * statement with fresh bytes. A repeated or predictable nonce gives the secret away.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, u32 } from './bytes.ts';
import { CryptoError } from './errors.ts';
import { type RandomSource, type Scalar, scalarFromWide, ZERO } from './scalar.ts';
import { hash512 } from './transcript.ts';

const FRESH_BYTES = 32;

/**
 * SHA-512(frame(tag) ‖ frame(secret) ‖ frame(statement) ‖ frame(32 fresh bytes) ‖ frame(u32 clause)) mod ℓ,
 * not zero. `clause` numbers the nonces of one proof.
 * @throws CryptoError `out-of-range` for a clause that is no u32; `bad-length` if the source gives too few bytes.
 */
export function hedgedNonce(
  tag: string,
  secret: Bytes,
  statement: Bytes,
  clause: number,
  random: RandomSource = randomBytes,
): Scalar {
  const fresh = random(FRESH_BYTES);
  if (fresh.length !== FRESH_BYTES) {
    throw new CryptoError('bad-length', 'random', `${fresh.length} bytes instead of ${FRESH_BYTES}`);
  }
  const nonce = scalarFromWide(hash512(tag, secret, statement, fresh, u32(clause, 'clause')));
  if (nonce === ZERO) throw new CryptoError('out-of-range', 'nonce', 'zero');
  return nonce;
}
