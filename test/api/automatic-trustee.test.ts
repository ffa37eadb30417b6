/** Ballots with low stakes: the one trustee is the service's own, and everybody is told. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import {
  ApiElection,
  expectCreated,
  type TestService,
  temporaryDirectory,
  testService,
} from './api-elections.ts';

let directory = temporaryDirectory();
let api: TestService;

beforeEach(() => {
  directory = temporaryDirectory();
  api = testService(directory.path);
});
afterEach(async () => {
  await api.service.stop();
  directory.remove();
});

async function planned(extra: readonly string[] = []) {
  const election = new ApiElection(api.send, api.officerKey);
  const { json } = await api.send('GET', '/service');
  const trustees = {
    threshold: extra.length === 0 ? 1 : extra.length,
    keys: [String(json['automaticTrustee']), ...extra],
  };
  return { election, body: await election.plan({ mode: 'secret', voters: 4, trustees }) };
}

test('the service makes the key, agrees and decrypts', async () => {
  const { election, body } = await planned();
  expectCreated(await election.publish(body));
  expect((await api.send('GET', election.path(''))).json['ceremony']).toMatchObject({
    step: 'join',
    awaited: [1],
  });
  await api.service.tick();
  expect((await api.send('GET', election.path(''))).json['ceremony']).toEqual({
    attempt: 1,
    step: 'done',
    awaited: [],
    complaint: null,
    voided: [],
  });
  expectCreated(await election.enrol(4));
  const confirm = (await election.entries()).find(({ type }) => type === 'confirm');
  if (confirm?.type !== 'confirm') throw new Error('nothing confirmed');
  expectCreated(await election.open(confirm.body.key, confirm.body.shares, confirm.body.transcript));
  for (const [voter, option] of (['for', 'for', 'against'] as const).entries()) {
    expectCreated(await election.cast(election.ballot(voter, option)));
  }
  // Nothing is opened before the closing, and a second tick is no second step.
  await api.service.tick();
  expectCreated(await election.close());
  await election.tally();
  await api.service.tick();
  await api.service.tick();
  const { json } = await api.send('GET', election.path(''));
  expect([json['agreed'], json['decrypted']]).toEqual([[1], [1]]);
  expect((await election.entries()).map(({ type }) => type).slice(-3)).toEqual([
    'tally',
    'agreement',
    'shares',
  ]);
  const recount = await verifyRecord(election.record, { anchor: { manifest: election.election } });
  expect(recount.checks.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(recount.checks.find(({ id }) => id === 'shares')).toMatchObject({ status: 'pass', count: 1 });

  const page = await api.send('GET', election.path(''), undefined, { accept: 'text/html' });
  expect(new TextDecoder().decode(page.bytes)).toContain('LOW STAKES: one key alone opens this election');
  for (const file of ['automatic-trustee-key', join('automatic-trustee', `${election.election}.age`)]) {
    expect(statSync(join(directory.path, file)).mode & 0o777).toBe(0o600);
  }
  expect(api.reports).toEqual([expect.stringContaining('closed')]);
});

test('after a restart it goes on with the same key', async () => {
  const before = await api.send('GET', '/service');
  const { election, body } = await planned();
  expectCreated(await election.publish(body));
  const { officerKey } = api;
  await api.service.stop();
  api = testService(directory.path, officerKey);
  expect((await api.send('GET', '/service')).json['automaticTrustee']).toBe(before.json['automaticTrustee']);
  await api.service.tick();
  expect((await api.send('GET', election.path(''))).json['ceremony']).toMatchObject({ step: 'done' });
});

test('it is never one of several', async () => {
  const others = [generateSigningKey(), generateSigningKey()].map((key) => toBase64Url(publicKeyOf(key)));
  const { election, body } = await planned(others);
  const { json } = await election.publish(body);
  expect(json).toMatchObject({ code: 'wrong-keys', field: 'entry.body.trustees.keys[0]' });
});
