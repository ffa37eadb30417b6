/** The browser of the machine, and what it sends. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { bundleTrusteeIsland } from '../../src/web/islands.ts';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Where Chromium is, for tests of a file that take a minute between them: `npm run test:web` and CI run them.
 * Undefined where they are skipped, which is said.
 * @throws Error under CI if there is no Chromium.
 */
export function chromiumFor(file: string): string | undefined {
  const isCi = process.env['CI'] === 'true';
  const chromium = findChromium();
  if (chromium === undefined && isCi) throw new Error('there is no chromium, which CI has to have');
  const why = chromium === undefined ? 'there is no chromium' : 'npm run test:web runs it';
  if (chromium !== undefined && (isCi || process.env['WEB'] === '1')) return chromium;
  process.stderr.write(`${file} is skipped: ${why}\n`);
  return undefined;
}

/** Where Chromium is; undefined if there is none. */
export function findChromium(): string | undefined {
  if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  try {
    return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** @param more arguments. */
export async function launch(executablePath: string, more: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({ executablePath, headless: true, args: [...ARGUMENTS, ...more] });
}

/** Everything that browsers asked for. */
export interface Traffic {
  readonly urls: string[];
  /** Method, URL, headers and body of each request. */
  readonly requests: Buffer[];
  /** What the page complained of, such as breaches of its policy. */
  readonly complaints: string[];
}

/** Records what a context sends, from its pages and their workers. */
export async function record(context: BrowserContext, traffic: Traffic): Promise<void> {
  const { urls, requests, complaints } = traffic;
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // oxlint-disable-next-line no-console
      console.error(`against the policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('request', (request) => {
    urls.push(request.url());
    const head = `${request.method()} ${request.url()}\n${JSON.stringify(request.headers())}\n`;
    requests.push(Buffer.concat([Buffer.from(head), request.postDataBuffer() ?? Buffer.of()]));
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
}

/** Gives the pages a worker whose key files take no second each; everything else of the answer is the server's. */
export async function quicken(context: BrowserContext): Promise<void> {
  const { worker } = await bundleTrusteeIsland(8);
  await context.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: Buffer.from(worker.bytes) });
  });
}
