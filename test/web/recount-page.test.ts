/** An observer recounts in the browser, under the page's own policy: a good record, a lying server, another election. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import { CHECKS } from '../../src/record/problem.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import { ApiElection, expectCreated, sender, temporaryDirectory } from '../api/api-elections.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { Keyboard } from './keyboard.ts';
import { lookAt } from './look.ts';

const PASSPHRASE = 'lamp river seven quiet stone';
const chromium = chromiumFor('test/web/recount-page.test.ts');

const directory = temporaryDirectory();
const traffic: Traffic = { urls: [], requests: [], complaints: [] };
let server: RunningServer;
let browser: Browser;
let election: ApiElection;

/** An election with a result. @param observers whom its rules name. */
async function declared(observers: readonly string[] = []): Promise<ApiElection> {
  const made = await ApiElection.openRecorded(
    { send: sender(server.url), officerKey: server.officerKey ?? '' },
    4,
    (body) => ({ ...body, roles: { ...body.roles, observers: [...observers] } }),
    () => Math.floor(Date.now() / 1000),
  );
  for (const place of [0, 1]) expectCreated(await made.cast(made.ballot(place, 'for')));
  expectCreated(await made.cast(made.ballot(2, 'against')));
  expectCreated(await made.close());
  await made.tally();
  const state = await readElection(made.record, made.election, null);
  const { body, bytes } = await computeResult(wasmKernel, made.record, state);
  expectCreated(await made.submit(await made.sign('result', 'officer', body), [bytes]));
  return made;
}

