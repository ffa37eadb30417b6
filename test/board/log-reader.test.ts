import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoardError, type BoardErrorCode } from '../../src/board/errors.ts';
import { checkHashTiles, type LogEntry, type LogSource, readEntries } from '../../src/board/log-reader.ts';
import { EMPTY_ROOT, hashLeaf } from '../../src/board/merkle.ts';
import type { MerkleTree } from '../../src/board/merkle-tree.ts';
import {
  encodeEntryBundle,
  encodeHashTile,
  encodeTilePath,
  entryBundles,
  hashTiles,
} from '../../src/board/tiles.ts';
import { type Bytes, toUtf8 } from '../../src/crypto/bytes.ts';
import { flipBit, treeOf } from './trees.ts';

interface Log extends LogSource {
  readonly files: Map<string, Bytes>;
  readonly entries: Bytes[];
  readonly tree: MerkleTree;
  readonly head: { size: number; root: Bytes };
}

/** A log as it is published at one size. */
function publish(entries: Bytes[]): Log {
  const tree = treeOf(entries.map(hashLeaf));
  const files = new Map<string, Bytes>();
  for (const tile of hashTiles(tree.size)) files.set(encodeTilePath(tile), encodeHashTile(tile, tree.node));
  for (const bundle of entryBundles(tree.size)) {
    const start = bundle.index * 256;
    files.set(encodeTilePath(bundle), encodeEntryBundle(entries.slice(start, start + bundle.width)));
  }
  return {
    files,
    entries,
    tree,
    head: { size: tree.size, root: tree.root() },
    read: async (path) => files.get(path),
  };
}

const entriesOf = (size: number): Bytes[] => Array.from({ length: size }, (_, i) => toUtf8(`entry ${i}`));

async function all(source: LogSource, head: Log['head']): Promise<LogEntry[]> {
  const read: LogEntry[] = [];
  for await (const entry of readEntries(source, head)) read.push(entry);
  return read;
}

async function expectRejection(act: Promise<unknown>, code: BoardErrorCode, where: string): Promise<void> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BoardError);
  expect(error).toMatchObject({ code, where });
}

/** The log with some files replaced, or taken away. */
function withFiles(log: Log, changes: Record<string, Bytes | undefined>): LogSource {
  return { read: async (path) => (path in changes ? changes[path] : log.files.get(path)) };
}

describe('entries', () => {
  test('those of a log of any size, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1500 }), async (size) => {
        const log = publish(entriesOf(size));
        const read = await all(log, log.head);
        expect(read).toHaveLength(size);
        read.forEach(({ index, bytes, leafHash }, i) => {
          expect(index).toBe(i);
          expect(bytes).toEqual(log.entries[i]);
          expect(leafHash).toEqual(hashLeaf(bytes));
        });
        await checkHashTiles(log, size, log.tree.node);
      }),
      { numRuns: 20 },
    );
  });

  test('those of an earlier checkpoint, from the bundle that has filled up since', async () => {
    const grown = publish(entriesOf(700));
    expect(grown.files.has('tile/entries/001.p/44')).toBe(false);
    const earlier = { size: 300, root: grown.tree.root(300) };
    expect(await all(grown, earlier)).toHaveLength(300);
    // A partial tile stays published until its full one is.
    const partial = { level: 1, index: 0, width: 1 };
    grown.files.set(encodeTilePath(partial), encodeHashTile(partial, grown.tree.node));
    await checkHashTiles(grown, 300, grown.tree.node);
  });

  test('one bundle is read at a time', async () => {
    const log = publish(entriesOf(700));
    const paths: string[] = [];
    const source: LogSource = {
      read: (path) => {
        paths.push(path);
        return log.read(path);
      },
    };
    const reader = readEntries(source, log.head);
    await reader.next();
    expect(paths).toEqual(['tile/entries/000']);
    for (let i = 1; i <= 256; i += 1) await reader.next();
    expect(paths).toEqual(['tile/entries/000', 'tile/entries/001']);
  });

  const log = publish(entriesOf(600));
  const bundle = log.files.get('tile/entries/001') ?? EMPTY_ROOT;

  test('another root: a vote flipped, an entry swapped, dropped or copied', async () => {
    const [a, b, ...rest] = log.entries.slice(256, 512);
    if (a === undefined || b === undefined) throw new Error('256 entries');
    const changes = [
      flipBit(bundle, 16),
      encodeEntryBundle([b, a, ...rest]),
      encodeEntryBundle([a, a, ...rest]),
      encodeEntryBundle([a, ...rest, toUtf8('one more')]),
    ];
    for (const changed of changes) {
      const source = withFiles(log, { 'tile/entries/001': changed });
      await expectRejection(all(source, log.head), 'wrong-hash', 'tile/entries');
    }
    await expectRejection(all(log, { size: 600, root: EMPTY_ROOT }), 'wrong-hash', 'tile/entries');
    await expectRejection(all(log, { size: 0, root: log.head.root }), 'wrong-hash', 'tile/entries');
  });

  test('a bundle that is missing, cut short or too long, by its path', async () => {
    const read = (changed: Bytes | undefined): Promise<unknown> =>
      all(withFiles(log, { 'tile/entries/001': changed }), log.head);
    await expectRejection(read(undefined), 'missing', 'tile/entries/001');
    await expectRejection(read(bundle.subarray(0, -1)), 'bad-encoding', 'tile/entries/001');
    await expectRejection(read(new Uint8Array([...bundle, 0, 0])), 'bad-encoding', 'tile/entries/001');
    await expectRejection(
      all(withFiles(log, { 'tile/entries/002.p/88': undefined }), log.head),
      'missing',
      'tile/entries/002.p/88',
    );
  });

  test('a size that no log has', async () => {
    await expectRejection(all(log, { size: -1, root: EMPTY_ROOT }), 'out-of-range', 'size');
    await expectRejection(checkHashTiles(log, 1.5, log.tree.node), 'out-of-range', 'size');
  });
});

describe('hash tiles', () => {
  // Three levels: 65,536 leaves fill a tile of level 1.
  const log = publish(Array.from({ length: 65_800 }, (_, i) => Uint8Array.of(i >> 16, i >> 8, i)));

  test('a bit flipped in a tile of any level is found, by its path', async () => {
    const tiles = ['tile/0/000', 'tile/0/257.p/8', 'tile/1/000', 'tile/1/001.p/1', 'tile/2/000.p/1'];
    for (const path of tiles) {
      const bytes = log.files.get(path);
      if (bytes === undefined) throw new Error(`no ${path}`);
      for (const bit of [0, bytes.length * 8 - 1]) {
        const source = withFiles(log, { [path]: flipBit(bytes, bit) });
        await expectRejection(checkHashTiles(source, log.head.size, log.tree.node), 'wrong-hash', path);
      }
      const short = withFiles(log, { [path]: bytes.subarray(32) });
      await expectRejection(checkHashTiles(short, log.head.size, log.tree.node), 'bad-length', path);
      const gone = withFiles(log, { [path]: undefined });
      await expectRejection(checkHashTiles(gone, log.head.size, log.tree.node), 'missing', path);
    }
    await checkHashTiles(log, log.head.size, log.tree.node);
  });
});
