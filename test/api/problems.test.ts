/** Errors: every one is a problem with a code of the list, names the field, and leaves everything as it was. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { PROBLEM_CODES, PROBLEMS } from '../../src/api/problem.ts';
import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { type Answer, ApiElection, expectCreated } from './api-elections.ts';
import { fileService } from './file-service.ts';

const RUNS = process.env['SLOW'] === '1' ? 3000 : 150;

const api = fileService();
let election: ApiElection;
beforeAll(async () => {
  election = await ApiElection.openRecorded(api, 4);
  expectCreated(await election.cast(election.ballot(0, 'for')));
});

/** Whether the answer is a problem as RFC 9457 and the list of codes have it. */
function checkProblem({ status, headers, json }: Answer): void {
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(PROBLEM_CODES).toContain(json['code']);
  const code = json['code'] as keyof typeof PROBLEMS;
  expect(json).toMatchObject({ type: `urn:teller:problem:${code}`, ...PROBLEMS[code] });
  expect(status).toBe(PROBLEMS[code].status);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
}

const JSON_TYPE = { 'content-type': 'application/json' };
const path = (rest: string): string => election.path(rest);

describe('requests that are refused', () => {
  const HASH = 'A'.repeat(43);
  test.each<[string, () => Promise<Answer>, number, string, string?]>([
    ['an unknown route', () => api.send('GET', '/nothing'), 404, 'unknown-route'],
    ['a method that is not there', () => api.send('DELETE', path('')), 405, 'method-not-allowed'],
    ['no sign-in', () => api.send('POST', '/elections', '{}'), 401, 'not-signed-in'],
    [
      'a wrong key',
      () => api.send('POST', '/elections', '{}', { authorization: `Bearer ${HASH}` }),
      401,
      'not-signed-in',
    ],
    ['closing without sign-in', () => api.send('POST', path('/close')), 401, 'not-signed-in'],
    ['a tally without sign-in', () => api.send('POST', path('/tally')), 401, 'not-signed-in'],
    [
      'a tally before the closing',
      () => api.send('POST', path('/tally'), undefined, election.bearer),
      409,
      'too-early',
    ],
    ['no JSON', () => api.send('POST', path('/ballots'), '{"v":1'), 400, 'bad-json'],
    ['an empty body', () => api.send('POST', path('/ballots'), ''), 400, 'bad-json'],
    [
      'a form',
      () =>
        api.send('POST', path('/ballots'), 'v=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported-media-type',
    ],
    ['a list', () => api.send('POST', path('/ballots'), '[]'), 400, 'bad-field', ''],
    ['nothing but braces', () => api.send('POST', path('/ballots'), '{}'), 400, 'bad-field', 'v'],
    [
      'deep nesting',
      () => api.send('POST', path('/ballots'), '['.repeat(60_000) + ']'.repeat(60_000)),
      400,
      'bad-field',
    ],
    [
      'a body too large',
      () => api.send('POST', path('/ballots'), JSON.stringify('x'.repeat(200_000))),
      413,
      'body-too-large',
    ],
    ['an unknown election', () => api.send('GET', `/elections/${HASH}`), 404, 'unknown-election', 'election'],
    ['no name of an election', () => api.send('GET', '/elections/0'), 400, 'bad-field', 'election'],
    ['an unknown credential', () => api.send('GET', path(`/heads/${HASH}`)), 404, 'unknown-credential', 'P'],
    ['an unknown receipt', () => api.send('GET', path(`/receipts/${HASH}`)), 404, 'unknown-entry', 'leaf'],
    ['no voter number', () => api.send('GET', path('/voters/01/counting')), 400, 'bad-field', 'voter'],
    ['an unknown tile', () => api.send('GET', path('/record/tile/0/001')), 404, 'unknown-resource'],
    [
      'a wider tile than the tree',
      () => api.send('GET', path('/record/tile/0/000.p/200')),
      404,
      'unknown-resource',
    ],
    [
      'a path out of the record',
      () => api.send('GET', path('/record/..%2f..%2fofficer-key')),
      404,
      'unknown-resource',
    ],
    ['an unknown blob', () => api.send('GET', path(`/record/blob/${HASH}`)), 404, 'unknown-resource'],
    ['unknown mail', () => api.send('GET', path(`/mail/${HASH}`)), 404, 'unknown-mail', 'sha256'],
    [
      'mail that nobody dealt',
      () => api.send('PUT', path(`/mail/${HASH}`), 'x', { 'content-type': 'application/octet-stream' }),
      404,
      'unknown-mail',
      'sha256',
    ],
    [
      'mail of another type',
      () => api.send('PUT', path(`/mail/${HASH}`), 'x'),
      415,
      'unsupported-media-type',
    ],
    [
      'mail too large',
      () =>
        api.send('PUT', path(`/mail/${HASH}`), 'x'.repeat(10_001), {
          'content-type': 'application/octet-stream',
        }),
      413,
      'body-too-large',
    ],
    [
      'a reserved type',
      () => api.send('POST', path('/entries'), '{"entry":{"type":"possession"},"blobs":[]}'),
      422,
      'unsupported-type',
      'entry.type',
    ],
    [
      'an unknown type',
      () => api.send('POST', path('/entries'), '{"entry":{"type":"vote"},"blobs":[]}'),
      400,
      'bad-field',
      'entry.type',
    ],
  ])('%s', async (_, ask, status, code, field) => {
    const before = await election.seen();
    const answer = await ask();
    checkProblem(answer);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    if (field !== undefined) expect(answer.json['field']).toBe(field);
    expect(await election.seen()).toEqual(before);
  });

  test('a large upload without an officer’s key; with one it is read', async () => {
    const large = `{"entry":{},"blobs":["${'A'.repeat(9 * 2 ** 20)}"]}`;
    expect((await api.send('POST', path('/entries'), large)).json).toMatchObject({ code: 'body-too-large' });
    expect((await api.send('POST', path('/entries'), large, election.bearer)).json).toMatchObject({
      code: 'bad-field',
    });
  });

  test('a ballot that is not in canonical form', async () => {
    const { bytes } = election.ballot(1, 'for');
    const answer = await api.send('POST', path('/ballots'), ` ${new TextDecoder().decode(bytes)}`);
    expect(answer.json).toMatchObject({ status: 400, code: 'not-canonical' });
    const doubled = new TextDecoder().decode(bytes).replace('"ext":{}', '"ext":{},"ext":{}');
    expect((await api.send('POST', path('/ballots'), doubled)).json).toMatchObject({ code: 'not-canonical' });
  });

  test('a ballot of somebody who is not on the roll (R3)', async () => {
    const { entry } = election.ballot(1, 'for');
    const P = toBase64Url(new Uint8Array(32).fill(7));
    const answer = await api.send(
      'POST',
      path('/ballots'),
      encodeCanonical({ ...entry, body: { ...entry.body, P } }),
    );
    expect(answer.json).toMatchObject({ code: 'not-on-roll', field: 'body.P' });
  });

  test('an entry that its role has not signed', async () => {
    const entry = await election
      .sign('roll', 'officer', {
        root: 'A'.repeat(43),
        size: 1,
        colleges: [],
        blob: { sha256: 'A'.repeat(43), bytes: 1 },
      })
      .catch(() => undefined);
    if (entry === undefined) throw new Error('not made');
    expect((await election.submit(entry)).json).toMatchObject({
      code: 'bad-field',
      field: 'entry.body.colleges',
    });
    const colleges = [{ id: 'members', size: 1 }];
    const unlike = { ...entry, body: { ...entry.body, colleges } };
    expect((await election.submit(unlike)).json).toMatchObject({ code: 'bad-blob', field: 'blobs' });
    const opening = await election.sign('opening', 'registrar', {
      manifest: election.election,
      attempt: null,
      opens: 1,
      results: [],
      key: null,
      shares: [],
      transcript: null,
      roll: { root: 'A'.repeat(43), size: 1 },
      notice: null,
    });
    expect((await election.submit(opening)).json).toMatchObject({
      code: 'bad-signature',
      field: 'entry.sigs[0].role',
    });
    expect((await election.submit(opening, [new Uint8Array(1)])).json).toMatchObject({
      code: 'bad-blob',
      field: 'blobs[0]',
    });
  });

  test('a roll that breaks a rule, and one that is there already', async () => {
    const other = new ApiElection(api.send, api.officerKey);
    expectCreated(await other.publish(await other.plan({ mode: 'recorded', voters: 3 })));
    const blob = encodeCanonical({ v: 1, election: other.election, bodies: [], counts: [], lines: [] });
    const sha256 = toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(blob))));
    const body = {
      root: 'A'.repeat(43),
      size: 1,
      colleges: [{ id: 'members', size: 1 }],
      blob: { sha256, bytes: blob.length },
    };
    const answer = await other.submit(await other.sign('roll', 'registrar', body), [blob]);
    expect(answer.json).toMatchObject({ code: 'bad-roll', field: 'blobs[0]' });
    expectCreated(await other.enrol(3));
    expect((await other.enrol(3)).json).toMatchObject({ code: 'out-of-order', reason: 'duplicate' });
  });

  test('a manifest of another service, one without its texts, one that contradicts itself', async () => {
    const other = new ApiElection(api.send, api.officerKey);
    const plan = await other.plan({ mode: 'recorded', voters: 3 });
    const boxes = [toBase64Url(new Uint8Array(32).fill(1))];
    const rolesOfOther = await other.plan({
      mode: 'recorded',
      voters: 3,
      change: (body) => ({ ...body, roles: { ...body.roles, boxes } }),
    });
    expect((await other.publish(rolesOfOther)).json['code']).toMatch(/wrong-keys|bad-manifest/);
    const entry = other.manifestEntry(plan);
    const bare = await api.send('POST', '/elections', encodeCanonical({ entry, blobs: [] }), other.bearer);
    expect(bare.json).toMatchObject({ code: 'bad-blob', field: 'blobs' });
    const unsigned = { ...entry, body: { ...entry.body, kind: 'petition' as const } };
    const forged = await api.send(
      'POST',
      '/elections',
      encodeCanonical({ entry: unsigned, blobs: [] }),
      other.bearer,
    );
    expect(forged.json).toMatchObject({ code: 'bad-signature' });
    expect((await other.publish({ ...plan, kind: 'petition' })).json).toMatchObject({
      code: 'bad-manifest',
      field: 'entry.body.contests[0].shape.kind',
      detail: 'a petition asks for support',
    });
    const twice = { ...plan, contests: [...plan.contests, ...plan.contests] };
    expect((await other.publish(twice)).json).toMatchObject({
      code: 'bad-manifest',
      field: expect.stringContaining('entry.body.contests') as string,
    });
  });
});

