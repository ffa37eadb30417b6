/** Verifying ballots on every core, for a recount. */
import { availableParallelism } from 'node:os';
import { VerifierThread } from '../api/workers/verifier-thread.ts';
import type { BallotContext } from '../ballot/ballot-context.ts';
import { type BallotVerifier, verifyBallots } from '../ballot/check-ballot.ts';

/** Below this a thread costs more than it saves. */
const WORTH_A_THREAD = 32;

export interface ParallelVerifier {
  readonly verifierFor: (context: BallotContext) => BallotVerifier;
  stop(): Promise<void>;
}

/** Threads are started when they are first needed. */
export function parallelVerifier(cores = availableParallelism()): ParallelVerifier {
  const threads = Array.from(
    { length: cores },
    () => new VerifierThread((line) => process.stderr.write(`${line}\n`)),
  );
  return {
    verifierFor: (context) => {
      const verifiers = threads.map((thread) => thread.verifierFor(context.keyBytes));
      return async (ballots) => {
        const parts = Math.min(cores, Math.ceil(ballots.length / WORTH_A_THREAD));
        if (parts < 2) return verifyBallots(ballots, context);
        const size = Math.ceil(ballots.length / parts);
        const problems = verifiers
          .slice(0, parts)
          .map((verify, i) => verify(ballots.slice(i * size, (i + 1) * size)));
        return (await Promise.all(problems)).flat();
      };
    },
    async stop() {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}
