/**
 * A server that shows different logs to different trustees, over the real API: it is copied with all its keys, and
 * the copies go different ways. T3, a split ceremony (Belenios 2.5.1); T7, two closings that differ by one ballot.
 */
import { cpSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ServerClient } from '../../src/cli/server-client.ts';
import { httpBallotBox } from '../../src/cli/trustee.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import type { EntryType } from '../../src/record/entries.ts';
import { recountClosed } from '../../src/tally/verify/verify-record.ts';
import { createTrustee, step, type Trustee } from '../../src/trustee/trustee.ts';
import {
  ApiElection,
  expectCreated,
  type TestService,
  temporaryDirectory,
  testService,
} from '../api/api-elections.ts';
import { MemoryStore } from '../trustee/trustee-election.ts';

let directories: ReturnType<typeof temporaryDirectory>[] = [];
let services: TestService[] = [];

beforeEach(() => {
  directories = [];
  services = [];
});
afterEach(async () => {
  await Promise.all(services.map(({ service }) => service.stop()));
  for (const directory of directories) directory.remove();
});

function open(path: string, officerKey?: string): TestService {
  const service = testService(path, officerKey);
  services.push(service);
  return service;
}

/** One view of the log, and the trustees as it serves them. */
class View {
  readonly api: TestService;
  readonly election: ApiElection;
  readonly stores: readonly MemoryStore[];

  constructor(api: TestService, election: ApiElection, stores: readonly MemoryStore[]) {
    this.api = api;
    this.election = election;
    this.stores = stores;
  }

  static async start(agreements: number): Promise<View> {
    const directory = temporaryDirectory();
    directories.push(directory);
    const api = open(directory.path);
    const election = new ApiElection(api.send, api.officerKey);
    const stores = [1, 2, 3].map(() => new MemoryStore());
    const keys = await Promise.all(stores.map((store) => createTrustee(safeIn(store))));
    const body = await election.plan({ mode: 'secret', voters: 4, trustees: { threshold: 2, keys } });
    const trustees = body.trustees && { ...body.trustees, agreements };
    expectCreated(await election.publish({ ...body, trustees }));
    return new View(api, election, stores);
  }

  /** The server, its keys and all, a second time. The trustees' own stores are the same. */
  async fork(): Promise<readonly [View, View]> {
    await this.api.service.stop();
    services = services.filter((service) => service !== this.api);
    const copy = temporaryDirectory();
    directories.push(copy);
    cpSync(this.api.dataDir, copy.path, { recursive: true });
    const views = [this.api.dataDir, copy.path].map((path) => {
      const api = open(path, this.api.officerKey);
      const election = Object.assign(Object.create(ApiElection.prototype), this.election, { send: api.send });
      return new View(api, election as ApiElection, this.stores);
    });
    const [left, right] = views;
    if (left === undefined || right === undefined) throw new Error('no views');
    return [left, right];
  }

  trustee(i: number, store = this.stores[i - 1] ?? new MemoryStore()): Trustee {
    const { election } = this.election;
    const ask: typeof fetch = async (url, init) => await this.api.service.app.fetch(new Request(url, init));
    return {
      safe: safeIn(store),
      box: httpBallotBox(new ServerClient('http://service.test', undefined, ask), election),
      election,
      kernel: bigintKernel,
      recount: (record) => recountClosed(record, election),
      compare: () => Promise.resolve(true),
    };
  }

  /** Steps of these trustees in turn until all wait. */
  async run(trustees: readonly Trustee[] = [1, 2, 3].map((i) => this.trustee(i))): Promise<void> {
    for (let sent = true; sent; ) {
      sent = false;
      for (const trustee of trustees) sent = (await step(trustee)).kind === 'sent' || sent;
    }
  }

  async count(type: EntryType): Promise<number> {
    return (await this.election.entries()).filter((entry) => entry.type === type).length;
  }
}

const safeIn = (store: MemoryStore) => ({
  store,
  name: 'key.age',
  passphrase: 'a long passphrase',
  workFactor: 1,
});

/** A dishonest trustee keeps as many key files as it likes. */
function copyOf({ documents }: MemoryStore): MemoryStore {
  const copy = new MemoryStore();
  for (const [name, bytes] of documents) copy.documents.set(name, bytes);
  return copy;
}

