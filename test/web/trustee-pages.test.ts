/** What the server sends for the trustees' page: frames, scripts under their hashes, and strict policies. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleTrusteeIsland } from '../../src/web/islands.ts';
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

describe('the frame', () => {
  test('names scripts and styles by their hash, and is under a policy without exceptions', async () => {
    const { status, headers, text } = await get('/trustee');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|http|\*/);
    expect(text).not.toMatch(/\sstyle=|\son[a-z]+=|<script>/);
    const named = [
      ...text.matchAll(/(?:src|href)="(?<path>\/assets\/[^"]+)" integrity="(?<integrity>[^"]+)"/g),
    ];
    expect(named).toHaveLength(2);
    for (const { groups } of named) {
      const asset = await get(groups?.['path'] ?? '');
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const hash = createHash('sha384').update(asset.bytes).digest('base64');
      expect(groups?.['integrity']).toBe(`sha384-${hash}`);
    }
  });

  test('of an election without trustees says so, and runs nothing', async () => {
    const { status, text } = await get(election.path('/trustee'));
    expect(status).toBe(200);
    expect(text).toContain('This election has no trustees');
    expect(text).not.toContain('<script');
  });

  test('of no election is a page too', async () => {
    const { status, text } = await get(`/elections/${'A'.repeat(43)}/trustee`);
    expect(status).toBe(404);
    expect(text).toContain('There is no election at this address.');
    expect((await get('/assets/page-0000000000000000.js')).status).toBe(404);
  });
});

describe('the bundle', () => {
  test('is the same whenever it is made, and names its worker', async () => {
    const [first, second] = [await bundleTrusteeIsland(), await bundleTrusteeIsland()];
    expect(second).toEqual(first);
    const { script, worker } = first;
    expect(new TextDecoder().decode(script.bytes)).toContain(worker.path);
    const { headers, bytes } = await get(worker.path);
    expect(bytes).toEqual(worker.bytes);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; connect-src 'self'; script-src 'wasm-unsafe-eval'",
    );
  });

  test('says nothing of the machine that made it', async () => {
    const { script, worker } = await bundleTrusteeIsland();
    for (const { bytes } of [script, worker]) {
      expect(Buffer.from(bytes).includes(process.cwd())).toBe(false);
    }
  });
});
