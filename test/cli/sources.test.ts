/** Reading a record from a folder, an archive or an address, all of them hostile. */

import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CannotRun } from '../../src/cli/exit.ts';
import { archiveSource, isRecordPath, openSource, urlSource } from '../../src/cli/sources.ts';
import { RECORD, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

type Member = readonly [Partial<Header> & { readonly name: string }, string];

async function archive(name: string, members: readonly Member[]): Promise<string> {
  const file = join(folder.path, name);
  const tar = pack();
  for (const [header, content] of members) tar.entry(header, content);
  tar.finalize();
  const output = createWriteStream(file);
  await (name.endsWith('gz') ? pipeline(tar, createGzip(), output) : pipeline(tar, output));
  return file;
}

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

describe('paths', () => {
  test.each([
    'checkpoint',
    'tile/0/000',
    'tile/0/x001/234.p/7',
    'tile/entries/000.p/45',
    `blob/${'A'.repeat(43)}`,
    'witnessed/39',
    'disputes',
    `dispute/${'A'.repeat(43)}`,
  ])('%s is one of a record', (path) => expect(isRecordPath(path)).toBe(true));

  test.each([
    '../checkpoint',
    '/etc/passwd',
    'tile/../../etc/passwd',
    'blob/../checkpoint',
    'tile/0/0',
    'checkpoint/x',
    'witnessed/',
    '',
  ])('%s is not', (path) => expect(isRecordPath(path)).toBe(false));
});

describe('a folder', () => {
  test('gives its files and nothing outside it', async () => {
    const source = await openSource(RECORD);
    expect(text(await source.read('checkpoint'))).toContain('teller.example.org/log/');
    expect(await source.read('../anchor.json')).toBeUndefined();
    expect(await source.read('tile/0/999')).toBeUndefined();
    expect(await source.read('tile/0/000')).toBeUndefined();
  });

  test('without a checkpoint is no record, and a missing one neither', async () => {
    await expect(openSource(folder.path)).rejects.toThrow(CannotRun);
    await expect(openSource(join(folder.path, 'nothing'))).rejects.toThrow('there is no folder');
  });
});

describe('an archive', () => {
  test.each(['good.tar', 'good.tar.gz', 'good.tgz'])('%s is read at any depth', async (name) => {
    const file = await archive(name, [
      [{ name: './election/record/checkpoint' }, 'note'],
      [{ name: './election/record/tile/0/000.p/1' }, 'hash'],
      [{ name: './election/README' }, 'other'],
    ]);
    const source = await openSource(file);
    expect(text(await source.read('checkpoint'))).toBe('note');
    expect(text(await source.read('tile/0/000.p/1'))).toBe('hash');
    expect(await source.read('README')).toBeUndefined();
  });

  test('with traversing names and links writes nothing and answers for record paths alone', async () => {
    await mkdir(join(folder.path, 'inside'));
    const before = await readdir(folder.path, { recursive: true });
    const file = await archive('inside/traversal.tar', [
      [{ name: '../../../tmp/evil' }, 'evil'],
      [{ name: '/etc/evil' }, 'evil'],
      [{ name: 'blob/../../evil' }, 'evil'],
      [{ name: 'witnessed/1', type: 'symlink', linkname: '/etc/passwd' }, ''],
      [{ name: 'checkpoint' }, 'note'],
    ]);
    const source = await archiveSource(file);
    expect(text(await source.read('checkpoint'))).toBe('note');
    expect(await source.read('witnessed/1')).toBeUndefined();
    expect(await source.read('blob/../../evil')).toBeUndefined();
    const after = await readdir(folder.path, { recursive: true });
    expect(after.filter((name) => !before.includes(name))).toEqual(['inside/traversal.tar']);
  });

  test('with one path twice is refused', async () => {
    const file = await archive('twice.tar', [
      [{ name: 'checkpoint' }, 'one'],
      [{ name: 'record/checkpoint' }, 'two'],
    ]);
    await expect(archiveSource(file)).rejects.toThrow('it holds checkpoint twice');
  });

  test('that unpacks without end is stopped', async () => {
    const zeros = '\0'.repeat(2 ** 20);
    const file = await archive('giant.tar.gz', [
      [{ name: 'checkpoint' }, zeros],
      [{ name: 'other' }, zeros],
    ]);
    await expect(archiveSource(file, 2 ** 20)).rejects.toThrow('larger than a record can be');
  });

  test.each([
    ['cut.tar.gz', async () => (await readFile(join(folder.path, 'giant.tar.gz'))).subarray(0, 700)],
    ['noise.tar', async () => new Uint8Array(2048).fill(7)],
    ['noise.tgz', async () => new Uint8Array(2048).fill(7)],
  ])('%s that cannot be unpacked is refused', async (name, bytes) => {
    const file = join(folder.path, name);
    await writeFile(file, await bytes());
    await expect(openSource(file)).rejects.toThrow(CannotRun);
  });

  test('a folder with a link to elsewhere is read as the person’s own', async () => {
    const linked = join(folder.path, 'linked');
    await symlink(RECORD, linked);
    expect(await (await openSource(linked)).read('checkpoint')).toBeDefined();
  });
});

describe('an address', () => {
  let server: Server;
  let base = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = request.url ?? '';
      if (url === '/moved/record/checkpoint')
        response.writeHead(302, { location: '/elections/e/record/checkpoint' }).end();
      else if (url === '/broken/record/checkpoint') response.writeHead(500).end();
      else if (url.endsWith('/record/checkpoint')) response.end('note');
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each(['/elections/e', '/elections/e/', '/elections/e/record', '/elections/e/record/'])(
    'of an election or its record: %s',
    async (path) => {
      const source = await openSource(`${base}${path}`);
      expect(text(await source.read('checkpoint'))).toBe('note');
      expect(await source.read('tile/0/000')).toBeUndefined();
    },
  );

  test.each([
    ['that redirects', '/moved', 'cannot read'],
    ['that fails', '/broken', 'answers 500'],
    ['that is not there', ':1/', 'cannot read'],
  ])('%s is an error, not an empty record', async (_, path, why) => {
    await expect(
      openSource(path.startsWith(':') ? `http://127.0.0.1${path}` : `${base}${path}`),
    ).rejects.toThrow(why);
  });

  test('that answers without end is stopped', async () => {
    const source = urlSource(`${base}/elections/e/record`, fetch, 3);
    await expect(source.read('checkpoint')).rejects.toThrow('longer than any file of a record');
  });
});
