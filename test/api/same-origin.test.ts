/** Who may have a browser send something here: pages of this service alone (Fetch §3.2, Fetch Metadata §2). */
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { newApplication } from '../../src/api/application.ts';
import { sameOrigin } from '../../src/api/same-origin.ts';

const app = newApplication(() => undefined);
app.use(sameOrigin(() => 'https://vote.example.org/'));
app.route(
  '/',
  new Hono().all('/act', (c) => c.text('done')),
);

const send = async (method: string, headers: Record<string, string>): Promise<number> =>
  (await app.request('http://inside:8080/act', { method, headers })).status;

describe('what changes something', () => {
  test.each([
    ['a program', {}, 200],
    ['a page of the address that members see', { origin: 'https://vote.example.org' }, 200],
    ['a page of the address that the server sees', { origin: 'http://inside:8080' }, 200],
    ['a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['a page elsewhere on the same host', { origin: 'https://vote.example.org:8443' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['something that is no origin', { origin: 'vote.example.org' }, 403],
    ['a link elsewhere', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbouring site', { 'sec-fetch-site': 'same-site', origin: 'https://vote.example.org' }, 403],
    ['its own page', { 'sec-fetch-site': 'same-origin', origin: 'https://vote.example.org' }, 200],
    ['the address bar', { 'sec-fetch-site': 'none' }, 200],
  ])('is answered to %s %j with %d', async (_, headers, status) => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect(await send(method, headers)).toBe(status);
  });
});

test('reading is free to all', async () => {
  expect(await send('GET', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(200);
});
