/** A folder of square-root hints (docs/protocol.md §8.2): it may be that of the record itself, or any other. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HintStore } from '../tally/ballots/hints.ts';
import { CannotRun, messageOf } from './exit.ts';

/** What cannot be read is not there. Writing throws CannotRun. */
export function hintFolder(folder: string): HintStore {
  return {
    read: async (path) => new Uint8Array(await readFile(join(folder, path))),
    write: async (path, bytes) => {
      const file = join(folder, path);
      const partial = `${file}.${randomUUID()}`;
      try {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(partial, bytes);
        await rename(partial, file);
      } catch (error) {
        throw new CannotRun(`cannot write hints to ${folder}: ${messageOf(error)}`);
      }
    },
  };
}
