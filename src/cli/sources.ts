/**
 * Where a record can be read from: a folder, a tar archive (also gzipped), or the address of its record folder.
 * What they hold is hostile; paths asked for are those of docs/protocol.md §8.2 and never leave the source, and
 * nothing of an archive is written anywhere.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Extract } from 'tar-stream';
import type { RecordSource } from '../record/record-source.ts';
import { CannotRun, messageOf } from './exit.ts';
import { freshFetch, networkMessage } from './fresh-fetch.ts';

const RECORD_PATH =
  /^(?:linked\/[A-Za-z0-9_-]{43}\/)?(?:checkpoint|moments|disputes|dispute\/[A-Za-z0-9_-]{43}|witnessed\/[0-9]+|blob\/[A-Za-z0-9_-]{43}|(?:tile\/(?:entries|[0-9]+)|hints)(?:\/x?[0-9]{3})+(?:\.p\/[0-9]+)?)$/;

/** Larger than any record that one machine recounts in memory; stops an archive that unpacks without end. */
const ARCHIVE_LIMIT = 8 * 2 ** 30;
/** Larger than the roll of a million voters, the largest file of a record. */
const FILE_LIMIT = 512 * 2 ** 20;

export function isRecordPath(path: string): boolean {
  return RECORD_PATH.test(path);
}

function guarded(read: RecordSource['read']): RecordSource {
  return { read: async (path) => (isRecordPath(path) ? read(path) : undefined) };
}

const ABSENT = ['ENOENT', 'ENOTDIR', 'EISDIR'];

export function folderSource(folder: string): RecordSource {
  return guarded(async (path) => {
    try {
      // A view: what is read may be large.
      const { buffer, byteOffset, byteLength } = await readFile(join(folder, path));
      return new Uint8Array(buffer, byteOffset, byteLength);
    } catch (error) {
      if (error instanceof Error && 'code' in error && ABSENT.includes(String(error.code))) return undefined;
      throw new CannotRun(`cannot read ${path}: ${messageOf(error)}`);
    }
  });
}

async function readAtMost(response: Response, limit: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response.body ?? []) {
    total += chunk.length;
    if (total > limit) throw new CannotRun(`${url} is longer than any file of a record`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** `address` is that of the record folder, which ends in `/record`. */
export function urlSource(
  address: string,
  fetcher: typeof fetch = freshFetch,
  limit = FILE_LIMIT,
): RecordSource {
  const base = address.replace(/\/+$/, '');
  return guarded(async (path) => {
    const url = `${base}/${path}`;
    try {
      const response = await fetcher(url, { redirect: 'error' });
      if (response.ok) return await readAtMost(response, limit, url);
      await response.body?.cancel();
      if (response.status === 404) return undefined;
      throw new CannotRun(`${url} answers ${response.status}`);
    } catch (error) {
      if (error instanceof CannotRun) throw error;
      throw new CannotRun(`cannot read ${url}: ${networkMessage(error)}`);
    }
  });
}

/** Passes bytes on, up to a limit. */
function bounded(limit: number): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      if (total > limit) done(new Error('it is larger than a record can be'));
      else done(null, chunk);
    },
  });
}

/** The path of a file below the record folder, which may be at any depth of the archive. */
function recordPathOf(name: string): string {
  return name.replace(
    /^(?:[^/]*\/)*?(?=checkpoint$|moments$|disputes$|dispute\/|witnessed\/|blob\/|tile\/|hints\/|linked\/)/,
    '',
  );
}

/** The members that have the names of a record's files; all others are passed over. */
async function recordMembers(archive: Extract): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const member of archive) {
    const path = recordPathOf(member.header.name);
    const keep = member.header.type === 'file' && isRecordPath(path);
    if (keep && files.has(path)) throw new Error(`it holds ${path} twice`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of member) if (keep && chunk instanceof Uint8Array) chunks.push(chunk);
    if (keep) files.set(path, new Uint8Array(Buffer.concat(chunks)));
  }
  return files;
}

/** Reads the whole archive once, into memory. */
export async function archiveSource(file: string, limit = ARCHIVE_LIMIT): Promise<RecordSource> {
  const { extract } = await import('tar-stream');
  const archive = extract();
  const reading = recordMembers(archive);
  const input = createReadStream(file);
  const unpacking = /\.(?:tgz|tar\.gz)$/.test(file)
    ? pipeline(input, createGunzip(), bounded(limit), archive)
    : pipeline(input, bounded(limit), archive);
  try {
    const [files] = await Promise.all([reading, unpacking]);
    return guarded(async (path) => files.get(path));
  } catch (error) {
    throw new CannotRun(`cannot read the archive ${file}: ${messageOf(error)}`);
  }
}

/** The record below the address of an election, or at its own address. */
function recordAddress(address: string): string {
  const base = address.replace(/\/+$/, '');
  return base.endsWith('/record') ? base : `${base}/record`;
}

/**
 * A folder, an archive (.tar, .tar.gz, .tgz), or the http(s) address of an election or of its record.
 * @throws CannotRun when there is no record there.
 */
export async function openSource(source: string): Promise<RecordSource> {
  const record = /^https?:\/\//.test(source) ? urlSource(recordAddress(source)) : await openFile(source);
  if ((await record.read('checkpoint')) === undefined) {
    throw new CannotRun(`${source} holds no record: it has no checkpoint`);
  }
  return record;
}

async function openFile(source: string): Promise<RecordSource> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(source)).isDirectory();
  } catch {
    throw new CannotRun(`there is no folder, archive or address ${source}`);
  }
  return isFolder ? folderSource(source) : await archiveSource(source);
}
