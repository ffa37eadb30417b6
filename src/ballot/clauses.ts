/**
 * What a contest allows, as clauses: docs/protocol.md §6.2. The same clauses are proved of encrypted values
 * and looked at in plain ones.
 */
import { type Bytes, concat, u32, u64 } from '../crypto/bytes.ts';
import type { Clause } from '../crypto/proofs/ballot-statement.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';
import { type Column, contestColumns, encodeColumns } from './columns.ts';
import { BallotError } from './errors.ts';
import type { Contest } from './manifest.ts';
import { bitsOf, valueCount } from './values.ts';

type Shaped = Pick<Contest, 'options' | 'shape'>;

/** min, min + 1 … max. */
const range = (min: number, max: number): number[] =>
  Array.from({ length: max - min + 1 }, (_, i) => min + i);

const indices = (length: number): number[] => Array.from({ length }, (_, i) => i);

const bit = (index: number): Clause => ({ terms: [[index, 1]], set: [0, 1] });

const sumOf = (values: readonly number[], set: readonly number[]): Clause => ({
  terms: values.map((index) => [index, 1] as const),
  set,
});

/** Σv within min … max; or blank, which weighs more than all options together, and then none of them. */
function chosen(options: number, min: number, max: number, blank: boolean): Clause {
  const { terms, set } = sumOf(indices(options), range(min, max));
  if (!blank) return { terms, set };
  return { terms: [...terms, [options, options + 1]], set: [...set, options + 1] };
}

/** Each place has one option, each option one place at most: exactly one where there are as many places. */
function placed(options: number, places: number, blank: boolean): Clause[] {
  const z = blank ? [options * places] : [];
  const place = (j: number) => indices(options).map((i) => i * places + j);
  const option = (i: number) => indices(places).map((j) => i * places + j);
  return [
    ...indices(places).map((j) => sumOf([...place(j), ...z], [1])),
    ...indices(options).map((i) =>
      places === options ? sumOf([...option(i), ...z], [1]) : sumOf(option(i), [0, 1]),
    ),
  ];
}

/**
 * The clauses of a contest; terms count its values from 0.
 * @param weight of the ballot: what a split card has to divide.
 */
export function contestClauses(contest: Shaped, weight: number): Clause[] {
  const { options, shape } = contest;
  const values = indices(valueCount(contest, weight));
  switch (shape.kind) {
    case 'choose':
      return [...values.map(bit), chosen(options.length, shape.min, shape.max, shape.blank)];
    case 'score':
      return values.map((j) => ({ terms: [[j, 1]], set: range(0, shape.max) }));
    case 'ranking':
      return [...values.map(bit), ...placed(options.length, shape.points.length, shape.blank)];
    case 'split': {
      const bits = bitsOf(weight);
      return [...values.map(bit), { terms: values.map((j) => [j, 2 ** (j % bits)] as const), set: [weight] }];
    }
    case 'support':
      return values.map(bit);
  }
}

/** The clauses, of ciphertexts that come after `offset` others. */
export function shiftClauses(clauses: readonly Clause[], offset: number): Clause[] {
  return clauses.map(({ terms, set }) => ({ terms: terms.map(([j, n]) => [j + offset, n] as const), set }));
}

function encodeClause({ terms, set }: Clause): Bytes {
  return concat(
    u32(terms.length),
    ...terms.flatMap(([index, coefficient]) => [u32(index), u32(coefficient)]),
    u32(set.length),
    ...set.map((value) => u64(value)),
  );
}

export function encodeClauses(clauses: readonly Clause[]): Bytes {
  return concat(u32(clauses.length), ...clauses.map(encodeClause));
}

/** 32 bytes. */
export function hashClauses(clauses: readonly Clause[], columns: readonly Column[]): Bytes {
  return hash256(TAGS.ballotClauses, encodeClauses(clauses), encodeColumns(columns));
}

/** The clausesHash of §6.2. */
export function hashContest(contest: Shaped, weight: number): Bytes {
  return hashClauses(contestClauses(contest, weight), contestColumns(contest, weight));
}

/**
 * That plain values satisfy every clause.
 * @throws BallotError `bad-choice`, with `where` and the value, or the clause's sum.
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
      const what = terms.length === 1 && term ? `value ${term[0] + 1} is ${sum}` : `values add up to ${sum}`;
      throw new BallotError(
        'bad-choice',
        where,
        `${what}, not ${first === last ? first : `${first} to ${last}`}`,
      );
    }
  }
}
