/**
 * A document of secrets in an age file under a passphrase (age-encryption.org/v1, scrypt), as its owner keeps it: a
 * trustee's key file, an officer's or observer's signing key. What is read may be damaged, or somebody else's.
 */
import { Decrypter, Encrypter } from 'age-encryption';
import type { z } from 'zod';
import { encodeCanonical, type Json } from '../codec/canonical-json.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { parseDocument } from '../record/envelope.ts';
import { RecordError } from '../record/errors.ts';
import { TrusteeError } from './errors.ts';
import type { SecretStore } from './interfaces.ts';

/** Where a key file is, and what opens it. */
export interface Safe {
  readonly store: SecretStore;
  /** Of the document in the store. */
  readonly name: string;
  readonly passphrase: string;
  /** Base-2 logarithm of scrypt's work, 1 … 20; 18, a second or so, without it. */
  readonly workFactor?: number;
}

/** @throws TrusteeError `key-file-exists`: none is ever overwritten. */
export async function refuseSecond({ store, name }: Safe): Promise<void> {
  if ((await store.read(name)) === undefined) return;
  throw new TrusteeError('key-file-exists', name, 'is there already');
}

export async function seal(safe: Safe, document: Json): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(safe.passphrase);
  if (safe.workFactor !== undefined) encrypter.setScryptWorkFactor(safe.workFactor);
  await safe.store.write(safe.name, await encrypter.encrypt(encodeCanonical(document)));
}

/** @throws TrusteeError `no-key-file`; `bad-key-file` for a wrong passphrase, a damaged file, or one of another kind. */
export async function unseal<T>(safe: Safe, schema: z.ZodType<T>): Promise<T> {
  const sealed = await safe.store.read(safe.name);
  if (sealed === undefined) throw new TrusteeError('no-key-file', safe.name, 'is not there');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(safe.passphrase);
  let bytes: Bytes;
  try {
    bytes = await decrypter.decrypt(sealed);
  } catch {
    throw new TrusteeError('bad-key-file', safe.name, 'the passphrase is wrong or the file is damaged');
  }
  try {
    return parseDocument(schema, bytes);
  } catch (error) {
    if (error instanceof RecordError) throw new TrusteeError('bad-key-file', safe.name, error.message);
    throw error;
  }
}
