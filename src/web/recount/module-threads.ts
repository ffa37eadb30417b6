/** Checking entries on all cores in a browser: module workers that run the script of this one. */
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { checkerHere, type EntryChecker } from '../../tally/ballots/check-entries.ts';
import { CheckerPool, type StartThread } from '../../tally/ballots/checker-pool.ts';
import type { CheckAnswer } from '../../tally/ballots/checker-thread.ts';
import type { RecountOptions } from '../../tally/verify/verify-record.ts';

/** Fewer are checked before a worker has started. */
const WORTH_A_THREAD = 512;

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: () => string },
  ): { createScriptURL: (path: string) => string };
}

let trustedScript: string | undefined;

/** A script's address, as browsers with trusted types want it: the policy knows the first one alone. */
export function trusted(script: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return script;
  trustedScript ??= trustedTypes
    .createPolicy('teller-recount', { createScriptURL: () => script })
    .createScriptURL(script);
  return trustedScript;
}

function moduleThread(script: string): StartThread {
  return (onAnswer, onFailure) => {
    const worker = new Worker(trusted(script), { type: 'module' });
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
 * As `RecountOptions.entryChecker`. Where workers cannot start others, this one checks.
 * @param cores how many workers; where it is not given, one for each core, and none for a few ballots.
 */
export function moduleCheckers(
  script: string,
  kernel: Kernel,
  cores: number | undefined,
): NonNullable<RecountOptions['entryChecker']> {
  return (setting, entries): EntryChecker =>
    (cores === undefined && entries < WORTH_A_THREAD) || typeof Worker === 'undefined'
      ? checkerHere(setting, kernel)
      : new CheckerPool(moduleThread(script), Math.max(1, cores ?? navigator.hardwareConcurrency), setting);
}
