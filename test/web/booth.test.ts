/** Members at the booth, in a real browser: the whole way, and everything that goes wrong on it. */
import type { Browser, BrowserContext, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import { drawToken, encodeToken, parseToken } from '../../src/ballot/token.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { encodeScalar } from '../../src/crypto/scalar.ts';
import { expectCreated, temporaryDirectory } from '../api/api-elections.ts';
import { chromiumFor, launch, record, type Traffic } from './chromium.ts';
import { Keyboard } from './keyboard.ts';
import { holds, readable } from './leaks.ts';
import { MemberBrowser } from './member-browser.ts';
import { type Member, MemberElection } from './member-election.ts';

const chromium = chromiumFor('test/web/booth.test.ts');

const directory = temporaryDirectory();
const traffic: Traffic = { urls: [], requests: [], complaints: [] };

let server: RunningServer;
let browser: Browser;
let election: MemberElection;
/** Not open before all else is done. */
let later: MemberElection;

const contexts: BrowserContext[] = [];

async function newMember(colorScheme: 'light' | 'dark' = 'light'): Promise<MemberBrowser> {
  const context = await browser.newContext({ colorScheme, locale: 'en-GB' });
  contexts.push(context);
  await record(context, traffic);
  return await MemberBrowser.open(context);
}

function member(place: number): Member {
  const found = election.members[place];
  if (found === undefined) throw new Error(`no member ${place}`);
  return found;
}

const link = (place: number): string => election.page('vote', member(place).token);

/** Does so with the next ballot that the page sends, and no other. */
async function withNextBallot(one: MemberBrowser, act: (route: Route) => Promise<void>): Promise<void> {
  await one.page.route('**/ballots', act, { times: 1 });
}

describe.skipIf(chromium === undefined)('the booth', () => {
  beforeAll(async () => {
    server = await startServer({
      dataDir: directory.path,
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      votesPerMinute: 50,
    });
    const key = server.officerKey ?? '';
    [election, later, browser] = await Promise.all([
      MemberElection.prepare(server.url, key),
      MemberElection.prepare(server.url, key),
      launch(chromium ?? ''),
    ]);
    await election.register(18, 4);
    await later.register(5, 4);
    await election.openVoting();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    directory.remove();
  });

  test('from the link to the receipt: four screens, three buttons, and the choices', async () => {
    const ann = await newMember();
    await ann.page.setViewportSize({ width: 320, height: 640 });
    await ann.visit(link(0));
    await ann.sees('Spring conference');
    await ann.reads('Rosa Vale, ballot@union.example, 020 7946 0000');
    await ann.reads('Iris Moor');
    expect(ann.page.url()).toBe(election.page('vote'));
    await ann.look('booth-1-read');
    await ann.press('Start');
    await ann.sees('Make your choice');
    await ann.look('booth-2-choose');
    await ann.pick('For', 'Ada Lark', 'Leo Wren');
    await ann.press('Look it over');
    await ann.sees('Is this what you want?');
    await ann.reads('Your vote is not cast yet.');
    await ann.look('booth-3-review');
    await ann.press('Cast my vote');
    await ann.sees('Your vote is recorded');
    await ann.look('booth-4-done');
    expect(ann.screens).toHaveLength(4);
    expect(ann.clicks).toBe(3 + 3);
    const receipt = readable(await ann.page.locator('.receipt').innerText());
    for (const said of ['For', 'Ada', 'Leo', 'Motion']) expect(receipt).not.toContain(said);
    const [saved] = await Promise.all([ann.page.waitForEvent('download'), ann.press('Save')]);
    expect(saved.suggestedFilename()).toMatch(/^receipt-\d+-\d+\.json$/);
    const kept = await ann.page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));
    for (const secret of [member(0).token, 'ada', 'motion', 'options'])
      expect(readable(kept)).not.toContain(secret);
    const code = await ann.code('receipt');
    await ann.page.reload();
    await ann.sees('Your vote is recorded');
    expect(await ann.code('receipt')).toBe(code);
    await ann.page.getByRole('button', { name: 'Français' }).click();
    await ann.page.getByRole('link', { name: 'Voir votre vote dans l’urne' }).click();
    await ann.sees('Mon vote');
    await ann.reads('Votre vote est dans l’urne');
    await ann.page.locator('.govuk-back-link').click();
    await expect.poll(() => ann.page.locator('html').getAttribute('lang')).toBe('fr');
  });

  test('by keyboard alone, in French, with what was filled in kept when the language changes', async () => {
    const bea = await newMember('dark');
    await bea.visit(link(1));
    await bea.sees('Spring conference');
    const { keyboard } = bea.page;
    const reach = async (name: string): Promise<void> => {
      for (let tries = 0; tries < 40; tries += 1) {
        const label = await bea.page.evaluate(() => {
          const { activeElement: here } = document;
          return here instanceof HTMLInputElement
            ? (here.labels?.[0]?.textContent ?? '')
            : (here?.textContent ?? '');
        });
        if (label.trim() === name) return;
        await keyboard.press('Tab');
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    await reach('Start');
    await keyboard.press('Enter');
    await bea.sees('Make your choice');
    await reach('For');
    await keyboard.press('ArrowDown');
    await reach('Cat Nuñez');
    await keyboard.press('Space');
    await bea.page.getByRole('button', { name: 'Français' }).press('Enter');
    await bea.sees('Faites votre choix');
    await expect.poll(() => bea.page.getByLabel('Contre').isChecked()).toBe(true);
    await expect.poll(() => bea.page.locator('html').getAttribute('lang')).toBe('fr');
    await bea.look('booth-french');
    await reach('Relire');
    await keyboard.press('Enter');
    await bea.sees('Est-ce bien ce que vous voulez ?');
    await bea.reads('Contre');
    await reach('Déposer mon vote');
    await keyboard.press('Enter');
    await bea.sees('Votre vote est enregistré');
    await bea.look('booth-french-done');
  });

  test('a ballot is checked on a second device, and a fresh one is cast', async () => {
    const cat = await newMember();
    await cat.reachReview(link(2), 'Ben Moss');
    const number = await cat.code('fingerprint');
    await cat.press('Open this ballot to test it');
    await cat.sees('Test this ballot');
    await cat.look('booth-check');
    expect(await cat.code('fingerprint')).toBe(number);
    const opened = await cat.page.locator('code.long').textContent();
    const second = await newMember('dark');
    const keys = new Keyboard(second.page);
    await second.visit(election.page('check'));
    await second.sees('Test a ballot');
    await keys.fill('Link or code from the other device', opened ?? '');
    await keys.press('Open the ballot', 'This is in the sealed ballot');
    await second.look('check-shows');
    expect(await second.code('fingerprint')).toBe(number);
    const shown = await second.page.locator('main').innerText();
    for (const said of ['For', 'Ben Moss']) expect(shown).toContain(said);
    await keys.press('All three agree', 'This ballot is right');
    await second.look('check-good');
    await second.visit(opened ?? '');
    await second.sees('This is in the sealed ballot');
    await keys.press('Something differs', 'Do not vote on the other device');
    await second.reads('Iris Moor, iris@audit.example');
    await second.look('check-bad');
    const code = fromBase64Url((opened ?? '').split('#')[1] ?? '');
    // Version, voter, no link, C, the number of values and their k's flag; then for, against and abstain.
    code.fill(1, 1 + 4 + 1 + 64 + 3, 1 + 4 + 1 + 64 + 3 + 3);
    await second.visit(election.page('check', toBase64Url(code)));
    await second.sees('This ballot is not right');
    await second.look('check-wrong');
    await second.visit(election.page('check', 'AAAA'));
    await second.reads('This is not a ballot that was opened for a test.');
    await second.look('check-asks');

    await cat.press('Something differs');
    await cat.sees('Report what you have seen');
    await cat.look('booth-report');
    await cat.press('Go back to my vote');
    await cat.reads('This is a fresh sealed ballot');
    expect(await cat.code('fingerprint')).not.toBe(number);
    await cat.cast();
  });

  test('a delegate: marks, places, and a card that is divided', async () => {
    const dan = await newMember();
    await dan.visit(election.page('vote', election.delegates[0]?.token));
    await dan.sees('Spring conference');
    await dan.reads('Your ballot counts for 250.');
    await dan.reads('Consultative: it binds nobody');
    await dan.press('Start');
    await dan.page.getByLabel('Town hall').selectOption('5');
    await dan.page.getByLabel('Online').selectOption('2');
    await dan.page.getByLabel('Place 1').selectOption('Songs');
    await dan.page.getByLabel('Place 2').selectOption('Songs');
    await dan.page.getByLabel('Yes').fill('200');
    await dan.page.getByLabel('No', { exact: true }).fill('60');
    await dan.reads('10 too many');
    await dan.press('Look it over');
    await dan.reads('“Songs” has two places. Give it one.');
    await dan.reads('You have given 260, and your card counts for 250.');
    await dan.look('booth-delegate-faults');
    await dan.page.getByLabel('Place 2').selectOption('Money');
    await dan.page.getByLabel('Place 3').selectOption('Rules');
    await dan.page.getByLabel('No', { exact: true }).fill('40');
    await dan.press('Look it over');
    await dan.sees('Is this what you want?');
    await dan.reads('Unused: 10');
    await dan.reads('Consultative: it binds nobody');
    await dan.look('booth-delegate-review');
    await dan.cast();
    await dan.reads('Consultative: it binds nobody');
  });

  describe('what goes wrong', () => {
    test('a choice that is none, each with its sentence, and the way back', async () => {
      const eve = await newMember();
      await eve.visit(link(3));
      await eve.press('Start');
      await eve.pick('Ada Lark', 'Ben Moss', 'Cat Nuñez', 'Dee Oyelaran');
      await eve.press('Look it over');
      await eve.reads('Choose 3 at most; you have chosen 4.');
      await eve.look('booth-faults');
      await eve.page.getByRole('link', { name: /Choose one/ }).click();
      expect(
        await eve.page.getByLabel('For', { exact: true }).evaluate((box) => box === document.activeElement),
      ).toBe(true);
      await eve.pick('Against', 'Leave this one blank');
      await eve.press('Look it over');
      await eve.reads('Left blank');
      await eve.page.getByRole('button', { name: 'Change Committee' }).click();
      await eve.sees('Make your choice');
      const focused = () => eve.page.getByLabel('Ada Lark').evaluate((box) => box === document.activeElement);
      await expect.poll(focused).toBe(true);
      await eve.press('Look it over');
      await eve.sees('Is this what you want?');
      await eve.page.goBack();
      await eve.sees('Make your choice');
      await expect.poll(() => eve.page.getByLabel('Against').isChecked()).toBe(true);
      await eve.page.reload();
      await eve.press('Start');
      await expect.poll(() => eve.page.getByLabel('Leave this one blank').isChecked()).toBe(true);
    });

    test('codes that are none, or of another vote', async () => {
      const fay = await newMember();
      await fay.visit(election.page('vote'));
      await fay.sees('Your voting code');
      await fay.press('Continue');
      await fay.reads('Type your voting code.');
      const code = fay.page.getByLabel('Voting code');
      expect(await code.getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => fay.page.title()).toBe('Error: Your voting code');
      await code.fill('ABCD 1234');
      await fay.press('Continue');
      await fay.reads('this has 8');
      await code.fill(member(4).token.replace(/.$/, (last) => (last === 'Z' ? 'Y' : 'Z')));
      await fay.press('Continue');
      await fay.reads('letters or digits are not right');
      await fay.look('booth-code');
      await code.fill(later.members[0]?.token ?? '');
      await fay.press('Continue');
      await fay.reads('This code is not for this vote.');
      await code.fill(` ${member(4).token.toLowerCase().replaceAll('-', ' ')}`);
      await fay.press('Continue');
      await fay.sees('Spring conference');
      expect(await fay.page.title()).not.toContain('Error');
    });

    test('two clicks send one ballot; back does not undo it; voting again is said to be so', async () => {
      const gus = await newMember();
      await gus.reachReview(link(5), 'Ada Lark');
      const sent: string[] = [];
      gus.page.on('request', (request) => {
        if (request.method() === 'POST') sent.push(request.url());
      });
      await gus.page.getByRole('button', { name: 'Cast my vote' }).dblclick();
      await gus.sees('Your vote is recorded');
      expect(sent).toHaveLength(1);
      const first = await gus.entry();
      await gus.page.goBack();
      await gus.sees('Your vote is recorded');
      await gus.visit(link(5));
      await gus.reads('You have voted already.');
      await gus.look('booth-again');
      await gus.reachReview(link(5), 'Leo Wren');
      await gus.cast();
      expect(await gus.entry()).toBeGreaterThan(first);
    });

    test('a connection that is lost: nothing is, and the same vote is sent again', async () => {
      const hal = await newMember();
      await hal.reachReview(link(6), 'Ada Lark');
      await withNextBallot(hal, (route) => route.abort());
      await hal.press('Cast my vote');
      await hal.reads('There is no answer from the ballot box.');
      await hal.look('booth-lost');
      // The ballot arrives, the answer does not.
      let leaf = '';
      await withNextBallot(hal, async (route) => {
        ({ leaf } = (await (await route.fetch()).json()) as { leaf: string });
        await route.abort();
      });
      await hal.press('Try again');
      await hal.reads('There is no answer from the ballot box.');
      await hal.press('Try again');
      await hal.sees('Your vote is recorded');
      expect(await hal.code('receipt')).toBe(leaf);
    });

    test('a page that is loaded again while the vote is on its way', async () => {
      const ida = await newMember();
      await ida.reachReview(link(7), 'Ada Lark');
      await withNextBallot(ida, async (route) => {
        await route.fetch();
        await route.abort();
      });
      await ida.press('Cast my vote');
      await ida.reads('There is no answer');
      await ida.page.reload();
      await ida.sees('Your vote is recorded');
      const jon = await newMember();
      await jon.reachReview(link(8), 'Ada Lark');
      await jon.page.route('**/ballots', (route) => route.abort(), { times: 2 });
      await jon.press('Cast my vote');
      await jon.reads('There is no answer');
      await jon.page.reload();
      await jon.reads('This page was loaded again while your vote was on its way.');
      await jon.look('booth-resumed');
      await jon.press('Try again');
      await jon.sees('Your vote is recorded');
    });

    test('without a connection at all, and with one again', async () => {
      const kim = await newMember();
      await kim.page.route('**/milestones', (route) => route.abort());
      await kim.visit(link(9));
      await kim.sees('No connection');
      await kim.look('booth-offline');
      await kim.page.unroute('**/milestones');
      await kim.press('Try again');
      await kim.sees('Spring conference');
    });

    test('a vote from another device: was this you?', async () => {
      const lea = await newMember();
      await lea.reachReview(link(10), 'Ada Lark');
      const thief = await newMember();
      await thief.reachReview(link(10), 'Ben Moss');
      await thief.cast();
      await lea.press('Cast my vote');
      await lea.sees('Was this you?');
      await lea.look('booth-conflict');
      await lea.press('No, that was not me');
      await lea.sees('Somebody else has your voting code');
      await lea.look('booth-stolen');
      await lea.press('Go on and vote');
      await lea.press('Start');
      await expect.poll(() => lea.page.getByLabel('Ada Lark').isChecked()).toBe(true);
      await lea.press('Look it over');
      await lea.cast();
    });

    test('two tabs: the later vote takes the place of the other, and both are known to be one’s own', async () => {
      const one = await newMember();
      await one.reachReview(link(14), 'Ada Lark');
      const two = await MemberBrowser.open(one.page.context());
      await two.reachReview(link(14), 'Ben Moss');
      const first = await two.cast();
      await one.press('Cast my vote');
      await one.sees('Your vote is recorded');
      const last = await one.code('receipt');
      const kept = await one.page.evaluate(() => JSON.stringify(Object.values(localStorage)));
      for (const code of [first, last]) expect(kept).toContain(code);
      // The ballot box goes back to the first.
      await one.page.route('**/heads/*', async (route) => {
        const response = await route.fetch();
        const { head, ...rest } = (await response.json()) as { head: { entry: object } };
        const receipt = await (await fetch(`${server.url}${election.path(`/receipts/${first}`)}`)).json();
        const entries = await election.entries();
        const entry = entries[(receipt as { index: number }).index];
        await route.fulfill({ response, json: { ...rest, head: { ...head, entry, receipt } } });
      });
      await one.visit(link(14));
      await one.sees('The ballot box has lost your vote');
    });

    test('a receipt that promises nothing, and a ballot box that denies a vote', async () => {
      const mia = await newMember();
      await mia.reachReview(link(11), 'Ada Lark');
      await withNextBallot(mia, async (route) => {
        const response = await route.fetch();
        const receipt = (await response.json()) as { index: number };
        await route.fulfill({ response, json: { ...receipt, index: receipt.index + 1 } });
      });
      await mia.press('Cast my vote');
      await mia.sees('Your vote may not be recorded');
      await mia.look('booth-promise');
      await mia.press('Try again');
      await mia.sees('Your vote is recorded');
      await mia.page.route('**/heads/*', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...((await response.json()) as object), head: null } });
      });
      await mia.visit(link(11));
      await mia.sees('The ballot box has lost your vote');
      await mia.look('booth-denied');
    });

    test('rules or a key that are not those of the link', async () => {
      const ned = await newMember();
      await ned.page.route('**/milestones', async (route) => {
        const response = await route.fetch({
          url: route.request().url().replace(election.election, later.election),
        });
        await route.fulfill({ response });
      });
      await ned.visit(link(12));
      await ned.sees('Do not vote here');
      await ned.look('booth-untrue');
      await ned.page.unroute('**/milestones');
      await ned.page.route('**/milestones', async (route) => {
        const response = await route.fetch();
        const { entries } = (await response.json()) as { entries: { entry: { type: string } }[] };
        await route.fulfill({
          response,
          json: { entries: entries.filter(({ entry }) => entry.type !== 'confirm') },
        });
      });
      await ned.visit(link(12));
      await ned.sees('Do not vote here');
      await ned.reads('0 trustees have confirmed the key');
    });

    test('a vote that is not there, not open yet, or over', async () => {
      const oli = await newMember();
      await oli.visit(later.page('vote', later.members[0]?.token));
      await oli.sees('Voting has not begun');
      await oli.look('booth-preparing');
      await later.openVoting(Math.floor(Date.now() / 1000) + 3600);
      await oli.press('Try again');
      await oli.reads(/Voting begins on/);
      await oli.look('booth-scheduled');
      await oli.visit(`${server.url}/elections/${'A'.repeat(43)}/vote#${member(13).token}`);
      await oli.sees('No such election');
    });
  });

  describe('my vote', () => {
    let receipt = '';
    let replaced = '';
    const under = (code: string) => deriveCredential(parseToken(code), election.election, 'members');

    test('before the count: on the roll, recorded', async () => {
      const pia = await newMember();
      await pia.reachReview(link(12), 'Ada Lark');
      receipt = await pia.cast();
      const keys = new Keyboard(pia.page);
      await keys.press('See your vote in the ballot box', /^Your vote is in the ballot box/);
      await pia.reads('Ash and North');
      await pia.look('my-vote-recorded');
      const label = 'Receipt code, voting code or voter number';
      await keys.press('Look up another', label);
      await keys.press('Look it up', /^This is no receipt code, no voting code and no voter number\./);
      await pia.look('my-vote-asks');
      await keys.fill(label, member(13).token);
      await keys.press('Look it up', /^No vote is recorded under your number\./);
      await pia.look('my-vote-none');
      const thief = await newMember();
      await thief.reachReview(link(15), 'Ben Moss');
      await thief.cast();
      await pia.visit(election.page('my-vote', member(15).token));
      await pia.reads('Then somebody else has voted with your code: report it.');
      await pia.look('my-vote-stolen');
      await pia.visit(election.page('my-vote', 'A'.repeat(43)));
      await pia.reads('The ballot box has nothing that fits this receipt.');
      await pia.look('my-vote-missing');
    });

    test('a voting code that was replaced, and the new one', async () => {
      const [heir, idle] = [encodeToken(drawToken()), encodeToken(drawToken())];
      const uma = await newMember();
      await uma.reachReview(link(16), 'Ada Lark');
      await uma.cast();
      expectCreated(await election.submit(await election.replacement(member(16).P, under(heir))));
      await uma.visit(link(16));
      await uma.sees('Your voting code was replaced');
      await uma.look('booth-replaced');
      await uma.visit(election.page('my-vote', member(16).token));
      await uma.reads('This voting code was replaced by a new one.');
      await uma.look('my-vote-replaced');
      await uma.visit(election.page('my-vote', heir));
      await uma.reads('counts until there is a vote with the new one');
      replaced = heir;
      // While somebody is at the booth.
      await uma.reachReview(link(17), 'Ada Lark');
      expectCreated(await election.submit(await election.replacement(member(17).P, under(idle))));
      await uma.press('Cast my vote');
      await uma.sees('Your voting code was replaced');
    });

    test('voting ends while somebody is at the booth', async () => {
      const quy = await newMember('dark');
      await quy.reachReview(link(13), 'Ada Lark');
      await election.declare();
      await quy.press('Cast my vote');
      await quy.sees('Voting is over');
      await quy.reads('It was not recorded.');
      await quy.look('booth-closed-now');
      await quy.visit(link(13));
      await quy.reads('No more votes are taken.');
      await quy.look('booth-closed');
      await quy.page.getByRole('link', { name: 'Look up my vote' }).click();
      await quy.sees('My vote');
      await quy.reads('You are on the roll');
    });

    test('after the count: counted, or nobody voted in your place', async () => {
      const rob = await newMember();
      await rob.visit(election.page('my-vote', receipt));
      await rob.reads('Your vote is counted in the result');
      await rob.look('my-vote-counted');
      await rob.visit(election.page('my-vote', member(13).token));
      await rob.reads('Nobody voted in your place.');
      await rob.look('my-vote-nobody');
      await rob.visit(election.page('my-vote', member(15).token));
      await rob.reads('Then somebody else has voted in your place: report it.');
      await rob.look('my-vote-stolen-counted');
      await rob.visit(election.page('my-vote', replaced));
      await rob.reads('A vote is counted under this number, whose voting code was replaced.');
      await rob.look('my-vote-replaced-counted');
      const line = await election.send('GET', election.path(`/heads/${under(replaced).P}`));
      await rob.visit(election.page('my-vote', String(line.json['voter'])));
      await rob.reads('The voting code of this number was replaced.');
      // Somebody else's proof.
      await rob.page.route('**/counting', async (route) => {
        const other = (own: string): string => (own === 'voters/1' ? 'voters/2' : 'voters/1');
        const url = route
          .request()
          .url()
          .replace(/voters\/\d+/, other);
        await route.fulfill({ response: await route.fetch({ url }) });
      });
      await rob.visit(election.page('my-vote', member(13).token));
      await rob.reads('What the ballot box shows does not fit its own proof.');
      await rob.look('my-vote-untrue');
      await rob.page.goto(`${server.url}${election.path('')}`);
      await rob.look('public-declared');
      await rob.page.goto(`${server.url}/?lang=fr`);
      await rob.look('index-french');
    });
  });

  test('neither code nor secret was sent, nothing went elsewhere, and no policy was broken', () => {
    const all = Buffer.concat(traffic.requests);
    expect(traffic.requests.length).toBeGreaterThan(100);
    for (const { token, college } of [...election.members, ...election.delegates]) {
      const parsed = parseToken(token);
      const { x } = deriveCredential(parsed, election.election, college);
      expect(holds(all, parsed.secret) || holds(all, encodeScalar(x))).toBe(false);
      expect(holds(all, token) || holds(all, token.replaceAll('-', ''))).toBe(false);
    }
    const elsewhere = traffic.urls.filter(
      (url) => !url.startsWith(server.url) && !/^(blob|about):/.test(url),
    );
    expect(elsewhere).toEqual([]);
    expect(traffic.complaints).toEqual([]);
  });
});
