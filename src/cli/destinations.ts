/** Where a copy of a record goes: a folder or an archive, which is there whole or not at all. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Bytes } from '../crypto/bytes.ts';
import { CannotRun } from './exit.ts';

/** Where the copy goes. */
export interface Destination {
  write(path: string, bytes: Bytes): Promise<void>;
  /** Makes the copy appear at its place, whole. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** A sibling folder that takes the name at the end, so that an export is whole or not there. */
async function folderDestination(folder: string): Promise<Destination> {
  const target = resolve(folder);
  const present = await readdir(target).catch(() => undefined);
  if (present !== undefined && present.length > 0)
    throw new CannotRun(`${folder} is there already and not empty`);
  await mkdir(dirname(target), { recursive: true });
  const partial = await mkdtemp(`${target}.partial-`);
  return {
    async write(path, bytes) {
      const file = join(partial, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
    async finish() {
      if (present !== undefined) await rm(target, { recursive: true });
      await rename(partial, target);
    },
    abandon: () => rm(partial, { recursive: true, force: true }),
  };
}

/** Entries without times and owners: the same record gives the same archive. */
async function archiveDestination(file: string): Promise<Destination> {
  const target = resolve(file);
  await mkdir(dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  const { pack } = await import('tar-stream');
  const archive = pack();
  const output = createWriteStream(partial);
  const written = finished(
    file.endsWith('gz') ? archive.pipe(createGzip()).pipe(output) : archive.pipe(output),
  );
  return {
    async write(path, bytes) {
      archive.entry({ name: path, size: bytes.length, mtime: new Date(0), mode: 0o644 }, Buffer.from(bytes));
      if (output.writableNeedDrain) await once(output, 'drain');
    },
    async finish() {
      archive.finalize();
      await written;
      await rename(partial, target);
    },
    async abandon() {
      archive.destroy();
      output.destroy();
      await written.catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

/** @param to a new folder, or an archive by its ending. */
export async function openDestination(to: string): Promise<Destination> {
  return /\.(?:tar|tgz|tar\.gz)$/.test(to) ? await archiveDestination(to) : await folderDestination(to);
}
