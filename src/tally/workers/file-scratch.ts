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
    read: (at, into) => {
      let done = 0;
      while (done < into.length) {
        const read = readSync(file, into, done, into.length - done, at + done);
        if (read === 0) break;
        done += read;
      }
      // What was never written reads as zeros.
      into.fill(0, done);
    },
    stop: () => {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
