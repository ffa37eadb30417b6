/**
 * C2SP signed-note: a text, an empty line, and one signature line for each signer. Notes and verifier keys are
 * hostile; which keys are known is configuration.
 *
 *     — <key name> base64(key ID ‖ signature)
 */
import { sha256 } from '@noble/hashes/sha2.js';
import {
  type Bytes,
  concat,
  fromBase64,
  fromHex,
  fromUtf8,
  toBase64,
  toHex,
  toUtf8,
} from '../crypto/bytes.ts';
import * as ed25519 from '../crypto/ed25519.ts';
import { BoardError, decoding } from './errors.ts';

/** The signature type identifier bytes of the specification that are spoken here. */
export type SignatureType = typeof NOTE_SIGNATURE | typeof COSIGNATURE;
/** Ed25519 over the note's text. */
export const NOTE_SIGNATURE = 0x01;
/** Timestamped Ed25519 cosignature of a checkpoint (tlog-cosignature). */
export const COSIGNATURE = 0x04;

const KEY_ID_BYTES = 4;
const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;

/** A public key under a name, for one type of signature. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  readonly publicKey: ed25519.PublicKey;
  /** SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4], in hexadecimal. */
  readonly id: string;
}

/** A note as it stands, with nothing verified. */
export interface Note {
  /** The signed text; ends in a newline. */
  readonly text: string;
  /** In their order; one at least. */
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** The key ID, eight hexadecimal digits. */
  readonly id: string;
  readonly signature: Bytes;
}

/** What a verifier does with a signature whose name and ID are those of `key`. */
export interface NoteVerifier {
  readonly key: VerifierKey;
  readonly verify: (text: string, signature: Bytes) => boolean;
}

/** @throws BoardError `bad-encoding` if `text` has a lone surrogate or an ASCII control character but newline. */
export function checkText(text: string, where: string): void {
  const bytes = decoding('bad-encoding', where, () => toUtf8(text));
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x0a)) {
    throw new BoardError('bad-encoding', where, 'a control character');
  }
}

/** Names are not empty and have no Unicode space and no plus. */
function checkName(name: string, where: string): void {
  checkText(name, where);
  if (!/^[^\p{White_Space}+]+$/u.test(name)) throw new BoardError('bad-encoding', where, 'not a key name');
}

/** @throws BoardError `bad-encoding` unless `name` can be the name of a key. */
export function verifierKey(name: string, type: SignatureType, publicKey: ed25519.PublicKey): VerifierKey {
  checkName(name, 'name');
  const id = sha256(concat(toUtf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, KEY_ID_BYTES);
  return { name, type, publicKey, id: toHex(id) };
}

/** `<name>+<key ID in hexadecimal>+<base64 of type ‖ public key>` */
export function encodeVerifierKey({ name, type, publicKey, id }: VerifierKey): string {
  return `${name}+${id}+${toBase64(concat(Uint8Array.of(type), publicKey))}`;
}

/**
 * @throws BoardError `bad-encoding` for another form, `bad-key` for a type that is not spoken here, a public key
 * that Ed25519 refuses, or an ID that is not that of the key.
 */
export function parseVerifierKey(text: string, where = 'verifierKey'): VerifierKey {
  // Standard base64 may have a plus of its own, so only the first two divide.
  const [, name, id, base64] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || id === undefined || base64 === undefined) {
    throw new BoardError('bad-encoding', where, 'not name+id+key');
  }
  checkName(name, where);
  const bytes = decoding('bad-encoding', where, () => fromBase64(base64));
  const type = bytes[0];
  if (type !== NOTE_SIGNATURE && type !== COSIGNATURE) {
    throw new BoardError('bad-key', where, `signature type ${type} is unknown`);
  }
  const publicKey = decoding('bad-key', where, () => ed25519.parsePublicKey(bytes.subarray(1)));
  const key = verifierKey(name, type, publicKey);
  if (key.id !== id) throw new BoardError('bad-key', where, `the key ID is ${key.id}`);
  return key;
}

