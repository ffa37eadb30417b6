/**
 * A trustee's key file: the signing key, its part of the election key, and every entry that it has signed, so
 * that it never signs two for one step. A document in RFC 8785 form in an age file under a passphrase
 * (age-encryption.org/v1, scrypt). It is written before anything is sent. One file serves one election.
 */
import { z } from 'zod';
import { base64urlOf, base64urlOfMany, hash, positive } from '../codec/fields.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { generateSigningKey, parseSigningKey, publicKeyOf, type SigningKey } from '../crypto/ed25519.ts';
import { refuseSecond, type Safe, seal, unseal } from './sealed-file.ts';

export type { Safe } from './sealed-file.ts';

/** In the order in which a trustee makes them. */
export const TRUSTEE_STEPS = ['join', 'commit', 'reveal', 'dealt', 'confirm', 'agreement', 'shares'] as const;
export type TrusteeStep = (typeof TRUSTEE_STEPS)[number];
/** What a trustee signs: its steps, or a complaint in place of the confirmation. */
export const SIGNED_TYPES = [...TRUSTEE_STEPS, 'complaint'] as const;
export type SignedType = (typeof SIGNED_TYPES)[number];

const MOST_BYTES = 50_000_000;

const signedEntry = z.strictObject({
  type: z.enum(SIGNED_TYPES),
  /** Its published bytes. */
  entry: base64urlOfMany(1, MOST_BYTES),
  /** The age files or the blob that it names. */
  files: z.array(base64urlOfMany(1, MOST_BYTES)),
});

const keyFile = z.strictObject({
  v: z.literal(1),
  signingKey: base64urlOf(32),
  /** From the first entry on: the one election that this file is for. */
  election: hash.nullable(),
  /** The log as it was when the last entry was signed. */
  seen: z.strictObject({ size: positive, root: hash }).nullable(),
  /** The attempt at the ceremony that everything below belongs to. */
  attempt: positive,
  /** The age identity of the attempt, until it is confirmed. */
  identity: z.string().nullable(),
  /** The secret polynomial (`encodeDealing`), until the attempt is confirmed. */
  dealing: base64urlOfMany(1, 10_000).nullable(),
  /** s_i, once every share has come and been checked. */
  share: base64urlOf(32).nullable(),
  /** At most one of each type. */
  signed: z.array(signedEntry).max(SIGNED_TYPES.length),
});

export type KeyFile = z.infer<typeof keyFile>;
export type SignedStep = KeyFile['signed'][number];

export function signingKeyOf(file: KeyFile): SigningKey {
  return parseSigningKey(fromBase64Url(file.signingKey));
}

/** The public key that the manifest lists, in base64url. */
export function publicKeyIn(file: KeyFile): string {
  return toBase64Url(publicKeyOf(signingKeyOf(file)));
}

/** The file with another entry in it. */
export function withSigned(
  file: KeyFile,
  type: SignedType,
  entry: Bytes,
  files: readonly Bytes[] = [],
): KeyFile {
  const step = { type, entry: toBase64Url(entry), files: files.map(toBase64Url) };
  return { ...file, signed: [...file.signed, step] };
}

/** The file for a later attempt: nothing of the one before is used again but the signing key. */
export function forAttempt(file: KeyFile, attempt: number): KeyFile {
  if (file.attempt === attempt) return file;
  return { ...file, attempt, identity: null, dealing: null, share: null, signed: [] };
}

/** A new key file, with a new signing key unless one is given. @throws TrusteeError `key-file-exists`. */
export async function createKeyFile(safe: Safe, signingKey = generateSigningKey()): Promise<KeyFile> {
  await refuseSecond(safe);
  const file: KeyFile = {
    v: 1,
    signingKey: toBase64Url(signingKey),
    election: null,
    seen: null,
    attempt: 1,
    identity: null,
    dealing: null,
    share: null,
    signed: [],
  };
  await saveKeyFile(safe, file);
  return file;
}

export async function saveKeyFile(safe: Safe, file: KeyFile): Promise<void> {
  await seal(safe, file);
}

/** @throws TrusteeError `no-key-file`; `bad-key-file` for a wrong passphrase or a damaged file. */
export async function loadKeyFile(safe: Safe): Promise<KeyFile> {
  return await unseal(safe, keyFile);
}
