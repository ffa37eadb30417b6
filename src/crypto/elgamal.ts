/**
 * Exponential ElGamal under an election key Y: the encryption of v with randomness k is
 * (α, β) = (k·G, v·G + k·Y). Sums of ciphertexts encrypt sums of values.
 */
import { type Bytes, concat } from './bytes.ts';
import { CryptoError } from './errors.ts';
import {
  add,
  ELEMENT_BYTES,
  type Element,
  encodeElement,
  G,
  IDENTITY,
  multiplyUniform,
  parseElement,
  parseNonIdentity,
  subtract,
} from './group.ts';
import { addScalars, type Scalar, scalarOf } from './scalar.ts';

export interface Ciphertext {
  readonly alpha: Element;
  readonly beta: Element;
}

export const CIPHERTEXT_BYTES = 2 * ELEMENT_BYTES;

/** The sum of no ciphertexts: zero, encrypted with k = 0. */
export const EMPTY_SUM: Ciphertext = { alpha: IDENTITY, beta: IDENTITY };

/**
 * @param publicKey Y; `prepareBase` pays when it encrypts more than a few values.
 * @param value v, a secret: 0 ≤ v < ℓ, for votes far below what `DiscreteLog` can find again.
 * @param k a fresh `randomScalar` of this ciphertext alone.
 * @throws CryptoError `out-of-range` for a negative or unsafe value, or k = 0.
 */
export function encrypt(publicKey: Element, value: number, k: Scalar): Ciphertext {
  const alpha = multiplyUniform(G, k);
  // v·G as (v + k)·G − α: with k uniform, so is v + k, which the multiplication needs of its scalar.
  const plain = subtract(multiplyUniform(G, addScalars(scalarOf(value), k)), alpha);
  return { alpha, beta: add(plain, multiplyUniform(publicKey, k)) };
}

export function addCiphertexts(a: Ciphertext, b: Ciphertext): Ciphertext {
  return { alpha: add(a.alpha, b.alpha), beta: add(a.beta, b.beta) };
}

/** 64 bytes: α ‖ β. */
export function encodeCiphertext({ alpha, beta }: Ciphertext): Bytes {
  return concat(encodeElement(alpha), encodeElement(beta));
}

/**
 * A voter's ciphertext. α is not the identity, or v would be there for all to read; β may be.
 * @throws CryptoError `bad-length`, `bad-encoding`, `identity-refused`; `where` gets `.alpha` or `.beta`.
 */
export function parseCiphertext(bytes: Bytes, where = 'ciphertext'): Ciphertext {
  if (bytes.length !== CIPHERTEXT_BYTES) {
    throw new CryptoError('bad-length', where, `${bytes.length} bytes instead of ${CIPHERTEXT_BYTES}`);
  }
  return {
    alpha: parseNonIdentity(bytes.subarray(0, ELEMENT_BYTES), `${where}.alpha`),
    beta: parseElement(bytes.subarray(ELEMENT_BYTES), `${where}.beta`),
  };
}
