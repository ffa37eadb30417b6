/**
 * A source that answers one question in two ways: what was verified is what is shown and copied, and nothing else.
 * Whoever serves a record over HTTP, a mirror or the ballot box itself, sees each request on its own.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeEntryBundle, parseEntryBundle } from '../../src/board/tiles.ts';
import type { Destination } from '../../src/cli/destinations.ts';
import { copyRecord } from '../../src/cli/export.ts';
import { folderSource } from '../../src/cli/sources.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, toUtf8 } from '../../src/crypto/bytes.ts';
import { blobPath, nameBlob, type RecordSource, readManifest } from '../../src/record/record-source.ts';
import { ANCHOR, RECORD, teller, temporaryFolder } from '../cli/teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const honest = folderSource(RECORD);
const BUNDLE = 'tile/entries/000.p/45';
const silent = { update: () => undefined, stop: () => undefined };

async function bytesOf(path: string): Promise<Bytes> {
  const bytes = await honest.read(path);
  if (bytes === undefined) throw new Error(`no file ${path}`);
  return bytes;
}

/** The genuine record, but for what `lie` says of the n-th time (from 1) that a path is asked for. */
function changing(lie: (path: string, n: number) => Bytes | undefined): RecordSource {
  const asked = new Map<string, number>();
  return {
    read: (path) => {
      const n = (asked.get(path) ?? 0) + 1;
      asked.set(path, n);
      const lied = lie(path, n);
      return lied === undefined ? honest.read(path) : Promise.resolve(lied);
    },
  };
}

/** The first bundle with another manifest, whose texts exchange the titles of the answers; and those texts. */
async function otherManifest(): Promise<{
  readonly bundle: Bytes;
  readonly path: string;
  readonly texts: Bytes;
}> {
  const { entry, bytes: manifest } = await readManifest(honest);
  const [texts] = entry.body.texts;
  const original = new TextDecoder().decode(await bytesOf(blobPath(texts?.blob.sha256 ?? '')));
  const { contests } = JSON.parse(original) as {
    contests: Record<string, { options: Record<string, string> }>;
  };
  const { options = {} } = contests['motion'] ?? {};
  const { for: yes = '', against: no = '' } = options;
  const swapped = encodeCanonical({
    ...(JSON.parse(original) as object),
    contests: {
      ...contests,
      motion: { ...contests['motion'], options: { ...options, for: no, against: yes } },
    },
  });
  const name = nameBlob(swapped);
  const forged = new TextDecoder()
    .decode(manifest)
    .replace(
      `"bytes":${texts?.blob.bytes},"sha256":"${texts?.blob.sha256}"`,
      `"bytes":${name.bytes},"sha256":"${name.sha256}"`,
    );
  const [, ...others] = parseEntryBundle({ level: 'entries', index: 0, width: 45 }, await bytesOf(BUNDLE));
  return {
    bundle: encodeEntryBundle([toUtf8(forged), ...others]),
    path: blobPath(name.sha256),
    texts: swapped,
  };
}

describe('teller verify', () => {
  test('shows the outcome by the manifest that it has recounted, not by one that comes later', async () => {
    const { bundle, path, texts } = await otherManifest();
    const source = changing((asked, n) =>
      asked === BUNDLE && n > 1 ? bundle : asked === path ? texts : undefined,
    );
    const server = createServer((request, response) => {
      const answer = async () => {
        const bytes = await source.read((request.url ?? '').replace('/record/', ''));
        response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
      };
      void answer();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/record`;
      const shown = await teller('verify', address, '--anchor', ANCHOR);
      expect(shown).toEqual(await teller('verify', RECORD, '--anchor', ANCHOR));
      expect(shown.code).toBe(0);
    } finally {
      server.close();
    }
  });
});

describe('teller export', () => {
  const discarded: Destination = {
    write: () => Promise.resolve(),
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };

  test('copies a source that stays as it is', async () => {
    const files = (await readdir(RECORD, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
    expect(
      await copyRecord(
        changing(() => undefined),
        discarded,
        silent,
      ),
    ).toMatchObject({ files: files.length });
  });

  test('copies no file that was another when it was verified', async () => {
    const { bundle } = await otherManifest();
    const first = encodeEntryBundle(
      parseEntryBundle({ level: 'entries', index: 0, width: 45 }, await bytesOf(BUNDLE)).map((entry, i) =>
        i === 20 ? toUtf8('{}') : entry,
      ),
    );
    for (const lie of [first, bundle]) {
      const source = changing((path, n) => (path === BUNDLE && n === 1 ? lie : undefined));
      await expect(copyRecord(source, discarded, silent)).rejects.toThrow(
        `${BUNDLE} changed while it was copied`,
      );
    }
  });

  test.each([
    ['another content', async () => toUtf8('anything at all\n')],
    ['another size', () => bytesOf('witnessed/38')],
    [
      'no signature of the log',
      async () =>
        toUtf8(
          new TextDecoder().decode(await readFile(join(RECORD, 'witnessed/39'))).replace('\n39\n', '\n40\n'),
        ),
    ],
  ])('copies no witnessed checkpoint with %s', async (_, make) => {
    const lie = await make();
    const source = changing((path) => (path === 'witnessed/39' ? lie : undefined));
    await expect(copyRecord(source, discarded, silent)).rejects.toThrow();
  });
});
