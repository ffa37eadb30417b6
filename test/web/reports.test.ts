/**
 * Members before voting opens and when something is wrong, in a real browser: am I on the roll, scanning a code, and
 * reporting a problem with its proof.
 */
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { drawToken, encodeToken } from '../../src/ballot/token.ts';
import type { Dispute } from '../../src/record/dispute.ts';
import { expectCreated, temporaryDirectory } from '../api/api-elections.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { Keyboard } from './keyboard.ts';
import { readable } from './leaks.ts';
import { MemberBrowser } from './member-browser.ts';
import { MemberElection } from './member-election.ts';
import { cameraArguments, writeCameraView } from './qr-pictures.ts';

const chromium = chromiumFor('test/web/reports.test.ts');

const directory = temporaryDirectory();
const traffic: Traffic = { urls: [], requests: [], complaints: [] };

let server: RunningServer;
let browser: Browser;
let election: MemberElection;
let abandoned: MemberElection;

async function newMember(options: Parameters<Browser['newContext']>[0] = {}): Promise<MemberBrowser> {
  const context: BrowserContext = await browser.newContext({ locale: 'en-GB', ...options });
  await record(context, traffic);
  return await MemberBrowser.open(context);
}

const token = (place: number): string => election.members[place]?.token ?? '';

async function looksUp(member: MemberBrowser, what: string): Promise<void> {
  await member.visit(election.page('my-vote'));
  await member.page.getByLabel('Receipt code, voting code or voter number').fill(what);
  await member.press('Look it up');
  await member.sees('My vote');
}

/** Follows the way from a check to the page of reports. */
async function reports(member: MemberBrowser): Promise<void> {
  await member.page.getByRole('link', { name: 'Report a problem' }).click();
  await member.sees('Report a problem');
  expect(new URL(member.page.url()).hash).toBe('');
}

const filed = async (): Promise<Dispute[]> => {
  const { json } = await election.send('GET', election.path('/disputes'));
  const names = (json['filed'] as { name: string }[]).map(({ name }) => name);
  return await Promise.all(
    names.map(async (name) => {
      const answer = await election.send('GET', election.path(`/disputes/${name}`));
      return answer.json as unknown as Dispute;
    }),
  );
};

