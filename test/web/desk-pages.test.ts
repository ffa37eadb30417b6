/** The officers' desk as the server sends it: to nobody who is not signed in, kept by no cache, and text stays text. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, ApiElection, expectCreated } from '../api/api-elections.ts';
import { cookieOf, signInWithKey } from '../api/desk-requests.ts';
import { fileService } from '../api/file-service.ts';

const api = fileService();
let election: ApiElection;
let cookie = '';
beforeAll(async () => {
  election = new ApiElection(api.send, api.officerKey);
  expectCreated(await election.publish(await election.plan({ mode: 'recorded', voters: 3 })));
  cookie = cookieOf(await signInWithKey(api, api.officerKey));
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
