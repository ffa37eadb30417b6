/** Runs `teller` as a process of its own, as a person would. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TELLER = fileURLToPath(new URL('../../bin/teller', import.meta.url));
const VECTORS = fileURLToPath(new URL('../vectors/election/', import.meta.url));

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function teller(...args: string[]): Promise<Said> {
  return tellerIn(process.env, ...args);
}

export function tellerIn(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 2 ** 26, env };
    const child = execFile(process.execPath, [TELLER, ...args], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** What a command that was to succeed answers in JSON. */
export async function ask(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await teller(...args, '--json');
  if (code !== 0) throw new Error(`teller ${args.join(' ')}: ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'teller-cli-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The worked election: a record in which every check is proved. */
export const RECORD = join(VECTORS, 'record');
export const ANCHOR = join(VECTORS, 'anchor.json');

type Piece = string | readonly [path: string, from: number, to: number];

interface Forgery {
  readonly what: string;
  /** Null for a file that is gone, otherwise pieces to be joined. */
  readonly files: Readonly<Record<string, readonly Piece[] | null>>;
}

/** The worked election with one of its forgeries, as a folder. */
export async function forgedRecord(what: string, folder: string): Promise<void> {
  await cp(RECORD, folder, { recursive: true });
  const forgeries = JSON.parse(await readFile(join(VECTORS, 'failing.json'), 'utf8')) as Forgery[];
  const forgery = forgeries.find((one) => one.what === what);
  if (forgery === undefined) throw new Error(`no forgery: ${what}`);
  for (const [path, pieces] of Object.entries(forgery.files)) {
    const file = join(folder, path);
    if (pieces === null) await rm(file);
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, Buffer.concat(await Promise.all(pieces.map(bytesOf))));
    }
  }
}

async function bytesOf(piece: Piece): Promise<Uint8Array> {
  if (typeof piece === 'string') return Buffer.from(piece, 'base64url');
  const [path, from, to] = piece;
  return (await readFile(join(RECORD, path))).subarray(from, to);
}
