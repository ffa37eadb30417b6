/** What the disk does to a log: failed writes and full disks (R10), and a store that somebody changed (R1). */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRecordStore } from '../../src/api/store/record-store.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { entryLeaf } from '../../src/record/envelope.ts';
import { ApiElection, expectCreated, temporaryDirectory, testService } from './api-elections.ts';
import { type Failure, failingStore, tamper } from './stores.ts';

let directory = temporaryDirectory();
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  directory.remove();
});

describe('R10: a write that fails', () => {
  test.each<{ failure: Failure; persisted: boolean }>([
    { failure: 'before', persisted: false },
    { failure: 'after', persisted: true },
  ])('$failure persisting: no receipt, and the log goes on', async ({ failure, persisted }) => {
    const store = failingStore(directory.path);
    const api = testService(directory.path, '', { store });
    const election = await ApiElection.openRecorded(api, 4);
    const [first, second] = [election.ballot(0, 'for'), election.ballot(1, 'for')];
    expectCreated(await election.cast(election.ballot(2, 'for')));

    store.failNext = failure;
    const answers = await Promise.all([election.cast(first), election.cast(second)]);
    expect(answers.map(({ status, json }) => [status, json['code']])).toEqual([
      [503, 'store-failed'],
      [503, 'store-failed'],
    ]);
    expect((await election.seen()).size).toBe(persisted ? 6 : 4);

    const again = await election.cast(first);
    expect(again.status).toBe(persisted ? 200 : 201);
    expect(expectCreated(again).index).toBe(4);
    expectCreated(await election.cast(second));
    expectCreated(await election.cast(election.ballot(3, 'for')));
    expect((await election.seen()).size).toBe(7);

    store.failNext = failure;
    expect((await election.close()).json).toMatchObject({ code: 'store-failed' });
    expect((await election.close()).status).toBe(persisted ? 200 : 201);
    await api.service.stop();
    const later = testService(directory.path, api.officerKey);
    expect(later.reports).toEqual([]);
    expect((await later.send('GET', election.path(''))).json).toMatchObject({ size: 8, phase: 'closed' });
    await later.service.stop();
  });

  test.each<Failure>(['before', 'after'])(
    '%s persisting a manifest: sent again, it is there once',
    async (failure) => {
      const store = failingStore(directory.path);
      const api = testService(directory.path, '', { store });
      const election = new ApiElection(api.send, api.officerKey);
      const plan = await election.plan({ mode: 'recorded', voters: 3 });
      store.failNext = failure;
      expect((await election.publish(plan)).json).toMatchObject({ code: 'store-failed' });
      expect((await election.publish(plan)).status).toBe(failure === 'before' ? 201 : 200);
      expectCreated(await election.enrol(3));
      await api.service.stop();
    },
  );

  test('a full disk loses no receipted ballot', async () => {
    const api = testService(directory.path);
    const election = await ApiElection.openRecorded(api, 60);
    await api.service.stop();

    let pages = 0;
    tamper(directory.path, (db) => {
      pages = Number(db.pragma('page_count', { simple: true }));
    });
    // A database that may not grow is what SQLite makes of a full disk: SQLITE_FULL.
    const store = openRecordStore(join(directory.path, 'ballot-box.sqlite'), { maxPages: pages + 8 });
    const full = testService(directory.path, api.officerKey, { store });
    const ballots = election.credentials.map((_, place) => election.ballot(place, 'for'));
    const statuses: number[] = [];
    for (const { bytes } of ballots)
      statuses.push((await full.send('POST', election.path('/ballots'), bytes)).status);
    const receipted = statuses.filter((status) => status === 201).length;
    expect(new Set(statuses)).toEqual(new Set([201, 503]));
    expect(receipted).toBeGreaterThan(0);
    await full.service.stop();

    const later = testService(directory.path, api.officerKey);
    expect(later.reports).toEqual([]);
    for (const [i, { bytes }] of ballots.entries()) {
      const { status } = await later.send('POST', election.path('/ballots'), bytes);
      expect(status).toBe(statuses[i] === 201 ? 200 : 201);
    }
    await later.service.stop();
  });

  test('two services never share a log', async () => {
    const api = testService(directory.path);
    expect(() => testService(directory.path)).toThrow(/locked/);
    await api.service.stop();
  });
});

