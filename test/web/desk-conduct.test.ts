/** Conducting elections at the officers' desk in a real browser: every act, and what goes wrong between. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf, type SigningKey } from '../../src/crypto/ed25519.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import { encodeEntry, entryLeaf } from '../../src/record/envelope.ts';
import { seal } from '../../src/trustee/sealed-file.ts';
import { ApiElection, expectCreated, sender } from '../api/api-elections.ts';
import { temporaryFolder } from '../cli/teller.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { DeskBrowser } from './desk-browser.ts';
import { Keyboard } from './keyboard.ts';

const chromium = chromiumFor('test/web/desk-conduct.test.ts');
const folder = temporaryFolder();
const traffic: Traffic = { urls: [], requests: [], complaints: [] };
const HOUR = 3600;

let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
let officer: DeskBrowser;
/** What is pressed by it leaves the focus somewhere, and all on the way to it shows that it has it. */
let keys: Keyboard;

const now = (): number => Math.floor(Date.now() / 1000);

const chairDecides = (body: ManifestBody): ManifestBody => {
  const [motion] = body.rules;
  if (motion?.kind !== 'motion') throw new Error('another plan');
  return {
    ...body,
    rules: [{ ...motion, tie: 'chair' }],
    times: { ...body.times, opens: now() - HOUR, disputes: HOUR },
  };
};

async function published(mode: 'secret' | 'recorded', change: (body: ManifestBody) => ManifestBody) {
  const election = new ApiElection(sender(server.url), server.officerKey ?? '');
  const keys = [1, 2, 3].map(() => toBase64Url(publicKeyOf(generateSigningKey())));
  const trustees = mode === 'secret' ? { trustees: { threshold: 2, keys } } : {};
  expectCreated(await election.publish(await election.plan({ mode, voters: 4, ...trustees, change })));
  return election;
}

/** A key in a file, as a backup of an officer's. */
async function keyFile(secret: SigningKey): Promise<string> {
  const path = join(folder.path, `${toBase64Url(publicKeyOf(secret))}.age`);
  const store = {
    read: () => Promise.resolve(undefined),
    write: (_: string, bytes: Uint8Array) => Promise.resolve(writeFileSync(path, bytes)),
  };
  const document = { v: 1, role: 'officer', signingKey: toBase64Url(secret) } as const;
  await seal({ store, name: 'officer', passphrase: officer.passphrase, workFactor: 1 }, document);
  return path;
}

const page = (): Page => officer.page;
const status = (text: string | RegExp): Promise<void> =>
  page().locator('.notice', { hasText: text }).first().waitFor();
const says = (text: string | RegExp): Promise<void> => page().getByText(text).first().waitFor();
const next = (text: string): Promise<void> => page().locator('.next', { hasText: text }).waitFor();

async function visit(election: ApiElection): Promise<void> {
  await page().goto(`${server.url}/desk/elections/${election.election}`);
  await page().getByRole('heading', { name: 'What comes next' }).waitFor();
}

/** Brings a key into the browser, where another may be. */
async function bringKey(secret: SigningKey): Promise<void> {
  await page().getByText('I have a backup of my key').click();
  await page()
    .getByLabel('Backup file')
    .setInputFiles(await keyFile(secret));
  await officer.fill('Passphrase of the backup', officer.passphrase);
  await officer.press('Restore');
  await says('Your signing key is open.');
}

async function write(button: string, field: string, text: string): Promise<void> {
  await officer.press(button);
  await officer.fill(field, text);
  await officer.press('Go on');
}

/** For casting at an election that was opened elsewhere. */
async function takeContext(election: ApiElection): Promise<void> {
  const opening = (await election.entries()).find(({ type }) => type === 'opening');
  if (opening === undefined || election.manifest === undefined) throw new Error('not open');
  const ctx = toBase64Url(entryLeaf(encodeEntry(opening)));
  const { manifest } = election;
  election.context = ballotContext({ election: election.election, ctx, key: null, manifest });
}

const TEXT = 'What everybody will read';
const SURE = 'Are you sure?';

/** Says yes by keyboard, and waits until the page shows the record as it is then. */
async function agree(yes: string, said: RegExp): Promise<void> {
  await keys.press(yes, said);
  await settled(yes);
}

