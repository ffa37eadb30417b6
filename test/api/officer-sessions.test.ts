/** Officers signed in at the desk: how long a session lasts, what ends it, and what a page elsewhere cannot do with it (P3). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { IDLE_SECONDS, LONGEST_SECONDS, MOST_SESSIONS } from '../../src/api/officers/sessions.ts';
import { hashOfficerKey } from '../../src/api/service-keys.ts';
import type { Answer } from './api-elections.ts';
import { cookieOf, ORIGIN, secondOfficerKey, signInWithKey } from './desk-requests.ts';
import { fileService } from './file-service.ts';

const api = fileService();
const second = secondOfficerKey(api);
beforeEach(() => {
  // A minute of its own for each test.
  api.clock.now += 60;
});

const signIn = (key: string, headers: Record<string, string> = {}): Promise<Answer> =>
  signInWithKey(api, key, headers);

const signedIn = async (key = api.officerKey): Promise<string> => cookieOf(await signIn(key));

const ask = (cookie: string, method = 'GET', path = '/officers/session', origin = ORIGIN): Promise<Answer> =>
  api.send(method, path, undefined, { cookie, ...(method === 'GET' || origin === '' ? {} : { origin }) });

/** What an officer may do and nobody else: an answer other than 401 means that the officer is known. */
const act = (cookie: string, origin = ORIGIN): Promise<Answer> =>
  api.send('POST', '/elections', '{}', { cookie, ...(origin === '' ? {} : { origin }) });

describe('signing in by the officer’s key', () => {
  test('gives a cookie for this host alone, over https alone, that no script and no other site can use', async () => {
    const answer = await signIn(api.officerKey);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      officer: hashOfficerKey(api.officerKey),
      ends: api.clock.now + LONGEST_SECONDS,
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-desk=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await ask(cookieOf(answer))).json).toEqual({ officer: hashOfficerKey(api.officerKey) });
  });

  test('opens the routes of officers, and tells two officers apart', async () => {
    const [one, two] = [await signedIn(), await signedIn(second)];
    expect((await act(one)).status).toBe(400);
    expect((await act('')).json['code']).toBe('not-signed-in');
    expect((await ask(two)).json).toEqual({ officer: hashOfficerKey(second) });
    expect((await api.send('GET', '/registrar/changes', undefined, { cookie: two })).status).toBe(200);
  });

  test('shows what no cache may keep', async () => {
    const cookie = await signedIn();
    for (const path of ['/officers/session', '/officers/passkeys', '/registrar/changes', '/registrar/rolls'])
      expect((await ask(cookie, 'GET', path)).headers.get('cache-control')).toBe('no-store');
  });

  test('refuses every other key alike', async () => {
    for (const key of ['', 'A'.repeat(43), `${api.officerKey}A`, hashOfficerKey(api.officerKey)]) {
      const answer = await signIn(key);
      expect(answer.json['code']).toBe('sign-in-failed');
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  test('a key that is sent is not taken for the cookie’s officer', async () => {
    const cookie = await signedIn();
    const answer = await api.send('GET', '/officers/session', undefined, {
      cookie,
      authorization: `Bearer ${'A'.repeat(43)}`,
    });
    expect(answer.json['code']).toBe('not-signed-in');
  });

  test('keeps no cookie in the database', async () => {
    const token = (await signedIn()).split('=')[1] ?? '';
    expect(token.length).toBe(43);
    for (const file of ['officers.sqlite', 'officers.sqlite-wal']) {
      const bytes = readFileSync(join(api.dataDir, file));
      expect(bytes.includes(token)).toBe(false);
      expect(bytes.includes(Buffer.from(token, 'base64url'))).toBe(false);
    }
    expect(api.reports.join()).not.toContain(token);
  });
});

describe('a session', () => {
  test('ends when nobody uses it for half an hour', async () => {
    const cookie = await signedIn();
    api.clock.now += IDLE_SECONDS - 1;
    expect((await ask(cookie)).status).toBe(200);
    api.clock.now += IDLE_SECONDS - 1;
    expect((await ask(cookie)).status).toBe(200);
    api.clock.now += IDLE_SECONDS;
    expect((await ask(cookie)).json['code']).toBe('not-signed-in');
    api.clock.now -= IDLE_SECONDS;
    expect((await ask(cookie)).json['code']).toBe('not-signed-in');
  });

  test('ends after twelve hours even in use', async () => {
    const cookie = await signedIn();
    const started = api.clock.now;
    while (api.clock.now + 1200 < started + LONGEST_SECONDS) {
      api.clock.now += 1200;
      expect((await ask(cookie)).status).toBe(200);
    }
    api.clock.now = started + LONGEST_SECONDS;
    expect((await ask(cookie)).json['code']).toBe('not-signed-in');
  });

  test('ends when the officer signs out, and no other with it', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const out = await ask(here, 'DELETE');
    expect(out.status).toBe(200);
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-desk=; Max-Age=0/);
    expect((await ask(here)).status).toBe(401);
    expect((await ask(there)).status).toBe(200);
  });

  test('ends everywhere when the officer says so, for that officer alone', async () => {
    const [here, there, other] = [await signedIn(), await signedIn(), await signedIn(second)];
    expect((await ask(here, 'DELETE', '/officers/sessions')).status).toBe(200);
    for (const cookie of [here, there]) expect((await ask(cookie)).status).toBe(401);
    expect((await ask(other)).status).toBe(200);
  });

  test('ends when its browser signs in again, whoever does; no other does', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const anew = await signIn(second, { cookie: here });
    expect((await ask(here)).status).toBe(401);
    expect((await ask(there)).status).toBe(200);
    expect((await ask(cookieOf(anew))).json).toEqual({ officer: hashOfficerKey(second) });
  });

  test('goes on when somebody fails to sign in beside it', async () => {
    const cookie = await signedIn();
    expect((await signIn('A'.repeat(43), { cookie })).status).toBe(401);
    expect((await ask(cookie)).status).toBe(200);
  });

  test('is one of few: the one that was not used for longest makes room, of that officer alone', async () => {
    const other = await signedIn(second);
    const cookies: string[] = [];
    for (let n = 0; n < MOST_SESSIONS; n++) {
      cookies.push(await signedIn());
      api.clock.now += 60;
    }
    const [first = '', oldest = '', ...later] = cookies;
    expect((await ask(first)).status).toBe(200);
    const last = await signedIn();
    expect((await ask(oldest)).json['code']).toBe('not-signed-in');
    for (const cookie of [first, ...later, last, other]) expect((await ask(cookie)).status).toBe(200);
  });

  test('is no other’s: a guessed or changed cookie is nobody', async () => {
    const cookie = await signedIn();
    for (const other of [`${cookie}A`, cookie.slice(0, -1), `__Host-desk=${'A'.repeat(43)}`, '__Host-desk='])
      expect((await ask(other)).status).toBe(401);
    expect((await ask(cookie.replace('__Host-', ''))).status).toBe(401);
  });
});