describe('R1: a store that somebody changed', () => {
  const blob = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

  /** A closed election of eight entries, copied for each tampering. */
  async function stored(): Promise<{ election: string; officerKey: string }> {
    const api = testService(directory.path);
    const election = await ApiElection.openRecorded(api, 4);
    for (const place of [0, 1, 2, 3]) expectCreated(await election.cast(election.ballot(place, 'for')));
    expectCreated(await election.close());
    await api.service.stop();
    return { election: election.election, officerKey: api.officerKey };
  }

  type Row = { bytes: Buffer; leaf: string };

  test('is found at start, with the index, and not served', async () => {
    const { election, officerKey } = await stored();
    const row = 'SELECT bytes, leaf FROM entries WHERE "index" = ?';
    const changed = (bytes: Buffer): Buffer =>
      Buffer.from(bytes.toString('latin1').replace('"choices":[1,0]', '"choices":[0,1]'), 'latin1');
    const cases: { what: string; index: number; act: Parameters<typeof tamper>[1] }[] = [
      {
        what: 'a vote flipped',
        index: 4,
        act: (db) => {
          const { bytes } = db.prepare(row).get(4) as Row;
          expect(changed(bytes).equals(bytes)).toBe(false);
          db.prepare('UPDATE entries SET bytes = ? WHERE "index" = 4').run(changed(bytes));
        },
      },
      {
        what: 'a vote flipped, with its leaf',
        index: 4,
        act: (db) => {
          const bytes = changed((db.prepare(row).get(4) as Row).bytes);
          const leaf = toBase64Url(entryLeaf(bytes));
          db.prepare('UPDATE entries SET bytes = ?, leaf = ? WHERE "index" = 4').run(bytes, leaf);
        },
      },
      {
        what: 'a byte of the roll',
        index: 1,
        act: (db) => db.exec(`UPDATE blobs SET bytes = replace(bytes, '"weight":1', '"weight":2')`),
      },
      { what: 'a blob dropped', index: 0, act: (db) => db.exec('DELETE FROM blobs') },
      { what: 'an entry dropped', index: 3, act: (db) => db.exec('DELETE FROM entries WHERE "index" = 3') },
      {
        what: 'the last entry dropped',
        index: 7,
        act: (db) => db.exec('DELETE FROM entries WHERE "index" = 7'),
      },
      {
        what: 'the last checkpoint dropped',
        index: 7,
        act: (db) => db.exec('DELETE FROM checkpoints WHERE size = 8'),
      },
      {
        what: 'an entry inserted',
        index: 8,
        act: (db) =>
          db.exec(
            `INSERT INTO entries SELECT election, 8, 'A' || leaf, type, bytes FROM entries WHERE "index" = 3`,
          ),
      },
      {
        what: 'two entries swapped',
        index: 4,
        act: (db) =>
          db.exec(
            'UPDATE entries SET "index" = 100 WHERE "index" = 4; UPDATE entries SET "index" = 4 WHERE "index" = 5; UPDATE entries SET "index" = 5 WHERE "index" = 100',
          ),
      },
      {
        what: 'a type',
        index: 3,
        act: (db) => db.exec(`UPDATE entries SET type = 'check' WHERE "index" = 3`),
      },
      {
        what: 'a signature of the last checkpoint',
        index: 7,
        act: (db) => {
          const { note } = db.prepare('SELECT note FROM checkpoints WHERE size = 8').get() as {
            note: Buffer;
          };
          const text = note.toString('utf8').replace(/.{20}\n$/, `${'A'.repeat(19)}=\n`);
          db.prepare('UPDATE checkpoints SET note = ? WHERE size = 8').run(
            blob(new TextEncoder().encode(text)),
          );
        },
      },
      {
        what: 'an earlier checkpoint',
        index: 4,
        act: (db) =>
          db.exec(
            'UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE size = 4) WHERE size = 5',
          ),
      },
      {
        what: 'the manifest',
        index: 0,
        act: (db) => db.exec('UPDATE entries SET bytes = x\'7b7d\' WHERE "index" = 0'),
      },
    ];
    for (const { what, index, act } of cases) {
      const copy = temporaryDirectory();
      cpSync(directory.path, copy.path, { recursive: true });
      tamper(copy.path, act);
      const api = testService(copy.path, officerKey);
      expect(api.reports, what).toHaveLength(1);
      expect(api.reports[0], what).toContain(`entry ${index}:`);
      const answer = await api.send('GET', `/elections/${election}`);
      expect(answer.json, what).toMatchObject({ status: 503, code: 'election-unavailable' });
      expect((await api.send('GET', '/elections')).json, what).toMatchObject({
        elections: [],
        unavailable: [{ election }],
      });
      await api.service.stop();
      copy.remove();
    }
  });

  test('an untouched one starts without a word', async () => {
    const { election, officerKey } = await stored();
    const api = testService(directory.path, officerKey);
    expect(api.reports).toEqual([]);
    expect((await api.send('GET', `/elections/${election}`)).json).toMatchObject({
      size: 8,
      phase: 'closed',
    });
    await api.service.stop();
  });
});
