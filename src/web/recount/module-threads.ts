/** Checking entries on all cores in a browser: module workers that run the script of this one. */
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { checkerHere, type StartChecking } from '../../tally/ballots/check-entries.ts';
import { CheckerPool, type StartThread } from '../../tally/ballots/checker-pool.ts';
import type { CheckAnswer } from '../../tally/ballots/checker-thread.ts';
import { trustedScript } from '../trusted-script.ts';

/** Fewer are checked before a worker has started. */
const WORTH_A_THREAD = 512;

export const recountScript = (script: string): string => trustedScript('teller-recount', script);

function moduleThread(script: string): StartThread {
  return (onAnswer, onFailure) => {
    const worker = new Worker(recountScript(script), { type: 'module' });
    const fail = (event: Event): void =>
      onFailure(
        new Error(
          `a worker of this page failed: ${event instanceof ErrorEvent ? event.message : event.type}`,
        ),
      );
    worker.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => onAnswer(data));
    worker.addEventListener('messageerror', fail);
    worker.addEventListener('error', fail);
    return {
      post: (request, transfer) => worker.postMessage(request, transfer),
      stop: () => worker.terminate(),
    };
  };
}

/**
 * As `RecountOptions.checking`. Where workers cannot start others, this one checks alone.
 * @param cores how many workers check, with this one; where it is not given, one for each core, and for a few ballots
 * this one alone.
 */
export function moduleCheckers(script: string, kernel: Kernel, cores: number | undefined): StartChecking {
  return (entries) => {
    const others = (cores ?? (entries < WORTH_A_THREAD ? 1 : navigator.hardwareConcurrency)) - 1;
    if (others < 1 || typeof Worker === 'undefined') return (setting) => checkerHere(setting, kernel);
    const pool = new CheckerPool(moduleThread(script), others, kernel);
    return (setting) => pool.open(setting);
  };
}