describe('fuzzing', () => {
  const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

  /** A real ballot in which one thing is not what it was. */
  function broken(): fc.Arbitrary<string> {
    const { entry } = election.ballot(2, 'for');
    const keys = Object.keys(entry.body);
    return fc.oneof(
      json.map((value) => JSON.stringify(value)),
      fc.string({ maxLength: 300 }),
      fc
        .tuple(fc.constantFrom(...keys), json)
        .map(([key, value]) => JSON.stringify({ ...entry, body: { ...entry.body, [key]: value } })),
      fc
        .tuple(fc.constantFrom('v', 'type', 'election', 'ext', 'body'), json)
        .map(([key, value]) => JSON.stringify({ ...entry, [key]: value })),
      fc
        .tuple(fc.string(), json)
        .map(([key, value]) => JSON.stringify({ ...entry, body: { ...entry.body, [`x${key}`]: value } })),
      fc.constantFrom(...keys).map((key) =>
        JSON.stringify({
          ...entry,
          body: Object.fromEntries(Object.entries(entry.body).filter(([name]) => name !== key)),
        }),
      ),
    );
  }

  test('no body gets anything but a problem, and nothing changes', async () => {
    const before = await election.seen();
    const paths = ['/ballots', '/checks', '/entries', '/close', '/tally'].map(path).concat('/elections');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), broken(), fc.boolean(), async (to, body, signedIn) => {
        // The officer may close, whatever the body says: that one is not asked for here.
        const headers = signedIn && !to.endsWith('/close') ? { ...JSON_TYPE, ...election.bearer } : JSON_TYPE;
        checkProblem(await api.send('POST', to, body, headers));
      }),
      { numRuns: RUNS },
    );
    expect(await election.seen()).toEqual(before);
    expect(api.reports.filter((line) => line.startsWith('fault'))).toEqual([]);
  });
});

describe('the list of codes', () => {
  test('is the one of docs/api-errors.md', () => {
    const page = readFileSync(new URL('../../docs/api-errors.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (.+?) \|$/gm)].map(
      ([, code, status, title]) => [code, Number(status), title],
    );
    expect(rows).toEqual(Object.entries(PROBLEMS).map(([code, { status, title }]) => [code, status, title]));
  });
});
