/** The files of a worked election in test/vectors. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEntries } from '../../src/board/log-reader.ts';
import { concat, fromBase64Url } from '../../src/crypto/bytes.ts';
import { parseEntry } from '../../src/record/envelope.ts';
import { type RecordSource, readCheckpoint, readManifest } from '../../src/record/record-source.ts';

export function vectorFiles(folder: string) {
  const path = join(import.meta.dirname, '../vectors', folder);

  const source: RecordSource = {
    read: async (name) => {
      try {
        return new Uint8Array(await readFile(join(path, 'record', name)));
      } catch {
        return undefined;
      }
    },
  };

  async function vector<T>(name: string): Promise<T> {
    return JSON.parse(await readFile(join(path, name), 'utf8')) as T;
  }

  async function entries() {
    const { entry } = await readManifest(source);
    const { checkpoint } = await readCheckpoint(source, entry.body);
    const all = [];
    for await (const { index, bytes } of readEntries(source, checkpoint)) {
      all.push({ index, entry: parseEntry(bytes) });
    }
    return { manifest: entry.body, all };
  }

  /** The record with some of its files replaced, added or gone. */
  async function patched(files: Failing['files']): Promise<RecordSource> {
    const replaced = new Map<string, Uint8Array | undefined>();
    for (const [name, pieces] of Object.entries(files)) {
      const parts = (pieces ?? []).map(async (piece) =>
        typeof piece === 'string'
          ? fromBase64Url(piece)
          : ((await source.read(piece[0])) ?? new Uint8Array()).subarray(piece[1], piece[2]),
      );
      replaced.set(name, pieces === null ? undefined : concat(...(await Promise.all(parts))));
    }
    return { read: async (name) => (replaced.has(name) ? replaced.get(name) : await source.read(name)) };
  }

  return { source, vector, entries, patched };
}

type Piece = string | readonly [path: string, from: number, to: number];

/** Of `failing.json`. */
export interface Failing {
  readonly what: string;
  readonly fails: string;
  readonly also: readonly string[];
  readonly files: Readonly<Record<string, readonly Piece[] | null>>;
}

export interface Anchor {
  readonly manifest: string;
  readonly log: string;
  readonly witnesses: { readonly quorum: number; readonly keys: string[] };
}

/** Of `ballots.json`. */
export interface BallotValues {
  readonly index: number;
  readonly parts: readonly string[];
  readonly M: string;
  readonly K: string;
  readonly C: string;
  readonly e: string;
  readonly F: string;
}

/** Of `clauses.json`. */
export interface ClauseValues {
  readonly contest: string;
  readonly weight: number | null;
}
