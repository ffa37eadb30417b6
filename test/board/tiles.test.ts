import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { treeHead } from '../../src/board/merkle.ts';
import {
  encodeEntryBundle,
  encodeHashTile,
  encodeTilePath,
  entryBundles,
  hashTiles,
  isTileOf,
  parseEntryBundle,
  parseHashTile,
  parseTilePath,
  type Tile,
} from '../../src/board/tiles.ts';
import { type Bytes, concat, u16 } from '../../src/crypto/bytes.ts';
import { expectRefusal, leaves, treeOf } from './trees.ts';

describe('paths', () => {
  test.each<[string, Tile]>([
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/63/999.p/1', { level: 63, index: 999, width: 1 }],
    ['tile/1/x001/000.p/255', { level: 1, index: 1000, width: 255 }],
    ['tile/entries/x012/345.p/67', { level: 'entries', index: 12_345, width: 67 }],
    ['tile/2/x009/x007/x199/x254/x740/991', { level: 2, index: Number.MAX_SAFE_INTEGER, width: 256 }],
  ])('%s', (path, tile) => {
    expect(encodeTilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test('every tile: written and read back', () => {
    const tile = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.oneof(fc.nat({ max: 3_000_000 }), fc.maxSafeNat()),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (t) => {
        expect(parseTilePath(encodeTilePath(t))).toEqual(t);
      }),
    );
  });

  test.each([
    '',
    'tile',
    'tile/0',
    'tile/0/',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/1000',
    'tile/0/x000',
    'tile/0/x001',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001/x002',
    'tile/0/X001/002',
    'tile/00/000',
    'tile/01/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/+1/000',
    'tile/1e1/000',
    'tile/data/000',
    'tile/Entries/000',
    'tile/0/000.p/0',
    'tile/0/000.p/00',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/1000',
    'tile/0/000.p/',
    'tile/0/000.p',
    'tile/0/000.p/1/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000\n',
    ' tile/0/000',
    'tile/0/٠٠٠',
    'tile/0/../000',
    'tile/0/%30%30%30',
    'tile//000',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/0/x001/x000/x000/x000/x000/x000/000',
    `tile/0/${'x001/'.repeat(100_000)}000`,
  ])('refused: %j', (path) => {
    expectRefusal(() => parseTilePath(path), 'bad-encoding');
  });

  test('any text: the one path of a tile, or refused', () => {
    const parts = fc.constantFrom('tile', '/', '0', '1', 'x001', '000', '067', '.p', 'entries', '9');
    const near = fc.array(parts).map((s) => s.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          near,
          near.map((s) => `tile/0/${s}`),
          fc.string(),
        ),
        (path) => {
          let tile: Tile;
          try {
            tile = parseTilePath(path);
          } catch (error) {
            expect(error).toMatchObject({ name: 'BoardError', code: 'bad-encoding' });
            return;
          }
          expect(encodeTilePath(tile)).toBe(path);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('tiles that cannot be have no path', () => {
    const tile = { level: 0, index: 0, width: 256 };
    expectRefusal(() => encodeTilePath({ ...tile, level: 64 }), 'out-of-range', 'level');
    expectRefusal(() => encodeTilePath({ ...tile, level: 0.5 }), 'out-of-range', 'level');
    expectRefusal(() => encodeTilePath({ ...tile, index: -1 }), 'out-of-range', 'index');
    expectRefusal(() => encodeTilePath({ ...tile, index: 2 ** 53 }), 'out-of-range', 'index');
    expectRefusal(() => encodeTilePath({ ...tile, width: 0 }), 'out-of-range', 'width');
    expectRefusal(() => encodeTilePath({ ...tile, width: 257 }), 'out-of-range', 'width');
  });
});

describe('the tiles of a tree', () => {
  const paths = (tiles: Iterable<Tile>): string[] => Array.from(tiles, encodeTilePath);

  test('a tree of 70,000 has those that the specification names', () => {
    const tiles = Array.from(hashTiles(70_000));
    const full = (level: number): number =>
      tiles.filter((tile) => tile.level === level && tile.width === 256).length;
    expect([full(0), full(1), full(2)]).toEqual([273, 1, 0]);
    expect(tiles.filter(({ width }) => width < 256).map(encodeTilePath)).toEqual([
      'tile/0/273.p/112',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
    expect(tiles).toHaveLength(273 + 1 + 3);
  });

  test('a tree of 256, of 1 and of nothing', () => {
    expect(paths(hashTiles(256))).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(paths(entryBundles(256))).toEqual(['tile/entries/000']);
    expect(paths(hashTiles(1))).toEqual(['tile/0/000.p/1']);
    expect(paths(entryBundles(257))).toEqual(['tile/entries/000', 'tile/entries/001.p/1']);
    expect(paths(hashTiles(0))).toEqual([]);
    expect(paths(entryBundles(0))).toEqual([]);
    expectRefusal(() => paths(hashTiles(-1)), 'out-of-range', 'size');
    expectRefusal(() => paths(entryBundles(0.5)), 'out-of-range', 'size');
  });

  test('a tree has its own tiles, those it has grown from, and no others', () => {
    for (const tile of [...hashTiles(70_000), ...entryBundles(70_000)])
      expect(isTileOf(70_000, tile)).toBe(true);
    expect(isTileOf(70_000, { level: 0, index: 273, width: 111 })).toBe(true);
    expect(isTileOf(70_000, { level: 0, index: 273, width: 113 })).toBe(false);
    expect(isTileOf(70_000, { level: 'entries', index: 273, width: 113 })).toBe(false);
    expect(isTileOf(70_000, { level: 1, index: 1, width: 18 })).toBe(false);
    expect(isTileOf(70_000, { level: 2, index: 0, width: 2 })).toBe(false);
    expect(isTileOf(70_000, { level: 63, index: 0, width: 1 })).toBe(false);
  });

  /** The hashes of a tree's tiles as they are published, by level. */
  const levelsOf = (size: number, tree: ReturnType<typeof treeOf>): Bytes[][] => {
    const levels: Bytes[][] = [];
    for (const tile of hashTiles(size)) {
      const hashes = parseHashTile(tile, encodeHashTile(tile, tree.node));
      (levels[Number(tile.level)] ??= []).push(...hashes);
    }
    return levels;
  };

  test('the tiles of any tree have its root, and each level is the one below, hashed', () => {
    const tree = treeOf(leaves(1500));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1500 }), (size) => {
        const [zero = [], one = []] = levelsOf(size, tree);
        expect(treeHead(zero)).toEqual(tree.root(size));
        expect(one).toHaveLength(Math.floor(size / 256));
        one.forEach((hash, i) => expect(hash).toEqual(treeHead(zero.slice(256 * i, 256 * (i + 1)))));
        // Whole tiles may stand for their hashes: the root is that of level 1 and the rest of level 0.
        if (size % 256 === 0) expect(treeHead(one)).toEqual(tree.root(size));
      }),
      { numRuns: 30 },
    );
  });

  test('level 2 is the first full tile of level 1, hashed', () => {
    const tree = treeOf(leaves(65_537));
    const [, one = [], two = []] = levelsOf(65_537, tree);
    expect(one).toHaveLength(256);
    expect(two).toEqual([treeHead(one)]);
    expect(two[0]).toEqual(tree.root(65_536));
  });

  test('a tile that the tree does not have cannot be made', () => {
    const tree = treeOf(leaves(300));
    expectRefusal(() => encodeHashTile({ level: 0, index: 1, width: 45 }, tree.node), 'out-of-range');
    expectRefusal(() => encodeHashTile({ level: 1, index: 0, width: 2 }, tree.node), 'out-of-range');
    expectRefusal(() => encodeHashTile({ level: 9, index: 0, width: 1 }, tree.node), 'out-of-range');
    expectRefusal(() => encodeHashTile({ level: 'entries', index: 0, width: 1 }, tree.node), 'out-of-range');
  });

  test('a tile has exactly its hashes', () => {
    const tile = { level: 0, index: 1, width: 2 };
    for (const length of [0, 32, 63, 65, 96]) {
      expectRefusal(() => parseHashTile(tile, new Uint8Array(length)), 'bad-length', 'tile/0/001.p/2');
    }
  });
});

describe('entry bundles', () => {
  const bundle = (width: number): Tile => ({ level: 'entries', index: 3, width });

  test('any entries: written and read back, and refused with a byte more or less, or as more or fewer', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 255 });
    fc.assert(
      fc.property(entries, (some) => {
        const bytes = encodeEntryBundle(some);
        expect(parseEntryBundle(bundle(some.length), bytes).map((entry) => entry.slice())).toEqual(some);
        const where = encodeTilePath(bundle(some.length));
        const refused = (changed: Bytes): void =>
          expectRefusal(() => parseEntryBundle(bundle(some.length), changed), 'bad-encoding', where);
        refused(bytes.subarray(0, -1));
        refused(concat(bytes, Uint8Array.of(0)));
        expectRefusal(() => parseEntryBundle(bundle(some.length + 1), bytes), 'bad-encoding');
        if (some.length > 1)
          expectRefusal(() => parseEntryBundle(bundle(some.length - 1), bytes), 'bad-encoding');
      }),
    );
  });

  test('the longest entry, and one too long', () => {
    const longest = new Uint8Array(65_535).fill(7);
    expect(parseEntryBundle(bundle(1), encodeEntryBundle([longest]))).toEqual([longest]);
    expectRefusal(() => encodeEntryBundle([longest, new Uint8Array(65_536)]), 'bad-length', 'entries[1]');
  });

  test('a bundle has 1 to 256 entries', () => {
    const none = new Uint8Array();
    expect(
      parseEntryBundle(bundle(256), encodeEntryBundle(Array.from({ length: 256 }, () => none))),
    ).toHaveLength(256);
    expectRefusal(() => encodeEntryBundle([]), 'out-of-range', 'entries.length');
    expectRefusal(() => encodeEntryBundle(Array.from({ length: 257 }, () => none)), 'out-of-range');
  });

  test('the length is two bytes, big-endian', () => {
    const entry = new Uint8Array(258).fill(9);
    expect(encodeEntryBundle([entry])).toEqual(concat(u16(258), entry));
    expect(encodeEntryBundle([entry]).subarray(0, 2)).toEqual(Uint8Array.of(1, 2));
  });
});
