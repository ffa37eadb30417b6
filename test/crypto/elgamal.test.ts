/** Exponential ElGamal: what it decrypts to, how it adds, which encodings are refused (attack B3). */
import { describe, expect, test } from 'vitest';
import { concat } from '../../src/crypto/bytes.ts';
import {
  addCiphertexts,
  type Ciphertext,
  EMPTY_SUM,
  encodeCiphertext,
  encrypt,
  parseCiphertext,
} from '../../src/crypto/elgamal.ts';
import {
  type Element,
  encodeElement,
  equal,
  G,
  IDENTITY,
  multiplySecret,
  subtract,
} from '../../src/crypto/group.ts';
import { addScalars, randomScalar, type Scalar, scalarOf, ZERO } from '../../src/crypto/scalar.ts';
import { littleEndian, refusalOf } from './hostile-inputs.ts';

const key = randomScalar();
const Y = multiplySecret(G, key);

/** v·G = β − key·α. */
function opened({ alpha, beta }: Ciphertext): Element {
  return subtract(beta, multiplySecret(alpha, key));
}
const times = (v: number): Element => multiplySecret(G, scalarOf(v));

test('the equations (k·G, v·G + k·Y)', () => {
  for (const v of [0, 1, 2, 1000]) {
    const k = randomScalar();
    const { alpha, beta } = encrypt(Y, v, k);
    expect(equal(alpha, multiplySecret(G, k))).toBe(true);
    expect(equal(subtract(beta, multiplySecret(Y, k)), times(v))).toBe(true);
    expect(equal(opened({ alpha, beta }), times(v))).toBe(true);
  }
});

test('sums of ciphertexts encrypt sums of values, with the sum of the k', () => {
  const ks: Scalar[] = [randomScalar(), randomScalar(), randomScalar()];
  const sum = ks.map((k, i) => encrypt(Y, i + 1, k)).reduce(addCiphertexts, EMPTY_SUM);
  expect(equal(opened(sum), times(6))).toBe(true);
  expect(encodeCiphertext(sum)).toEqual(encodeCiphertext(encrypt(Y, 6, ks.reduce(addScalars))));
});

describe('refusals', () => {
  const good = encodeCiphertext(encrypt(Y, 1, randomScalar()));
  const alpha = good.subarray(0, 32);
  const beta = good.subarray(32);
  const identity = encodeElement(IDENTITY);

  test('what encodes decodes; β may be the identity', () => {
    expect(encodeCiphertext(parseCiphertext(good))).toEqual(good);
    expect(equal(parseCiphertext(concat(alpha, identity)).beta, IDENTITY)).toBe(true);
  });

  test('α is not the identity', () => {
    expect(refusalOf(() => parseCiphertext(concat(identity, beta), 'c[1]'))).toBe(
      'identity-refused at c[1].alpha',
    );
  });

  test('lengths and bad encodings, by place', () => {
    const bad = littleEndian(2n ** 255n - 20n);
    expect(refusalOf(() => parseCiphertext(good.subarray(1), 'c'))).toBe('bad-length at c');
    expect(refusalOf(() => parseCiphertext(concat(bad, beta), 'c'))).toBe('bad-encoding at c.alpha');
    expect(refusalOf(() => parseCiphertext(concat(alpha, bad), 'c'))).toBe('bad-encoding at c.beta');
  });

  test('values and randomness outside their range', () => {
    expect(refusalOf(() => encrypt(Y, -1, randomScalar()))).toBe('out-of-range at value');
    expect(refusalOf(() => encrypt(Y, 0.5, randomScalar()))).toBe('out-of-range at value');
    expect(refusalOf(() => encrypt(Y, 1, ZERO))).toBe('out-of-range at scalar');
  });
});
