/** An officer at the desk in a real browser, with Chromium's virtual authenticator. */
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { COOKIE_NAME } from '../../src/api/sign-in.ts';
import { temporaryDirectory } from '../api/api-elections.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { lookAt } from './look.ts';

const chromium = chromiumFor('test/web/desk.test.ts');

describe.skipIf(chromium === undefined)('an officer at the desk', () => {
  const directory = temporaryDirectory();
  const traffic: Traffic = { urls: [], requests: [], complaints: [] };
  let server: RunningServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let cdp: CDPSession;
  beforeAll(async () => {
    // A name: passkeys are bound to one.
    server = await startServer({ dataDir: directory.path, port: 0, host: 'localhost', publicUrl: null });
    // The script is bundled for the first who asks.
    await fetch(`${server.url}/desk`);
    browser = await launch(chromium ?? '');
    context = await browser.newContext({ locale: 'en-GB' });
    await record(context, traffic);
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    directory.remove();
  });

  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const sees = (name: string): Promise<void> => page.getByRole('heading', { name, exact: true }).waitFor();

  test('signs in with the key, which goes over once and into no address', async () => {
    await page.goto(`${server.url}/desk`);
    await sees('Officer’s desk');
    await lookAt(page, 'desk-sign-in');
    await press('Sign in with the key');
    await page.getByRole('link', { name: 'Type your officer’s key' }).waitFor();
    await page.getByLabel('Officer’s key').fill('A'.repeat(43));
    await press('Sign in with the key');
    await page.getByRole('link', { name: /This key does not sign in/ }).waitFor();
    await lookAt(page, 'desk-sign-in-refused');
    await page.getByLabel('Officer’s key').fill(server.officerKey ?? '');
    await press('Sign in with the key');
    await sees('Your passkeys');
    expect(traffic.urls.join('\n')).not.toContain(server.officerKey);
    expect(traffic.requests.filter((request) => request.includes(server.officerKey ?? ''))).toHaveLength(1);
    const cookie = (await context.cookies()).find(({ name }) => name === COOKIE_NAME);
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', expires: -1 });
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  test('makes a passkey, signs out, and signs in with it', async () => {
    await lookAt(page, 'desk-empty');
    await page.getByLabel('What do you call this device?').fill('telephone');
    await press('Make a passkey');
    await page.getByText(/made on/).waitFor();
    await lookAt(page, 'desk-passkey');
    await press('Sign out');
    await press('Sign in with a passkey');
    await page.getByText(/last used on/).waitFor();
  });

  test('stays signed in from page to page', async () => {
    await page.getByRole('link', { name: 'Make an election' }).click();
    await sees('Make an election');
    await page.getByRole('link', { name: 'Officer’s desk' }).click();
    await sees('Your account');
  });

  test('removes the passkey, and is then signed out with it', async () => {
    await press('Remove telephone');
    await page.getByText('It will not sign you in any more.').waitFor();
    await lookAt(page, 'desk-remove');
    await press('Remove');
    await press('Sign in with a passkey');
    await page.getByRole('link', { name: /This passkey does not sign in/ }).waitFor();
    await lookAt(page, 'desk-passkey-refused');
  });

  test('breaks no policy of its pages', () => {
    expect(traffic.complaints).toEqual([]);
  });
});
