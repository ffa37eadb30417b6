/** Verifies batches of ballots for the casting queue, in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { type BallotProblem, type StatedBallot, verifyBallots } from '../../ballot/check-ballot.ts';
import type { Bytes } from '../../crypto/bytes.ts';

export interface VerifyRequest {
  readonly id: number;
  /** Y, 32 bytes; null if every college is recorded. */
  readonly keyBytes: Bytes | null;
  readonly ballots: readonly StatedBallot[];
}

export interface VerifyAnswer {
  readonly id: number;
  /** Or the message of a fault, which no ballot should be able to cause. */
  readonly problems: readonly (BallotProblem | null)[] | string;
}

function verify({ keyBytes, ballots }: VerifyRequest): VerifyAnswer['problems'] {
  try {
    // Errors lose their fields when they are sent: plain data keeps them.
    return verifyBallots(ballots, { keyBytes }).map(
      (problem) => problem && { code: problem.code, where: problem.where, message: problem.message },
    );
  } catch (error) {
    return String(error);
  }
}

parentPort?.on('message', (request: VerifyRequest) => {
  const answer: VerifyAnswer = { id: request.id, problems: verify(request) };
  parentPort?.postMessage(answer);
});
