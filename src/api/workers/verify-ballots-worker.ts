/** Verifies batches of ballots for the casting queue, in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import {
  type BallotProblem,
  type StatedBallot,
  verifyBallots,
  verifyCredentials,
} from '../../ballot/check-ballot.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import type { CredentialClause } from '../../crypto/proofs/credential-clause.ts';

/** Ballots, or their credentials alone. */
export type VerifyWork =
  | { readonly credentials: readonly CredentialClause[] }
  | {
      readonly credentials?: undefined;
      /** Y, 32 bytes; null if every college is recorded. */
      readonly keyBytes: Bytes | null;
      readonly ballots: readonly StatedBallot[];
    };

export interface VerifyRequest {
  readonly id: number;
  readonly work: VerifyWork;
}

export interface VerifyAnswer {
  readonly id: number;
  /** Or the message of a fault, which no ballot should be able to cause. */
  readonly problems: readonly (BallotProblem | null)[] | string;
}

function verify(work: VerifyWork): VerifyAnswer['problems'] {
  try {
    const problems = work.credentials
      ? verifyCredentials(work.credentials)
      : verifyBallots(work.ballots, work);
    // Errors lose their fields when they are sent: plain data keeps them.
    return problems.map(
      (problem) => problem && { code: problem.code, where: problem.where, message: problem.message },
    );
  } catch (error) {
    return String(error);
  }
}

parentPort?.on('message', ({ id, work }: VerifyRequest) => {
  const answer: VerifyAnswer = { id, problems: verify(work) };
  parentPort?.postMessage(answer);
});
