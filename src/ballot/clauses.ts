/**
 * What a contest allows, as clauses: docs/protocol.md §6.2. The same clauses are proved of encrypted values
 * and looked at in plain ones.
 */
import { type Bytes, concat, u32, u64 } from '../crypto/bytes.ts';
import type { Clause } from '../crypto/proofs/ballot-statement.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';
import { BallotError } from './errors.ts';
import type { Contest } from './manifest.ts';

/** min, min + 1 … max. */
const range = (min: number, max: number): number[] =>
  Array.from({ length: max - min + 1 }, (_, i) => min + i);

/** The clauses of a contest; terms count its options from 0. */
export function contestClauses({ options, shape }: Pick<Contest, 'options' | 'shape'>): Clause[] {
  const bits: Clause[] = options.map((_, j) => ({ terms: [[j, 1]], set: [0, 1] }));
  return [...bits, { terms: options.map((_, j) => [j, 1] as const), set: range(shape.min, shape.max) }];
}

/** The clauses, of ciphertexts that come after `offset` others. */
export function shiftClauses(clauses: readonly Clause[], offset: number): Clause[] {
  return clauses.map(({ terms, set }) => ({ terms: terms.map(([j, n]) => [j + offset, n] as const), set }));
}

export function encodeClauses(clauses: readonly Clause[]): Bytes {
  return concat(
    u32(clauses.length),
    ...clauses.flatMap(({ terms, set }) => [
      u32(terms.length),
      ...terms.flatMap(([index, coefficient]) => [u32(index), u32(coefficient)]),
      u32(set.length),
      ...set.map((value) => u64(value)),
    ]),
  );
}

/** 32 bytes. */
export function hashClauses(clauses: readonly Clause[]): Bytes {
  return hash256(TAGS.ballotClauses, encodeClauses(clauses));
}

/**
 * That plain values, one per option, satisfy every clause.
 * @throws BallotError `bad-choice`, with `where` and the number of values or the clause's sum.
 */
export function checkValues(clauses: readonly Clause[], values: readonly number[], where: string): void {
  for (const { terms, set } of clauses) {
    const sum = terms.reduce(
      (total, [index, coefficient]) => total + coefficient * (values[index] ?? NaN),
      0,
    );
    if (!set.includes(sum)) {
      const [first, last] = [set[0], set.at(-1)];
      const [term] = terms;
      const what =
        terms.length === 1 && term ? `option ${term[0] + 1} has ${sum}` : `the options have ${sum} in all`;
      throw new BallotError('bad-choice', where, `${what}, not ${first} to ${last}`);
    }
  }
}
