/**
 * Entries as bytes, and the signatures on them (docs/protocol.md §5.1). Bytes to be parsed are hostile.
 *
 *     sig = Ed25519(utf8(`teller/v1/entry-signature`) ‖ RFC 8785 form of the envelope without `sigs`)
 */
import type { z } from 'zod';
import { SUITE } from '../ballot/ballot-limits.ts';
import { KINDS, type ManifestBody } from '../ballot/manifest.ts';
import { hashLeaf } from '../board/merkle.ts';
import { MAX_ENTRY_BYTES } from '../board/tiles.ts';
import { CodecError, encodeCanonical, type Json, parseCanonical } from '../codec/canonical-json.ts';
import { firstProblem } from '../codec/fields.ts';
import { type Bytes, concat, fromBase64Url, fromUtf8, toBase64Url, toUtf8 } from '../crypto/bytes.ts';
import { parsePublicKey, type SigningKey, sign, verify } from '../crypto/ed25519.ts';
import { CryptoError } from '../crypto/errors.ts';
import { TAGS } from '../crypto/tags.ts';
import {
  type Entry,
  type EntryOf,
  entry,
  type Role,
  type SignedEntry,
  UNSUPPORTED_TYPES,
} from './entries.ts';
import { RecordError } from './errors.ts';
import { needsSecond } from './second-officer.ts';

export type SignedType = SignedEntry['type'];
export type UnsignedEntry<T extends SignedType = SignedType> = T extends SignedType
  ? Omit<EntryOf<T>, 'sigs'>
  : never;

/** The roles that sign an entry of each type, in the order of its signatures. */
const SIGNERS: Readonly<Record<SignedType, readonly Role[]>> = {
  manifest: ['officer'],
  join: ['trustee'],
  commit: ['trustee'],
  reveal: ['trustee'],
  dealt: ['trustee'],
  confirm: ['trustee'],
  complaint: ['trustee'],
  void: ['officer'],
  roll: ['registrar'],
  opening: ['officer'],
  replacement: ['registrar', 'officer'],
  act: ['officer'],
  closing: ['box'],
  tally: ['box'],
  agreement: ['trustee'],
  shares: ['trustee'],
  result: ['officer'],
  recount: ['observer'],
};

/** Whether an entry of this type is signed by a role; ballots and checks carry a proof instead. */
export function isSigned(entry: Entry): entry is SignedEntry {
  return entry.type in SIGNERS;
}

/** The canonical bytes as a value. @throws RecordError `not-canonical`. */
function parseJson(bytes: Bytes, where: string): Json {
  try {
    return parseCanonical(bytes);
  } catch (error) {
    if (error instanceof CodecError) throw new RecordError('not-canonical', where, error.message);
    throw error;
  }
}

function checked<T>(schema: z.ZodType<T>, value: Json): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const { path, message } = firstProblem(error);
  throw new RecordError('bad-field', path, message);
}

/**
 * A document beside the log (roll, tally, shares, texts, receipt) by its schema.
 * @throws RecordError `not-canonical`; `bad-field` with the path of the field.
 */
export function parseDocument<T>(schema: z.ZodType<T>, bytes: Bytes, where = 'document'): T {
  return checked(schema, parseJson(bytes, where));
}

const known: readonly string[] = Object.keys(SIGNERS).concat('ballot', 'check');
const unsupported: readonly string[] = UNSUPPORTED_TYPES;

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses the types that there are not by codes of their own. */
function checkType(value: Json): void {
  if (!isObject(value)) throw new RecordError('bad-field', '', 'not an object');
  const { type } = value;
  if (typeof type !== 'string') throw new RecordError('bad-field', 'type', 'not a text');
  if (unsupported.includes(type))
    throw new RecordError('unsupported-type', 'type', `${type} is not supported yet`);
  if (!known.includes(type)) throw new RecordError('unknown-type', 'type', JSON.stringify(type.slice(0, 40)));
  if (type === 'manifest') checkSupported(value);
}

/** A manifest of a later release may be right: it is refused as that, before its schema refuses it as malformed. */
function checkSupported({ v, body }: { readonly [key: string]: Json }): void {
  const refuse = (what: string) => {
    throw new RecordError('unsupported', what, 'of a release that this one does not know');
  };
  if (typeof v === 'number' && v !== 1) refuse('v');
  if (!isObject(body)) return;
  const { suite, kind, features } = body;
  if (typeof suite === 'string' && suite !== SUITE) refuse('body.suite');
  if (typeof kind === 'string' && !KINDS.some((known) => known === kind)) refuse('body.kind');
  if (Array.isArray(features) && features.length > 0) refuse('body.features');
}

/**
 * The published bytes of an entry.
 * @throws RecordError `too-long` over 65,535 bytes; `not-canonical` for a value that has no RFC 8785 form here.
 */
export function encodeEntry(entry: Entry): Bytes {
  let bytes: Bytes;
  try {
    bytes = encodeCanonical(entry);
  } catch (error) {
    if (error instanceof CodecError) throw new RecordError('not-canonical', 'entry', error.message);
    throw error;
  }
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw new RecordError('too-long', 'entry', `${bytes.length} bytes; at most ${MAX_ENTRY_BYTES}`);
  }
  return bytes;
}

/**
 * The entry that the bytes are the one form of. Signatures and proofs are not verified here.
 * @throws RecordError `too-long`, `not-canonical`; `unsupported-type` or `unknown-type`; `unsupported` for a manifest
 * whose version, suite, kind or features another release may know; `bad-field` with the path of the field.
 */
