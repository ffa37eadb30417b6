/** Checking entries on all cores under Node. */
import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { checkerHere, type StartChecking } from '../ballots/check-entries.ts';
import { CheckerPool, type StartThread } from '../ballots/checker-pool.ts';
import type { CheckAnswer } from '../ballots/checker-thread.ts';
import { memoryScratch, type Scratch } from '../counted-ballots.ts';
import { type FileScratch, fileScratch } from './file-scratch.ts';

/** Fewer are checked before a thread has started. */
const WORTH_A_THREAD = 512;
/** As many bytes of ballots as memory is spared for. */
const SCRATCH_IN_MEMORY = 2 ** 25;

/** Of a thread's youngest objects: with less it collects garbage all the time, with more it keeps megabytes of buffers waiting. */
const YOUNG_MB = 8;

/** A thread uses the cache of compiled modules where the program does: without it, it starts three times as slowly. */
function threadEnvironment(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir();
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: directory };
}

/** @param script of the thread: another one, for tests. */
export function nodeThread(script = new URL('entry-checker.ts', import.meta.url)): StartThread {
  return (onAnswer, onFailure) => {
    const worker = new Worker(script, {
      env: threadEnvironment(),
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.on('message', (answer: CheckAnswer) => onAnswer(answer));
    worker.on('messageerror', onFailure);
    worker.on('error', onFailure);
    worker.on('exit', () => onFailure(new Error('a thread that checks ballots has ended')));
    return {
      post: (request, transfer) => worker.postMessage(request, transfer),
      stop: async () => void (await worker.terminate()),
    };
  };
}

export interface NodeCheckers {
  /** As `RecountOptions.checking`. */
  readonly checking: StartChecking;
  /** As `RecountOptions.scratch`: large ones are files. */
  readonly scratch: (bytes: number) => Scratch;
  stop(): Promise<void>;
}

export interface NodeCores {
  /** Beside this thread. */
  readonly threads: number;
  /** This thread checks too, and answers nobody meanwhile. */
  readonly here: boolean;
}

/** Threads are started when they are first needed, and keep the process alive until they are stopped. */
export function nodeCheckers(
  { threads, here }: NodeCores = { threads: availableParallelism() - 1, here: true },
): NodeCheckers {
  const pools: CheckerPool[] = [];
  const files: FileScratch[] = [];
  return {
    checking: (entries) => {
      if (threads < 1 || entries < WORTH_A_THREAD) return (setting) => checkerHere(setting, wasmKernel);
      const pool = new CheckerPool(nodeThread(), threads, here ? wasmKernel : undefined);
      pools.push(pool);
      return (setting) => pool.open(setting);
    },
    scratch: (bytes) => {
      if (bytes <= SCRATCH_IN_MEMORY) return memoryScratch();
      const file = fileScratch();
      files.push(file);
      return file;
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.stop()));
      for (const file of files.splice(0)) file.stop();
    },
  };
}
