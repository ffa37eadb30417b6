/** A recount in the browser, as a page starts it. */
import type { Progress } from '../../tally/verify/verify-record.ts';
import type { RecountNews, RecountReport, RecountRequest } from './messages.ts';
import { recountScript } from './module-threads.ts';

interface Watching {
  readonly onProgress?: (progress: Progress) => void;
  readonly onWaiting?: () => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/**
 * Recounts a published record in workers, which end with it.
 * @param script address of the bundled worker.ts.
 * @throws Error if it could not run, or was stopped: this says nothing about the record.
 */
export async function recountRecord(
  script: string,
  request: Omit<RecountRequest, 'kind'>,
  { onProgress, onWaiting, signal }: Watching = {},
): Promise<RecountReport> {
  const worker = new Worker(recountScript(script), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('it was stopped')));
      worker.addEventListener('error', ({ message }) => reject(new Error(message || 'the worker failed')));
      worker.addEventListener('messageerror', () => reject(new Error('the worker cannot be understood')));
      worker.addEventListener('message', ({ data }: MessageEvent<RecountNews>) => {
        if (data.kind === 'progress') onProgress?.(data.progress);
        else if (data.kind === 'waiting') onWaiting?.();
        else if (data.kind === 'done') resolve(data.report);
        else reject(new Error(data.message));
      });
      worker.postMessage({ kind: 'recount', ...request } satisfies RecountRequest);
    });
  } finally {
    worker.terminate();
  }
}
