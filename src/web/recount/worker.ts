/**
 * Recounts a published record for a page, and checks ballots for the worker that does: one script, whose first message
 * says which. Everything that it is given to count is hostile.
 */
// oxlint-disable-next-line no-unassigned-import
import '../trustee/island/no-eval.ts';
import { bigintKernel } from '../../crypto/kernel/bigint.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { answerWith, type CheckRequest } from '../../tally/ballots/checker-thread.ts';
import { verifyRecord } from '../../tally/verify/verify-record.ts';
import { fetchedRecord } from './fetched-record.ts';
import type { RecountNews, RecountRequest } from './messages.ts';
import { moduleCheckers } from './module-threads.ts';

/** WebAssembly is quicker; some browsers have none with vectors, or none at all. */
function bestKernel(): Kernel {
  try {
    return wasmKernel.generator.length === 1 ? wasmKernel : bigintKernel;
  } catch {
    return bigintKernel;
  }
}

const PROGRESS_EVERY = 100;
/** After a lost connection it tries again every second, then ever more slowly, for some five minutes. */
const MOST_FAILURES = 40;
const SECOND = 1000;

async function recount({ record, anchor, cores }: RecountRequest, kernel: Kernel): Promise<void> {
  const tell = (news: RecountNews): void => postMessage(news);
  let told = 0;
  const source = fetchedRecord(record, undefined, async (failures) => {
    if (failures > MOST_FAILURES) return false;
    tell({ kind: 'waiting' });
    await new Promise((resolve) => setTimeout(resolve, Math.min(failures, 10) * SECOND));
    return true;
  });
  try {
    const { tally: _, ...report } = await verifyRecord(source, {
      anchor,
      kernel,
      hints: { read: (path) => source.read(path) },
      checking: moduleCheckers(location.href, kernel, cores),
      onProgress: (progress) => {
        if (performance.now() - told < PROGRESS_EVERY && progress.done < progress.total) return;
        told = performance.now();
        tell({ kind: 'progress', progress });
      },
    });
    tell({ kind: 'done', report });
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

const kernel = bestKernel();
const answer = answerWith((message, transfer) => postMessage(message, { transfer }), kernel);

addEventListener('message', ({ data }: MessageEvent<RecountRequest | CheckRequest>) => {
  if ('kind' in data) void recount(data, kernel);
  else void answer(data);
});