describe.skipIf(chromium === undefined)('members', () => {
  beforeAll(async () => {
    server = await startServer({ dataDir: directory.path, port: 0, host: '127.0.0.1', publicUrl: null });
    const key = server.officerKey ?? '';
    election = await MemberElection.prepare(server.url, key);
    abandoned = await MemberElection.prepare(server.url, key);
    const video = join(directory.path, 'camera.y4m');
    writeCameraView(video, election.page('my-vote', '1'));
    browser = await launch(chromium ?? '', cameraArguments(video));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    directory.remove();
  });

  test('a vote that was called off says so, with the reason', async () => {
    const act = { kind: 'abandonment', reason: 'The motion was withdrawn.' } as const;
    expectCreated(await abandoned.submit(await abandoned.sign('act', 'officer', { act })));
    const ann = await newMember();
    await ann.visit(abandoned.page('vote', encodeToken(drawToken())));
    await ann.sees('This vote was called off');
    await ann.reads('The motion was withdrawn.');
    await ann.look('booth-abandoned');
  });

  describe('before voting opens', () => {
    test('no roll yet; then each on the roll by code or number, worked out on the device', async () => {
      const bob = await newMember();
      await looksUp(bob, encodeToken(drawToken()));
      await bob.reads('The roll is not published yet.');
      await election.register(5, 4);
      await looksUp(bob, token(0));
      await bob.reads(/You are on the roll: All members, voter number \d/);
      await bob.reads('Your branch and region: Ash and North.');
      await bob.reads('Your device has checked that this line is one of the 9 on the published roll.');
      await bob.reads('Nobody has voted yet.');
      await bob.reads('Rosa Vale, ballot@union.example, 020 7946 0000');
      await bob.look('my-vote-on-roll');
      await looksUp(bob, election.delegates[0]?.token ?? '');
      await bob.reads('Your ballot counts for 250.');
      await looksUp(bob, '9');
      await bob.reads(/voter number 9\./);
      await looksUp(bob, '10');
      await bob.reads('There is no voter number 10: the roll ends with 9.');
    });

    test('what the proof does not bear out is not shown as right', async () => {
      const cat = await newMember();
      await cat.page.route('**/line', async (route) => {
        const response = await route.fetch();
        const { line, proof } = (await response.json()) as { line: object; proof: string[] };
        await route.fulfill({ response, json: { line: { ...line, bodies: ['elm', 'north'] }, proof } });
      });
      await looksUp(cat, token(0));
      await cat.reads('What the ballot box shows does not fit its own proof.');
      await cat.page.unroute('**/line');
      // Somebody else's line.
      await cat.page.route('**/heads/*', async (route) => {
        const response = await route.fetch();
        const found = (await response.json()) as { voter: number };
        await route.fulfill({ response, json: { ...found, voter: (found.voter % 5) + 1 } });
      });
      await looksUp(cat, token(0));
      await cat.reads('The roll has another code at this number.');
      await expect.poll(() => cat.page.locator('.findings .right').count()).toBe(0);
    });

    test('one who is not on the roll reports it, with what is wrong filled in', async () => {
      const dan = await newMember();
      const stranger = encodeToken(drawToken());
      await looksUp(dan, stranger);
      await dan.reads('This code is not on the roll of this vote.');
      await dan.look('my-vote-not-on-roll');
      const keys = new Keyboard(dan.page);
      await keys.follow('Report a problem', 'Report a problem');
      await expect.poll(() => dan.page.getByLabel('I am not on the roll').isChecked()).toBe(true);
      await keys.fill('What happened?', `My code is ${stranger}`);
      await keys.fill('Your voter number, if you know it', 'none');
      await keys.press('Publish my report', /^Your voting code is in this text\./);
      await dan.reads('A voter number is a whole number.');
      const invalid = await dan.page
        .locator('[aria-invalid=true]')
        .evaluateAll((all) => all.map(({ id }) => id));
      expect(invalid).toEqual(['text', 'voter']);
      await expect.poll(() => dan.page.title()).toBe('Error: Report a problem');
      await dan.reads('Iris Moor, iris@audit.example');
      await dan.look('report-faults');
      await keys.fill('What happened?', 'I joined in March. <b>Ash</b> branch.');
      await keys.fill('Your voter number, if you know it', '');
      await dan.page.getByRole('button', { name: 'Français' }).click();
      await expect.poll(() => dan.page.title()).toMatch(/^Erreur : (?!Error)/);
      await dan.look('report-french');
      await dan.page.getByRole('button', { name: 'English' }).click();
      await dan.look('report-form');
      await keys.press('Publish my report', 'Your report is published');
      await dan.look('report-done');
      await keys.follow('See all reports and their answers', 'Reported problems');
      await dan.reads('I joined in March. <b>Ash</b> branch.');
      await dan.look('reports-list');
      expect(await filed()).toMatchObject([{ about: 'not-on-roll', voter: null, receipt: null }]);
    });
  });

  test('a code is scanned with the camera, or out of a picture; or typed where neither works', async () => {
    const eve = await newMember();
    await eve.visit(election.page('my-vote'));
    await eve.sees('My vote');
    await eve.look('my-vote-scan');
    const scripts = traffic.urls.filter((url) => url.includes('/assets/scanner-')).length;
    expect(scripts).toBe(0);
    await eve.press('Scan it with the camera');
    await eve.reads(/voter number 1\./);
    await eve.press('Look up another');
    const picture = eve.page.getByLabel('Or choose a picture of the code');
    await picture.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await eve.reads('No code was found in this picture.');
    await eve.look('my-vote-scan-none');
    // Without a camera.
    await eve.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotFoundError'));
    });
    await eve.press('Scan it with the camera');
    await eve.reads('This page cannot use a camera here.');
    // A browser with a reader of its own.
    await eve.page.addInitScript(() => {
      class Own {
        static getSupportedFormats = () => Promise.resolve(['qr_code']);
        detect = () => Promise.resolve([{ rawValue: '2' }]);
      }
      Reflect.set(globalThis, 'BarcodeDetector', Own);
    });
    await eve.visit(election.page('my-vote'));
    await eve.press('Scan it with the camera');
    await eve.reads(/voter number 2\./);
  });

  test('only the pages that scan may ask for the camera', async () => {
    for (const page of ['check', 'my-vote', 'dispute', 'vote', 'disputes'] as const) {
      const { headers } = await fetch(`${server.url}${election.path(`/${page}`)}`, {
        headers: { accept: 'text/html' },
      });
      const isScanning = page !== 'vote' && page !== 'disputes';
      expect(headers.get('permissions-policy')).toContain(isScanning ? 'camera=(self)' : 'camera=()');
    }
  });

  describe('while voting is open', () => {
    test('a receipt goes with a report; a lost connection and a reload lose nothing', async () => {
      await election.openVoting();
      const fay = await newMember();
      await fay.reachReview(election.page('vote', token(1)), 'Ada Lark');
      const leaf = await fay.cast();
      await fay.page.emulateMedia({ media: 'print' });
      await expect.poll(() => fay.page.locator('.receipt').isVisible()).toBe(true);
      await expect.poll(() => fay.page.locator('.masthead').isVisible()).toBe(false);
      const printed = await fay.page
        .getByRole('link', { name: 'See your vote in the ballot box' })
        .evaluate((link) => getComputedStyle(link, '::after').content);
      expect(printed).toContain(`(${election.page('my-vote')}`);
      await fay.page.emulateMedia({ media: 'screen' });
      // Its picture is a link to it, and holds nothing else.
      const buffer = await fay.page.locator('.receipt .qr').screenshot();
      await reports(fay);
      await fay.reads(
        /Your receipt: number \d+ in the ballot box\. It shows that you voted or tested, not how\./,
      );
      await fay.press('Publish my report');
      await fay.reads('Choose what is wrong.');
      await fay.pick('Something else');
      await fay.page.getByLabel('What happened?').fill('Only a try.');
      await fay.page.route('**/disputes', (route) => route.abort(), { times: 1 });
      await fay.press('Publish my report');
      await fay.reads('There is no answer. Nothing is lost');
      await fay.look('report-lost');
      await fay.page.reload();
      await fay.sees('Report a problem');
      await expect.poll(() => fay.page.getByLabel('What happened?').inputValue()).toBe('Only a try.');
      await fay.page.route(
        '**/disputes',
        async (route) => {
          await route.fetch();
          await route.abort();
        },
        { times: 1 },
      );
      await fay.press('Publish my report');
      await fay.reads('There is no answer.');
      await fay.press('Publish my report');
      await fay.sees('Your report is published');
      await fay.reads('Its receipt is good');
      const sent = (await filed()).filter(({ text }) => text === 'Only a try.');
      expect(sent).toHaveLength(1);
      expect(sent[0]?.receipt?.leaf).toBe(leaf);
      await fay.visit(election.page('my-vote'));
      await fay.page
        .getByLabel('Or choose a picture of the code')
        .setInputFiles({ name: 'receipt.png', mimeType: 'image/png', buffer });
      await fay.reads('Your vote is in the ballot box');
    });

    test('a test that fails is reported by either device, with the ballot’s number and no choice', async () => {
      const gus = await newMember();
      await gus.reachReview(election.page('vote', token(2)), 'Ben Moss');
      const number = await gus.code('fingerprint');
      await gus.page.route('**/checks', (route) => route.abort(), { times: 1 });
      await gus.press('Open this ballot to test it');
      await gus.reads('so the ballot could not be opened');
      await gus.press('Open this ballot to test it');
      await gus.sees('Test this ballot');
      const opened = (await gus.page.locator('code.long').textContent()) ?? '';
      await gus.press('Something differs');
      await reports(gus);
      await gus.reads('The number of the ballot that you opened:');
      await gus.press('Publish my report');
      await gus.sees('Your report is published');
      const second = await newMember();
      await second.visit(opened);
      await second.press('Something differs');
      await reports(second);
      await second.press('Publish my report');
      await second.sees('Your report is published');
      const [first, other] = (await filed()).filter(({ about }) => about === 'wrong-ballot');
      expect(first).toMatchObject({ ballot: number, receipt: { type: 'check' } });
      expect(other).toMatchObject({ ballot: number, voter: first?.voter, receipt: null });
      for (const said of ['Ben', 'Moss', 'ben', 'against', '"for"'])
        expect(readable(JSON.stringify([first, other]))).not.toContain(said);
      // The way back leads to the vote, which is as it was.
      await gus.visit(election.page('vote', token(2)));
      await gus.press('Start');
      await expect.poll(() => gus.page.getByLabel('Ben Moss').isChecked()).toBe(true);
    });

    test('too many of them, and a time that is over, are said', async () => {
      const hal = await newMember();
      const answers = (code: string, status: number) =>
        hal.page.route('**/disputes', (route) => route.fulfill({ status, json: { code } }), { times: 1 });
      await hal.visit(election.page('dispute'));
      await hal.pick('My vote is not in the ballot box');
      await hal.page.getByLabel('Your receipt code, if you have one').fill('A'.repeat(43));
      await answers('too-many-disputes', 429);
      await hal.press('Publish my report');
      await hal.reads('Too many reports have come just now.');
      await answers('disputes-closed', 409);
      await hal.press('Publish my report');
      await hal.sees('The time for reports is over');
      await hal.look('report-closed');
    });
  });

  test('no code was sent, nothing went elsewhere, and no policy was broken', () => {
    const all = Buffer.concat(traffic.requests);
    for (const { token: own } of [...election.members, ...election.delegates])
      expect(all.includes(own) || all.includes(own.replaceAll('-', ''))).toBe(false);
    const elsewhere = traffic.urls.filter(
      (url) => !url.startsWith(server.url) && !/^(blob|about):/.test(url),
    );
    expect(elsewhere).toEqual([]);
    expect(traffic.complaints).toEqual([]);
  });
});
