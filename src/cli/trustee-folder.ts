/**
 * A trustee's own folder: the key file, what opens it, and the lock that keeps a second process out. The key file is
 * an age file under a passphrase, and any age tool can open it.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { DatabaseSync } from 'node:sqlite';
import type { SecretStore } from '../trustee/interfaces.ts';
import type { Safe } from '../trustee/key-file.ts';
import { CannotRun } from './exit.ts';
import { readSmallFile } from './options.ts';

const KEY_FILE = 'trustee-key.age';
const LOCK_FILE = 'in-use.lock';

export interface Whose {
  readonly folder: string;
  readonly passphraseFile?: string;
  readonly workFactor?: number;
}

/** Documents in a folder that only its owner can read; each is replaced as a whole and on disk. */
export function folderStore(folder: string): SecretStore {
  return {
    async read(name) {
      try {
        return new Uint8Array(await readFile(join(folder, name)));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(name, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, name);
      const partial = await open(`${file}.partial`, 'w', 0o600);
      try {
        await partial.writeFile(bytes);
        await partial.sync();
      } finally {
        await partial.close();
      }
      await rename(`${file}.partial`, file);
      await syncFolder(folder);
    },
  };
}

/** Makes a rename last. Windows has no such thing for folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function readPassphrase(file: string | undefined): Promise<string> {
  if (file !== undefined) return (await readSmallFile(file, 'the passphrase')).replace(/\r?\n$/, '');
  return await ask('Passphrase of the key file (it is shown as you type): ', '--passphrase-file');
}

/** What a person types. @param instead the option for when there is nobody. */
export async function ask(question: string, instead: string): Promise<string> {
  if (!process.stdin.isTTY) throw new CannotRun(`there is nobody to ask: use ${instead}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** The key file of a folder. @throws CannotRun for a passphrase that is too short. */
export async function safeOf({ folder, passphraseFile, workFactor }: Whose): Promise<Safe> {
  const passphrase = await readPassphrase(passphraseFile);
  if (passphrase.length < 8) throw new CannotRun('a passphrase has at least 8 characters');
  const safe = { store: folderStore(folder), name: KEY_FILE, passphrase };
  return workFactor === undefined ? safe : { ...safe, workFactor };
}

/** Another file under the same passphrase. */
export function copyAt(safe: Safe, file: string): Safe {
  const path = resolve(file);
  return { ...safe, store: folderStore(dirname(path)), name: basename(path) };
}

/**
 * Runs `act` while no other process has the folder. The lock is the system's own on an empty database, so that it
 * ends with the process, however that ends.
 * @throws CannotRun if another process has it.
 */
export async function withLock<T>(folder: string, act: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    try {
      lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch {
      throw new CannotRun(`another process is at work in ${folder}: let it finish, or stop it`);
    }
    return await act();
  } finally {
    lock.close();
  }
}
