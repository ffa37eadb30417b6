/** Trustees at a web page, in a real browser: one whole election, with the command line among them. */
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { fromBase64Url } from '../../src/crypto/bytes.ts';
import type { KeyFile } from '../../src/trustee/key-file.ts';
import { ask, type Said, teller, temporaryFolder } from '../cli/teller.ts';
import { chromiumFor, launch, quicken, record, type Traffic } from './chromium.ts';
import { Keyboard } from './keyboard.ts';
import { holds } from './leaks.ts';
import { MEMBERS_CSV, motionDraft } from './motion-election.ts';
import { TrusteeBrowser } from './trustee-browser.ts';

const chromium = chromiumFor('test/web/trustee.test.ts');

const folder = temporaryFolder();
const at = (...parts: string[]): string => join(folder.path, ...parts);

const traffic: Traffic = { urls: [], requests: [], complaints: [] };
/** What must never be sent. */
const secrets: (Uint8Array | string)[] = [];

let server: RunningServer;
let browser: Browser;
let ana: TrusteeBrowser;
let ben: TrusteeBrowser;
/** Ana has a keyboard and nothing else. */
let keys: Keyboard;
let keyOfAna = '';
let keyOfBen = '';
let election = '';
let letters = new Map<string, string>();

const address = (): string => `${server.url}/elections/${election}`;
const officer = (...args: string[]): Promise<Record<string, unknown>> =>
  ask('officer', ...args, '--folder', at('officer'));
const signedIn = (): string[] => ['--server', server.url, '--key-file', at('data', 'officer-key')];
const cleo = ['--folder', at('cleo'), '--passphrase-file', at('passphrase'), '--work-factor', '8'];
const cleoRuns = (...more: string[]): Promise<Said> =>
  teller('trustee', 'run', ...cleo, '--server', server.url, '--election', election, '--poll', '200', ...more);

/** @param isQuick its key files take little work. */
async function newContext(colorScheme: 'light' | 'dark', isQuick = true): Promise<BrowserContext> {
  const context = await browser.newContext({ colorScheme });
  await record(context, traffic);
  if (isQuick) await quicken(context);
  return context;
}

function secretsIn({ signingKey, share, identity, dealing }: KeyFile): void {
  for (const secret of [signingKey, share]) if (secret !== null) secrets.push(fromBase64Url(secret));
  // u32(i), two coefficients, and a proof that is published.
  const polynomial = fromBase64Url(dealing ?? '');
  if (dealing !== null) secrets.push(polynomial.slice(4, 36), polynomial.slice(36, 68));
  if (identity !== null) secrets.push(identity, identity.toLowerCase());
}

