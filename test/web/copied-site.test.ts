/** An exported election on a host that only hands out files, and from a disk: it is read, and recounted, without a server of ours. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { temporaryDirectory } from '../api/api-elections.ts';
import { teller, temporaryFolder } from '../cli/teller.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { lookAt } from './look.ts';
import { type Observed, observedElection } from './observed-election.ts';

const chromium = chromiumFor('test/web/copied-site.test.ts');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Files by their paths, and nothing else. */
function dumbServer(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const path = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(readFileSync(path));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const folder = temporaryFolder();
const directory = temporaryDirectory();
const copy = join(folder.path, 'copy');
const traffic: Traffic = { urls: [], requests: [], complaints: [] };
let browser: Browser;
let host: Server;
let url = '';
let observed: Observed;

async function visit(address: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  await record(context, traffic);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  return page;
}

describe.skipIf(chromium === undefined)('a copy of an election', () => {
  beforeAll(async () => {
    observed = await observedElection(directory.path, 'recounted');
    const { server, election } = observed;
    const none = { voter: null, receipt: null, ballot: null, found: null };
    const report = {
      v: 1,
      election: election.election,
      about: 'not-on-roll',
      text: 'I moved in May.',
      ...none,
    };
    const { status } = await election.send('POST', election.path('/disputes'), encodeCanonical(report));
    if (status !== 201) throw new Error(`the report was not taken: ${status}`);
    const { code, stderr } = await teller('export', `${server.url}${election.path('')}`, copy);
    if (code !== 0) throw new Error(stderr);
    await server.stop();
    host = await dumbServer(copy);
    url = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    browser = await launch(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
    directory.remove();
    folder.remove();
  });

  test('is read from a plain host: from the list to the page, its files, and the earlier election', async () => {
    const page = await visit(`${url}/`);
    await lookAt(page, 'copy-list');
    await page.getByRole('link', { name: 'A vote' }).first().click();
    await page.getByText('This is a copy.').waitFor();
    await page.getByText('Turnout by the hour').first().waitFor();
    await lookAt(page, 'copy-page');
    const checkpoint = page.getByRole('link', { name: /Checkpoint of the log/ });
    const address = await checkpoint.evaluate((link: HTMLAnchorElement) => link.href);
    expect(await (await fetch(address)).text()).toContain(observed.election.manifest?.origin);
    await page.getByRole('link', { name: 'Who voted how' }).click();
    await page.getByRole('heading', { name: 'Who voted how' }).waitFor();
    await page.goBack();
    await page.getByText('It follows on:').getByRole('link').click();
    await page.getByText('This is a copy.').waitFor();
    expect(page.url()).toBe(`${url}/linked/${observed.earlier.election}/pages/index.html`);
    await page.getByRole('link', { name: 'Français' }).click();
    await page.getByText('Ceci est une copie.').waitFor();
    await lookAt(page, 'copy-page-fr');
  });

  test('lists reports of problems, in the record and beside it, with the file of each', async () => {
    const page = await visit(`${url}/pages/disputes.html`);
    await page.getByRole('heading', { name: 'In the record', exact: true }).waitFor();
    await page.getByText('My letter came a day late.').waitFor();
    await page.getByRole('heading', { name: 'Sent, and not in the record yet' }).waitFor();
    await lookAt(page, 'copy-reports');
    const file = page.getByRole('link', { name: 'The report with its proof' });
    const address = await file.evaluate((link: HTMLAnchorElement) => link.href);
    expect(await (await fetch(address)).json()).toMatchObject({ text: 'I moved in May.' });
  });

  test('is recounted there', async () => {
    const page = await visit(`${url}/pages/recount.html`);
    await page.getByRole('button', { name: 'Recount' }).click();
    await page.getByRole('heading', { name: 'The recount agrees' }).waitFor();
    await expect.poll(() => page.locator('[data-status=fail]').count()).toBe(0);
    await expect.poll(() => page.locator('[data-check=ballots]').getAttribute('data-status')).toBe('pass');
    expect(traffic.complaints).toEqual([]);
    expect(traffic.urls.filter((asked) => !asked.startsWith(url))).toEqual([]);
  });

  test('is read from a disk, with its style; its recount says why it cannot run there, and what can', async () => {
    const page = await visit(pathToFileURL(join(copy, 'pages', 'index.html')).href);
    await page.getByText('This is a copy.').waitFor();
    const brand = await page
      .locator('.masthead')
      .evaluate((masthead) => getComputedStyle(masthead).borderBottomWidth);
    expect(brand).toBe('4px');
    await page.getByRole('link', { name: 'Recount it in this browser' }).click();
    await page.getByText('browsers fetch no files from there').waitFor();
    await page.getByText(`teller verify . --anchor ${observed.election.election}`).waitFor();
    await lookAt(page, 'copy-recount-from-disk');
  });
});
