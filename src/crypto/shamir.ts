/**
 * Shamir's secret sharing over the scalars, and the same polynomial in the exponent: RFC 9591 appendices
 * C.1 and C.2, with 1 … n as identifiers. Coefficients are secrets, identifiers and commitments are public.
 */
import { CryptoError } from './errors.ts';
import { add, type Element, IDENTITY, multiplyPublic } from './group.ts';
import {
  addScalars,
  invertScalar,
  multiplyScalars,
  ONE,
  type Scalar,
  scalarOf,
  subtractScalars,
  ZERO,
} from './scalar.ts';

/** @throws CryptoError `out-of-range` unless `identifier` is a positive safe integer. */
function identifierScalar(identifier: number, where: string): Scalar {
  if (identifier < 1) throw new CryptoError('out-of-range', where, 'an identifier below 1');
  return scalarOf(identifier, where);
}

/**
 * f(identifier) = Σ_k coefficients[k]·identifier^k, the share of that identifier; f(0) is the secret.
 * @throws CryptoError `out-of-range` for an identifier that is no positive safe integer.
 */
export function shareOf(coefficients: readonly Scalar[], identifier: number): Scalar {
  const x = identifierScalar(identifier, 'identifier');
  return coefficients.reduceRight(
    (sum, coefficient) => addScalars(multiplyScalars(sum, x), coefficient),
    ZERO,
  );
}

/**
 * f(identifier)·G = Σ_k identifier^k·commitments[k], where commitments[k] = coefficients[k]·G.
 * @throws CryptoError `out-of-range` for an identifier that is no positive safe integer.
 */
export function publicShareOf(commitments: readonly Element[], identifier: number): Element {
  const x = identifierScalar(identifier, 'identifier');
  return commitments.reduceRight((sum, commitment) => add(multiplyPublic(sum, x), commitment), IDENTITY);
}

/**
 * The λ_i with f(0) = Σ λ_i·f(i) for every polynomial f of a degree below the number of identifiers:
 * λ_i = Π_{j ≠ i} j / (j − i). In the order of `identifiers`.
 * @throws CryptoError `out-of-range` for an identifier that is no positive safe integer, or comes twice, or if
 * there are none: nothing would be interpolated, and 0 be taken for f(0).
 */
export function lagrangeAtZero(identifiers: readonly number[]): Scalar[] {
  if (identifiers.length === 0) throw new CryptoError('out-of-range', 'identifiers', 'none');
  const xs = identifiers.map((identifier, k) => identifierScalar(identifier, `identifiers[${k}]`));
  return xs.map((x, k) => {
    let numerator = ONE;
    let denominator = ONE;
    for (const other of xs.filter((_, at) => at !== k)) {
      numerator = multiplyScalars(numerator, other);
      denominator = multiplyScalars(denominator, subtractScalars(other, x));
    }
    // Zero exactly if an identifier comes twice.
    return multiplyScalars(numerator, invertScalar(denominator, `identifiers[${k}]`));
  });
}
