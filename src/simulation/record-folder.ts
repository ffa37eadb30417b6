/** A record written to a folder as it grows (docs/protocol.md §8.2): one bundle of entries in memory at a time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MerkleTree } from '../board/merkle-tree.ts';
import { encodeEntryBundle, encodeHashTile, encodeTilePath, hashTiles, TILE_WIDTH } from '../board/tiles.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { blobPath, CHECKPOINT_PATH, nameBlob } from '../record/record-source.ts';
import type { RecordSink } from './simulated-election.ts';

export class RecordFolder implements RecordSink {
  readonly #folder: string;
  #bundle: Bytes[] = [];
  #bundles = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  #write(path: string, bytes: Bytes): void {
    const file = join(this.#folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }

  readonly entry = (bytes: Bytes): void => {
    this.#bundle.push(bytes);
    if (this.#bundle.length === TILE_WIDTH) this.#writeBundle();
  };

  readonly blob = (bytes: Bytes): void => this.#write(blobPath(nameBlob(bytes).sha256), bytes);

  #writeBundle(): void {
    const tile = { level: 'entries', index: this.#bundles, width: this.#bundle.length } as const;
    this.#write(encodeTilePath(tile), encodeEntryBundle(this.#bundle));
    this.#bundle = [];
    this.#bundles += 1;
  }

  /** What comes after the last entry: the last bundle, the hashes, and the checkpoint. */
  finish(tree: MerkleTree, checkpoint: Bytes): void {
    if (this.#bundle.length > 0) this.#writeBundle();
    for (const tile of hashTiles(tree.size)) {
      this.#write(encodeTilePath(tile), encodeHashTile(tile, tree.node));
    }
    this.#write(CHECKPOINT_PATH, checkpoint);
  }
}
