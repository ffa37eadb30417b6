/** `teller observer`: a key, a recount, and the certificate of it in the record. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import { ApiElection, expectCreated, sender } from '../api/api-elections.ts';
import { teller, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
const mine = ['--folder', join(folder.path, 'observer')];
let server: RunningServer;
let election: ApiElection;

const certify = (...more: string[]) =>
  teller('observer', 'certify', ...mine, '--server', server.url, '--election', election.election, ...more);

beforeAll(async () => {
  server = await startServer({
    dataDir: join(folder.path, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    votesPerMinute: 50,
  });
  const { stdout } = await teller('observer', 'new', ...mine);
  const key = /for the manifest: (?<key>[A-Za-z0-9_-]{43})\n/.exec(stdout)?.groups?.['key'] ?? '';
  const to = { send: sender(server.url), officerKey: server.officerKey ?? '' };
  const now = (): number => Math.floor(Date.now() / 1000);
  election = await ApiElection.openRecorded(
    to,
    3,
    (body) => ({ ...body, roles: { ...body.roles, observers: [key] } }),
    now,
  );
  expectCreated(await election.cast(election.ballot(0, 'for')));
  expectCreated(await election.close());
  await election.tally();
});
afterAll(async () => {
  await server?.stop();
  folder.remove();
});

test('nothing is certified before there is a result', async () => {
  const { code, stderr } = await certify();
  expect(code).toBe(2);
  expect(stderr).toContain('has declared no result yet');
});

test('the certificate is an entry, which a recount finds in order', async () => {
  const state = await readElection(election.record, election.election, null);
  const { body, bytes } = await computeResult(wasmKernel, election.record, state);
  expectCreated(await election.submit(await election.sign('result', 'officer', body), [bytes]));
  const { code, stdout } = await certify();
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `The certificate is entry ${state.tree.size + 1}: the recount holds.\n`,
  });
  const after = await readElection(election.record, election.election, null);
  expect(after.certificates).toMatchObject([
    { observer: 1, body: { size: state.tree.size + 1, ok: true, result: after.result?.leaf } },
  ]);
  const { checks } = await verifyRecord(election.record);
  expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
});

test('a key that the manifest does not name certifies nothing', async () => {
  const other = ['--folder', join(folder.path, 'other')];
  await teller('observer', 'new', ...other);
  const { code, stderr } = await certify(...other);
  expect(code).toBe(2);
  expect(stderr).toContain('does not name this observer');
});