/** The question has gone, and the focus is where it stays. */
async function settled(yes: string): Promise<void> {
  await page().getByRole('heading', { name: SURE }).waitFor({ state: 'detached' });
  await keys.keeps(yes);
}

const REASON = 'Why? Everybody will read this';

async function actsOf(election: ApiElection): Promise<EntryOf<'act'>['body']['act'][]> {
  const entries = await election.entries();
  return entries.flatMap((entry) => (entry.type === 'act' ? [entry.body.act] : []));
}

describe.skipIf(chromium === undefined)('an election at the desk', () => {
  let election: ApiElection;

  beforeAll(async () => {
    server = await startServer({
      dataDir: join(folder.path, 'data'),
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
    });
    browser = await launch(chromium ?? '');
    context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London' });
    await record(context, traffic);
    officer = await DeskBrowser.open(context, server.url);
    keys = new Keyboard(officer.page);
    await officer.signIn(server.officerKey ?? '');
    election = await published('recorded', chairDecides);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    folder.remove();
  });

  test('says what is missing, and asks for the key before anything is signed', async () => {
    await visit(election);
    await next('The registrar still has to hand over the roll');
    await says('Open your signing key first');
    await expect.poll(() => page().getByRole('button', { name: 'Record an incident' }).count()).toBe(0);
    await officer.look('conduct-locked');
    expectCreated(await election.enrol(4));
    await bringKey(election.officer);
    await next('You can open the voting now.');
    await officer.look('conduct-ready');
  });

  test('an act is filled in, asked once more in words, and is on the record', async () => {
    await keys.press('Record an incident', TEXT, 'Shift+Tab');
    await keys.press('Go on', 'Write something.');
    await page().locator('.govuk-error-summary:focus', { hasText: 'Write something.' }).waitFor();
    await officer.look('conduct-fault');
    await keys.fill(TEXT, 'Some letters came late.');
    await keys.press('Go on', SURE);
    await says('It stays in the public record for ever.');
    await says('“Some letters came late.”');
    await officer.look('conduct-sure');
    await keys.press('Cancel', TEXT);
    await expect.poll(() => page().getByLabel(TEXT).inputValue()).toBe('Some letters came late.');
    await keys.press('Go on', SURE);
    expect(await actsOf(election)).toEqual([]);
    await page().getByRole('button', { name: 'Yes, record it' }).dblclick();
    await status('The incident is in the public record. It is entry 2 of the public record.');
    await settled('Yes, record it');
    expect(await actsOf(election)).toEqual([{ kind: 'incident', text: 'Some letters came late.' }]);
  });

  test('an answer that is lost: the page asks whether it was recorded, also after a reload', async () => {
    await context.route('**/entries', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await write('Record an incident', TEXT, 'It was recorded.');
    await officer.press('Yes, record it');
    await says('It was recorded. You need not do it again.');
    await context.unroute('**/entries');
    await context.route('**/entries', (route) => route.abort());
    await write('Record an incident', TEXT, 'It never arrived.');
    await officer.press('Yes, record it');
    await says('It was not recorded.');
    await officer.look('conduct-unanswered');
    await context.unroute('**/entries');
    await page().reload();
    await says('You had just signed this when the connection was lost: recording an incident.');
    await keys.press('Send it again', /^It was recorded\./);
    const texts = (await actsOf(election)).map((act) => (act.kind === 'incident' ? act.text : act.kind));
    expect(texts).toEqual(['Some letters came late.', 'It was recorded.', 'It never arrived.']);
  });

  test('no connection at all is said, and mends itself', async () => {
    await context.setOffline(true);
    await says('The service does not answer. Nothing is lost.');
    await context.setOffline(false);
    await page().getByText('The service does not answer.').waitFor({ state: 'detached' });
  });

  test('voting is opened; turnout is watched, and nothing of the vote is seen', async () => {
    await keys.fill('Passphrase', officer.passphrase);
    await keys.press('Open', 'Your signing key is open.');
    await keys.press('Open the voting', 'Voters on the roll: 4.', 'Shift+Tab');
    await agree('Yes, open the voting', /^You have opened the voting\./);
    await next('You end the voting yourself.');
    await takeContext(election);
    for (const [i, choice] of (['for', 'for', 'against', 'against'] as const).entries())
      expectCreated(await election.cast(election.ballot(i, choice)));
    await page()
      .getByRole('row', { name: /Members \D*4 \D*4 \D*100/ })
      .waitFor();
    await officer.look('conduct-open');
  });

  test('whoever is signed out by now is told so, and comes back', async () => {
    const cookies = await context.cookies();
    await keys.press('End the voting', SURE);
    await context.clearCookies();
    await keys.press('Yes, end the voting', /You have been signed out\. Sign in again/);
    await context.addCookies(cookies);
    await page().keyboard.press('Enter');
    await status('Voting is over.');
    await settled('Yes, end the voting');
  });

  test('ballots are counted; at a tie the chair votes; the result is shown before it is declared', async () => {
    await keys.press('Count the ballots', SURE);
    await agree('Yes, count the ballots', /^The result is known\. Look it over, then declare it\./);
    await keys.press('Look at the result', /^Before you declare the result, the chair may vote\./);
    await officer.look('conduct-tie');
    await keys.press(/^Give the chair’s vote/, 'Go on');
    await keys.press('Go on', 'Choose for or against.');
    await page().locator('.govuk-error-summary:focus', { hasText: 'Choose for or against.' }).waitFor();
    await keys.reach('For');
    await page().keyboard.press('Space');
    await keys.press('Go on', SURE);
    await agree('Yes, enter this vote', /^The chair’s vote is in the public record\./);
    await page().getByRole('heading', { name: 'The motion – CARRIED' }).waitFor();
    await officer.look('conduct-result');
    await keys.press('Declare this result', SURE);
    await agree('Yes, declare this result', /^You have declared the result\./);
    const last = (await election.entries()).at(-1);
    expect(last?.type).toBe('result');
  });

  test('a dispute that a member files is taken into the record and answered', async () => {
    const filed = {
      v: 1,
      election: election.election,
      about: 'not-counted',
      text: 'I voted on the last day.',
      voter: 2,
      receipt: null,
      ballot: null,
      found: null,
    };
    const sent = await election.send('POST', election.path('/disputes'), JSON.stringify(filed));
    expect(sent.status).toBe(201);
    await says('I voted on the last day.');
    await next('There are reported problems without an answer.');
    await officer.look('conduct-dispute');
    await keys.press(/^Take it into the record/, SURE);
    await agree('Yes, take it in', /^The report is in the public record\./);
    await keys.press(/^Answer it/, TEXT);
    await keys.fill(TEXT, 'Voter 2 is counted; see the proof.');
    await keys.press('Go on', SURE);
    await agree('Yes, publish this answer', /^Your answer is in the public record\./);
    await next('Problems can be reported until');
    await page()
      .getByRole('button', { name: /^Add to the answer/ })
      .waitFor();
    await officer.look('conduct-declared');
    expect((await actsOf(election)).slice(-2).map(({ kind }) => kind)).toEqual(['dispute', 'answer']);
  });

  test('without trustees, the officer’s number decides a tie: sealed before the voting, shown after it', async () => {
    const other = await published('recorded', (body) => ({
      ...body,
      rules: body.rules.map((rule) => (rule.kind === 'motion' ? { ...rule, tie: 'lot' } : rule)),
    }));
    expectCreated(await other.enrol(4));
    await visit(other);
    await bringKey(other.officer);
    await officer.press('Take part in the lot');
    await says('no lot can be drawn');
    await officer.press('Yes, take part');
    await status('Your sealed number is in the public record.');
    expectCreated(await other.open(null, [], null, now()));
    for (const [i, choice] of (['for', 'against'] as const).entries())
      expectCreated(await other.cast(other.ballot(i, choice)));
    expectCreated(await other.close());
    await other.tally();
    await officer.press('Show your number for the lot');
    await officer.look('conduct-lot');
    await officer.press('Yes, show it');
    await status('Your number is in the public record.');
    await officer.press('Look at the result');
    await says(/A tie, settled (?:for|against) the motion by lot\./);
    const [sealed, shown] = await actsOf(other);
    expect([sealed?.kind, shown?.kind]).toEqual(['lot-commitment', 'lot-reveal']);
    await page().getByRole('button', { name: 'Show your number for the lot' }).waitFor({ state: 'detached' });
  });

  test('the end of voting is put off, within the rules', async () => {
    const closes = now() + HOUR - (now() % 60);
    const other = await published('recorded', (body) => ({
      ...body,
      times: { ...body.times, opens: now() - HOUR, closes, extension: HOUR },
    }));
    expectCreated(await other.enrol(4));
    expectCreated(await other.open(null, [], null, now()));
    await visit(other);
    await bringKey(other.officer);
    await officer.press('Put off the end of voting');
    await officer.fill('New end of voting', localTime(closes + 2 * HOUR));
    await officer.press('Go on');
    await page().getByRole('alert').getByText('It has to be later than').waitFor();
    await officer.fill('New end of voting', localTime(closes + HOUR));
    await officer.look('conduct-extend');
    await officer.press('Go on');
    await officer.press('Yes, put it off');
    await status('The end of voting is put off.');
    await says('The officers have put it off. By the rules it was to end on');
    await officer.look('conduct-extended');
    expect(await actsOf(other)).toEqual([{ kind: 'extension', closes: closes + HOUR }]);
    await expect
      .poll(() => page().getByRole('button', { name: 'Put off the end of voting' }).count())
      .toBe(0);
  });

  test('trustees are awaited by name, made to start again, and the election is called off', async () => {
    const other = await published('secret', (body) => ({ ...body, times: { ...body.times, opens: now() } }));
    await page().goto(`${server.url}/desk/elections/${other.election}?lang=fr`);
    await says('On attend les scrutateurs 1, 2 et 3');
    await officer.look('conduct-french');
    await visit(other);
    await says('Waiting for trustees 1, 2 and 3.');
    await says('Round 1 of 5.');
    await bringKey(other.officer);
    await write('Have the trustees start again', REASON, 'Trustee 2 lost the key.');
    await officer.press('Yes, start again');
    await status('This attempt is over. The trustees begin again.');
    await says('Attempt 1 was ended: “Trustee 2 lost the key.”');
    await write('Call the election off', REASON, 'The motion was withdrawn.');
    await officer.press('Yes, call it off');
    await next('This election was called off: “The motion was withdrawn.”');
    await officer.look('conduct-abandoned');
  });

  test('what needs two officers waits for the second, who signs what the browser has checked', async () => {
    const second = generateSigningKey();
    const other = await published('recorded', (body) => ({
      ...body,
      roles: {
        ...body.roles,
        officers: [...body.roles.officers, toBase64Url(publicKeyOf(second))],
        second: ['incident', 'abandonment'],
      },
    }));
    await visit(other);
    await bringKey(other.officer);
    await write('Record an incident', TEXT, 'The post was late.');
    await officer.press('Yes, record it');
    await status('Now another officer has to sign it too.');
    await says('You have signed it already: another officer has to.');
    expect(await actsOf(other)).toEqual([]);
    await officer.press('Lock my key');
    await bringKey(second);
    await page().getByText('Now another officer has to sign it too.').waitFor({ state: 'detached' });
    await officer.look('conduct-second');
    await page()
      .getByRole('button', { name: /^Sign it too/ })
      .click();
    await officer.press('Yes, sign it too');
    await status('Signed by two officers, it is in the public record.');
    await officer.look('conduct-seconded');
    expect(await actsOf(other)).toEqual([{ kind: 'incident', text: 'The post was late.' }]);
    await write('Call the election off', REASON, 'A slip.');
    await officer.press('Yes, call it off');
    await says('Officer 2 has signed it.');
    await page()
      .getByRole('button', { name: /^Take it back/ })
      .click();
    await officer.press('Yes, take it back');
    await status('It is forgotten.');
    await page()
      .getByRole('heading', { name: 'Waiting for a second officer' })
      .waitFor({ state: 'detached' });
  });

  test('nothing breaks the policy of the pages, and no key was sent', () => {
    expect(traffic.complaints.filter((text) => !text.includes('ERR_'))).toEqual([]);
    expect(traffic.requests.some((request) => request.includes(toBase64Url(election.officer)))).toBe(false);
    expect(traffic.requests.some((request) => request.includes(officer.passphrase))).toBe(false);
  });
});

/** Of the browser's time zone, as its field has it. */
function localTime(seconds: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/London',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(seconds * 1000).replace(' ', 'T');
}
