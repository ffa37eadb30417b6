/** Random statements with their witnesses, and what an attacker may do to them and to their proofs. */
import { randomBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { type Bytes, concat } from '../../../src/crypto/bytes.ts';
import { encodeCiphertext, encrypt } from '../../../src/crypto/elgamal.ts';
import { type Element, encodeElement, G, multiplySecret, prepareBase } from '../../../src/crypto/group.ts';
import type { BallotStatement, Clause } from '../../../src/crypto/proofs/ballot-statement.ts';
import { type BallotWitness, proveBallot } from '../../../src/crypto/proofs/prove-ballot.ts';
import { randomScalar } from '../../../src/crypto/scalar.ts';
import { littleEndian, REFUSED_ENCODINGS } from '../hostile-inputs.ts';

export const KEY: Element = prepareBase(multiplySecret(G, randomScalar()));
export const KEY_BYTES = encodeElement(KEY);

export interface Case {
  readonly statement: BallotStatement;
  readonly witness: BallotWitness;
  readonly proof: Bytes;
}

export interface Plan {
  readonly values: readonly number[];
  readonly clauses: readonly Clause[];
}

/** Up to three values, and up to three clauses that hold for them. */
export const plan: fc.Arbitrary<Plan> = fc
  .array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 })
  .chain((values) => {
    const clause = fc
      .record({
        coefficients: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: values.length }),
        others: fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 3 }),
      })
      .map(({ coefficients, others }): Clause => {
        const sum = coefficients.reduce((total, n, j) => total + n * (values[j] ?? 0), 0);
        return {
          terms: coefficients.map((n, j) => [j, n]),
          set: [...new Set([sum, ...others])].sort((a, b) => a - b),
        };
      });
    return fc.record({ values: fc.constant(values), clauses: fc.array(clause, { maxLength: 3 }) });
  });

export function prove({ values, clauses }: Plan): Case {
  const x = randomScalar();
  const k = values.map(() => randomScalar());
  const statement = {
    M: randomBytes(64),
    P: encodeElement(multiplySecret(G, x)),
    ciphertexts: concat(...k.map((kj, j) => encodeCiphertext(encrypt(KEY, values[j] ?? 0, kj)))),
    clauses,
  };
  const witness = { x, k, values };
  return { statement, witness, proof: proveBallot(statement, KEY, witness) };
}

/** Exactly one of two, the smallest contest that has both kinds of clause. */
export const ONE_OF_TWO: Plan = {
  values: [0, 1],
  clauses: [
    { terms: [[0, 1]], set: [0, 1] },
    { terms: [[1, 1]], set: [0, 1] },
    {
      terms: [
        [0, 1],
        [1, 1],
      ],
      set: [1],
    },
  ],
};

type Mutation = (bytes: Bytes, at: number) => Bytes;

/** `bytes` with those at `at` replaced. */
export function replaced(bytes: Bytes, at: number, by: Bytes): Bytes {
  return concat(bytes.subarray(0, at), by, bytes.subarray(at + by.length));
}

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const chunk = (bytes: Bytes, at: number): Bytes => bytes.subarray(at, at + 32);
const number = (bytes: Bytes): bigint => bytes.reduceRight((n, byte) => (n << 8n) | BigInt(byte), 0n);

/** Each is told where a chunk of 32 bytes starts. */
const MUTATIONS: readonly Mutation[] = [
  (bytes, at) => replaced(bytes, at, Uint8Array.of((bytes[at] ?? 0) ^ 1)),
  (bytes, at) => replaced(bytes, at + 31, Uint8Array.of((bytes[at + 31] ?? 0) ^ 128)),
  (bytes, at) => replaced(bytes, at, new Uint8Array(32)),
  (bytes, at) => replaced(bytes, at, KEY_BYTES),
  (bytes, at) => replaced(bytes, at, chunk(bytes, 0)),
  // A scalar and ℓ: the same scalar again, in another spelling.
  (bytes, at) => replaced(bytes, at, littleEndian(number(chunk(bytes, at)) + ORDER)),
  (bytes, at) => replaced(replaced(bytes, at, chunk(bytes, 0)), 0, chunk(bytes, at)),
  (bytes) => bytes.subarray(0, -32),
  (bytes) => bytes.subarray(1),
  (bytes) => concat(bytes, new Uint8Array(32)),
  ...REFUSED_ENCODINGS.map(
    ([, bad]): Mutation =>
      (bytes, at) =>
        replaced(bytes, at, bad),
  ),
];

export interface Attack {
  readonly target: 'proof' | 'P' | 'ciphertexts' | 'M';
  readonly mutation: number;
  readonly place: number;
}

export const attack: fc.Arbitrary<Attack> = fc.record({
  target: fc.constantFrom('proof', 'proof', 'proof', 'ciphertexts', 'P', 'M'),
  mutation: fc.nat({ max: MUTATIONS.length - 1 }),
  place: fc.nat({ max: 1000 }),
});

/** The case, attacked; or as it was, if the mutation changes nothing there. */
export function attacked(
  { statement, proof }: Case,
  { target, mutation, place }: Attack,
): Pick<Case, 'statement' | 'proof'> {
  const mutate = (bytes: Bytes): Bytes =>
    MUTATIONS[mutation]?.(bytes, 32 * (place % Math.max(1, bytes.length >> 5))) ?? bytes;
  if (target === 'proof') return { statement, proof: mutate(proof) };
  return { statement: { ...statement, [target]: mutate(statement[target]) }, proof };
}
