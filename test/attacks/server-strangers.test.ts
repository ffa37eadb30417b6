/**
 * What strangers and careless officers send (R11, P2, R2): entries that cannot be published are their sender's fault
 * and no fault of the service, one election that fails takes no other with it, and no two logs have one name.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import {
  ApiElection,
  expectCreated,
  OPENS,
  type TestService,
  temporaryDirectory,
  testService,
} from '../api/api-elections.ts';
import { failingStore } from '../api/stores.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let api: TestService;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await api.service.stop();
  directory.remove();
});

const HASH = 'A'.repeat(43);

describe('an entry that no log can hold', () => {
  const choices = Array.from({ length: 1000 }, () => 100);
  const size = Number.MAX_SAFE_INTEGER;
  const colleges = Array.from({ length: 1000 }, () => ({ id: 'x'.repeat(40), size }));
  const roll = { root: HASH, size, colleges, blob: { sha256: HASH, bytes: 1 } };
  const contests = Array.from({ length: 20 }, () => ({ id: 'motion', mode: 'recorded', choices }));

  test('is refused, unsigned as it is, and leaves no trace in the log of faults', async () => {
    api = testService(directory.path);
    const election = await ApiElection.openRecorded(api, 3);
    const envelope = {
      v: 1,
      election: election.election,
      seen: { size: 1, root: HASH },
      ext: {},
      sigs: [{ role: 'officer', i: 1, sig: 'A'.repeat(86) }],
    };
    const { entry: ballot } = election.ballot(0, 'for');
    const sent: readonly (readonly [string, object, string])[] = [
      [
        '/entries',
        { entry: { ...envelope, type: 'void', body: { attempt: 1, reason: '\uD800' } }, blobs: [] },
        'not-canonical',
      ],
      ['/entries', { entry: { ...envelope, type: 'roll', body: roll }, blobs: [] }, 'too-long'],
      ['/ballots', { ...ballot, body: { ...ballot.body, contests } }, 'too-long'],
    ];
    for (const [path, body, reason] of sent) {
      const answer = await api.send('POST', election.path(path), JSON.stringify(body));
      expect(answer.json, path).toMatchObject({ status: 422, code: 'bad-entry', reason });
    }
    expect(api.reports).toEqual([]);
  });
});

describe('two elections', () => {
  test('never have one log’s name: one key would sign two trees under it', async () => {
    api = testService(directory.path);
    const first = await ApiElection.openRecorded(api, 3);
    const { origin = '', log = '' } = first.manifest ?? {};
    const publish = async (service: TestService) => {
      const second = new ApiElection(service.send, service.officerKey);
      const plan = {
        mode: 'recorded',
        voters: 3,
        change: (body) => ({ ...body, origin, log }),
      } as const satisfies Parameters<ApiElection['plan']>[0];
      return (await second.publish(await second.plan(plan))).json;
    };
    const refusal = { code: 'bad-manifest', field: 'entry.body.origin', reason: 'duplicate' };
    expect(await publish(api)).toMatchObject(refusal);
    const { officerKey } = api;
    await api.service.stop();
    api = testService(directory.path, officerKey);
    expect(await publish(api)).toMatchObject(refusal);
  });

  test('do not fail together', async () => {
    const store = failingStore(directory.path);
    let unreadable = '';
    const entries = store.entries.bind(store);
    store.entries = (name) => {
      if (name === unreadable) throw new Error('disk I/O error');
      return entries(name);
    };
    api = testService(directory.path, '', { store });
    const closing = (body: ManifestBody) => ({ ...body, times: { ...body.times, closes: OPENS + 60 } });
    const lost = await ApiElection.openRecorded(api, 3, closing);
    const kept = await ApiElection.openRecorded(api, 3);
    unreadable = lost.election;
    store.failNext = 'before';
    expect((await lost.cast(lost.ballot(0, 'for'))).json['code']).toBe('store-failed');

    expect((await lost.cast(lost.ballot(0, 'for'))).json['code']).toBe('election-unavailable');
    expectCreated(await kept.cast(kept.ballot(0, 'for')));
    const reported = api.reports.length;
    api.clock.now = OPENS + 60;
    await api.service.tick();
    expect(api.reports).toHaveLength(reported);
    const { status, json } = await api.send('GET', '/elections');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      elections: [{ election: kept.election }],
      unavailable: [{ election: lost.election }],
    });
    expect((await api.send('GET', '/', undefined, { accept: 'text/html' })).status).toBe(200);
  });
});