async function observer(path = '/recount'): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  await record(context, traffic);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${server.url}${election.path(path)}`);
  return page;
}

const statusOf = (page: Page, check: string): Promise<string | null> =>
  page.locator(`[data-check=${check}]`).getAttribute('data-status');

describe.skipIf(chromium === undefined)('a recount in the browser', () => {
  beforeAll(async () => {
    server = await startServer({
      dataDir: directory.path,
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      votesPerMinute: 50,
    });
    browser = await launch(chromium ?? '');
    election = await declared();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    directory.remove();
  });

  test('by one button: every check in words, the outcome, and where the name came from', async () => {
    const page = await observer('');
    await page.getByRole('link', { name: 'Recount it in this browser' }).click();
    await page.getByRole('button', { name: 'Recount' }).waitFor();
    await lookAt(page, 'recount-ready');
    const keys = new Keyboard(page);
    await keys.press('Recount', /The recount agrees$/);
    const said = (await page.locator('#recount').innerText()).replaceAll(/\s+/g, ' ');
    expect(said).toContain('The motion – CARRIED');
    expect(said).toContain(`The name was taken from the address of this page: ${election.election}`);
    expect(said).toMatch(
      /Every ballot is valid, and made with the voting code of its voter ✓ passed \(3 things/,
    );
    await expect.poll(() => page.locator('[data-check]').count()).toBe(24);
    await expect.poll(() => page.locator('[data-status=fail]').count()).toBe(0);
    // The page's own word for which election it is proves nothing; without witnesses, times do not either.
    for (const check of ['anchor', 'time', 'witnesses']) expect(await statusOf(page, check)).toBe('unproven');
    await lookAt(page, 'recount-agrees');
    await keys.fill('Name of the election, from your letter', election.election, 'Shift+Tab');
    await keys.press('Recount again', /^It was recounted as the election that you named/);
    expect(await statusOf(page, 'anchor')).toBe('pass');
  });

  test('beside it, who voted how', async () => {
    const page = await observer('/votes');
    await page.getByRole('heading', { name: 'Who voted how' }).waitFor();
    await lookAt(page, 'votes');
  });

  test('of a record that the server has changed: which checks failed, and where', async () => {
    const page = await observer();
    await page.context().route('**/record/tile/entries/**', async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      const at = body.lastIndexOf('"type":"ballot"');
      const choice = body.lastIndexOf('"choices":[0,1]', at);
      body.write('"choices":[1,0]', choice === -1 ? body.indexOf('"choices":[0,1]') : choice);
      await route.fulfill({ response, body });
    });
    await page.getByRole('button', { name: 'Recount' }).click();
    await page.getByRole('heading', { name: 'The recount does not agree' }).waitFor();
    expect(await statusOf(page, 'log')).toBe('fail');
    expect(await statusOf(page, 'ballots')).toBe('fail');
    const said = (await page.locator('#recount').innerText()).replaceAll(/\s+/g, ' ');
    expect(said).toContain('There is no result that the recount can confirm.');
    expect(said).toMatch(/✗ FAILED \(\d+ things? looked at\) (?:entry|tile|tally|checkpoint) \d+/);
    const [verdict, row] = await Promise.all([
      page.locator('.notice.fail').evaluate((box) => getComputedStyle(box).borderInlineStartColor),
      page
        .locator('.verdict.fail')
        .first()
        .evaluate((word) => getComputedStyle(word).color),
    ]);
    expect(verdict).toBe(row);
    await lookAt(page, 'recount-differs');
  });

  test('under another name than that of the letter, and in French', async () => {
    const page = await observer('/recount?lang=fr');
    const name = page.getByLabel('Nom du vote, dans votre lettre');
    await name.fill('trop court');
    await page.getByRole('button', { name: 'Recompter' }).click();
    await page.getByText('Ce n’est pas le nom d’un vote').waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.title()).toMatch(/^Erreur : /);
    await lookAt(page, 'recount-bad-name');
    await name.fill('A'.repeat(43));
    await page.getByRole('button', { name: 'Recompter' }).click();
    await page.getByRole('heading', { name: 'Le recompte n’est pas d’accord' }).waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('false');
    expect(await page.title()).not.toContain('Erreur');
    expect(await statusOf(page, 'anchor')).toBe('fail');
    await page.locator('li[lang=fr]', { hasText: 'règles : ce n’est pas ce qui a été demandé' }).waitFor();
    expect(await statusOf(page, 'ballots')).toBe('pass');
    await lookAt(page, 'recount-differs-fr');
  });

  test('on a lost connection: it says so, can be stopped, and goes on when the connection is back', async () => {
    const page = await observer();
    const context = page.context();
    await context.route('**/record/**', (route) => route.abort());
    const keys = new Keyboard(page);
    await keys.press('Recount', /^The connection is lost\./);
    const underway = await page.locator('[data-check]').allInnerTexts();
    expect(underway.map((row) => row.split('… ')[1])).toEqual(CHECKS.map(() => 'not done yet'));
    await lookAt(page, 'recount-waiting');
    const stopped = 'The recount was stopped. This says nothing about the election.';
    await keys.press('Stop the recount', stopped);
    await keys.press('Recount again', /^The connection is lost\./, 'Shift+Tab');
    await context.unroute('**/record/**');
    await page.getByRole('heading', { name: 'The recount agrees' }).waitFor();
  });

  test('of a server that answers with a fault: this says nothing of the election', async () => {
    const page = await observer();
    await page.context().route('**/record/**', (route) => route.fulfill({ status: 503 }));
    await page.getByRole('button', { name: 'Recount' }).click();
    await page.getByRole('heading', { name: 'The recount could not run' }).waitFor();
    await lookAt(page, 'recount-failed');
  });

  test('is signed by an observer: with a key that the rules do not name, saved; with one that they name, on record', async () => {
    const page = await observer();
    const keys = new Keyboard(page);
    const part = 'For observers: sign what came of the recount';
    await keys.press(part, /^Recount first\./);
    await keys.fill('New passphrase', PASSPHRASE);
    await keys.fill('The same passphrase again', PASSPHRASE);
    await keys.press('Make my key', 'Your signing key is open.');
    await lookAt(page, 'recount-observer-key');
    const key = ((await page.locator('[data-name=observer-key]').textContent()) ?? '').replaceAll(/\s/g, '');
    await keys.press('Recount', /The recount agrees$/, 'Shift+Tab');
    await keys.press('Sign the certificate', /^The rules of this election do not name your key\./);

    const named = await declared([key]);
    await page.goto(`${server.url}${named.path('/recount')}`);
    await keys.press('Recount', /The recount agrees$/);
    await keys.press(part, 'Open your key below to sign it.');
    await keys.fill('Passphrase', PASSPHRASE);
    await keys.press('Open', 'Your signing key is open.');
    await keys.press('Sign the certificate', 'The certificate is signed.', 'Shift+Tab');
    const file = join(directory.path, 'certificate.json');
    await keys.save('Save the certificate', file);
    const saved = JSON.parse(await readFile(file, 'utf8')) as { key: string };
    expect(saved).toMatchObject({ v: 1, key, entry: { type: 'recount', body: { ok: true } } });
    await keys.press('Put it on record', /^It is entry \d+ of the public record/);
    await lookAt(page, 'recount-on-record');
    const { certificates } = await readElection(named.record, named.election, null);
    expect(certificates).toMatchObject([{ observer: 1, body: { ok: true } }]);
    expect(traffic.requests.filter((request) => request.includes(PASSPHRASE))).toEqual([]);
  });

  test('keeps answering while a worker makes the observer’s key, and may start no other script', async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const started: string[] = [];
    page.on('worker', (worker) => started.push(new URL(worker.url()).pathname));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await context.route('**/assets/key-worker-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${server.url}${election.path('/recount')}`);
    await page.getByText('For observers: sign what came of the recount').click();
    await page.getByLabel('New passphrase').fill(PASSPHRASE);
    await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Make my key' }).click();
    await page.getByText('This takes a few seconds.').waitFor();
    await page.getByLabel('Show what I type').check();
    expect(await page.getByLabel('New passphrase').getAttribute('type')).toBe('text');
    await lookAt(page, 'recount-key-made');
    release();
    await page.getByText('Your signing key is open.').waitFor();
    expect(started).toEqual([expect.stringMatching(/^\/assets\/key-worker-[0-9a-f]{16}\.js$/)]);
    const refused = await page.evaluate(() => {
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy: (name: string, rules: object) => unknown };
      };
      const rules = { createScriptURL: (path: string) => path };
      const tries = [
        () => new Worker('/assets/another.js', { type: 'module' }),
        () => trustedTypes.createPolicy('teller-keys', rules),
        () => trustedTypes.createPolicy('another', rules),
      ];
      return tries.map((attempt) => {
        try {
          attempt();
          return 'allowed';
        } catch (error) {
          return error instanceof Error ? error.name : 'unknown';
        }
      });
    });
    expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError']);
    await context.close();
  });

  test('asked nobody else, and broke no policy', () => {
    expect(traffic.urls.filter((url) => !url.startsWith(server.url))).toEqual([]);
    expect(traffic.complaints).toEqual([]);
  });
});
