/** What the server sends for members' pages: frames, small reproducible scripts, and a strict policy. */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Asset } from '../../src/web/assets.ts';
import { bundleMemberIslands, MEMBER_PAGES } from '../../src/web/islands.ts';
import { Scripts } from '../../src/web/scripts.ts';
import { ApiElection } from '../api/api-elections.ts';
import { fileService } from '../api/file-service.ts';

const service = fileService();
let election: ApiElection;

const get = async (path: string) => {
  const { status, headers, bytes } = await service.send('GET', path);
  return { status, headers, bytes, text: new TextDecoder().decode(bytes) };
};

beforeAll(async () => {
  election = await ApiElection.openRecorded(service, 3);
});

describe.each([...MEMBER_PAGES])('the page %s', (page) => {
  test('loads one script and one style by their hashes, under a policy without exceptions', async () => {
    const { status, headers, text } = await get(election.path(`/${page}`));
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|http|\*|data:/);
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(text).not.toMatch(/\sstyle=|\son[a-z]+=|<script>/);
    const named = [
      ...text.matchAll(/(?:src|href)="(?<path>\/assets\/[^"]+)" integrity="(?<integrity>[^"]+)"/g),
    ];
    expect(named).toHaveLength(2);
    for (const { groups } of named) {
      const asset = await get(groups?.['path'] ?? '');
      const hash = createHash('sha384').update(asset.bytes).digest('base64');
      expect(groups?.['integrity']).toBe(`sha384-${hash}`);
    }
  });

  test('of no election is a page too', async () => {
    expect((await get(`/elections/${'A'.repeat(43)}/${page}`)).status).toBe(404);
  });
});

test('a script goes over the network compressed, to those who can read that', async () => {
  const { vote } = await bundleMemberIslands();
  const asked = await service.send('GET', vote.path, undefined, { 'accept-encoding': 'br, gzip' });
  expect(asked.headers.get('content-encoding')).toBe('gzip');
  expect(asked.headers.get('vary')).toBe('Accept-Encoding');
  expect(gunzipSync(asked.bytes)).toEqual(Buffer.from(vote.bytes));
  const plain = await service.send('GET', vote.path);
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(plain.bytes).toEqual(vote.bytes);
});

describe('the scripts', () => {
  test('are the same whenever they are made, and say nothing of the machine', async () => {
    const [first, second] = [await bundleMemberIslands(), await bundleMemberIslands()];
    expect(second).toEqual(first);
    for (const { bytes } of Object.values(first)) {
      expect(Buffer.from(bytes).includes(process.cwd())).toBe(false);
    }
  });

  test('have the hashes that a manifest lists', async () => {
    const scripts = new Scripts();
    const [members, recount, trustee] = await Promise.all([
      scripts.members(),
      scripts.recount(),
      scripts.trustee(),
    ]);
    const all = [
      ...MEMBER_PAGES.map((page) => members[page]),
      ...[recount, trustee].flatMap((island) => Object.values(island) as Asset[]),
    ];
    const hashes = all.map(({ bytes }) => createHash('sha256').update(bytes).digest('base64url'));
    expect(Object.values(await scripts.hashes())).toEqual(hashes);
  });

  test('are bundled beside each other, and one that is done ends nobody else’s work', async () => {
    const made = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const scripts = new Scripts();
        return await Promise.all([scripts.hashes(), scripts.desk()]);
      }),
    );
    expect(made[1]).toEqual(made[0]);
    expect(made[2]).toEqual(made[0]);
  });

  test('are small: the booth has less than 60,000 bytes, compressed', async () => {
    const { vote } = await bundleMemberIslands();
    expect(gzipSync(vote.bytes, { level: 9 }).length).toBeLessThan(60_000);
  });

  test('compile nothing, and load nothing from elsewhere', async () => {
    for (const { bytes } of Object.values(await bundleMemberIslands())) {
      const text = new TextDecoder().decode(bytes);
      expect(/WebAssembly|new Function|eval\(|document\.write/.exec(text)).toBeNull();
      const addresses = [...text.matchAll(/https?:\/\/(?<host>[a-z0-9.-]+)/g)].map(
        ({ groups }) => groups?.['host'],
      );
      expect(addresses.filter((host) => host !== 'www.w3.org')).toEqual([]);
    }
  });
});
