/**
 * A record in memory, as it would be published: for tests and tools. It checks nothing, so that tampered records
 * can be made with it; `memory-ballot-box.ts` is the one that does.
 */
import { signCheckpoint } from '../board/checkpoint.ts';
import { BoardError } from '../board/errors.ts';
import { MerkleTree } from '../board/merkle-tree.ts';
import {
  encodeEntryBundle,
  encodeHashTile,
  isTileOf,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
} from '../board/tiles.ts';
import type { BlobName } from '../codec/fields.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { SigningKey } from '../crypto/ed25519.ts';
import { entryLeaf } from './envelope.ts';
import { blobPath, CHECKPOINT_PATH, nameBlob, type RecordSource } from './record-source.ts';

export class MemoryRecord implements RecordSource {
  readonly origin: string;
  /** The published bytes of every entry, in order. */
  readonly entries: Bytes[] = [];
  readonly tree = new MerkleTree();
  /** Blobs, and whatever else is to be read at a path in place of what the log has there. */
  readonly files = new Map<string, Bytes>();
  readonly #key: SigningKey;

  constructor(
    origin: string,
    key: SigningKey,
    entries: Iterable<Bytes> = [],
    files: Iterable<[string, Bytes]> = [],
  ) {
    this.origin = origin;
    this.#key = key;
    for (const bytes of entries) this.appendUnchecked(bytes);
    for (const [path, bytes] of files) this.files.set(path, bytes);
  }

  /** Appends any bytes whatever. */
  appendUnchecked(bytes: Bytes): void {
    this.entries.push(bytes);
    this.tree.append(entryLeaf(bytes));
  }

  addBlob(bytes: Bytes): BlobName {
    const name = nameBlob(bytes);
    this.files.set(blobPath(name.sha256), bytes);
    return name;
  }

  /** The signed checkpoint of the first `size` entries. */
  checkpoint(size = this.tree.size): Bytes {
    return signCheckpoint({ origin: this.origin, size, root: this.tree.root(size) }, this.#key);
  }

  // oxlint-disable-next-line require-await
  async read(path: string): Promise<Bytes | undefined> {
    const file = this.files.get(path);
    if (file !== undefined) return file;
    if (path === CHECKPOINT_PATH) return this.checkpoint();
    const tile = tileAt(path);
    return tile !== undefined && isTileOf(this.tree.size, tile) ? this.#tile(tile) : undefined;
  }

  #tile(tile: Tile): Bytes {
    if (tile.level !== 'entries') return encodeHashTile(tile, this.tree.node);
    const first = tile.index * TILE_WIDTH;
    return encodeEntryBundle(this.entries.slice(first, first + tile.width));
  }
}

function tileAt(path: string): Tile | undefined {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof BoardError) return undefined;
    throw error;
  }
}
