/** The officers' desk in a real browser, up to handing out the voting codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { temporaryFolder } from '../cli/teller.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { DeskBrowser } from './desk-browser.ts';

const chromium = chromiumFor('test/web/desk-make.test.ts');

const folder = temporaryFolder();
const at = (...parts: string[]): string => join(folder.path, ...parts);
const traffic: Traffic = { urls: [], requests: [], complaints: [] };

let server: RunningServer;
let browser: Browser;
let officer: DeskBrowser;

async function newContext(colorScheme: 'light' | 'dark'): Promise<BrowserContext> {
  const context = await browser.newContext({ colorScheme });
  await record(context, traffic);
  return context;
}

const officerKey = (name: string): string => readFileSync(at('data', name), 'utf8').trim();

describe.skipIf(chromium === undefined)('the officers’ desk', () => {
  beforeAll(async () => {
    server = await startServer({ dataDir: at('data'), port: 0, host: '127.0.0.1', publicUrl: null });
    browser = await launch(chromium ?? '');
    officer = await DeskBrowser.open(await newContext('light'), server.url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    folder.remove();
  });

  test('a signing key is made, saved and brought back, and never sent', async () => {
    await officer.signIn(officerKey('officer-key'));
    await officer.look('key-none');
    await officer.fill('New passphrase', 'short');
    await officer.press('Make my key');
    await officer.page.getByRole('alert').getByText('at least 12 characters').waitFor();
    const key = await officer.makeKey();
    expect(key).toMatch(/^[\w-]{43}$/);
    await officer.look('key-open');
    expect(await officer.save('Save a backup', at('officer.age'))).toBe(`officer-key-${key.slice(0, 8)}.age`);
    expect(readFileSync(at('officer.age'), 'latin1')).toMatch(/^age-encryption\.org\/v1\n/);
    await officer.press('Lock my key');
    await officer.look('key-locked');
    await officer.fill('Passphrase', 'something else');
    await officer.press('Open');
    await officer.page.getByRole('alert').getByText('does not open this key').waitFor();
    expect(await officer.unlock()).toBe(key);
    expect(traffic.requests.some((request) => request.includes(officer.passphrase))).toBe(false);
    expect(traffic.complaints).toEqual([]);
  }, 120_000);
});
