/** The first clause of ballots, many at once and before the rest: docs/protocol.md §6.3, attack R11. */
import { randomBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CryptoError } from '../../../src/crypto/errors.ts';
import { bigintKernel } from '../../../src/crypto/kernel/bigint.ts';
import { wasmKernel } from '../../../src/crypto/kernel/wasm.ts';
import type { ProvedStatement } from '../../../src/crypto/proofs/ballot-groups.ts';
import { parseBallotProof } from '../../../src/crypto/proofs/ballot-proof-codec.ts';
import {
  type CredentialClause,
  credentialClause,
  verifyCredentialClauses,
} from '../../../src/crypto/proofs/credential-clause.ts';
import { verifyBallotProof } from '../../../src/crypto/proofs/verify-ballot.ts';
import { addScalars, negateScalar, ONE } from '../../../src/crypto/scalar.ts';
import { REFUSED_ENCODINGS, refusalOf } from '../hostile-inputs.ts';
import { attack, attacked, KEY_BYTES, ONE_OF_TWO, plan, prove } from './statements.ts';

const clauseOf = ({ statement, proof }: ProvedStatement): CredentialClause =>
  credentialClause(statement, parseBallotProof(proof, statement.clauses));

const honest = (): CredentialClause => clauseOf(prove(ONE_OF_TWO));

const said = (clauses: readonly CredentialClause[], kernel = bigintKernel): string[] =>
  verifyCredentialClauses(kernel, clauses).map((error) =>
    error === null ? 'accepted' : `${error.code} at ${error.where}`,
  );

const OF_CREDENTIAL = / at (P|proof\.commitments\[0\]|proof\.credential)$/;

describe('credentials before the rest', () => {
  test('get the word of the reference, which looks at them first; what is wrong with the rest is not seen', () => {
    fc.assert(
      fc.property(plan, attack, (random, change) => {
        const ballot = attacked(prove(random), change);
        const whole = refusalOf(() => verifyBallotProof(ballot.statement, KEY_BYTES, ballot.proof));
        // Form comes before both.
        if (/^(bad-length|out-of-range) at (proof|P)/.test(whole)) return;
        const expected = OF_CREDENTIAL.test(whole) ? whole : 'accepted';
        expect(said([clauseOf(ballot)])).toEqual([expected]);
        expect(said([honest(), clauseOf(ballot)], wasmKernel)).toEqual(['accepted', expected]);
      }),
      { numRuns: 30 },
    );
  });

  test('are found among others wherever the strangers are, in few sums', () => {
    const good = Array.from({ length: 70 }, honest);
    const [first] = good;
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 69 }), { minLength: 1, maxLength: 70 }), (places) => {
        let sums = 0;
        const kernel = {
          ...wasmKernel,
          multiplyAndSum: (...given: Parameters<typeof wasmKernel.multiplyAndSum>) => {
            sums += 1;
            return wasmKernel.multiplyAndSum(...given);
          },
        };
        const stolen = good.map((clause, i) =>
          places.includes(i)
            ? { ...clause, P: first === undefined || i === 0 ? KEY_BYTES : first.P }
            : clause,
        );
        expect(said(stolen, kernel)).toEqual(
          good.map((_, i) => (places.includes(i) ? 'bad-proof at proof.credential' : 'accepted')),
        );
        // All, eighths of nine, parts of two, and each.
        expect(sums).toBeLessThanOrEqual(1 + 8 + 40 + 70);
      }),
      { numRuns: 10 },
    );
  });

  test('of nobody need no sum; of many, one', () => {
    const kernel = { ...bigintKernel, multiplyAndSum: () => bigintKernel.identities(1) };
    expect(said([], kernel)).toEqual([]);
    expect(said([honest(), honest()])).toEqual(['accepted', 'accepted']);
  });

  test('that are false by opposite amounts are both found, since weights differ', () => {
    const clause = honest();
    const pair = [
      { ...clause, r: addScalars(clause.r, ONE) },
      { ...clause, r: addScalars(clause.r, negateScalar(ONE)) },
    ];
    expect(said(pair)).toEqual(['bad-proof at proof.credential', 'bad-proof at proof.credential']);
    const constant = (length: number): Uint8Array => new Uint8Array(length).fill(1);
    expect(verifyCredentialClauses(bigintKernel, pair, constant)).toEqual([null, null]);
  });

  test('weigh 128 bits each, drawn anew for every sum', () => {
    const drawn: number[] = [];
    const random = (length: number): Uint8Array => {
      drawn.push(length);
      return randomBytes(length);
    };
    const [good, bad] = [honest(), { ...honest(), P: KEY_BYTES }];
    const errors = verifyCredentialClauses(bigintKernel, [good, bad], random);
    expect(errors[0]).toBeNull();
    expect(errors[1]).toBeInstanceOf(CryptoError);
    expect(drawn).toEqual([16, 16, 16, 16]);
  });

  test('a P or T that is no point, or P the identity, is named and spoils nobody else’s', () => {
    const clause = honest();
    for (const [, bytes] of REFUSED_ENCODINGS) {
      expect(said([{ ...clause, P: bytes }, clause, { ...clause, T: bytes }])).toEqual([
        'bad-encoding at P',
        'accepted',
        'bad-encoding at proof.commitments[0]',
      ]);
    }
    expect(said([{ ...honest(), P: new Uint8Array(32) }])).toEqual(['identity-refused at P']);
  });
});
