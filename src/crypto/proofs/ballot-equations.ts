/**
 * The equations of a ballot's proof (docs/protocol.md §6.3), each times a weight, as one linear combination of its
 * points: which products of weights and scalars make up each coefficient. It depends on the clauses alone, so
 * that one plan serves every ballot of a college.
 */
import type { SumPlan } from '../kernel/kernel.ts';
import { type Clause, countValues } from './ballot-statement.ts';

type Products = SumPlan['products'][number][];

/** The sums that all ballots share: the coefficients of G and of Y. */
const OF_G = 0;
const OF_Y = 1;
const SHARED = 2;

/** The scalars of a ballot: 1, e, then those of its proof, in order. */
const SCALAR_ONE = 0;
const SCALAR_E = 1;
const SCALAR_RESPONSE = 2;

/**
 * Sums of a ballot: the coefficients of P, α₁, β₁, α₂, β₂ …, T, A, B, A, B …. Weights: one for the credential,
 * then two for each value of each clause.
 */
export function ballotPlan(clauses: readonly Clause[], ciphertexts: number): SumPlan {
  const ofP = SHARED;
  const ofAlpha = (index: number): number => ofP + 1 + 2 * index;
  let ofCommitment = ofAlpha(ciphertexts);
  let weight = 0;
  let scalar = SCALAR_RESPONSE + 1;
  // T + e·P − r·G
  const products: Products = [
    { sum: ofCommitment, weight, scalar: SCALAR_ONE, factor: 1 },
    { sum: ofP, weight, scalar: SCALAR_E, factor: 1 },
    { sum: OF_G, weight, scalar: SCALAR_RESPONSE, factor: -1 },
  ];
  for (const { terms, set } of clauses) {
    const firstChallenge = scalar;
    const firstResponse = firstChallenge + set.length - 1;
    /** sum += factor·weight·c_j; the last c is e less the others. */
    const addChallenge = (j: number, sum: number, of: number, factor: number): void => {
      if (factor === 0) return;
      if (j < set.length - 1) {
        products.push({ sum, weight: of, scalar: firstChallenge + j, factor });
        return;
      }
      products.push({ sum, weight: of, scalar: SCALAR_E, factor });
      for (let i = 0; i < j; i += 1) {
        products.push({ sum, weight: of, scalar: firstChallenge + i, factor: -factor });
      }
    };
    set.forEach((v, j) => {
      const [a, b] = [weight + 1, weight + 2];
      weight += 2;
      const response = firstResponse + j;
      // a·(A + c·α' − r·G) and b·(B + c·(β' − v·G) − r·Y), with α' and β' the sums of the clause's terms
      products.push({ sum: ofCommitment + 1, weight: a, scalar: SCALAR_ONE, factor: 1 });
      products.push({ sum: ofCommitment + 2, weight: b, scalar: SCALAR_ONE, factor: 1 });
      ofCommitment += 2;
      for (const [index, coefficient] of terms) {
        addChallenge(j, ofAlpha(index), a, coefficient);
        addChallenge(j, ofAlpha(index) + 1, b, coefficient);
      }
      products.push({ sum: OF_G, weight: a, scalar: response, factor: -1 });
      addChallenge(j, OF_G, b, -v);
      products.push({ sum: OF_Y, weight: b, scalar: response, factor: -1 });
    });
    scalar = firstResponse + set.length;
  }
  return {
    weights: weight + 1,
    scalars: scalar,
    shared: SHARED,
    own: 1 + 2 * ciphertexts + 1 + 2 * countValues(clauses),
    products,
  };
}

/** Of a ballot's equations, those from `start` to before `end` alone: they have the weights of these numbers. */
export function equationsOf(plan: SumPlan, start: number, end: number): SumPlan {
  return { ...plan, products: plan.products.filter(({ weight }) => weight >= start && weight < end) };
}
