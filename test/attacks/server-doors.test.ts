/**
 * What a stranger sends to every address that changes something: without a session, with one that is over or another
 * service's, from a page elsewhere, in another form than is read. The table names every such address of the service,
 * so that a new one is not forgotten.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { LONGEST_SECONDS } from '../../src/api/officers/sessions.ts';
import { PROBLEM_CODES } from '../../src/api/problem.ts';
import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { fromUtf8 } from '../../src/crypto/bytes.ts';
import { type Answer, ApiElection, expectCreated, OPENS } from '../api/api-elections.ts';
import { cookieOf, ORIGIN, signInWithKey } from '../api/desk-requests.ts';
import { fileService } from '../api/file-service.ts';
import { type Options, PasskeyDevice } from '../api/passkey-device.ts';

type Who = 'officer' | 'anybody';
type Body = 'json' | 'csv' | 'bytes' | 'none';
type Door = readonly [route: string, who: Who, body: Body];

const DOORS: readonly Door[] = [
  ['POST /elections', 'officer', 'json'],
  ['POST /elections/:election/entries', 'anybody', 'json'],
  ['POST /elections/:election/close', 'officer', 'none'],
  ['POST /elections/:election/tally', 'officer', 'none'],
  ['POST /elections/:election/ballots', 'anybody', 'json'],
  ['POST /elections/:election/checks', 'anybody', 'json'],
  ['PUT /elections/:election/mail/:sha256', 'anybody', 'bytes'],
  ['POST /elections/:election/disputes', 'anybody', 'json'],
  ['POST /elections/:election/proposals', 'officer', 'json'],
  ['POST /elections/:election/proposals/:proposal/signature', 'officer', 'json'],
  ['DELETE /elections/:election/proposals/:proposal', 'officer', 'none'],
  ['POST /registrar/rolls', 'officer', 'csv'],
  ['POST /registrar/check', 'officer', 'csv'],
  ['POST /registrar/proposal', 'officer', 'csv'],
  ['POST /registrar/proposal/:proposal/approval', 'officer', 'none'],
  ['DELETE /registrar/proposal/:proposal', 'officer', 'none'],
  ['POST /registrar/elections', 'officer', 'json'],
  ['POST /registrar/elections/:election/tokens/export', 'officer', 'json'],
  ['DELETE /registrar/elections/:election/tokens', 'officer', 'none'],
  ['POST /registrar/elections/:election/roll', 'officer', 'json'],
  ['POST /registrar/elections/:election/replacements', 'officer', 'json'],
  ['POST /officers/session', 'anybody', 'json'],
  ['DELETE /officers/session', 'officer', 'none'],
  ['DELETE /officers/sessions', 'officer', 'none'],
  ['POST /officers/session/challenge', 'anybody', 'none'],
  ['POST /officers/session/passkey', 'anybody', 'json'],
  ['POST /officers/passkeys/challenge', 'officer', 'none'],
  ['POST /officers/passkeys', 'officer', 'json'],
  ['DELETE /officers/passkeys/:passkey', 'officer', 'none'],
];
const officers = DOORS.filter(([, who]) => who === 'officer').map(([route]) => route);
const taking = (...bodies: readonly Body[]): string[] =>
  DOORS.filter(([, , body]) => bodies.includes(body)).map(([route]) => route);

const HASH = 'A'.repeat(43);
const api = fileService();
const elsewhere = fileService();
let election: ApiElection;
/** Cookies of a session, of one that is over, and of another service. */
let session = '';
let over = '';
let theirs = '';
/** What is well formed at each address that takes JSON. */
let bodies: Readonly<Record<string, object>>;

beforeAll(async () => {
  api.clock.now = OPENS - LONGEST_SECONDS;
  over = cookieOf(await signInWithKey(api, api.officerKey));
  api.clock.now = OPENS;
  session = cookieOf(await signInWithKey(api, api.officerKey));
  theirs = cookieOf(await signInWithKey(elsewhere, elsewhere.officerKey));
  election = await ApiElection.openRecorded(api, 3);
  bodies = await wellFormed();
});

