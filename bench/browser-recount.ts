/** A record recounted in Chromium, in module workers, over HTTP: the machine's own browser, without a window. */
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';
import type { Browser } from 'playwright-core';
import type { RecordSource } from '../src/record/record-source.ts';
import { bundleRecountWorker } from '../src/web/islands.ts';
import type { RecountReport, RecountRequest } from '../src/web/recount/messages.ts';

export interface BrowserRecount {
  readonly report: RecountReport;
  /** From the call of `recountRecord` to its answer. */
  readonly seconds: number;
  /** How many workers there were in all. */
  readonly workers: number;
}

/** What a page runs: recount.ts, as one object. */
async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/web/recount/recount.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'recounting',
    target: 'es2024',
    logLevel: 'silent',
  });
  await stop();
  return outputFiles[0]?.text ?? '';
}

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types teller-recount";

/** Serves the scripts, and the record at `/record`. */
async function serve(source: RecordSource): Promise<{ readonly server: Server; readonly origin: string }> {
  const { worker } = await bundleRecountWorker();
  const files = new Map<string, readonly [type: string, body: string | Uint8Array]>([
    ['/', ['text/html', '<!doctype html><title>recount</title><script src="/recount.js"></script>']],
    ['/recount.js', ['text/javascript', await bundlePage()]],
    ['/worker.js', ['text/javascript', worker.bytes]],
  ]);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const answer = async (): Promise<void> => {
      const found = path.startsWith('/record/')
        ? await source.read(path.slice('/record/'.length)).then((body) => body && (['', body] as const))
        : files.get(path);
      const [type, body] = found ?? ['', undefined];
      response.writeHead(body === undefined ? 404 : 200, {
        'content-type': type || 'application/octet-stream',
        'content-security-policy': POLICY,
      });
      response.end(body);
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { server, origin: `http://127.0.0.1:${port}` };
}

/** @throws Error if the recount could not run. */
export async function recountInBrowser(
  browser: Browser,
  source: RecordSource,
  request: Omit<RecountRequest, 'kind' | 'record'> = {},
): Promise<BrowserRecount> {
  const { server, origin } = await serve(source);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    let workers = 0;
    page.on('worker', () => (workers += 1));
    await page.goto(`${origin}/`);
    const { report, seconds } = await page.evaluate(
      async ([own, asked]) => {
        const { recounting } = globalThis as unknown as {
          recounting: typeof import('../src/web/recount/recount.ts');
        };
        const started = performance.now();
        const found = await recounting.recountRecord(`${own}/worker.js`, {
          record: `${own}/record`,
          ...asked,
        });
        return { report: found, seconds: (performance.now() - started) / 1000 };
      },
      [origin, request] as const,
    );
    return { report, seconds, workers };
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
}
