/** Key files in a browser: made, restored from a backup, and proved by reading a backup back. */
import { type Bytes, equalBytes } from '../../../crypto/bytes.ts';
import { copyKeyFile, proveKeyFile } from '../../../trustee/backup.ts';
import { TrusteeError } from '../../../trustee/errors.ts';
import { loadKeyFile, type Safe } from '../../../trustee/key-file.ts';
import { createTrustee } from '../../../trustee/trustee.ts';
import type { KeyFiles } from '../../keys/browser-store.ts';
import { CHOSEN, isAgeFile, memoryStore, type Opening } from '../../keys/chosen-file.ts';

export type FileFault =
  /** No age file at all. */
  | 'no-age-file'
  /** The key file of another trustee. */
  | 'other-key'
  /** The key file of nobody in this election. */
  | 'not-listed'
  /** A copy from before the share of the key was there. */
  | 'older-copy'
  /** The browser has a later one of the same trustee. */
  | 'later-copy-here'
  /** Another page has it open. */
  | 'in-use'
  | 'not-open';

export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileFault;

  constructor(code: FileFault) {
    super(code);
    this.code = code;
  }
}

function chosen(bytes: Bytes, opening: Opening): Safe {
  if (!isAgeFile(bytes)) throw new FileError('no-age-file');
  return { ...opening, store: memoryStore(bytes), name: CHOSEN };
}

/** A new key file, stored under its public key. @returns that key, in base64url. */
export async function makeKeyFile(files: KeyFiles, opening: Opening): Promise<string> {
  const fresh: Safe = { ...opening, store: memoryStore(), name: CHOSEN };
  const key = await createTrustee(fresh);
  await copyKeyFile(fresh, { ...opening, store: files, name: key });
  return key;
}

/**
 * Takes a backup of one of the listed keys, or of any if none is listed, into the browser. A file of the same trustee
 * is replaced by a later one alone.
 * @returns the public key, in base64url.
 * @throws FileError; TrusteeError `bad-key-file`.
 */
export async function restoreKeyFile(
  files: KeyFiles,
  bytes: Bytes,
  opening: Opening,
  listed: readonly string[],
): Promise<string> {
  const from = chosen(bytes, opening);
  const { key } = await proveKeyFile(from);
  if (listed.length > 0 && !listed.includes(key)) throw new FileError('not-listed');
  const to: Safe = { ...opening, store: files, name: key };
  const present = await files.read(key);
  if (present === undefined) await copyKeyFile(from, to);
  else if (!equalBytes(present, bytes)) {
    const [here, there] = [await loadKeyFile(to), await loadKeyFile(from)];
    if ((here.seen?.size ?? 0) >= (there.seen?.size ?? 0)) throw new FileError('later-copy-here');
    await files.write(key, bytes);
    await proveKeyFile(to);
  }
  return key;
}

/**
 * Proves a backup that was read back: it is the stored file, byte for byte, and holds the share that was confirmed.
 * @throws FileError; TrusteeError `bad-key-file`.
 */
export async function proveBackup(safe: Safe, bytes: Bytes): Promise<void> {
  const { key, hasShare } = await proveKeyFile(chosen(bytes, safe));
  if (key !== safe.name) throw new FileError('other-key');
  const stored = await safe.store.read(safe.name);
  if (!hasShare || stored === undefined) throw new FileError('older-copy');
  if (!equalBytes(stored, bytes)) throw new FileError('older-copy');
}

/** The bytes of a key file, to be kept elsewhere. @throws TrusteeError `no-key-file`. */
export async function copyOf(files: KeyFiles, name: string): Promise<Bytes> {
  const bytes = await files.read(name);
  if (bytes === undefined) throw new TrusteeError('no-key-file', name, 'is not there');
  return bytes;
}
