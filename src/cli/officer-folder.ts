/** The returning officer's own folder: the signing key, and which election on which server it is for. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hash } from '../codec/fields.ts';
import { fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { generateSigningKey, parseSigningKey, publicKeyOf, type SigningKey } from '../crypto/ed25519.ts';
import { CannotRun, messageOf } from './exit.ts';

const KEY_FILE = 'signing-key';
const ELECTION_FILE = 'election.json';

const electionFile = z.strictObject({ server: z.string(), election: hash });
export type OfficersElection = z.infer<typeof electionFile>;

/** A new signing key, for its owner's eyes only; none is ever overwritten. @returns the public key, base64url. */
export async function createOfficer(folder: string): Promise<string> {
  const key = generateSigningKey();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(join(folder, KEY_FILE), `${toBase64Url(key)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new CannotRun(`cannot make a key in ${folder}: ${messageOf(error)}`);
  }
  return toBase64Url(publicKeyOf(key));
}

export async function readOfficerSigningKey(folder: string): Promise<SigningKey> {
  const file = join(folder, KEY_FILE);
  try {
    return parseSigningKey(fromBase64Url((await readFile(file, 'utf8')).trim(), file), file);
  } catch (error) {
    throw new CannotRun(`there is no signing key to use (teller officer new makes one): ${messageOf(error)}`);
  }
}

export async function writeElection(folder: string, election: OfficersElection): Promise<void> {
  await writeFile(join(folder, ELECTION_FILE), `${JSON.stringify(election)}\n`);
}

export async function readElectionFile(folder: string): Promise<OfficersElection> {
  try {
    return electionFile.parse(JSON.parse(await readFile(join(folder, ELECTION_FILE), 'utf8')));
  } catch {
    throw new CannotRun(`${folder} names no election: publish one first (teller officer publish)`);
  }
}
