/**
 * Ed25519 signatures, RFC 8032 section 5.1, as one strict dialect: the cofactored equation, canonical
 * encodings of A, R and s only, and no public key of small order. Keys, messages and signatures to be
 * verified are hostile.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './errors.ts';

/** 32 bytes, the seed of RFC 8032 section 5.1.5. */
export type SigningKey = Bytes & { readonly __brand: 'Ed25519SigningKey' };

/** 32 bytes that were checked to be a canonical point of large order. */
export type PublicKey = Bytes & { readonly __brand: 'Ed25519PublicKey' };

const PUBLIC_KEY_BYTES = 32;
const SIGNING_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** A new key from the platform's random source. */
export function generateSigningKey(): SigningKey {
  return ed25519.utils.randomSecretKey() as Bytes as SigningKey;
}

/** @throws CryptoError `bad-length` unless `bytes` is 32 bytes long. */
export function parseSigningKey(bytes: Bytes, where = 'signingKey'): SigningKey {
  if (bytes.length !== SIGNING_KEY_BYTES) {
    throw new CryptoError('bad-length', where, `${bytes.length} bytes instead of ${SIGNING_KEY_BYTES}`);
  }
  return Uint8Array.from(bytes) as Bytes as SigningKey;
}

/**
 * @throws CryptoError `bad-length` unless `bytes` is 32 bytes long, `bad-key` if they are no point,
 * not its canonical encoding (y ≥ p, or −0), or a point of small order.
 */
export function parsePublicKey(bytes: Bytes, where = 'publicKey'): PublicKey {
  if (bytes.length !== PUBLIC_KEY_BYTES) {
    throw new CryptoError('bad-length', where, `${bytes.length} bytes instead of ${PUBLIC_KEY_BYTES}`);
  }
  let smallOrder: boolean;
  try {
    smallOrder = ed25519.Point.fromBytes(bytes, false).isSmallOrder();
  } catch {
    throw new CryptoError('bad-key', where, 'not the canonical encoding of a point');
  }
  if (smallOrder) throw new CryptoError('bad-key', where, 'a point of small order');
  return Uint8Array.from(bytes) as Bytes as PublicKey;
}

export function publicKeyOf(key: SigningKey): PublicKey {
  return ed25519.getPublicKey(key) as Bytes as PublicKey;
}

/** The 64-byte signature R ‖ s of `message`. */
export function sign(key: SigningKey, message: Bytes): Bytes {
  return ed25519.sign(message, key);
}

/** Whether `signature` is `key`'s over `message`; false, never an error, for bytes of any other form. */
export function verify(key: PublicKey, message: Bytes, signature: Bytes): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  return ed25519.verify(signature, message, key, { zip215: false });
}
