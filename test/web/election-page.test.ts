/** The public pages: the same addresses as the API, no script, and nothing of an election's texts that acts. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ApiElection, expectCreated } from '../api/api-elections.ts';
import { fileService } from '../api/file-service.ts';

const service = fileService();
let election: ApiElection;

const page = async (path: string): Promise<{ status: number; headers: Headers; html: string }> => {
  const { status, headers, bytes } = await service.send('GET', path, undefined, {
    accept: 'text/html,*/*;q=0.8',
  });
  return { status, headers, html: new TextDecoder().decode(bytes) };
};

beforeAll(async () => {
  election = await ApiElection.openRecorded(service, 5);
  for (const place of [0, 1, 2]) expectCreated(await election.cast(election.ballot(place, 'for')));
  expectCreated(await election.cast(election.ballot(3, 'against')));
});

describe('the page of an election', () => {
  test('has a list of contents, whose links lead to its sections', async () => {
    const { html } = await page(election.path(''));
    const list = html.slice(
      html.indexOf('<nav class="contents"'),
      html.indexOf('</ul>', html.indexOf('contents')),
    );
    const links = [...list.matchAll(/<a href="#(?<id>[a-z]+)">(?<title>[^<]+)</g)].map(
      ({ groups }) => groups,
    );
    expect(links.map((link) => link?.['title'])).toContain('Who may vote');
    for (const link of links) {
      const part = html.slice(html.indexOf(`<div id="${link?.['id']}">`));
      expect(/<h2>(?<title>[^<]+)</.exec(part)?.groups?.['title']).toBe(link?.['title']);
    }
    const sections = html.slice(html.indexOf('</nav>', html.indexOf('contents'))).match(/<h2[ >]/g);
    expect(links).toHaveLength(sections?.length ?? 0);
  });

  test('shows question, rules, roll, phase, and how to check', async () => {
    const { status, headers, html } = await page(election.path(''));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(headers.get('vary')).toBe('Accept, Accept-Language');
    for (const words of [
      '<h1>A vote</h1>',
      'Open for voting',
      'Rehearsal',
      'The motion',
      'Choose exactly 1 of 2.',
      '“For” has to have more than 1/2 of the votes for and against',
      'There is no result yet.',
      `teller verify http://service.test${election.path('')} --anchor ${election.election}`,
      'The registrar, who issues the voting codes, is run by this service itself.',
      `href="${election.path('/record/checkpoint')}"`,
    ]) {
      expect(html).toContain(words);
    }
    expect(html).toMatch(
      /Members<\/th>\s*<td class="number">5<\/td>\s*<td class="number">4<\/td>\s*<td class="number">80\.0 %/,
    );
  });

  test('an address that is nearly right gives a page to browsers, and a problem to programs', async () => {
    for (const path of [election.path('/vot'), election.path('/vote/'), '/desk/', '/nothing']) {
      const { status, headers, html } = await page(path);
      expect(status).toBe(404);
      expect(html).toContain('There is nothing at this address.');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      const told = await service.send('GET', path, undefined, { accept: '*/*' });
      expect(told.json).toMatchObject({ status: 404, code: 'unknown-route' });
    }
    const posted = await service.send('POST', '/nothing', '{}', { accept: 'text/html' });
    expect(posted.json).toMatchObject({ code: 'unknown-route' });
  });

  test('is for browsers: programs get JSON at the same address', async () => {
    for (const accept of ['application/json', '*/*']) {
      const { headers, json } = await service.send('GET', election.path(''), undefined, { accept });
      expect(headers.get('vary')).toBe('Accept, Accept-Language');
      expect(json).toMatchObject({ election: election.election, phase: 'open' });
    }
  });

  test('has no script, no inline style, and a policy that would refuse them', async () => {
    const { headers, html } = await page(election.path(''));
    expect(html).not.toMatch(/<script|\sstyle=|\son[a-z]+=/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    const style = await page(/href="(\/assets\/teller-[^"]+)"/.exec(html)?.[1] ?? '');
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(style.html).toContain('--govuk-text-colour');
  });

  test('every link to a file of the record leads to one', async () => {
    const { html } = await page(election.path(''));
    const links = [...html.matchAll(/href="(?<path>\/elections\/[^"]+\/record\/[^"]+)"/g)];
    expect(links.length).toBeGreaterThan(4);
    for (const { groups } of links) {
      expect((await service.send('GET', groups?.['path'] ?? '')).status).toBe(200);
    }
  });

  test('of an election that there is not is a page too', async () => {
    const { status, html } = await page(`/elections/${'A'.repeat(43)}`);
    expect(status).toBe(404);
    expect(html).toContain('There is no election at this address.');
  });
});

describe('the language', () => {
  const ask = (path: string, accepted: string) =>
    service.send('GET', path, undefined, { accept: 'text/html', 'accept-language': accepted });
  const read = async (path: string, accepted: string): Promise<string> =>
    new TextDecoder().decode((await ask(path, accepted)).bytes);

  test.each([
    ['', 'fr-CA,en;q=0.5', 'fr'],
    ['', 'de, en;q=0.3, fr;q=0.7', 'fr'],
    ['', 'fr;q=0, en', 'en'],
    ['', 'de', 'en'],
    ['?lang=fr', 'en', 'fr'],
    ['?lang=xx', 'fr', 'fr'],
  ])('of %j for %j is %s', async (query, accepted, lang) => {
    expect(await read(election.path(query), accepted)).toContain(`<html lang="${lang}" dir="ltr">`);
  });

  test('that the election does not have is said of its texts', async () => {
    const html = await read(election.path('?lang=fr'), 'en');
    expect(html).toContain('<h1 lang="en">A vote</h1>');
    expect(html).toContain('Vote ouvert');
    expect(html).toContain('80,0 %');
  });

  test('that was chosen stays chosen', async () => {
    expect(await read('/?lang=fr', 'en')).toContain(`href="${election.path('?lang=fr')}"`);
    expect(await read('/', 'fr')).toContain(`href="${election.path('')}"`);
  });
});

test('the index names the elections', async () => {
  const { status, html } = await page('/');
  expect(status).toBe(200);
  expect(html).toContain(`<a href="${election.path('')}">A vote</a>`);
  expect(html).toContain('5 voters');
});