/** Verifies signatures of type 0x01. */
export function noteVerifier(key: VerifierKey): NoteVerifier {
  if (key.type !== NOTE_SIGNATURE) throw new BoardError('bad-key', key.name, 'not a key for notes');
  return { key, verify: (text, signature) => ed25519.verify(key.publicKey, toUtf8(text), signature) };
}

/** A signature of type 0x01 over `text`. @throws BoardError `bad-encoding` for a bad name. */
export function signText(text: string, name: string, key: ed25519.SigningKey): NoteSignature {
  const { id } = verifierKey(name, NOTE_SIGNATURE, ed25519.publicKeyOf(key));
  const bytes = decoding('bad-encoding', 'text', () => toUtf8(text));
  return { name, id, signature: ed25519.sign(key, bytes) };
}

/** @throws BoardError `bad-encoding` unless the note can be read again as what it is. */
export function encodeNote({ text, signatures }: Note): Bytes {
  const bytes = decoding('bad-encoding', 'note', () => {
    const lines = signatures.map(
      ({ name, id, signature }) => `— ${name} ${toBase64(concat(fromHex(id), signature))}\n`,
    );
    return toUtf8(`${text}\n${lines.join('')}`);
  });
  if (parseNote(bytes).text !== text) throw new BoardError('bad-encoding', 'text', 'not the text of a note');
  return bytes;
}

function parseSignature(line: string, where: string): NoteSignature {
  const [, name, base64] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  if (name === undefined || base64 === undefined) {
    throw new BoardError('bad-encoding', where, 'not a signature line');
  }
  checkName(name, where);
  const bytes = decoding('bad-encoding', where, () => fromBase64(base64));
  if (bytes.length <= KEY_ID_BYTES)
    throw new BoardError('bad-encoding', where, 'no signature after the key ID');
  return { name, id: toHex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.subarray(KEY_ID_BYTES) };
}

/**
 * Takes a note apart and verifies nothing.
 * @throws BoardError `bad-encoding` with the line; `bad-length` over a megabyte or a hundred signatures.
 */
export function parseNote(bytes: Bytes): Note {
  if (bytes.length > MAX_NOTE_BYTES)
    throw new BoardError('bad-length', 'note', `over ${MAX_NOTE_BYTES} bytes`);
  const note = decoding('bad-encoding', 'note', () => fromUtf8(bytes));
  checkText(note, 'note');
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0 || !note.endsWith('\n')) {
    throw new BoardError('bad-encoding', 'note', 'not a text, an empty line, and signature lines');
  }
  const text = note.slice(0, blank + 1);
  const lines = note.slice(blank + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) {
    throw new BoardError('bad-length', 'note', `over ${MAX_SIGNATURES} signatures`);
  }
  return { text, signatures: lines.map((line, i) => parseSignature(line, `signature line ${i + 1}`)) };
}

/**
 * The signatures of a note that were made with the given keys, each of them verified; others are passed over.
 * @throws BoardError `bad-signature` if one with the name and ID of a given key does not verify.
 */
export function verifySignatures<V extends NoteVerifier>(
  { text, signatures }: Note,
  verifiers: readonly V[],
): { readonly verifier: V; readonly signature: Bytes }[] {
  return signatures.flatMap(({ name, id, signature }, i) =>
    verifiers
      .filter(({ key }) => key.name === name && key.id === id)
      .map((verifier) => {
        if (!verifier.verify(text, signature)) {
          throw new BoardError('bad-signature', `signature line ${i + 1}`, `not by ${name}`);
        }
        return { verifier, signature };
      }),
  );
}

/**
 * The text of a note that at least one of the given keys has signed.
 * @throws BoardError as `parseNote` and `verifySignatures` do; `unsigned` if no given key has signed.
 */
export function openNote(bytes: Bytes, verifiers: readonly NoteVerifier[]): string {
  const note = parseNote(bytes);
  if (verifySignatures(note, verifiers).length === 0) {
    throw new BoardError('unsigned', 'note', 'no signature by a known key');
  }
  return note.text;
}
