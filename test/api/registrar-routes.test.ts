import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newApplication } from '../../src/api/application.ts';
import { Registrar } from '../../src/api/registrar/registrar.ts';
import { registrarRoutes } from '../../src/api/registrar/registrar-routes.ts';
import { fromBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey } from '../../src/crypto/ed25519.ts';
import { proposedRoll } from '../../src/officer/proposed-roll.ts';
import { entry } from '../../src/record/entries.ts';
import { signEntry } from '../../src/record/envelope.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { encodeMembershipCsv } from '../../src/roll/membership-csv.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';
import { manifest as faultless } from '../ballot/manifests.ts';

const CSV = encodeMembershipCsv(
  simulateMembership({ seed: 'routes', members: 60, branches: 3, regions: 2, affiliates: 1 }),
);
const faults: string[] = [];
const app = newApplication((line) => void faults.push(line));
let folder: string;
let registrar: Registrar;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'teller-registrar-'));
  registrar = new Registrar(join(folder, 'registrar.sqlite'), () => 1_800_000_000);
  app.route(
    '/registrar',
    registrarRoutes(registrar, (c) => {
      const [, key = ''] = /^Bearer (.*)$/.exec(c.req.header('authorization') ?? '') ?? [];
      return key === 'key' || key === 'second' ? key : null;
    }),
  );
});

afterAll(() => {
  registrar.close();
  rmSync(folder, { recursive: true });
});

const signedIn = { authorization: 'Bearer key' };

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = signedIn,
) {
  const text = typeof body === 'string';
  const type = { 'content-type': text ? 'text/csv; charset=utf-8' : 'application/json' };
  return app.request(`/registrar${path}`, {
    method,
    headers: { ...(body === undefined ? {} : type), ...headers },
    ...(body === undefined ? {} : { body: text ? body : JSON.stringify(body) }),
  });
}

async function problemOf(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return response.json();
}

test('from a file to tokens and the signed roll', async () => {
  const { key } = (await (await call('GET', '/key', undefined, {})).json()) as { key: string };
  expect(await (await call('GET', '/rolls')).json()).toEqual({ latest: null });
  const checked = (await (await call('POST', '/check', CSV)).json()) as object;
  expect(await (await call('GET', '/rolls')).json()).toEqual({ latest: null });
  const imported = await call('POST', '/rolls', CSV);
  expect(imported.status).toBe(200);
  const latest = { roll: 1, ...checked };
  expect(await (await call('GET', '/rolls')).json()).toEqual({ latest });
  const { bodies } = (await (await call('GET', '/rolls/1/bodies')).json()) as {
    bodies: { members: number }[];
  };
  expect(bodies.some(({ members }) => members > 0)).toBe(true);
  expect(await (await call('GET', '/rolls/1')).json()).toEqual(await imported.json());

  const body = {
    ...faultless,
    roles: { ...faultless.roles, registrars: [key] },
    colleges: faultless.colleges.map((college) => ({ ...college, weights: [1] })),
  };
  const officer = parseSigningKey(new Uint8Array(32).fill(1));
  const manifest = signEntry<'manifest'>({ v: 1, type: 'manifest', body, ext: {} }, 'officer', 1, officer);
  const colleges = [
    { college: 'members', of: 'members', body: null },
    { college: 'delegates', of: 'delegates', body: null },
  ];
  const issued = await call('POST', '/elections', { manifest, roll: 1, colleges });
  const summary = (await issued.json()) as { election: string; colleges: unknown };
  expect([issued.status, summary.colleges]).toMatchObject([
    200,
    [{ id: 'members', size: 60 }, { id: 'delegates' }],
  ]);
  const election = `/elections/${summary.election}`;
  expect(await (await call('GET', election)).json()).toEqual(summary);

  const nowhere = await call('POST', `${election}/tokens/export`, { again: false, box: 'javascript:1' });
  expect(await problemOf(nowhere)).toMatchObject({ status: 400, field: 'box' });
  const csv = await call('POST', `${election}/tokens/export`, { again: false });
  expect([csv.status, csv.headers.get('content-type'), csv.headers.get('cache-control')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'no-store',
  ]);
  expect((await csv.text()).split('\n').length).toBeGreaterThan(62);
  const again = await call('POST', `${election}/tokens/export`, { again: false });
  expect(await problemOf(again)).toMatchObject({ status: 409, type: 'urn:teller:problem:exported-before' });

  const handed = await call('POST', `${election}/roll`, { seen: { size: 1, root: summary.election } });
  const { entry: rollEntry, blobs } = (await handed.json()) as { entry: unknown; blobs: [string] };
  expect(entry.parse(rollEntry)).toMatchObject({
    type: 'roll',
    body: { blob: nameBlob(fromBase64Url(blobs[0])) },
  });

  expect(await (await call('DELETE', `${election}/tokens`)).json()).toMatchObject({ deleted: 1_800_000_000 });
  const changes = (await (await call('GET', '/changes')).json()) as { changes: unknown[] };
  expect(changes.changes).toHaveLength(5);
});

