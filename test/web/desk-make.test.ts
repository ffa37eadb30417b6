/** The officers' desk in a real browser, up to handing out the voting codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { COSIGNATURE, encodeVerifierKey, verifierKey } from '../../src/board/note.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { parseLetters } from '../../src/web/desk/island/letters.ts';
import { temporaryFolder } from '../cli/teller.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { DeskBrowser } from './desk-browser.ts';
import { Keyboard } from './keyboard.ts';
import { lookAt } from './look.ts';
import { MEMBERS_CSV } from './motion-election.ts';

/** As many as a secret count needs. */
const MEMBERS = `${MEMBERS_CSV}6,Fay,fay@example.org,yes,south,,,
7,Gus,"7 Low St, Southam",yes,south,,,
`;

const chromium = chromiumFor('test/web/desk-make.test.ts');

const folder = temporaryFolder();
const at = (...parts: string[]): string => join(folder.path, ...parts);
const traffic: Traffic = { urls: [], requests: [], complaints: [] };

let server: RunningServer;
let browser: Browser;
let officer: DeskBrowser;
let election = '';

async function newContext(colorScheme: 'light' | 'dark'): Promise<BrowserContext> {
  const context = await browser.newContext({ colorScheme });
  await record(context, traffic);
  return context;
}

const keyOf = (i: number): string => toBase64Url(publicKeyOf(parseSigningKey(new Uint8Array(32).fill(i))));
const WITNESS = encodeVerifierKey(
  verifierKey('witness.example', COSIGNATURE, publicKeyOf(parseSigningKey(new Uint8Array(32).fill(7)))),
);
/** What the rules say of places, parts and witnesses, before and after they are published. */
const RULES = [
  'In “Delegates”, each branch has 2 places for every 100 members or part of 100, at least 3, at most 9.',
  'In “Delegates”, each region, for its members outside branches, has 2 places',
  'Each region is counted apart too, if at least 12 ballots were cast in it.',
  'Witnesses of the log: witness.example. None of them has to sign it.',
];
const officerKey = (name: string): string => readFileSync(at('data', name), 'utf8').trim();

