/**
 * Proof of possession: trustee i knows the secret a of its commitment C = a·G. The Schnorr proof of FROST's
 * distributed key generation for ristretto255-SHA512, as @noble/curves and frost-rs make it
 * (docs/protocol.md §7): it names i and C, but no election, which the signed entry around it does.
 */
import { sha512 } from '@noble/hashes/sha2.js';
import { type Bytes, concat, toUtf8 } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import {
  add,
  ELEMENT_BYTES,
  encodeElement,
  equal,
  G,
  multiplyPublic,
  multiplySecret,
  multiplyUniform,
  parseNonIdentity,
} from '../group.ts';
import { hedgedNonce } from '../hedged-nonce.ts';
import {
  addScalars,
  encodeScalar,
  multiplyScalars,
  parseScalar,
  type RandomSource,
  SCALAR_BYTES,
  type Scalar,
  scalarFromWide,
  scalarOf,
} from '../scalar.ts';
import { TAGS } from '../tags.ts';

/** R ‖ z. */
export const POSSESSION_BYTES = ELEMENT_BYTES + SCALAR_BYTES;

const CONTEXT = 'FROST-RISTRETTO255-SHA512-v1dkg';

/** c = SHA-512(context ‖ i as a scalar ‖ C ‖ R), little-endian, mod ℓ. Nothing is framed: all widths are fixed. */
function challenge(i: number, commitment: Bytes, R: Bytes): Scalar {
  return scalarFromWide(sha512(concat(toUtf8(CONTEXT), encodeScalar(scalarOf(i, 'i')), commitment, R)));
}

/** R = r·G, z = r + c·a. */
export function provePossession(i: number, secret: Scalar, random?: RandomSource): Bytes {
  const commitment = encodeElement(multiplySecret(G, secret));
  const statement = concat(encodeScalar(scalarOf(i, 'i')), commitment);
  const r = hedgedNonce(TAGS.nonce, encodeScalar(secret), statement, 0, random);
  const R = encodeElement(multiplyUniform(G, r));
  const z = addScalars(r, multiplyScalars(challenge(i, commitment, R), secret));
  return concat(R, encodeScalar(z));
}

/**
 * z·G = R + c·C.
 * @throws CryptoError `bad-proof` if the equation fails; `bad-length`, `bad-encoding`, `out-of-range` or
 * `identity-refused` for a commitment or proof of another form. `where` names the proof.
 */
export function verifyPossession(i: number, commitment: Bytes, proof: Bytes, where = 'proof'): void {
  if (proof.length !== POSSESSION_BYTES) {
    throw new CryptoError('bad-length', where, `${proof.length} bytes instead of ${POSSESSION_BYTES}`);
  }
  const C = parseNonIdentity(commitment, 'commitment');
  const bytesOfR = proof.subarray(0, ELEMENT_BYTES);
  const R = parseNonIdentity(bytesOfR, where);
  const z = parseScalar(proof.subarray(ELEMENT_BYTES), where);
  const c = challenge(i, commitment, bytesOfR);
  if (!equal(multiplyPublic(G, z), add(R, multiplyPublic(C, c)))) {
    throw new CryptoError(
      'bad-proof',
      where,
      'no proof that the commitment was made by one who knows its secret',
    );
  }
}
