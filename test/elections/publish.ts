/** A record in memory as the files of its folder (docs/protocol.md §8.2). */
import { encodeTilePath, entryBundles, hashTiles } from '../../src/board/tiles.ts';
import type { Bytes } from '../../src/crypto/bytes.ts';
import type { MemoryRecord } from '../../src/record/memory-record.ts';
import { CHECKPOINT_PATH, type RecordSource } from '../../src/record/record-source.ts';

/** Every published file by its path. */
export async function publishedFiles(record: MemoryRecord): Promise<Map<string, Bytes>> {
  const { size } = record.tree;
  const tiles = [...hashTiles(size), ...entryBundles(size)].map(encodeTilePath);
  const paths = new Set([CHECKPOINT_PATH, ...tiles, ...record.files.keys()]);
  const files = new Map<string, Bytes>();
  for (const path of [...paths].sort()) {
    const bytes = await record.read(path);
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

export function sourceOf(files: ReadonlyMap<string, Bytes>): RecordSource {
  // oxlint-disable-next-line require-await
  return { read: async (path) => files.get(path) };
}
