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
  /** Undefined if the worker failed. */
  readonly problems?: readonly (BallotProblem | null)[];
}

parentPort?.on('message', ({ id, keyBytes, ballots }: VerifyRequest) => {
  let answer: VerifyAnswer = { id };
  try {
    // Errors lose their fields when they are sent: plain data keeps them.
    const problems = verifyBallots(ballots, { keyBytes }).map(
      (problem) => problem && { code: problem.code, where: problem.where, message: problem.message },
    );
    answer = { id, problems };
  } finally {
    parentPort?.postMessage(answer);
  }
});
