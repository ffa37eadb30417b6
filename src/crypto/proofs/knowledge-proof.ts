/**
 * The Schnorr proof that somebody holds a credential, P = x·G, bound to what it is made for (docs/protocol.md §6.6,
 * §5.4): r·G = T + e·P with e = hashToScalar(tag, framed(what is bound…, T)).
 */
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

export interface KnowledgeStatement {
  /** Of the one use. */
  readonly tag: string;
  readonly P: Bytes;
  /** What the proof is made for, P among it. */
  readonly bound: readonly Bytes[];
}

const KNOWLEDGE_PROOF_BYTES = ELEMENT_BYTES + SCALAR_BYTES;

function challenge({ tag, bound }: KnowledgeStatement, T: Bytes): Scalar {
  return hashToScalar(tag, framed(...bound, T));
}

/** T ‖ r, 64 bytes. */
export function proveKnowledge(statement: KnowledgeStatement, x: Scalar, random?: RandomSource): Bytes {
  const w = hedgedNonce(TAGS.nonce, encodeScalar(x), framed(...statement.bound), 0, random);
  const T = encodeElement(multiplyUniform(G, w));
  return concat(T, encodeScalar(addScalars(w, multiplyScalars(challenge(statement, T), x))));
}

/**
 * The equation of the proof, which is that of a ballot's credential: many of both can be verified together.
 * @throws CryptoError `bad-length`, `out-of-range`.
 */
export function knowledgeClause(statement: KnowledgeStatement, proof: Bytes): CredentialClause {
  if (proof.length !== KNOWLEDGE_PROOF_BYTES) {
    const why = `${proof.length} bytes instead of ${KNOWLEDGE_PROOF_BYTES}`;
    throw new CryptoError('bad-length', 'proof', why);
  }
  const T = proof.subarray(0, ELEMENT_BYTES);
  const r = parseScalar(proof.subarray(ELEMENT_BYTES), 'proof.r');
  return { P: statement.P, T, e: challenge(statement, T), r };
}

/** @throws CryptoError `bad-length`, `out-of-range`, `bad-encoding`, `identity-refused` (P), `bad-proof`. */
export function verifyKnowledge(statement: KnowledgeStatement, proof: Bytes): void {
  const { e, r, ...encoded } = knowledgeClause(statement, proof);
  const P = parseNonIdentity(encoded.P, 'P');
  const T = parseElement(encoded.T, 'proof.T');
  if (!equal(multiplyPublic(G, r), add(T, multiplyPublic(P, e)))) {
    throw new CryptoError('bad-proof', 'proof', 'does not verify');
  }
}
