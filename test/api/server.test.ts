/** The service at a socket, its keys, and its configuration. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/api/config.ts';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import {
  ApiElection,
  expectCreated,
  OPENS,
  sender,
  temporaryDirectory,
  testService,
} from './api-elections.ts';
import { tamper } from './stores.ts';

let directory = temporaryDirectory();
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  directory.remove();
});

const start = (port = 0): Promise<RunningServer> =>
  startServer({ dataDir: directory.path, port, host: '127.0.0.1', publicUrl: null, clock: () => OPENS });

describe('a server', () => {
  test('answers ballots that are under way before it stops', async () => {
    const server = await start();
    const send = sender(server.url);
    const election = await ApiElection.openRecorded({ send, officerKey: server.officerKey ?? '' }, 20);
    const ballots = election.credentials.map((_, place) => election.ballot(place, 'for'));
    const casting = ballots.map((ballot) => election.cast(ballot));
    const first = await Promise.race(casting);
    expectCreated(first);
    await server.stop();
    const settled = await Promise.allSettled(casting);
    const receipts = settled.filter((one) => one.status === 'fulfilled' && one.value.status === 201).length;
    await expect(fetch(server.url)).rejects.toThrow();

    const later = testService(directory.path, server.officerKey ?? '');
    const { json } = await later.send('GET', election.path(''));
    expect(json).toMatchObject({ colleges: [{ voted: receipts }] });
    await later.service.stop();
  });

  test('does not start on a port that is taken, and leaves the data directory free', async () => {
    const server = await start();
    const other = temporaryDirectory();
    const port = Number(new URL(server.url).port);
    const options = { dataDir: other.path, port, host: '127.0.0.1', publicUrl: null };
    await expect(startServer(options)).rejects.toThrow('EADDRINUSE');
    await server.stop();
    const again = await startServer({ ...options, port: 0 });
    await again.stop();
    other.remove();
  });

  test('closes an election by its own timer', async () => {
    let now = OPENS - 10;
    const server = await startServer({
      dataDir: directory.path,
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'https://vote.example',
      clock: () => now,
    });
    expect(server.url).toBe('https://vote.example');
    await server.stop();
    const api = testService(directory.path, readFileSync(join(directory.path, 'officer-key'), 'utf8').trim());
    const times = { notice: 10, opens: OPENS, closes: OPENS + 10, grace: 0, extension: 0, disputes: 0 };
    api.clock.now = now;
    const election = await ApiElection.openRecorded(api, 3, (body) => ({ ...body, kind: 'real', times }));
    await api.service.stop();
    now = OPENS + 10;
    const later = await startServer({
      dataDir: directory.path,
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      clock: () => now,
    });
    const send = sender(later.url);
    for (let phase = ''; phase !== 'closed' || (await send('GET', election.path(''))).json['size'] !== 4; ) {
      phase = String((await send('GET', election.path(''))).json['phase']);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await later.stop();
  });
});

describe('keys', () => {
  test('are made once, readable by the service alone, and only a hash of the officer’s is in the database', async () => {
    const first = testService(directory.path);
    const { json } = await first.send('GET', '/service');
    await first.service.stop();
    for (const file of ['service-keys.json', 'officer-key']) {
      expect(statSync(join(directory.path, file)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(directory.path, 'officer-key'), 'utf8').trim()).toBe(first.officerKey);
    expect(readFileSync(join(directory.path, 'ballot-box.sqlite')).includes(first.officerKey)).toBe(false);
    const second = testService(directory.path, first.officerKey);
    expect(second.service.officerKey).toBeNull();
    expect((await second.send('GET', '/service')).json).toEqual(json);
    expect(
      (await second.send('POST', '/elections', '{}', { authorization: `Bearer ${first.officerKey}` })).status,
    ).toBe(400);
    await second.service.stop();
  });

  test('a damaged file of keys is named', () => {
    writeFileSync(join(directory.path, 'service-keys.json'), '{"log":"AAAA"}');
    expect(() => testService(directory.path)).toThrow(/service-keys\.json: log/);
  });

  test('20: the ballot box’s database holds no names and no tokens', async () => {
    const api = testService(directory.path);
    const election = await ApiElection.openRecorded(api, 3);
    expectCreated(await election.cast(election.ballot(0, 'for')));
    await api.service.stop();
    const tables: string[] = [];
    tamper(directory.path, (db) => {
      const rows = db
        .prepare("SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'")
        .all() as { sql: string }[];
      tables.push(...rows.map(({ sql }) => sql));
    });
    expect(tables.length).toBe(8);
    // Moments are how long the log was by the hour, never when a vote came (record/moments.ts).
    const others = tables.filter((sql) => !sql.startsWith('CREATE TABLE `moments`'));
    expect(others.length).toBe(7);
    expect(others.join('\n')).not.toMatch(/name|token|contact|address|ip|time|received/i);
  });
});

describe('the configuration', () => {
  test('has defaults and takes what the environment says', () => {
    expect(readConfig({})).toEqual({
      dataDir: 'var',
      host: '127.0.0.1',
      port: 8080,
      publicUrl: null,
      votesPerMinute: 30,
    });
    const set = {
      TELLER_DATA: '/data',
      TELLER_HOST: '::',
      TELLER_PORT: '0',
      TELLER_URL: 'https://vote.example/',
      TELLER_VOTES_PER_MINUTE: '5',
    };
    expect(readConfig(set)).toEqual({
      dataDir: '/data',
      host: '::',
      port: 0,
      publicUrl: 'https://vote.example',
      votesPerMinute: 5,
    });
  });

  test.each([
    [{ TELLER_PORT: '70000' }, 'TELLER_PORT'],
    [{ TELLER_PORT: 'http' }, 'TELLER_PORT'],
    [{ TELLER_URL: 'ftp://x' }, 'TELLER_URL'],
    [{ TELLER_DATA: '' }, 'TELLER_DATA'],
    [{ TELLER_VOTES_PER_MINUTE: '0' }, 'TELLER_VOTES_PER_MINUTE'],
  ])('names the variable at fault: %j', (variables, name) => {
    expect(() => readConfig(variables)).toThrow(name);
  });
});
