/**
 * A whole election through pages: an officer with a passkey, two scrutineers, five members at desks and telephones, one
 * by keyboard alone, one with a new voting code, an observer who recounts. Nothing but pages is used; the letters are those that the desk saves.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { parseLetters } from '../../src/web/desk/island/letters.ts';
import { temporaryFolder } from '../cli/teller.ts';
import { chromiumFor, launch, quicken, record, type Traffic } from './chromium.ts';
import { DeskBrowser } from './desk-browser.ts';
import { lookAt } from './look.ts';
import { MemberBrowser } from './member-browser.ts';
import { TrusteeBrowser } from './trustee-browser.ts';

const chromium = chromiumFor('test/web/whole-election.test.ts');
const folder = temporaryFolder();
const traffic: Traffic = { urls: [], requests: [], complaints: [] };

const TITLE = 'Shall we meet in May?';
const DESK: BrowserContextOptions = { locale: 'en-GB' };
const TELEPHONE: BrowserContextOptions = {
  locale: 'en-GB',
  viewport: { width: 390, height: 844 },
  hasTouch: true,
};
const MEMBERS = `person,name,contact,member,region,branch,delegate_of,weight
1,Ann,ann@example.org,yes,north,leeds,,
2,Ben,ben@example.org,yes,north,leeds,,
3,Cat,cat@example.org,yes,north,leeds,,
4,Dee,dee@example.org,yes,north,leeds,,
5,Eve,eve@example.org,yes,north,leeds,,
`;

let server: RunningServer;
let browser: Browser;
let officer: DeskBrowser;
let ana: TrusteeBrowser;
let ben: TrusteeBrowser;
let election = '';
let links: string[] = [];
/** Whose letter is lost: a place among the links. */
let lost = -1;

const address = (rest = ''): string => `${server.url}/elections/${election}${rest}`;

async function opened(options: BrowserContextOptions) {
  const context = await browser.newContext(options);
  await record(context, traffic);
  return context;
}

/** The officer's page, once it says this comes next. */
const next = (text: string): Promise<void> =>
  officer.page.locator('.next', { hasText: text }).waitFor({ timeout: 90_000 });

async function member(place: number, options: BrowserContextOptions): Promise<MemberBrowser> {
  const one = await MemberBrowser.open(await opened(options));
  await one.visit(links[place] ?? '');
  await one.sees(TITLE);
  return one;
}

async function vote(one: MemberBrowser, choice: string): Promise<void> {
  await one.press('Start');
  await one.pick(choice);
  await one.press('Look it over');
  await one.sees('Is this what you want?');
  await one.cast();
}

