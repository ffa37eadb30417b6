/**
 * C2SP tlog-tiles: the static resources of a log. Hash tiles hold 256 hashes of every eighth row of the Merkle
 * tree, entry bundles the entries below a tile of level 0. Paths and contents to be parsed are hostile.
 */
import { type Bytes, concat, u16 } from '../crypto/bytes.ts';
import { BoardError } from './errors.ts';
import { checkInteger, HASH_BYTES, type NodeReader } from './merkle.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
export const MAX_ENTRY_BYTES = 65_535;

/** Rows of the tree that a level of tiles stands for. */
export const TILE_HEIGHT = 8;
const MAX_LEVEL = 63;

export interface Tile {
  /** The level of a hash tile, 0 to 63, or `entries` for an entry bundle. */
  readonly level: number | 'entries';
  /** The index within the level. */
  readonly index: number;
  /** 256, or fewer for a partial tile. */
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`. @throws BoardError `out-of-range` for a tile that no tree has. */
export function encodeTilePath({ level, index, width }: Tile): string {
  if (level !== 'entries') checkInteger(level, 0, MAX_LEVEL, 'level');
  checkInteger(index, 0, Number.MAX_SAFE_INTEGER, 'index');
  checkInteger(width, 1, TILE_WIDTH, 'width');
  // 1234067 is x001/x234/067.
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const number = padded.replaceAll(/\d{3}(?=\d)/g, 'x$&/');
  return `tile/${level}/${number}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

const TILE_PATH =
  /^tile\/(?<level>entries|\d{1,2})\/(?<number>(?:x\d{3}\/){0,5}\d{3})(?:\.p\/(?<width>\d{1,3}))?$/;

/** @throws BoardError `bad-encoding` unless `path` is the one path of some tile. */
export function parseTilePath(path: string): Tile {
  const groups = TILE_PATH.exec(path)?.groups;
  const level = groups?.['level'];
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups?.['number']?.replaceAll(/[x/]/g, '')),
    width: Number(groups?.['width'] ?? TILE_WIDTH),
  };
  try {
    if (encodeTilePath(tile) === path) return tile;
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
  }
  throw new BoardError('bad-encoding', JSON.stringify(path.slice(0, 100)), 'not the path of a tile');
}

/** The tiles of one level of a tree: its full ones, then the partial one, if any. */
function* tilesOfLevel(level: Tile['level'], hashes: number): Generator<Tile> {
  const full = Math.floor(hashes / TILE_WIDTH);
  for (let index = 0; index < full; index += 1) yield { level, index, width: TILE_WIDTH };
  const rest = hashes % TILE_WIDTH;
  if (rest > 0) yield { level, index: full, width: rest };
}

/** The hash tiles of a tree of this size, level by level. */
export function* hashTiles(size: number): Generator<Tile> {
  checkInteger(size, 0, Number.MAX_SAFE_INTEGER, 'size');
  let hashes = size;
  for (let level = 0; hashes > 0; level += 1) {
    yield* tilesOfLevel(level, hashes);
    hashes = Math.floor(hashes / TILE_WIDTH);
  }
}

/** The entry bundles of a log of this size. */
export function* entryBundles(size: number): Generator<Tile> {
  checkInteger(size, 0, Number.MAX_SAFE_INTEGER, 'size');
  yield* tilesOfLevel('entries', size);
}

/** Whether a tree of this size, or one that it has grown from, has this tile. */
export function isTileOf(size: number, { level, index, width }: Tile): boolean {
  const hashes = level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
  return index * TILE_WIDTH + width <= hashes;
}

/**
 * The bytes of a hash tile: hash i is that of the leaves [(n·256 + i)·256^l, (n·256 + i + 1)·256^l).
 * @throws BoardError `out-of-range` for an entry bundle, and where the tree does not have the tile.
 */
export function encodeHashTile({ level, index, width }: Tile, node: NodeReader): Bytes {
  if (level === 'entries') throw new BoardError('out-of-range', 'level', 'an entry bundle has no hashes');
  const hashes = Array.from({ length: width }, (_, i) => node(TILE_HEIGHT * level, index * TILE_WIDTH + i));
  return concat(...hashes);
}

/** @throws BoardError `bad-length` unless there are as many hashes as the tile is wide. */
export function checkTileLength(tile: Tile, bytes: Bytes): void {
  if (bytes.length !== tile.width * HASH_BYTES) {
    throw new BoardError(
      'bad-length',
      encodeTilePath(tile),
      `${bytes.length} bytes for ${tile.width} hashes`,
    );
  }
}

/** The hashes of a tile. @throws BoardError as `checkTileLength` does. */
export function parseHashTile(tile: Tile, bytes: Bytes): Bytes[] {
  checkTileLength(tile, bytes);
  return Array.from({ length: tile.width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/** The entries, each after its length in two bytes. @throws BoardError `bad-length` for one that is too long. */
export function encodeEntryBundle(entries: readonly Bytes[]): Bytes {
  checkInteger(entries.length, 1, TILE_WIDTH, 'entries.length');
  return concat(
    ...entries.flatMap((entry, i) => {
      if (entry.length > MAX_ENTRY_BYTES) {
        throw new BoardError(
          'bad-length',
          `entries[${i}]`,
          `${entry.length} bytes; at most ${MAX_ENTRY_BYTES}`,
        );
      }
      return [u16(entry.length), entry];
    }),
  );
}

/**
 * The entries of a bundle, as views of `bytes`.
 * @throws BoardError `bad-encoding` unless `bytes` is exactly as many whole entries as the bundle is wide.
 */
export function parseEntryBundle(bundle: Tile, bytes: Bytes): Bytes[] {
  const where = encodeTilePath(bundle);
  const entries: Bytes[] = [];
  let at = 0;
  for (let i = 0; i < bundle.width; i += 1) {
    const [high, low] = bytes.subarray(at, at + 2);
    if (high === undefined || low === undefined) {
      throw new BoardError('bad-encoding', where, `ends before entry ${i} of ${bundle.width}`);
    }
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) throw new BoardError('bad-encoding', where, `ends within entry ${i}`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (at < bytes.length) throw new BoardError('bad-encoding', where, 'more than its entries');
  return entries;
}