async function wellFormed(): Promise<Readonly<Record<string, object>>> {
  const act = await election.sign('act', 'officer', { act: { kind: 'incident', text: 'Rain.' } });
  const device = new PasskeyDevice(ORIGIN);
  const { json } = await api.send('POST', '/officers/passkeys/challenge', undefined, election.bearer);
  const created = device.create(json as unknown as Options);
  const manifest = election.manifestEntry(await election.plan({ mode: 'recorded', voters: 3 }));
  const { entry: ballot } = election.ballot(0, 'for');
  const { seen } = act;
  const receipt = { receipt: null, ballot: null, found: null };
  const dispute = {
    v: 1,
    election: election.election,
    about: 'other',
    text: 'Rain.',
    voter: null,
    ...receipt,
  };
  const proof = { ctx: HASH, P: ballot.body.P, F: HASH, proof: 'A'.repeat(86) };
  const { sigs: _, ...bare } = ballot as typeof ballot & { sigs?: undefined };
  return {
    'POST /elections': { entry: manifest, blobs: [] },
    'POST /elections/:election/entries': { entry: act, blobs: [] },
    'POST /elections/:election/ballots': ballot,
    'POST /elections/:election/checks': { ...bare, type: 'check', body: proof },
    'POST /elections/:election/disputes': dispute,
    'POST /elections/:election/proposals': { entry: act, blobs: [] },
    'POST /elections/:election/proposals/:proposal/signature': { i: 2, sig: 'A'.repeat(86) },
    'POST /registrar/elections': {
      manifest,
      roll: 1,
      colleges: [{ college: 'members', of: 'members', body: null }],
    },
    'POST /registrar/elections/:election/tokens/export': { again: false },
    'POST /registrar/elections/:election/roll': { seen },
    'POST /registrar/elections/:election/replacements': {
      person: '1',
      college: 'members',
      substitute: null,
      ctx: HASH,
      seen,
      old: null,
    },
    'POST /officers/session': { key: HASH },
    'POST /officers/session/passkey': { response: device.get(json as unknown as Options, { user: 'AAAA' }) },
    'POST /officers/passkeys': { label: 'telephone', response: created },
  };
}

type Headers = Readonly<Record<string, string>>;

function knock(route: string, headers: Headers, body?: string): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const at = path.replace(':election', election.election).replace(':roll', '1').replace(/:\w+/, HASH);
  return api.send(method, at, body, headers);
}

/** Whoever may send something there. */
const allowed = (route: string): Headers => (officers.includes(route) ? election.bearer : {});
/** In canonical form, as ballots and checks have to be. */
const textOf = (route: string): string => fromUtf8(encodeCanonical((bodies[route] ?? {}) as Json));

function expectRefused({ status, headers, json }: Answer, code: string, field?: string): void {
  expect(json).toMatchObject({ code, status, ...(field === undefined ? {} : { field }) });
  expect(PROBLEM_CODES).toContain(code);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('set-cookie')).toBeNull();
}

/** What needs an officer, as the OpenAPI document says. */
async function guardedRoutes(): Promise<string[]> {
  const { json } = await api.send('GET', '/openapi.json');
  const paths = json['paths'] as Record<string, Record<string, { security?: unknown }>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security }]) =>
      security === undefined ? [] : [`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`],
    ),
  );
}

test('the table has every address that changes something, and who may', async () => {
  const changing = api.service.app.routes
    .filter(({ method }) => !['GET', 'ALL'].includes(method))
    .map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(changing)].toSorted()).toEqual(DOORS.map(([route]) => route).toSorted());
  const guarded = await guardedRoutes();
  expect(guarded.filter((route) => !route.startsWith('GET')).toSorted()).toEqual(officers.toSorted());
});

test('what officers alone may read is shown to no stranger', async () => {
  const routes = (await guardedRoutes()).filter((route) => route.startsWith('GET'));
  expect(routes).toContain('GET /registrar/changes');
  for (const route of routes) {
    for (const headers of [{}, { authorization: `Bearer ${HASH}` }, { cookie: over }])
      expectRefused(await knock(route, headers), 'not-signed-in');
    expect((await knock(route, { cookie: session })).json['code'], route).not.toBe('not-signed-in');
  }
});

describe('what needs an officer', () => {
  test.each(officers)('%s is closed to strangers', async (route) => {
    const before = await election.seen();
    const body = route in bodies ? textOf(route) : undefined;
    const key = (officerKey: string): Headers => ({ authorization: `Bearer ${officerKey}` });
    const strangers: Headers[] = [
      {},
      key(HASH),
      key(elsewhere.officerKey),
      { authorization: api.officerKey },
      { cookie: `__Host-desk=${HASH}`, origin: ORIGIN },
      { cookie: theirs, origin: ORIGIN },
      { cookie: over, origin: ORIGIN },
      { cookie: session.replace('__Host-', ''), origin: ORIGIN },
      { ...key(HASH), cookie: session, origin: ORIGIN },
    ];
    for (const headers of strangers) expectRefused(await knock(route, headers, body), 'not-signed-in');
    const pages: Headers[] = [
      { cookie: session },
      { cookie: session, origin: 'https://evil.example' },
      { cookie: session, origin: 'null' },
      { cookie: session, origin: ORIGIN, 'sec-fetch-site': 'same-site' },
      { ...election.bearer, origin: 'https://evil.example' },
    ];
    for (const headers of pages) expectRefused(await knock(route, headers, body), 'wrong-origin');
    expect(await election.seen()).toEqual(before);
  });

  test('and nothing of that ended the officer’s session', async () => {
    const answer = await api.send('GET', '/officers/session', undefined, { cookie: session });
    expect(answer.status).toBe(200);
  });
});

