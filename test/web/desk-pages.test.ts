/** The officers' desk as the server sends it: to nobody who is not signed in, kept by no cache, and text stays text. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  ApiElection,
  expectCreated,
  type TestService,
  temporaryDirectory,
  testService,
} from '../api/api-elections.ts';

const directory = temporaryDirectory();
let api: TestService;
let election: ApiElection;
let cookie = '';
beforeAll(async () => {
  api = testService(directory.path);
  election = new ApiElection(api.send, api.officerKey);
  expectCreated(await election.publish(await election.plan({ mode: 'recorded', voters: 3 })));
  const answer = await api.send('POST', '/officers/session', JSON.stringify({ key: api.officerKey }));
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await api.service.stop();
  directory.remove();
});

const text = ({ bytes }: Answer): string => new TextDecoder().decode(bytes);
const see = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  api.send('GET', path, undefined, { accept: 'text/html', ...headers });

const addresses = (): string[] => ['/desk', '/desk/new', `/desk/elections/${election.election}`];

describe('the desk', () => {
  test('is a page to sign in for whoever is not signed in, whatever it is asked for', async () => {
    for (const path of [...addresses(), '/desk/elections/none']) {
      const page = text(await see(path));
      expect(page).toContain('data-page="sign-in"');
      expect(page).not.toContain('data-officer');
      expect(page).not.toContain('A vote');
    }
  });

  test('lists the elections, and has a page for each and for a new one', async () => {
    const [list, fresh, one] = await Promise.all(addresses().map((path) => see(path, { cookie })));
    expect(text(list as Answer)).toContain(`href="/desk/elections/${election.election}"`);
    expect(text(list as Answer)).toContain('href="/desk/new"');
    expect(text(fresh as Answer)).toContain('data-page="new"');
    expect(text(one as Answer)).toContain('data-title="A vote"');
    expect((await see('/desk/elections/none', { cookie })).status).toBe(404);
  });

  test('may start the worker that opens keys, which may load and ask for nothing', async () => {
    const page = await see('/desk', { cookie });
    const script = /<script type="module" src="([^"]+)"/.exec(text(page))?.[1] ?? '';
    const name = /"\.\/(key-worker-[0-9a-f]{16}\.js)"/.exec(text(await api.send('GET', script)))?.[1] ?? '';
    const worker = await api.send('GET', `/assets/${name}`);
    expect(worker.status).toBe(200);
    expect(worker.headers.get('content-security-policy')).toMatch(/^default-src 'none'; require-trusted/);
  });

  test('is kept by no cache, and its script is named by its hash', async () => {
    for (const path of addresses()) {
      const page = await see(path, { cookie });
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('content-security-policy')).toMatch(
        /worker-src 'self'; trusted-types teller-keys$/,
      );
      const script = /<script type="module" src="([^"]+)" integrity="sha384-/.exec(text(page))?.[1] ?? '';
      expect((await api.send('GET', script)).status).toBe(200);
    }
  });

  test('speaks French', async () => {
    expect(text(await see('/desk?lang=fr'))).toContain('Bureau du vote');
  });
});