/** What the page says is missing, before, during and after it; each once. */
async function saidMeanwhile(act: () => Promise<void>): Promise<string[]> {
  const part = officer.page.getByRole('heading', { name: 'Before it can be published' }).locator('..');
  await part.evaluate((section) => {
    const own = globalThis as unknown as { said: Set<string> };
    const note = (): void => {
      own.said.add(section.querySelector('[role=status]')?.textContent ?? '');
    };
    own.said = new Set();
    note();
    new MutationObserver(note).observe(section, { subtree: true, childList: true, characterData: true });
  });
  await act();
  return await part.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said]);
}

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
  }, 240_000);

  test('an election is made from a form, and published once nothing is missing', async () => {
    const { page } = officer;
    await page.goto(`${server.url}/desk/new`);
    await page.getByLabel('Form').selectOption('motion');
    await officer.press('Start');
    await officer.look('new-blank');
    await officer.press('Publish the election');
    const summary = page.getByRole('alert').first();
    await summary.getByText('Give the election a title').waitFor();
    await summary.getByText('Open your signing key, above').waitFor();
    await officer.look('new-missing');
    await officer.fill('Title of the election', 'Shall we meet in May?');
    await officer.fill('The question, or the title of the motion', 'Shall we meet in May?');
    await officer.fill('Voting opens', '2030-05-01T09:00');
    await officer.fill('Voting closes', '2030-05-08T09:00');
    for (const n of [1, 2, 3]) await officer.fill(`Public key of trustee ${n}`, keyOf(n));
    await officer.fill('How to reach the returning officer', '1 Union Street\nballot@union.example');
    await summary.getByText('Open your signing key, above').waitFor();
    await officer.press('Publish the election');
    await summary.getByText('Say who the returning officer is, or name nobody at all').waitFor();
    await summary.getByText('Name trustee 3, or name nobody at all').waitFor();
    await officer.fill('Name of the returning officer', 'Rosa Vale');
    for (const n of [1, 2, 3]) await officer.fill(`Name of trustee ${n}`, `Trustee ${n} of Ash`);
    await page.reload();
    await officer.unlock();
    await page.getByText('Nothing is missing. It can be published.').waitFor();
    await officer.look('new-ready');
    await page.getByLabel('Voting opens').focus();
    const said = await saidMeanwhile(async () => {
      // On the way there the year is 2, 20 and 203.
      await page.keyboard.type('0606');
      await page.keyboard.type('2031');
      await page.getByLabel('Voting closes').focus();
      await page.locator('#preview').getByText('from 6 June 2031').waitFor();
    });
    expect(said).toEqual(['Nothing is missing. It can be published.']);
    await officer.fill('How many trustees there are', '30');
    await page.keyboard.press('Tab');
    await page.getByText('Write a whole number from 1 to 20. It stays at 3.').waitFor();
    expect(await page.getByLabel('How many trustees there are').inputValue()).toBe('3');
    expect(await page.getByLabel('Public key of trustee 1').inputValue()).toBe(keyOf(1));
    await officer.press('Publish the election');
    await page.getByRole('heading', { name: 'Publish this election?' }).waitFor();
    await officer.look('new-confirm');
    await officer.press('Yes, publish it');
    await page.getByRole('heading', { name: 'The election is published' }).waitFor();
    await officer.look('new-published');
    const list: unknown = await (await fetch(`${server.url}/elections`)).json();
    expect(list).toMatchObject({ elections: [{ kind: 'real', phase: 'preparing' }] });
    const address = await page
      .getByRole('link', { name: 'To the desk of this election' })
      .getAttribute('href');
    election = /elections\/([\w-]{43})/.exec(address ?? '')?.[1] ?? '';
    expect(election).not.toBe('');
    expect(traffic.complaints).toEqual([]);
  }, 240_000);

  test('a roll is looked at, stored, and changed by a later file', async () => {
    const { page } = officer;
    await page.goto(`${server.url}/desk/roll`);
    await page.getByText('There is no roll yet.').waitFor();
    const bring = async (csv: string): Promise<void> => {
      const buffer = Buffer.from(csv);
      await page
        .getByLabel('Membership file (CSV)')
        .setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer });
      await officer.press('Look at the file');
    };
    await bring(MEMBERS.replace('3,Cat', '2,Cat').replace('yes,north,,,\n4', 'maybe,north,,,\n4'));
    await page.getByRole('alert').getByText('2 problems').waitFor();
    await officer.look('roll-problems');
    await bring(MEMBERS);
    await officer.press('Yes, make it the roll');
    await page.getByText('Roll 1 is in force.').waitFor();
    await bring(MEMBERS.replace('4,Dee', '5,Eve'));
    await officer.press('Yes, propose it');
    await page.getByText('A file waits to be approved').waitFor();
    await officer.look('roll-proposal');
    await officer.press('Approve it');
    await officer.press('Yes, approve it');
    await page.getByText('Roll 2 is in force.').waitFor();
    await officer.look('roll');
  }, 240_000);

  test('codes are issued, the roll is published, and letters are printed; no code is in any address', async () => {
    const { page } = officer;
    await page.goto(`${server.url}/desk/elections/${election}/roll`);
    await page.getByRole('button', { name: 'Issue the codes' }).waitFor();
    await officer.look('issue');
    await officer.press('Issue the codes');
    await officer.press('Yes, issue them');
    await page.getByText('Codes are issued: All members: 6.').waitFor();
    await officer.press('Publish the roll');
    await officer.press('Yes, publish it');
    await page.getByText('The roll is published.', { exact: true }).waitFor();
    await officer.press('Fetch the letters');
    await officer.press('Yes, fetch them');
    await officer.save('Save the file for a mail merge (CSV)', at('letters.csv'));
    const letters = parseLetters(readFileSync(at('letters.csv'), 'utf8'));
    expect(letters.map(({ name }) => name).sort()).toEqual(['Ann', 'Ben', 'Cat', 'Eve', 'Fay', 'Gus']);
    await officer.press('Show letters 1 to 6 for printing');
    await expect.poll(() => page.locator('.letter').count()).toBe(6);
    const [first] = letters;
    const letter = await page.locator('.letter').first().innerText();
    for (const said of [first?.token ?? 'none', 'Rosa Vale', 'ballot@union.example', 'Returning officer'])
      expect(letter).toContain(said);
    // The address to type is short; the name of 43 characters is there in groups, to be compared.
    expect(letter).toContain(`Or open this address on any device: ${server.url}\n`);
    await officer.look('letters');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(6);
    await officer.press('Close these letters');
    await officer.press('Delete the codes');
    await officer.press('Yes, delete them');
    await page.getByText('The codes are deleted here.').waitFor();
    for (const { token } of letters)
      expect(traffic.requests.some((request) => request.includes(token))).toBe(false);
    await page.goto(`${server.url}/desk/elections/${election}`);
    await page
      .getByText(/trustees 1 \(Trustee 1 of Ash\), 2 \(.*\) and 3 \(Trustee 3 of Ash\)/)
      .first()
      .waitFor();
    expect(traffic.complaints).toEqual([]);
  }, 240_000);

  test('the pages speak French', async () => {
    const { page } = officer;
    for (const [path, heading] of [
      ['/desk/new', 'Préparer un vote'],
      ['/desk/roll', 'La liste des membres'],
      [`/desk/elections/${election}/roll`, 'Liste et codes de vote'],
    ]) {
      await page.goto(`${server.url}${path}?lang=fr`);
      await page.getByRole('heading', { name: heading ?? '', level: 1 }).waitFor();
      await officer.look(`fr${path?.split('/').at(-1)}`);
    }
  }, 240_000);

  test('places of delegates, counts of regions and witnesses are filled in, said in words, and published', async () => {
    const { page } = officer;
    await page.goto(`${server.url}/desk/new?lang=en`);
    await page.getByLabel('Form').selectOption('both');
    await officer.press('Start');
    await officer.unlock();
    await officer.fill('Title of the election', 'A new constitution');
    await officer.fill('The question, or the title of the motion', 'Shall it be so?');
    await officer.fill('Voting opens', '2030-06-01T09:00');
    await officer.fill('Voting closes', '2030-06-08T09:00');
    for (const n of [1, 2, 3]) await officer.fill(`Public key of trustee ${n}`, keyOf(n));
    const missing = async (text: string): Promise<void> =>
      await page.getByRole('link', { name: text }).waitFor();
    await page.getByLabel('Group 2 is made of delegates').check();
    await officer.fill('How many places', '2');
    await officer.fill('At least how many places, if it has a member at all', '3');
    await officer.fill('At most how many places', '2');
    await page.getByLabel('Members outside branches have places').check();
    await missing('In group 2, the fewest and the most places do not fit');
    await officer.fill('At most how many places', '9');
    await page.getByLabel('Are parts counted apart too?').selectOption('region');
    await officer.fill('How many ballots a part needs to be shown', '4');
    await officer.press('Add a witness');
    await missing('Show only parts with at least 5 ballots');
    await officer.fill('Key of witness 1, with its name', 'witness.example');
    await missing('The key of witness 1 is not right');
    await officer.fill('Key of witness 1, with its name', WITNESS);
    await officer.fill('How many ballots a part needs to be shown', '12');
    await officer.fill('How many regions there are at most', '9');
    await page.getByLabel('Title of the election').focus();
    await page.getByText('Nothing is missing. It can be published.').waitFor();
    for (const sentence of RULES) await page.locator('#preview').getByText(sentence).waitFor();
    await officer.look('new-places');
    await officer.press('Publish the election');
    await officer.press('Yes, publish it');
    const name = await page.getByRole('link', { name: 'To the desk of this election' }).getAttribute('href');
    await page.goto(`${server.url}${name?.replace('/desk/', '/') ?? ''}`);
    for (const sentence of RULES) await page.getByText(sentence).waitFor();
    await lookAt(page, 'public-places');
    const filled = [
      '"optional":{"by":"region","min":12,"most":9}',
      `"branches":{"kind":"rate","max":9,"min":3,"parts":"begun","per":100,"seats":2}`,
      '"outside":{"kind":"same-rate"}',
      `"witnesses":{"keys":["${WITNESS}"],"quorum":0}`,
    ];
    const sent = traffic.requests.filter((request) => filled.every((text) => request.includes(text)));
    expect(sent).toHaveLength(1);
    expect(traffic.complaints).toEqual([]);
  }, 240_000);

  test('an election is made and published by the keyboard alone', async () => {
    const one = await DeskBrowser.open(await newContext('light'), server.url);
    const { page } = one;
    const keys = new Keyboard(page);
    await page.goto(`${server.url}/desk`);
    await page.getByLabel('Officer’s key').waitFor();
    await keys.fill('Officer’s key', officerKey('officer-key'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await keys.follow('Make an election', 'Make an election');
    await page.getByLabel('Form').waitFor();
    await keys.reach('Form');
    await page.keyboard.press('ArrowDown');
    await keys.press('Start', 'Title of the election');
    await keys.fill('Title of the election', 'By keyboard');
    await keys.fill('The question, or the title of the motion', 'Do we go by keyboard?');
    await keys.fill('How many lost voting codes may be replaced', '7');
    await keys.reach('Voting opens');
    // The same day and month in whatever order the browser asks for them.
    await page.keyboard.type('0505');
    await page.keyboard.type('2030');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('0900AM');
    for (const n of [1, 2, 3]) await keys.fill(`Public key of trustee ${n}`, keyOf(n));
    await keys.press('Add another officer', 'Public key of another officer, 1');
    await keys.fill('Public key of another officer, 1', keyOf(8), 'Shift+Tab');
    for (const act of ['opening the voting', 'declaring the result']) {
      await keys.reach(act);
      await page.keyboard.press('Space');
    }
    await keys.press('Add an observer', 'Public key of observer 1');
    await page.keyboard.press('Space');
    await page.getByLabel('Public key of observer 2').waitFor();
    await keys.reach('Take out observer 2', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Public key of observer 2').waitFor({ state: 'detached' });
    await keys.keeps('Take out observer 2');
    await keys.fill('Public key of observer 1', keyOf(9));
    await keys.fill('New passphrase', one.passphrase);
    await keys.fill('The same passphrase again', one.passphrase);
    await keys.press('Make my key', 'Your signing key is open.');
    await page.getByText('Nothing is missing. It can be published.').waitFor();
    await one.look('keyboard');
    await page.goto(`${server.url}/desk/new?lang=fr`);
    await page.getByLabel('Clé publique').first().waitFor();
    await one.look('keyboard-fr');
    await page.goto(`${server.url}/desk/new?lang=en`);
    await page.getByLabel('Passphrase', { exact: true }).waitFor();
    await keys.fill('Passphrase', one.passphrase);
    await keys.press('Open', 'Your signing key is open.');
    await page.getByText('Nothing is missing. It can be published.').waitFor();
    await keys.press('Publish the election', 'Publish this election?');
    await keys.press('No, go back', 'Publish the election');
    await keys.press('Publish the election', 'Publish this election?');
    await keys.press('Yes, publish it', 'The election is published');
    await keys.follow('To the desk of this election', 'By keyboard');
    const filled = [
      '"replacements":7',
      `"observers":["${keyOf(9)}"]`,
      keyOf(8),
      '"second":["opening","result"]',
    ];
    const published = traffic.requests.filter((request) => filled.every((text) => request.includes(text)));
    expect(published.map((request) => request.toString().split(' ', 1)[0])).toEqual(['POST']);
    expect(traffic.complaints).toEqual([]);
  }, 240_000);
});
