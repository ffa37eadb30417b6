/**
 * The keys of the service, made on first start and kept in its data directory with mode 0600: the key of its
 * logs, the key of the ballot box, and the officers' keys for signing in.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { base64urlOf, firstProblem } from '../codec/fields.ts';
import { type Bytes, fromBase64Url, toBase64Url, toUtf8 } from '../crypto/bytes.ts';
import {
  generateSigningKey,
  type PublicKey,
  parseSigningKey,
  publicKeyOf,
  type SigningKey,
} from '../crypto/ed25519.ts';

export interface KeyPair {
  readonly secret: SigningKey;
  readonly public: PublicKey;
}

export interface ServiceKeys {
  /** Signs the checkpoints of every log, under the log's origin. */
  readonly log: KeyPair;
  /** Signs closings and tallies. */
  readonly box: KeyPair;
  /** Of the automatic trustee. */
  readonly trustee: KeyPair;
}

const KEYS_FILE = 'service-keys.json';
const TRUSTEE_FILE = 'automatic-trustee-key';
const OFFICER_FILES = ['officer-key', 'second-officer-key'];
const keysDocument = z.strictObject({ log: base64urlOf(32), box: base64urlOf(32) });

/** The keys in the data directory, which are made if it has none. @throws Error if the file is damaged. */
export function loadServiceKeys(dataDir: string): ServiceKeys {
  const file = join(dataDir, KEYS_FILE);
  if (!existsSync(file)) {
    const made = { log: toBase64Url(generateSigningKey()), box: toBase64Url(generateSigningKey()) };
    writeSecret(file, `${JSON.stringify(made)}\n`);
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file}: not JSON`);
  }
  const parsed = keysDocument.safeParse(json);
  if (!parsed.success) throw new Error(`${file}: ${firstProblem(parsed.error).path}: not a key`);
  const trustee = loadTrusteeKey(join(dataDir, TRUSTEE_FILE));
  return { log: keyPair(parsed.data.log), box: keyPair(parsed.data.box), trustee };
}

function loadTrusteeKey(file: string): KeyPair {
  if (!existsSync(file)) writeSecret(file, `${toBase64Url(generateSigningKey())}\n`);
  const parsed = base64urlOf(32).safeParse(readFileSync(file, 'utf8').trim());
  if (!parsed.success) throw new Error(`${file}: not a key`);
  return keyPair(parsed.data);
}

function keyPair(seed: string): KeyPair {
  const secret = parseSigningKey(fromBase64Url(seed));
  return { secret, public: publicKeyOf(secret) };
}

/**
 * New keys for two officers, each in a file of its own; what the server keeps is `hashOfficerKey` of them. The second
 * is for somebody else, who approves changes of the roll.
 */
export function makeOfficerKeys(dataDir: string): string[] {
  return OFFICER_FILES.map((file) => {
    const key = toBase64Url(randomBytes(32));
    writeSecret(join(dataDir, file), `${key}\n`);
    return key;
  });
}

/** 256 random bits need no slow hash. */
export function hashOfficerKey(key: string): string {
  return toBase64Url(sha256(toUtf8(key)));
}

/** The file is there whole, and on disk, when this returns; before, not at all. */
export function writeSecret(file: string, content: string | Bytes): void {
  const unfinished = `${file}.new`;
  const descriptor = openSync(unfinished, 'w', 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, file);
}