test('a later file: proposed by one officer, approved by another', async () => {
  const later = CSV.replace('@example.org', '@example.com');
  const refused = await problemOf(await call('POST', '/rolls', later));
  expect(refused).toMatchObject({ status: 409, code: 'roll-exists' });
  const proposed = await call('POST', '/proposal?frozen=1799999999', later);
  const proposal = (await proposed.json()) as { proposal: string };
  expect(proposal).toMatchObject({ frozen: 1_799_999_999, needsSecondOfficer: true });
  expect(proposal).toMatchObject({ difference: { added: [], contact: [expect.stringMatching(/^m/)] } });
  expect(await (await call('GET', '/proposal')).json()).toEqual(proposal);
  // As officers' programs read it: all of it, and nothing that they do not know.
  expect(proposedRoll.parse(proposal)).toEqual(proposal);
  expect(proposedRoll.safeParse({ ...proposal, names: [] }).success).toBe(false);

  const approval = `/proposal/${proposal.proposal}/approval`;
  expect(await problemOf(await call('POST', approval))).toMatchObject({
    status: 409,
    code: 'second-officer-needed',
  });
  const approved = await call('POST', approval, undefined, { authorization: 'Bearer second' });
  expect(await approved.json()).toMatchObject({ roll: 2, frozen: 1_799_999_999 });
  expect(await problemOf(await call('GET', '/proposal'))).toMatchObject({ code: 'unknown-proposal' });

  const again = (await (await call('POST', '/proposal', CSV)).json()) as { proposal: string };
  const withdrawn = await call('DELETE', `/proposal/${again.proposal}`);
  expect(await withdrawn.json()).toEqual({ proposal: again.proposal });
});

describe('refusals', () => {
  test.each([
    ['POST', '/rolls'],
    ['POST', '/proposal'],
    ['GET', '/proposal'],
    ['POST', `/proposal/${'A'.repeat(43)}/approval`],
    ['DELETE', `/proposal/${'A'.repeat(43)}`],
    ['GET', '/rolls/1'],
    ['POST', '/elections'],
    ['GET', `/elections/${'A'.repeat(43)}`],
    ['POST', `/elections/${'A'.repeat(43)}/tokens/export`],
    ['DELETE', `/elections/${'A'.repeat(43)}/tokens`],
    ['POST', `/elections/${'A'.repeat(43)}/roll`],
    ['GET', '/changes'],
  ])('%s %s without the key', async (method, path) => {
    const refused = await problemOf(await call(method, path, undefined, { authorization: 'Bearer other' }));
    expect(refused).toMatchObject({ status: 401, code: 'not-signed-in' });
  });

  test('P2: a file with problems, each with its place', async () => {
    const refused = await problemOf(await call('POST', '/rolls', CSV.replace('yes', 'ja')));
    expect(refused).toMatchObject({
      status: 422,
      code: 'bad-roll-file',
      total: 1,
      problems: [{ line: 2, column: 'member', code: 'bad-value', why: 'is neither yes nor no' }],
    });
  });

  test('P2: a file of another type, or too large', async () => {
    const json = await call('POST', '/rolls', { file: CSV });
    expect(await problemOf(json)).toMatchObject({ status: 415, code: 'unsupported-media-type' });
    const large = await call('POST', '/rolls', CSV, { ...signedIn, 'content-length': String(2 ** 30) });
    expect(await problemOf(large)).toMatchObject({ status: 413, code: 'body-too-large' });
  });

  test('a request that is not of its form, with the field', async () => {
    const refused = await problemOf(await call('POST', '/elections', { roll: 1, colleges: [] }));
    expect(refused).toMatchObject({ status: 400, code: 'bad-field', field: 'manifest' });
    expect(await problemOf(await call('POST', '/rolls?frozen=monday', CSV))).toMatchObject({
      status: 400,
      field: 'frozen',
    });
    expect(await problemOf(await call('GET', '/rolls/x'))).toMatchObject({ status: 400, field: 'roll' });
    expect(await problemOf(await call('GET', '/rolls/99'))).toMatchObject({
      status: 404,
      code: 'unknown-roll',
    });
  });

  test('an election without tokens', async () => {
    const refused = await problemOf(await call('GET', `/elections/${'A'.repeat(43)}`));
    expect(refused).toMatchObject({ status: 404, code: 'not-issued' });
  });

  test('none of them was a fault of the service', () => {
    expect(faults).toEqual([]);
  });
});
