/**
 * Reading a log that is published as C2SP tlog-tiles: its entries in order, and its hash tiles against them.
 * What the source returns is hostile; the tree's size and root come from a checkpoint that was verified.
 */
import { type Bytes, equalBytes } from '../crypto/bytes.ts';
import { BoardError } from './errors.ts';
import { HASH_BYTES, hashLeaf, type NodeReader } from './merkle.ts';
import { RightEdge } from './right-edge.ts';
import {
  checkTileLength,
  encodeTilePath,
  entryBundles,
  hashTiles,
  parseEntryBundle,
  TILE_HEIGHT,
  TILE_WIDTH,
  type Tile,
} from './tiles.ts';

/** Published files by their path below the log's prefix; undefined for one that is not there. */
export interface LogSource {
  read(path: string): Promise<Bytes | undefined>;
}

export interface LogEntry {
  readonly index: number;
  readonly bytes: Bytes;
  readonly leafHash: Bytes;
}

/** The tile itself, or the full one that has replaced it, with the parts that the tile has. */
async function readParts(
  source: LogSource,
  tile: Tile,
  parse: (tile: Tile, bytes: Bytes) => Bytes[],
): Promise<Bytes[]> {
  for (const width of new Set([tile.width, TILE_WIDTH])) {
    const candidate = { ...tile, width };
    const bytes = await source.read(encodeTilePath(candidate));
    if (bytes !== undefined) return parse(candidate, bytes).slice(0, tile.width);
  }
  throw new BoardError('missing', encodeTilePath(tile), 'not published');
}

/**
 * What `read` gives of each tile, in order.
 * @param ahead how many to ask for before the first of them is needed: a source may be far away.
 */
async function* inOrder<T>(
  tiles: Iterable<Tile>,
  ahead: number,
  read: (tile: Tile) => Promise<T>,
): AsyncGenerator<T, void, void> {
  const reading: Promise<T>[] = [];
  for (const tile of tiles) {
    const result = read(tile);
    // It is awaited in its turn, which does not come if one before fails.
    result.catch(() => undefined);
    reading.push(result);
    const first = reading.length > ahead ? reading.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const result of reading) yield await result;
}

/**
 * The entries of a log of this size, in order, bundle by bundle, as views of what was read. Nothing says that they
 * are the log's until their root has been compared.
 * @param ahead as `inOrder` takes it.
 * @throws BoardError `missing` or `bad-encoding` with the path of a bundle.
 */
export async function* readBundles(
  source: LogSource,
  size: number,
  ahead = 0,
): AsyncGenerator<Bytes[], void, void> {
  const read = (bundle: Tile): Promise<Bytes[]> => readParts(source, bundle, parseEntryBundle);
  yield* inOrder(entryBundles(size), ahead, read);
}

/** @throws BoardError `wrong-hash` unless this is the root of the tree. */
export function checkRoot(root: Bytes, tree: { readonly size: number; readonly root: Bytes }): void {
  if (equalBytes(root, tree.root)) return;
  throw new BoardError('wrong-hash', 'tile/entries', `the ${tree.size} entries have another root`);
}

/**
 * The entries of the tree, in order, one bundle in memory at a time. **They are the log's only once the last
 * one has been taken and the generator has returned**: that is when their root is compared.
 * @param ahead as `readBundles` takes it.
 * @throws BoardError `missing` or `bad-encoding` with the path of a bundle; `wrong-hash` at the end if the
 * entries have another root.
 */
export async function* readEntries(
  source: LogSource,
  tree: { readonly size: number; readonly root: Bytes },
  ahead = 0,
): AsyncGenerator<LogEntry, void, void> {
  const edge = new RightEdge();
  for await (const bundle of readBundles(source, tree.size, ahead)) {
    for (const bytes of bundle) {
      const index = edge.size;
      const leafHash = hashLeaf(bytes);
      edge.append(leafHash);
      yield { index, bytes, leafHash };
    }
  }
  checkRoot(edge.root(), tree);
}

/** Hash by hash: the bytes of all tiles of a long log would be much to throw away. */
function isTile(bytes: Bytes, { level, index, width }: Tile, node: NodeReader): boolean {
  for (let i = 0; i < width; i += 1) {
    const own = node(TILE_HEIGHT * Number(level), index * TILE_WIDTH + i);
    if (!equalBytes(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES), own)) return false;
  }
  return true;
}

/** The tile as it is published, as far as it is wide. */
async function readHashTile(source: LogSource, tile: Tile): Promise<{ tile: Tile; bytes: Bytes }> {
  const [bytes = new Uint8Array()] = await readParts(source, tile, (candidate, all) => {
    checkTileLength(candidate, all);
    return [all.subarray(0, tile.width * HASH_BYTES)];
  });
  return { tile, bytes };
}

/**
 * Compares every published hash tile of a tree of this size with the hashes of its entries.
 * @param ahead as `readBundles` takes it.
 * @throws BoardError `missing`, `bad-length` or `wrong-hash` with the path of the first tile that differs.
 */
export async function checkHashTiles(
  source: LogSource,
  size: number,
  node: NodeReader,
  ahead = 0,
): Promise<void> {
  for await (const { tile, bytes } of inOrder(hashTiles(size), ahead, (own) => readHashTile(source, own))) {
    if (!isTile(bytes, tile, node)) {
      throw new BoardError('wrong-hash', encodeTilePath(tile), 'not the hashes of the entries');
    }
  }
}