test('T3: trustees who are shown different commitments all stop, and neither ceremony ends', async () => {
  const view = await View.start(2);
  for (const i of [1, 2, 3]) await step(view.trustee(i));
  for (const i of [1, 2]) await step(view.trustee(i));
  const [left, right] = await view.fork();
  // Trustee 3 plays along with the server, and commits to another polynomial in each view.
  const [one, two] = [left.trustee(3, copyOf(view.stores[2] ?? new MemoryStore())), right.trustee(3)];
  expect(await step(one)).toEqual({ kind: 'sent', step: 'commit' });
  expect(await step(two)).toEqual({ kind: 'sent', step: 'commit' });
  expect(await step(left.trustee(1))).toEqual({ kind: 'sent', step: 'reveal' });
  expect(await step(right.trustee(2))).toEqual({ kind: 'sent', step: 'reveal' });
  // What one honest trustee has signed says what it has seen: it is no entry of the other view.
  const reveals = await Promise.all(
    [left, right].map(async ({ election }) => (await election.entries()).at(-1)),
  );
  for (const [i, target] of [right, left].entries()) {
    const reveal = reveals[i];
    if (reveal === undefined) throw new Error('no reveal');
    const { status, json } = await target.election.submit(reveal);
    expect({ status, field: json['field'] }).toEqual({ status: 422, field: 'entry.seen.root' });
  }
  // Nor do they make a second one, whatever they are shown.
  await expect(step(right.trustee(1))).rejects.toMatchObject({ code: 'split-view' });
  await expect(step(left.trustee(2))).rejects.toMatchObject({ code: 'split-view' });
  expect([await left.count('reveal'), await right.count('reveal')]).toEqual([1, 1]);
});

describe('T7: two closings that differ by one ballot', () => {
  /** Two views of an election after the key was made and three have voted; a fourth votes in the second. */
  async function twoClosings(agreements: number): Promise<readonly [View, View]> {
    const view = await View.start(agreements);
    await view.run();
    const { election } = view;
    expectCreated(await election.enrol(4));
    const confirm = (await election.entries()).find(({ type }) => type === 'confirm');
    if (confirm?.type !== 'confirm') throw new Error('nothing confirmed');
    expectCreated(await election.open(confirm.body.key, confirm.body.shares, confirm.body.transcript));
    for (const voter of [0, 1, 2]) expectCreated(await election.cast(election.ballot(voter, 'for')));
    const views = await view.fork();
    expectCreated(await views[1].election.cast(views[1].election.ballot(3, 'against')));
    for (const { election } of views) {
      expectCreated(await election.close());
      await election.tally();
    }
    return views;
  }

  test('an honest trustee serves one of them; a dishonest one in both groups is the limit without witnesses', async () => {
    const [left, right] = await twoClosings(2);
    const dishonest = copyOf(left.stores[1] ?? new MemoryStore());
    await left.run([left.trustee(1), left.trustee(2)]);
    await right.run([right.trustee(3)]);
    expect([await left.count('shares'), await right.count('shares')]).toEqual([2, 0]);
    for (const i of [1, 2])
      await expect(step(right.trustee(i))).rejects.toMatchObject({ code: 'split-view' });
    const agreement = (await left.election.entries()).find(({ type }) => type === 'agreement');
    if (agreement === undefined) throw new Error('no agreement');
    expect((await right.election.submit(agreement)).json).toMatchObject({ field: 'entry.seen.root' });
    // docs/threat-model.md: with 2a − n = 1, one dishonest trustee is enough to have both opened.
    await right.run([right.trustee(2, dishonest), right.trustee(3)]);
    expect(await right.count('shares')).toBe(2);
  });

  test('with 2a > n + t − 1, fewer than t dishonest trustees cannot have the second opened', async () => {
    const [left, right] = await twoClosings(3);
    const dishonest = copyOf(left.stores[1] ?? new MemoryStore());
    await left.run([left.trustee(1), left.trustee(2)]);
    await right.run([right.trustee(2, dishonest), right.trustee(3)]);
    expect([await left.count('agreement'), await right.count('agreement')]).toEqual([2, 2]);
    expect([await left.count('shares'), await right.count('shares')]).toEqual([0, 0]);
  });
});
