/** The ballots of a simulated election, in order, made on several cores. FOR SIMULATION ONLY. */
import { Worker } from 'node:worker_threads';
import type { BallotSetting } from '../ballot/ballot-context.ts';
import type { SimulatedVoters } from './simulated-voters.ts';
import type { BallotsAnswer, BallotsRequest, BallotsWork } from './workers/ballots-worker.ts';

/** Members of one request to a thread. */
export const PART = 4096;
/** Requests that a thread has at once. */
const AHEAD = 2;

/** @param cores threads. @throws whatever a thread does. */
export async function* simulateBallots(
  voters: SimulatedVoters,
  { election, ctx, key, manifest }: BallotSetting,
  cores: number,
): AsyncGenerator<BallotsAnswer, void, void> {
  const workerData: BallotsWork = { voters, setting: { election, ctx, key, manifest } };
  const threads = Array.from(
    { length: Math.max(1, Math.min(cores, Math.ceil(voters.members / PART))) },
    () => new Worker(new URL('workers/ballots-worker.ts', import.meta.url), { workerData }),
  );
  const due = new Map<number, PromiseWithResolvers<BallotsAnswer>>();
  const answerTo = (start: number): PromiseWithResolvers<BallotsAnswer> => {
    const known = due.get(start) ?? Promise.withResolvers<BallotsAnswer>();
    due.set(start, known);
    return known;
  };
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  for (const thread of threads) {
    thread.on('message', (answer: BallotsAnswer) => answerTo(answer.start).resolve(answer));
    thread.on('error', failed.reject);
  }
  let asked = 0;
  const ask = (thread: Worker | undefined): void => {
    if (asked >= voters.members) return;
    const count = Math.min(PART, voters.members - asked);
    thread?.postMessage({ start: asked, count } satisfies BallotsRequest);
    asked += count;
  };
  try {
    for (let i = 0; i < AHEAD * threads.length; i += 1) ask(threads[i % threads.length]);
    for (let start = 0, i = 0; start < voters.members; start += PART, i += 1) {
      const answer = await Promise.race([answerTo(start).promise, failed.promise]);
      due.delete(start);
      ask(threads[i % threads.length]);
      yield answer;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
