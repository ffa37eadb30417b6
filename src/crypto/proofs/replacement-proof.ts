/** The proof of a `replacement` entry, docs/protocol.md §5.4: somebody holds the credential that takes another's place. */
import { type Bytes, u32 } from '../bytes.ts';
import type { RandomSource, Scalar } from '../scalar.ts';
import { TAGS } from '../tags.ts';
import { type KnowledgeStatement, proveKnowledge, verifyKnowledge } from './knowledge-proof.ts';

export interface ReplacementStatement {
  /** Leaf of the opening. */
  readonly ctx: Bytes;
  /** The voter number. */
  readonly voter: number;
  /** P until now. */
  readonly before: Bytes;
  /** P from now on. */
  readonly after: Bytes;
}

const bind = ({ ctx, voter, before, after }: ReplacementStatement): KnowledgeStatement => ({
  tag: TAGS.replacementChallenge,
  P: after,
  bound: [ctx, u32(voter), before, after],
});

/** T ‖ r, 64 bytes, by the holder of the new credential. */
export function proveReplacement(statement: ReplacementStatement, x: Scalar, random?: RandomSource): Bytes {
  return proveKnowledge(bind(statement), x, random);
}

/** @throws CryptoError as `verifyKnowledge` does. */
export function verifyReplacement(statement: ReplacementStatement, proof: Bytes): void {
  verifyKnowledge(bind(statement), proof);
}