/** With Tab, Enter and the arrows. */
async function byKeyboard(one: MemberBrowser): Promise<void> {
  const { page } = one;
  const reach = async (name: string): Promise<void> => {
    for (let tries = 0; tries < 40; tries += 1) {
      const here = await page.evaluate(() => {
        const { activeElement: focused } = document;
        const labels = focused instanceof HTMLInputElement ? focused.labels : null;
        return (labels?.[0]?.textContent ?? focused?.textContent ?? '').trim();
      });
      if (here === name) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${name}`);
  };
  await reach('Start');
  await page.keyboard.press('Enter');
  await one.sees('Make your choice');
  await reach('For');
  await page.keyboard.press('Space');
  await reach('Look it over');
  await page.keyboard.press('Enter');
  await one.sees('Is this what you want?');
  await reach('Cast my vote');
  await page.keyboard.press('Enter');
  await one.sees('Your vote is recorded');
}

describe.skipIf(chromium === undefined)('a whole election through pages', () => {
  beforeAll(async () => {
    // A name: passkeys are bound to one.
    server = await startServer({
      dataDir: join(folder.path, 'data'),
      port: 0,
      host: 'localhost',
      publicUrl: null,
    });
    browser = await launch(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    folder.remove();
  });

  test('two scrutineers make their keys', async () => {
    const contexts = [await opened(DESK), await opened(TELEPHONE)] as const;
    for (const context of contexts) await quicken(context);
    ana = await TrusteeBrowser.open(contexts[0], 'whole-ana', 'apricot ladder monsoon velvet');
    ben = await TrusteeBrowser.open(contexts[1], 'whole-ben', 'seven geese and a Größenwahn');
    await ana.visit(`${server.url}/trustee`);
    await ben.visit(`${server.url}/trustee`);
  });

  test('the officer makes a passkey, signs in with it, and publishes the election', async () => {
    const context = await opened(DESK);
    officer = await DeskBrowser.open(context, server.url);
    const { page } = officer;
    const cdp = await context.newCDPSession(page);
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
    await officer.signIn(server.officerKey ?? '');
    await officer.fill('What do you call this device?', 'desk');
    await officer.press('Make a passkey');
    await page.getByText(/made on/).waitFor();
    await officer.press('Sign out');
    await officer.press('Sign in with a passkey');
    await officer.follow('Make an election');
    await page.getByLabel('Form').selectOption('motion');
    await officer.press('Start');
    await officer.makeKey();
    await officer.fill('Title of the election', TITLE);
    await page.getByLabel('This is a rehearsal').check();
    await officer.fill('The question, or the title of the motion', TITLE);
    await officer.fill('Voting opens', lastMinute());
    await officer.fill('How many trustees there are', '2');
    await officer.fill('How many of them it takes to open the count', '2');
    await officer.fill('How many of them have to agree to the count first', '2');
    await officer.fill('Public key of trustee 1', await ana.makeKey());
    await officer.fill('Public key of trustee 2', await ben.makeKey());
    await officer.look('whole-make');
    await page.getByText('Nothing is missing. It can be published.').waitFor();
    await officer.press('Publish the election');
    await officer.press('Yes, publish it');
    await page.getByRole('heading', { name: 'The election is published' }).waitFor();
    await officer.follow('To the desk of this election');
    await next('The registrar still has to hand over the roll');
    election = /elections\/([\w-]{43})/.exec(page.url())?.[1] ?? '';
  });

  test('the officer brings the roll, issues the codes, publishes the roll, and has five letters', async () => {
    const { page } = officer;
    await officer.follow('Officer’s desk');
    await officer.follow('The roll of members');
    const file = { name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(MEMBERS) };
    await page.getByLabel('Membership file (CSV)').setInputFiles(file);
    await officer.press('Look at the file');
    await officer.press('Yes, make it the roll');
    await page.getByText('Roll 1 is in force.').waitFor();
    await officer.follow('Officer’s desk');
    await officer.follow(TITLE);
    await officer.follow('Roll and voting codes of this election');
    await officer.press('Issue the codes');
    await officer.press('Yes, issue them');
    await page.getByText('Codes are issued: All members: 5.').waitFor();
    await officer.press('Publish the roll');
    await officer.press('Yes, publish it');
    await page.getByText('The roll is published.', { exact: true }).waitFor();
    await officer.press('Fetch the letters');
    await officer.press('Yes, fetch them');
    const saved = join(folder.path, 'letters.csv');
    await officer.save('Save the file for a mail merge (CSV)', saved);
    const letters = parseLetters(readFileSync(saved, 'utf8'));
    expect(letters.map(({ name }) => name).sort()).toEqual(['Ann', 'Ben', 'Cat', 'Dee', 'Eve']);
    links = letters.map(({ link }) => link);
    lost = letters.findIndex(({ person }) => person === '5');
    await officer.press('Delete the codes');
    await officer.press('Yes, delete them');
    await page.getByText('The codes are deleted here.').waitFor();
  });

  test('the scrutineers make the key, and the officer sees who is awaited', async () => {
    await officer.page.goto(`${server.url}/desk/elections/${election}`);
    await next('Waiting for trustees 1 and 2.');
    for (const one of [ana, ben]) {
      await one.visit(address('/trustee'));
      await one.unlock();
    }
    await ana.hears('Your turn: compare the words');
    await ben.hears('Your turn: compare the words');
    const words = await ana.words();
    expect(await ben.words()).toBe(words);
    await ana.compare(words);
    await ben.compare(words);
    for (const one of [ana, ben]) {
      await one.hears('Your turn: save a backup and prove it.');
      const file = join(folder.path, `${one.name}.age`);
      await one.save('Save the backup', file);
      await one.prove(file);
    }
    await ana.hears('The key is made.');
  });

  test('the officer opens the voting', async () => {
    await next('You can open the voting now.');
    await officer.unlock();
    await officer.press('Open the voting');
    await officer.page.getByText('Voters on the roll: 5.').waitFor();
    await officer.press('Yes, open the voting');
    await next('Members can vote. You end the voting yourself.');
    await officer.look('whole-open');
  });

  test('a member who lost the letter is given a new code', async () => {
    const { page } = officer;
    const before = officer.clicks;
    await officer.press('Replace a lost voting code');
    await officer.press('Go on');
    await page.getByRole('alert').getByText('Give the member’s number.').waitFor();
    await officer.fill('The member’s number in the membership file', '5');
    await officer.press('Go on');
    await page.getByText('Codes that can still be replaced in this election: 50.').waitFor();
    await officer.press('Yes, replace it');
    await page.getByRole('heading', { name: 'The new voting code' }).waitFor();
    await page.getByText('The voting code is replaced.').first().waitFor();
    const link = (await page.locator('code.long', { hasText: '/vote#' }).textContent()) ?? '';
    expect(links).not.toContain(link);
    await officer.look('whole-replaced');
    await officer.press('I have passed it on');
    await page.getByRole('heading', { name: 'The new voting code' }).waitFor({ state: 'detached' });
    links[lost] = link;
    // The mistake on the way cost one.
    expect(officer.clicks - before).toBe(5);
  });

  test('five members vote: twice, after a test, by keyboard, at desks and telephones', async () => {
    const ann = await member(0, DESK);
    await vote(ann, 'Against');
    // Read, choose, review, done.
    expect(ann.screens).toEqual([TITLE, 'Is this what you want?', 'Your vote is recorded']);
    expect(ann.clicks).toBe(4);
    await ann.look('whole-done');
    await ann.visit(links[0] ?? '');
    await ann.reads('You have voted already.');
    await vote(ann, 'For');

    const cat = await member(1, TELEPHONE);
    await cat.press('Start');
    await cat.pick('For');
    await cat.press('Look it over');
    await cat.sees('Is this what you want?');
    const number = await cat.code('fingerprint');
    await cat.press('Open this ballot to test it');
    await cat.sees('Test this ballot');
    const second = await MemberBrowser.open(await opened(TELEPHONE));
    await second.visit((await cat.page.locator('code.long').textContent()) ?? '');
    await second.sees('This is in the sealed ballot');
    expect(await second.code('fingerprint')).toBe(number);
    await second.press('All three agree');
    await second.look('whole-tested');
    await cat.press('It shows the same: go on and vote');
    await cat.reads('This is a fresh sealed ballot');
    await cat.cast();

    await byKeyboard(await member(2, DESK));
    await vote(await member(3, TELEPHONE), 'For');
    await vote(await member(4, DESK), 'Against');
    await officer.page
      .getByRole('row', { name: /\b5 \D*5 \D*100/ })
      .first()
      .waitFor();
  });

  test('the officer ends the voting and has it counted; the scrutineers recount and open the totals', async () => {
    await officer.press('End the voting');
    await officer.press('Yes, end the voting');
    await officer.press('Count the ballots');
    await officer.press('Yes, count the ballots');
    await next('to count again and agree');
    for (const one of [ana, ben]) {
      await one.looks('Your turn: recount the ballots.');
      await one.click('Recount, and agree if it is right');
    }
    await ana.hears('You have opened your part of the totals.');
    await ana.look('decrypted');
  });

  test('the officer looks at the result, and declares it', async () => {
    await next('The result is known.');
    await officer.press('Look at the result');
    await officer.page.getByRole('heading', { name: `${TITLE} – CARRIED` }).waitFor();
    await officer.look('whole-result');
    await officer.press('Declare this result');
    await officer.press('Yes, declare this result');
    await officer.page.getByText('You have declared the result.').first().waitFor();
    // From the passkey to the result, each act with what confirms it.
    expect(officer.clicks).toBe(41);
  });

  test('an observer recounts it in the browser', async () => {
    const page = await (await opened(DESK)).newPage();
    await page.goto(address());
    await lookAt(page, 'whole-public');
    await page.getByRole('link', { name: 'Recount it in this browser' }).click();
    await page.getByLabel('Name of the election, from your letter').fill(election);
    await page.getByRole('button', { name: 'Recount' }).click();
    await page.getByRole('heading', { name: 'The recount agrees' }).waitFor();
    await expect.poll(() => page.locator('[data-check=anchor]').getAttribute('data-status')).toBe('pass');
    await expect.poll(() => page.locator('[data-status=fail]').count()).toBe(0);
    await lookAt(page, 'whole-recount');
  });

  test('no page broke its policy', () => {
    expect(traffic.complaints).toEqual([]);
  });
});

/** In the zone of the browser, which is that of the machine. */
function lastMinute(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day}T${two(now.getHours())}:${two(now.getMinutes())}`;
}
