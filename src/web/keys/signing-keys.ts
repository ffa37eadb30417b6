/**
 * Signing keys of people at browsers, officers and observers: each in an age file under its owner's passphrase, made,
 * opened, and restored from a copy here. A key signs where it was opened and is sent nowhere.
 */
import { z } from 'zod';
import { base64urlOf } from '../../codec/fields.ts';
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from '../../crypto/bytes.ts';
import { generateSigningKey, parseSigningKey, publicKeyOf, type SigningKey } from '../../crypto/ed25519.ts';
import { TrusteeError } from '../../trustee/errors.ts';
import type { SecretStore } from '../../trustee/interfaces.ts';
import { type Safe, seal, unseal } from '../../trustee/sealed-file.ts';
import { CHOSEN, isAgeFile, memoryStore, type Opening } from './chosen-file.ts';

/** Whose key it is: one made for one role is not taken for the other. */
export type KeyRole = 'officer' | 'observer';

const schemaOf = (role: KeyRole) =>
  z.strictObject({ v: z.literal(1), role: z.literal(role), signingKey: base64urlOf(32) });

/** A key that is open for a sitting. */
export interface OpenKey {
  /** In base64url: what a manifest lists. */
  readonly publicKey: string;
  readonly secret: SigningKey;
}

async function openSafe(safe: Safe, role: KeyRole): Promise<OpenKey> {
  const { signingKey } = await unseal(safe, schemaOf(role));
  const secret = parseSigningKey(fromBase64Url(signingKey));
  return { publicKey: toBase64Url(publicKeyOf(secret)), secret };
}

/** @throws TrusteeError `bad-key-file` unless what is stored under the key's name is that key. */
async function openProved(safe: Safe, role: KeyRole): Promise<OpenKey> {
  const key = await openSafe(safe, role);
  if (key.publicKey === safe.name) return key;
  throw new TrusteeError('bad-key-file', safe.name, `holds the key ${key.publicKey}`);
}

/** The keys of one role in one browser. Opening one takes scrypt a second or more: pages ask a worker (key-work.ts). */
export class SigningKeys {
  readonly #files: SecretStore;
  readonly #role: KeyRole;

  constructor(files: SecretStore, role: KeyRole) {
    this.#files = files;
    this.#role = role;
  }

  /** Makes a key, stores its file and reads that back. */
  async make(opening: Opening): Promise<OpenKey> {
    const secret = generateSigningKey();
    const name = toBase64Url(publicKeyOf(secret));
    const safe: Safe = { ...opening, store: this.#files, name };
    await seal(safe, { v: 1, role: this.#role, signingKey: toBase64Url(secret) });
    return await openProved(safe, this.#role);
  }

  /** @throws TrusteeError `no-key-file`; `bad-key-file` for a wrong passphrase or a damaged file. */
  async open(name: string, passphrase: string): Promise<OpenKey> {
    return await openProved({ store: this.#files, name, passphrase }, this.#role);
  }

  /**
   * Takes a copy into the browser. The same key may be here already: its file is replaced, and with it the passphrase.
   * @throws TrusteeError `bad-key-file`: a wrong passphrase, or no key file of this role.
   */
  async restore(bytes: Bytes, passphrase: string): Promise<OpenKey> {
    if (!isAgeFile(bytes)) throw new TrusteeError('bad-key-file', CHOSEN, 'is no age file');
    const key = await openSafe({ store: memoryStore(bytes), name: CHOSEN, passphrase }, this.#role);
    await this.#files.write(key.publicKey, bytes);
    const written = await this.#files.read(key.publicKey);
    if (written === undefined || !equalBytes(written, bytes))
      throw new TrusteeError('bad-key-file', key.publicKey, 'is not what was written');
    return key;
  }
}
