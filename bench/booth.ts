/**
 * The booth in Chromium: from the link to a page that is ready, on a slow processor and network, and what sealing a
 * ballot takes, which is between two screens.
 */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { type RunningServer, startServer } from '../src/api/server.ts';
import { findChromium, launch } from '../test/web/chromium.ts';
import { MemberElection } from '../test/web/member-election.ts';
import type { Effort } from './effort.ts';
import { type Finding, figureOf } from './figure.ts';

/** Chromium's preset "Fast 3G": 1.44 Mbit/s down, 675 kbit/s up, 562.5 ms there and back. */
const FAST_3G = { offline: false, downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 };
const SLOWDOWN = 4;

async function slowedDown(page: Page, network: boolean): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  if (network) await session.send('Network.emulateNetworkConditions', FAST_3G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  return session;
}

/** Milliseconds from the link until voting can begin, with nothing kept from before. */
async function readyAfter(browser: Browser, link: string, slow: boolean): Promise<number> {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    if (slow) await slowedDown(page, true);
    const start = performance.now();
    await page.goto(link, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    return performance.now() - start;
  } finally {
    await context.close();
  }
}

/** Milliseconds that the page works between the press of the button and the sealed ballot: 12 options and 3. */
async function sealedAfter(browser: Browser, link: string, slow: boolean): Promise<number> {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByLabel('For', { exact: true }).check();
    await page.getByLabel('Ada Lark', { exact: true }).check();
    if (slow) await slowedDown(page, false);
    // The press is handled before `click` returns.
    return await page.getByRole('button', { name: 'Look it over' }).evaluate((button: HTMLElement) => {
      const before = performance.now();
      button.click();
      return performance.now() - before;
    });
  } finally {
    await context.close();
  }
}

async function openElection({ url, officerKey }: RunningServer): Promise<string> {
  const election = await MemberElection.prepare(url, officerKey ?? '');
  await election.register(5, 4);
  await election.openVoting();
  return election.page('vote', election.members[0]?.token);
}

export async function* booth({ browser: { runs } }: Effort): AsyncGenerator<Finding> {
  const executable = findChromium();
  if (executable === undefined) {
    yield { name: 'booth.ready', skipped: 'there is no Chromium' };
    return;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'teller-bench-'));
  const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', publicUrl: null });
  const browser = await launch(executable);
  try {
    const link = await openElection(server);
    // The first request has the scripts bundled, and the codes compiled.
    await readyAfter(browser, link, false);
    for (const [slow, suffix] of [
      [false, 'ms'],
      [true, 'slow.ms'],
    ] as const) {
      const ready: number[] = [];
      const sealed: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        ready.push(await readyAfter(browser, link, slow));
        sealed.push(await sealedAfter(browser, link, slow));
      }
      yield figureOf(`booth.ready.${suffix}`, 'ms', ready);
      yield figureOf(`booth.seal.15.${suffix}`, 'ms', sealed);
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
