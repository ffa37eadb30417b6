/** The Schnorr proof of a `check` entry, docs/protocol.md §6.6: whoever holds P = x·G opened the ballot F. */
import { type Bytes, concat } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import {
  add,
  ELEMENT_BYTES,
  encodeElement,
  equal,
  G,
  multiplyPublic,
  multiplyUniform,
  parseElement,
  parseNonIdentity,
} from '../group.ts';
import { hedgedNonce } from '../hedged-nonce.ts';
import {
  addScalars,
  encodeScalar,
  hashToScalar,
  multiplyScalars,
  parseScalar,
  type RandomSource,
  SCALAR_BYTES,
  type Scalar,
} from '../scalar.ts';
import { TAGS } from '../tags.ts';
import { framed } from '../transcript.ts';
import type { CredentialClause } from './credential-clause.ts';

export interface CheckStatement {
  /** Leaf of the opening. */
  readonly ctx: Bytes;
  readonly P: Bytes;
  /** Fingerprint of the ballot that was opened. */
  readonly F: Bytes;
}

const CHECK_PROOF_BYTES = ELEMENT_BYTES + SCALAR_BYTES;

function challenge({ ctx, P, F }: CheckStatement, T: Bytes): Scalar {
  return hashToScalar(TAGS.checkChallenge, framed(ctx, P, F, T));
}

/** T ‖ r, 64 bytes. */
export function proveCheck(statement: CheckStatement, x: Scalar, random?: RandomSource): Bytes {
  const { ctx, P, F } = statement;
  const w = hedgedNonce(TAGS.nonce, encodeScalar(x), framed(ctx, P, F), 0, random);
  const T = encodeElement(multiplyUniform(G, w));
  return concat(T, encodeScalar(addScalars(w, multiplyScalars(challenge(statement, T), x))));
}

/**
 * The equation of the proof, which is that of a ballot's credential: many of both can be verified together.
 * @throws CryptoError `bad-length`, `out-of-range`.
 */
export function checkClause(statement: CheckStatement, proof: Bytes): CredentialClause {
  if (proof.length !== CHECK_PROOF_BYTES) {
    throw new CryptoError('bad-length', 'proof', `${proof.length} bytes instead of ${CHECK_PROOF_BYTES}`);
  }
  const T = proof.subarray(0, ELEMENT_BYTES);
  const r = parseScalar(proof.subarray(ELEMENT_BYTES), 'proof.r');
  return { P: statement.P, T, e: challenge(statement, T), r };
}

/** @throws CryptoError `bad-length`, `out-of-range`, `bad-encoding`, `identity-refused` (P), `bad-proof`. */
export function verifyCheck(statement: CheckStatement, proof: Bytes): void {
  const { e, r, ...encoded } = checkClause(statement, proof);
  const P = parseNonIdentity(encoded.P, 'P');
  const T = parseElement(encoded.T, 'proof.T');
  if (!equal(multiplyPublic(G, r), add(T, multiplyPublic(P, e)))) {
    throw new CryptoError('bad-proof', 'proof', 'does not verify');
  }
}
