/** The proof of a `check` entry, docs/protocol.md §6.6: whoever holds P = x·G opened the ballot F. */
import type { Bytes } from '../bytes.ts';
import type { RandomSource, Scalar } from '../scalar.ts';
import { TAGS } from '../tags.ts';
import type { CredentialClause } from './credential-clause.ts';
import {
  type KnowledgeStatement,
  knowledgeClause,
  proveKnowledge,
  verifyKnowledge,
} from './knowledge-proof.ts';

export interface CheckStatement {
  /** Leaf of the opening. */
  readonly ctx: Bytes;
  readonly P: Bytes;
  /** Fingerprint of the ballot that was opened. */
  readonly F: Bytes;
}

const bind = ({ ctx, P, F }: CheckStatement): KnowledgeStatement => ({
  tag: TAGS.checkChallenge,
  P,
  bound: [ctx, P, F],
});

/** T ‖ r, 64 bytes. */
export function proveCheck(statement: CheckStatement, x: Scalar, random?: RandomSource): Bytes {
  return proveKnowledge(bind(statement), x, random);
}

/** The equation of the proof. @throws CryptoError as `knowledgeClause` does. */
export function checkClause(statement: CheckStatement, proof: Bytes): CredentialClause {
  return knowledgeClause(bind(statement), proof);
}

/** @throws CryptoError as `verifyKnowledge` does. */
export function verifyCheck(statement: CheckStatement, proof: Bytes): void {
  verifyKnowledge(bind(statement), proof);
}
