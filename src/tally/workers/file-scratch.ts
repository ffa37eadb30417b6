/** Bytes in a file of their own, which nobody else sees: they take no memory, and go with the process. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scratch } from '../counted-ballots.ts';

export interface FileScratch extends Scratch {
  stop(): void;
}

export function fileScratch(): FileScratch {
  const folder = mkdtempSync(join(tmpdir(), 'teller-recount-'));
  const file = openSync(join(folder, 'ballots'), 'wx+', 0o600);
  return {
    write: (at, bytes) => {
      let done = 0;
      while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, at + done);
    },
    read: (at, length) => {
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const read = readSync(file, bytes, done, length - done, at + done);
        // What was never written reads as zeros.
        if (read === 0) break;
        done += read;
      }
      return bytes;
    },
    stop: () => {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