export function parseEntry(bytes: Bytes): Entry {
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw new RecordError('too-long', 'entry', `${bytes.length} bytes; at most ${MAX_ENTRY_BYTES}`);
  }
  const value = parseJson(bytes, 'entry');
  checkType(value);
  return checked(entry, value);
}

/** The *leaf* of an entry: SHA-256(0x00 ‖ published bytes). In base64url it is the entry's name. */
export function entryLeaf(bytes: Bytes): Bytes {
  return hashLeaf(bytes);
}

/** The name of an election, by its manifest's published bytes. */
export function electionName(manifest: Bytes): string {
  return toBase64Url(entryLeaf(manifest));
}

/** Of every signed entry but the manifest: where it is made, and what its signer has seen of the log. */
export interface SignedOn {
  readonly election: string;
  readonly seen: { readonly size: number; readonly root: string };
}

/** What is to be signed. The types of an entry's parts are related here alone: to TypeScript, one member of a union is not made of them. */
export function unsignedEntry<T extends Exclude<SignedType, 'manifest'>>(
  { election, seen }: SignedOn,
  type: T,
  body: EntryOf<T>['body'],
): UnsignedEntry<T> {
  return { v: 1, type, election, seen, body, ext: {} } as unknown as UnsignedEntry<T>;
}

function signedBytes<T extends SignedType>(unsigned: UnsignedEntry<T>): Bytes {
  return concat(toUtf8(TAGS.entrySignature), encodeCanonical(unsigned));
}

/** What the signatures under an entry are of, in canonical form: whoever signs it too, and in whatever order, it is the same. */
export function contentOf(entry: SignedEntry): string {
  const { sigs: _, ...unsigned } = entry;
  return fromUtf8(encodeCanonical(unsigned));
}

/** The signature of the `i`-th key (from 1) of a role on an entry. Whether that role may make it is not asked. */
export function signatureOf<T extends SignedType>(
  unsigned: UnsignedEntry<T>,
  role: Role,
  i: number,
  key: SigningKey,
): SignedEntry['sigs'][number] {
  return { role, i, sig: toBase64Url(sign(key, signedBytes(unsigned))) };
}

/** The entry with these signatures. */
export function withSignatures<T extends SignedType>(
  unsigned: UnsignedEntry<T>,
  sigs: SignedEntry['sigs'],
): EntryOf<T> {
  return { ...unsigned, sigs } as unknown as EntryOf<T>;
}

/** The entry with one signature. */
export function signEntry<T extends SignedType>(
  unsigned: UnsignedEntry<T>,
  role: Role,
  i: number,
  key: SigningKey,
): EntryOf<T> {
  return withSignatures(unsigned, [signatureOf(unsigned, role, i, key)]);
}

/** The public keys of a role, in the manifest's order. */
function roleKeys({ roles, trustees }: ManifestBody, role: Role): readonly string[] {
  const keys: Readonly<Record<Role, readonly string[]>> = {
    officer: roles.officers,
    registrar: roles.registrars,
    box: roles.boxes,
    trustee: trustees?.keys ?? [],
    observer: roles.observers,
  };
  return keys[role];
}

/**
 * Verifies that the entry is signed by the roles of §5.1, once each, and by a second officer where the manifest says so;
 * an entry of a trustee by that trustee.
 * @param missing how many signatures, of the last ones, are still to come.
 * @throws RecordError `wrong-signer` or `bad-signature`, with the field.
 */
export function verifyEntrySignatures(entry: SignedEntry, manifest: ManifestBody, missing = 0): void {
  const { sigs, ...unsigned } = entry;
  const all = [...SIGNERS[entry.type], ...(needsSecond(entry, manifest) ? (['officer'] as const) : [])];
  const roles = all.slice(0, all.length - missing);
  if (sigs.length !== roles.length) {
    throw new RecordError('wrong-signer', 'sigs', `${sigs.length} signatures instead of ${roles.length}`);
  }
  const signed = signedBytes(unsigned);
  roles.forEach((role, at) => {
    const given = sigs[at];
    if (given?.role !== role) {
      const why = `${entry.type} is signed by ${role}, not ${given?.role}`;
      throw new RecordError('wrong-signer', `sigs[${at}].role`, why);
    }
    if ('i' in entry.body && entry.body.i !== given.i) {
      const why = `trustee ${given.i} signs for trustee ${entry.body.i}`;
      throw new RecordError('wrong-signer', `sigs[${at}].i`, why);
    }
    if (sigs.slice(0, at).some((before) => before.role === role && before.i === given.i)) {
      const why = `${role} ${given.i} signed before; the second is another`;
      throw new RecordError('wrong-signer', `sigs[${at}].i`, why);
    }
    verifySignature(signed, given, at, manifest);
  });
}

function verifySignature(
  signed: Bytes,
  { role, i, sig }: SignedEntry['sigs'][number],
  at: number,
  manifest: ManifestBody,
): void {
  const key = roleKeys(manifest, role)[i - 1];
  if (key === undefined) throw new RecordError('wrong-signer', `sigs[${at}].i`, `there is no ${role} ${i}`);
  try {
    if (verify(parsePublicKey(fromBase64Url(key)), signed, fromBase64Url(sig))) return;
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
  }
  throw new RecordError('bad-signature', `sigs[${at}].sig`, `not by ${role} ${i}`);
}
