/**
 * What is hashed: a tag that names the use, then every part, each behind its length, so that no two lists
 * of parts give the same bytes. frame(x) = u32 length, big-endian ‖ x. Integers come as parts of a fixed
 * width from bytes.ts.
 */
import { sha256, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { type Bytes, toUtf8 } from './bytes.ts';
import { CryptoError } from './errors.ts';

const LENGTH_BYTES = 4;

/** frame(part₁) ‖ frame(part₂) ‖ … @throws CryptoError `out-of-range` for a part of 2^32 bytes or more. */
export function framed(...parts: readonly Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((size, part) => size + LENGTH_BYTES + part.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const part of parts) {
    if (part.length > 0xffff_ffff)
      throw new CryptoError('out-of-range', 'part', 'longer than 2^32 − 1 bytes');
    view.setUint32(at, part.length);
    out.set(part, at + LENGTH_BYTES);
    at += LENGTH_BYTES + part.length;
  }
  return out;
}

/** `hash512`, or another way to the same 64 bytes. */
export type Hash512 = (tag: string, ...parts: readonly Bytes[]) => Bytes;

/** The 64 bytes SHA-512(frame(tag) ‖ frame(part₁) ‖ …). */
export function hash512(tag: string, ...parts: readonly Bytes[]): Bytes {
  return sha512(framed(toUtf8(tag, 'tag'), ...parts));
}

/** The 32 bytes SHA-256(frame(tag) ‖ frame(part₁) ‖ …). */
export function hash256(tag: string, ...parts: readonly Bytes[]): Bytes {
  return sha256(framed(toUtf8(tag, 'tag'), ...parts));
}

/** The 32 bytes SHA-512/256(frame(tag) ‖ frame(part₁) ‖ …). */
export function hash512_256(tag: string, ...parts: readonly Bytes[]): Bytes {
  return sha512_256(framed(toUtf8(tag, 'tag'), ...parts));
}