describe('JSON', () => {
  test.each(taking('json'))('%s takes one form', async (route) => {
    const before = await election.seen();
    const text = textOf(route);
    const [first = ''] = Object.keys(bodies[route] ?? {});
    const ask = (body: string, headers: Headers = {}) =>
      knock(route, { ...allowed(route), ...headers }, body);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'json'])
      expectRefused(await ask(text, { 'content-type': type }), 'unsupported-media-type');
    for (const other of ['', '{', `${text}}`, `${text},`, text.slice(1)])
      expectRefused(await ask(other), 'bad-json');
    for (const other of ['null', '[]', '7', `[${text}]`, '"x"']) expectRefused(await ask(other), 'bad-field');
    expectRefused(await ask(`${text.slice(0, -1)},"stranger":1}`), 'bad-field', 'stranger');
    expectRefused(await ask(text, { 'content-length': String(2 ** 40) }), 'body-too-large');
    const twice = await ask(`${text.slice(0, -1)},${JSON.stringify(first)}:null}`);
    expectRefused(twice, 'bad-field', first);
    expect(await election.seen()).toEqual(before);
  });

  test.each(taking('json'))(
    '%s takes no key twice, with the same value or spelt otherwise',
    async (route) => {
      const text = textOf(route);
      const [[first, value] = ['', null]] = Object.entries(bodies[route] ?? {});
      const spelt = `"\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}${first.slice(1)}"`;
      // A ballot or a check has one canonical form, to the byte.
      const isPublished = /ballots|checks/.test(route);
      for (const name of [`"${first}"`, spelt]) {
        const answer = await knock(
          route,
          allowed(route),
          `{${name}:${JSON.stringify(value)},${text.slice(1)}`,
        );
        if (isPublished) expectRefused(answer, 'not-canonical');
        else expectRefused(answer, 'bad-field', first);
      }
    },
  );

  test('is refused for its form only where its form is at fault', async () => {
    expect(Object.keys(bodies).toSorted()).toEqual(taking('json').toSorted());
    const FORM = ['bad-json', 'bad-field', 'not-canonical', 'unsupported-media-type', 'body-too-large'];
    for (const route of taking('json')) {
      const { json } = await knock(route, allowed(route), textOf(route));
      expect(FORM, `${route}: ${JSON.stringify(json)}`).not.toContain(json['code']);
    }
  });
});

test.each(taking('csv', 'bytes'))('%s takes no other type, and not too much', async (route) => {
  const type = route.startsWith('PUT') ? 'application/octet-stream' : 'text/csv';
  for (const other of ['application/json', 'text/html', 'multipart/form-data'])
    expectRefused(
      await knock(route, { ...allowed(route), 'content-type': other }, 'a,b'),
      'unsupported-media-type',
    );
  const headers = { ...allowed(route), 'content-type': type, 'content-length': String(2 ** 40) };
  expectRefused(await knock(route, headers, 'a,b'), 'body-too-large');
});

test('an officer of another election enters nothing', async () => {
  const other = await ApiElection.openRecorded(api, 3);
  const act = { act: { kind: 'incident', text: 'Snow.' } } as const;
  const before = await election.seen();
  // Made for the other election, and signed by its officer.
  expectRefused(await election.submit(await other.sign('act', 'officer', act)), 'bad-signature');
  const own = await election.sign('act', 'officer', act);
  const theirs = await other.sign('act', 'officer', act);
  const forged = await election.submit({ ...own, sigs: theirs.sigs });
  expectRefused(forged, 'bad-signature', 'entry.sigs[0].sig');
  expect(await election.seen()).toEqual(before);
  expectCreated(await election.submit(own));
});

test('none of it is a fault of the service', () => {
  expect([...api.reports, ...elsewhere.reports].filter((line) => line.startsWith('fault'))).toEqual([]);
});