describe.skipIf(chromium === undefined)('trustees at the web page', () => {
  beforeAll(async () => {
    server = await startServer({ dataDir: at('data'), port: 0, host: '127.0.0.1', publicUrl: null });
    browser = await launch(chromium ?? '');
    await writeFile(at('passphrase'), 'the passphrase of Cleo\n');
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    folder.remove();
  });

  test('each makes a key before there is an election', async () => {
    ana = await TrusteeBrowser.open(await newContext('light'), 'ana', 'apricot ladder monsoon velvet');
    ben = await TrusteeBrowser.open(await newContext('dark'), 'ben', 'Größenwahn “quoted” & 7 geese');
    keys = new Keyboard(ana.page);
    secrets.push(ana.passphrase, ben.passphrase);
    const policy = await ana.visit(`${server.url}/trustee`);
    for (const rule of ["default-src 'none'", "script-src 'self';", "require-trusted-types-for 'script'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
    await ana.look('make-key');
    await keys.fill('Passphrase', ana.passphrase);
    await keys.fill('The same passphrase again', 'something other than that');
    await keys.press('Make my key', 'The two passphrases differ.');
    await ana.isRefused('The two passphrases differ.');
    expect(await ana.page.locator('[aria-invalid=true]').count()).toBe(1);
    await ana.look('passphrases-differ');
    await keys.fill('The same passphrase again', ana.passphrase);
    await keys.press('Make my key', 'Your public key');
    keyOfAna = await ana.page.locator('.key code').innerText();
    await ana.look('public-key');
    await ben.visit(`${server.url}/trustee`);
    keyOfBen = await ben.makeKey();
    await ben.look('public-key');
    secretsIn(await ana.keyFile(keyOfAna));
    secretsIn(await ben.keyFile(keyOfBen));
    expect(keyOfAna).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(keyOfBen).not.toBe(keyOfAna);
  });

  test('the officer publishes the election', async () => {
    const { key } = await ask('trustee', 'new', ...cleo);
    await officer('new');
    await writeFile(at('draft.json'), JSON.stringify(motionDraft([keyOfAna, keyOfBen, String(key)])));
    election = String((await officer('publish', at('draft.json'), ...signedIn()))['election']);
    await writeFile(at('members.csv'), MEMBERS_CSV);
    const { roll } = await ask('registrar', 'import', at('members.csv'), ...signedIn());
    const of = ['--election', election, ...signedIn()];
    await ask('registrar', 'issue', '--roll', String(roll), '--college', 'members=members', ...of);
    await ask('registrar', 'tokens', at('letters.csv'), ...of);
    await ask('registrar', 'hand-over', ...of);
    const rows = readFileSync(at('letters.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    letters = new Map(rows.map((row) => [row.split(',')[1] ?? '', row.split(',')[5] ?? '']));
  });

  test('the page opens a key file with its passphrase alone, and in one tab alone', async () => {
    await ana.visit(`${address()}/trustee`);
    await ana.look('open');
    await keys.fill('Passphrase', 'not the passphrase');
    await keys.press('Open', /^The passphrase does not open this key file\./);
    await ana.isRefused('The passphrase does not open this key file.');
    await ana.look('wrong-passphrase');
    await keys.fill('Passphrase', ana.passphrase, 'Shift+Tab');
    await keys.press('Open', /^Round 1 of 4/);
    await ana.hears('Round 1 of 4: waiting for trustees 2 and 3 to join.');
    await ana.look('joined');
    const second = await TrusteeBrowser.open(ana.page.context(), 'second-tab', ana.passphrase);
    await second.visit(`${address()}/trustee`);
    await second.unlock();
    await second.isRefused('This key file is open in another tab');
    await second.look('another-tab');
    await second.page.close();
  });

  test('its worker may compile WebAssembly, and nothing that is text', async () => {
    const [worker] = ana.page.workers();
    const allowed = await worker?.evaluate(async () => {
      // What the driver runs at once, it runs without the policy.
      await new Promise((resolve) => setTimeout(resolve));
      const may = (act: () => unknown): boolean => {
        try {
          act();
          return true;
        } catch {
          return false;
        }
      };
      const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
      // oxlint-disable-next-line no-implied-eval
      return { wasm: may(() => new WebAssembly.Module(empty)), text: may(() => new Function('')) };
    });
    expect(allowed).toEqual({ wasm: true, text: false });
  });

  test('a browser without the key asks for the backup, and takes no other', async () => {
    await writeFile(at('letter.age'), 'Dear trustee');
    const stranger = await TrusteeBrowser.open(
      await newContext('light'),
      'stranger',
      'a stranger’s passphrase',
    );
    await stranger.visit(`${server.url}/trustee?lang=fr`);
    await stranger.look('french');
    await expect
      .poll(() => stranger.page.getByRole('button', { name: 'Faire ma clé' }).isVisible())
      .toBe(true);
    await stranger.visit(`${server.url}/trustee`);
    await stranger.makeKey();
    await stranger.save('Save a copy', at('stranger.age'));
    await stranger.visit(`${address()}/trustee`);
    await stranger.look('not-a-trustee');
    await expect
      .poll(() => stranger.page.locator('.task').innerText())
      .toContain('not that of a trustee of this election');
    await stranger.restore(at('letter.age'));
    await stranger.isRefused('This is not a key file.');
    await stranger.look('not-a-key-file');
    await stranger.restore(at('stranger.age'));
    await stranger.isRefused('This key file is somebody else’s');
    await stranger.look('somebody-else');
    await stranger.page.context().close();
  });

  test('an attempt that the officer voids is followed by another', async () => {
    await officer('void', '--reason', 'Trustee 2 was on a train.');
    await ana.page.getByText('The officer’s reason: “Trustee 2 was on a train.”').waitFor();
    await ana.look('voided');
    await ana.hears('Round 1 of 4: waiting for trustees 2 and 3 to join.');
  });

  test('without a connection the page says so, and goes on when there is one', async () => {
    await ana.page.context().setOffline(true);
    await ana.hears('The ballot box cannot be reached.');
    await ana.look('offline');
    await ana.page.context().setOffline(false);
    await ana.hears('Round 1 of 4');
  });

  test('they make the key; one reloads the page; all read the same words', async () => {
    await ben.visit(`${address()}/trustee`);
    await ben.unlock();
    const first = await cleoRuns();
    expect(first.stdout).toContain('Read these words to each other');
    await ana.hears('Your turn: compare the words');
    await ben.hears('Your turn: compare the words');
    await ana.look('words');
    await ben.look('words');
    secretsIn(await ana.keyFile(keyOfAna));
    secretsIn(await ben.keyFile(keyOfBen));
    const words = await ana.words();
    expect(words.split(' ')).toHaveLength(12);
    expect(await ben.words()).toBe(words);
    await ana.page.reload();
    await ana.unlock();
    await ana.hears('Your turn: compare the words');
    const label = 'The words, as another trustee reads them to you';
    await keys.fill(label, words.replace(/^\S+/, 'zebra'));
    await keys.press('Compare', /^Word 1 differs: you typed “zebra”/);
    await ana.look('words-differ');
    await keys.fill(label, words.toUpperCase(), 'Shift+Tab');
    await keys.press('Compare', /^Your turn: save a backup and prove it\./);
    await ben.compare(words);
    expect((await cleoRuns('--words', words, '--until', 'confirm')).stdout).toContain('sent: confirm');
  });

  test('nobody is ready before a backup has been read back', async () => {
    await ana.hears('Your turn: save a backup and prove it.');
    await ben.hears('Your turn: save a backup and prove it.');
    expect(await officer('status')).toMatchObject({ ceremony: { step: 'confirm', awaited: [1, 2] } });
    await ana.look('backup');
    await ben.look('backup');
    await ben.save('Save the backup', at('ben.age'));
    await keys.save('Save the backup', at('ana.age'));
    await ana.prove(at('letter.age'));
    await ana.isRefused('This is not a key file.');
    await ana.look('wrong-backup');
    await ana.prove(at('ben.age'));
    await ana.isRefused('The passphrase does not open this key file.');
    await keys.reach('Save the backup', 'Shift+Tab');
    await keys.choose('Then choose the file that you saved', at('ana.age'));
    await keys.press('Check the backup, then confirm', /^You have confirmed\. Waiting for trustee 2/);
    await ana.look('confirmed');
    await ben.prove(at('ben.age'));
    await ben.hears('The key is made.');
    await ana.hears('The key is made.');
    await ana.look('key-made');
    await ben.page.context().close();
  });

  test('any age tool, and the command line, opens the backup', async () => {
    await mkdir(at('ben'));
    await copyFile(at('ben.age'), at('ben', 'trustee-key.age'));
    await writeFile(at('passphrase-of-ben'), ben.passphrase);
    const whose = ['--folder', at('ben'), '--passphrase-file', at('passphrase-of-ben')];
    expect(await ask('trustee', 'status', ...whose)).toMatchObject({ key: keyOfBen, election, attempt: 2 });
    for (const secret of secrets) expect(holds(readFileSync(at('ben.age')), secret)).toBe(false);
  });

  test('members vote', async () => {
    await officer('open');
    await ana.looks('Voting is open.');
    await ana.look('voting');
    const cast = (name: string, choice: string): Promise<unknown> =>
      ask(
        'cast',
        `--server=${server.url}`,
        `--election=${election}`,
        `--token=${letters.get(name) ?? ''}`,
        `--choice=motion=${choice}`,
        `--keep=${at('receipts')}`,
      );
    await Promise.all([cast('Ann', 'for'), cast('Ben', 'against')]);
    await Promise.all([cast('Cat', 'for'), cast('Dee', 'for')]);
    await officer('close', '--key-file', at('data', 'officer-key'));
    await ana.looks('Voting is over.');
    await officer('tally', '--key-file', at('data', 'officer-key'));
  });

  test('they recount, agree and decrypt; one goes on from the backup in another browser', async () => {
    const context = await newContext('dark');
    ben = await TrusteeBrowser.open(context, 'ben', ben.passphrase);
    await ben.visit(`${address()}/trustee`);
    await ben.look('restore');
    await ben.restore(at('ben.age'));
    await ben.hears('Your turn: recount the ballots.');
    await ben.look('recount');
    expect(await officer('status')).toMatchObject({ agreed: [] });
    await ben.click('Recount, and agree if it is right');
    await ben.hears('Your recount gives the published count, and you have agreed.');
    await ben.look('agreed');
    await ana.hears('Your turn: recount the ballots.');
    await keys.press('Recount, and agree if it is right', /^Your recount gives the published count/);
    const { code, stdout } = await cleoRuns();
    expect(stdout).toContain('sent: shares');
    expect(code).toBe(0);
    await ana.hears(
      'You have opened your part of the totals. Waiting for the officer to declare the result.',
    );
    await ben.hears('You have opened your part of the totals.');
    await ana.look('decrypted');
    await expect
      .poll(() => ana.page.locator('.steps .now').innerText())
      .toContain('The officer declares the result');
    secretsIn(await ben.keyFile(keyOfBen));
  });

  test('the result is declared, and passes a recount', async () => {
    expect(await officer('declare')).toMatchObject({ outcome: [{ id: 'motion' }] });
    for (const trustee of [ana, ben]) {
      await trustee.looks('The result is declared. Your part is done.');
      await trustee.look('done');
    }
    expect(await ask('verify', address(), '--anchor', election)).toMatchObject({ ok: true, anchored: true });
  });

  test('no secret ever left a browser, and nothing went elsewhere', () => {
    const all = Buffer.concat(traffic.requests);
    const posted = traffic.requests.filter((request) => request.toString('latin1').startsWith('POST'));
    // Two trustees' joins of two attempts and so on: the recording hears the workers too.
    expect(posted.length).toBeGreaterThan(12);
    expect(secrets.length).toBeGreaterThan(12);
    expect(holds(all, fromBase64Url(keyOfAna)) || holds(all, keyOfAna)).toBe(false);
    for (const secret of secrets) expect(holds(all, secret)).toBe(false);
    const elsewhere = traffic.urls.filter((url) => !url.startsWith(server.url) && !url.startsWith('blob:'));
    expect(elsewhere).toEqual([]);
    expect(traffic.complaints).toEqual([]);
  });
});