describe('a page elsewhere', () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a neighbouring site', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }],
    ['no origin at all', {}],
  ])('cannot act with the cookie of an officer: %s', async (_, headers) => {
    const cookie = await signedIn();
    const answer = await api.send('POST', '/elections', '{}', { cookie, ...headers });
    expect(answer.json['code']).toBe('wrong-origin');
    const out = await api.send('DELETE', '/officers/sessions', undefined, { cookie, ...headers });
    expect(out.json['code']).toBe('wrong-origin');
    expect((await ask(cookie)).status).toBe(200);
  });

  test('cannot sign an officer in', async () => {
    expect((await signIn(api.officerKey, { origin: 'https://evil.example' })).json['code']).toBe(
      'wrong-origin',
    );
  });
});

test('an address that fails too often waits for the next minute; programs with a key do not', async () => {
  api.clock.now += 60 - (api.clock.now % 60);
  const wrong = 'A'.repeat(43);
  for (let n = 0; n < 10; n++) expect((await signIn(wrong)).json['code']).toBe('sign-in-failed');
  const refused = await signIn(api.officerKey);
  expect(refused.json['code']).toBe('too-many-failures');
  expect(refused.headers.get('retry-after')).toBe('60');
  const program = await api.send('GET', '/officers/session', undefined, {
    authorization: `Bearer ${api.officerKey}`,
  });
  expect(program.status).toBe(200);
  api.clock.now += 60;
  expect((await signIn(api.officerKey)).status).toBe(200);
});
