/** The proof of one ballot: docs/protocol.md §6.3 and §6.4, made twice, and verified by the reference. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, toHex } from '../../../src/crypto/bytes.ts';
import {
  ballotProofBytes,
  encodeBallotProof,
  parseBallotProof,
} from '../../../src/crypto/proofs/ballot-proof-codec.ts';
import {
  allChallenges,
  ballotChallenge,
  ballotFingerprint,
  countCiphertexts,
  hashCommitments,
  sumOfTerms,
} from '../../../src/crypto/proofs/ballot-statement.ts';
import { proveBallot } from '../../../src/crypto/proofs/prove-ballot.ts';
import { verifyBallotProof } from '../../../src/crypto/proofs/verify-ballot.ts';
import { type Scalar, scalarOf } from '../../../src/crypto/scalar.ts';
import { refusalOf } from '../hostile-inputs.ts';
import { hashC, hashF, proveAnything, strongChallenge } from './second-prover.ts';
import { attack, attacked, KEY, KEY_BYTES, ONE_OF_TWO, plan, prove, replaced } from './statements.ts';

describe('a proof', () => {
  test('of any true statement is accepted, and its bytes are read and written alike', () => {
    fc.assert(
      fc.property(plan, (random) => {
        const { statement, proof } = prove(random);
        verifyBallotProof(statement, KEY_BYTES, proof);
        expect(proof).toHaveLength(ballotProofBytes(statement.clauses));
        expect(encodeBallotProof(parseBallotProof(proof, statement.clauses))).toEqual(proof);
      }),
      { numRuns: 25 },
    );
  });

  test('of the second prover is accepted, so both read the document alike', () => {
    fc.assert(
      fc.property(plan, (random) => {
        const { statement, witness } = prove(random);
        const clauses = random.clauses.map(({ terms, set }) => ({ terms, set: set.map(BigInt) }));
        const told = { ...witness, M: statement.M, Y: KEY_BYTES, values: random.values.map(BigInt), clauses };
        expect(refusalOf(() => verifyBallotProof(statement, KEY_BYTES, proveAnything(told)))).toBe(
          'accepted',
        );
      }),
      { numRuns: 10 },
    );
  });

  test('binds C, e and F as the second prover hashes them', () => {
    const { statement, proof } = prove(ONE_OF_TWO);
    const { commitments } = parseBallotProof(proof, statement.clauses);
    const C = hashCommitments(commitments);
    expect(C).toEqual(hashC(commitments));
    expect(ballotChallenge(statement.M, C)).toBe(strongChallenge(statement.M, C));
    expect(ballotFingerprint(statement.M, C)).toEqual(hashF(statement.M, C));
  });

  test('of a changed statement, or changed itself, is refused', () => {
    fc.assert(
      fc.property(plan, attack, (random, change) => {
        const good = prove(random);
        const bad = attacked(good, change);
        const same =
          toHex(bad.proof) === toHex(good.proof) &&
          JSON.stringify(bad.statement) === JSON.stringify(good.statement);
        const refusal = refusalOf(() => verifyBallotProof(bad.statement, KEY_BYTES, bad.proof));
        // A ciphertext that no clause mentions is bound by M alone, which is given here.
        const used = new Set(
          random.clauses.flatMap(({ terms }) => terms.flatMap(([j, n]) => (n === 0 ? [] : [j]))),
        );
        if (same) expect(refusal).toBe('accepted');
        else if (change.target !== 'ciphertexts' || used.size === random.values.length) {
          expect(refusal).not.toBe('accepted');
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what the verifier names', () => {
  const { statement, proof } = prove(ONE_OF_TWO);
  const refused = (bytes: Uint8Array, change = {}): string =>
    refusalOf(() => verifyBallotProof({ ...statement, ...change }, KEY_BYTES, bytes));
  const scalars = 32 * (1 + 2 * 5);
  const bad = new Uint8Array(32).fill(255);

  test.each([
    ['too short', proof.subarray(32), {}, 'bad-length at proof'],
    ['too long', concat(proof, bad), {}, 'bad-length at proof'],
    ['r not reduced', replaced(proof, scalars, bad), {}, 'out-of-range at proof.r'],
    ['c not reduced', replaced(proof, scalars + 32, bad), {}, 'out-of-range at proof.clauses[0].c[0]'],
    [
      'r of a value not reduced',
      replaced(proof, proof.length - 32, bad),
      {},
      'out-of-range at proof.clauses[2].r[0]',
    ],
    ['T is no element', replaced(proof, 0, bad), {}, 'bad-encoding at proof.commitments[0]'],
    ['another T', replaced(proof, 0, KEY_BYTES), {}, 'bad-proof at proof.credential'],
    ['another P', proof, { P: KEY_BYTES }, 'bad-proof at proof.credential'],
    ['P the identity', proof, { P: new Uint8Array(32) }, 'identity-refused at P'],
    [
      'half a ciphertext',
      proof,
      { ciphertexts: statement.ciphertexts.subarray(32) },
      'bad-length at ciphertexts',
    ],
    ['no ciphertexts', proof, { ciphertexts: new Uint8Array() }, 'out-of-range at clause'],
    [
      'α the identity',
      proof,
      { ciphertexts: replaced(statement.ciphertexts, 64, new Uint8Array(32)) },
      'identity-refused at ciphertexts[1].alpha',
    ],
    [
      'β no element',
      proof,
      { ciphertexts: replaced(statement.ciphertexts, 96, bad) },
      'bad-encoding at ciphertexts[1].beta',
    ],
    [
      'the last r',
      replaced(proof, proof.length - 32, new Uint8Array(32)),
      {},
      'bad-proof at proof.clauses[2]',
    ],
  ])('%s', (_, bytes, change, expected) => {
    expect(refused(bytes, change)).toBe(expected);
  });

  test('a key that is missing, the identity, or no element', () => {
    const under = (key: Uint8Array | null): string =>
      refusalOf(() => verifyBallotProof(statement, key, proof));
    expect(under(null)).toBe('bad-key at key');
    expect(under(new Uint8Array(32))).toBe('identity-refused at key');
    expect(under(bad)).toBe('bad-encoding at key');
  });

  test('the credential before anything of the rest: what a stranger sends is not decoded', () => {
    const stranger = { P: KEY_BYTES, ciphertexts: bad };
    expect(refused(proof, stranger)).toBe('bad-proof at proof.credential');
    expect(refused(replaced(proof, 32, bad))).toBe('bad-proof at proof.credential');
  });
});

describe('the prover', () => {
  const { statement, witness } = prove(ONE_OF_TWO);

  test.each([[[1, 1]], [[0, 0]], [[2, 0]]])(
    'refuses values %j, which do not satisfy the clauses',
    (values) => {
      expect(refusalOf(() => proveBallot(statement, KEY, { ...witness, values }))).toMatch(
        /^out-of-range at clauses/,
      );
    },
  );

  test('refuses clauses without a key', () => {
    expect(refusalOf(() => proveBallot(statement, null, witness))).toBe('bad-key at key');
  });

  test('proves a credential alone without one', () => {
    const plain = { ...statement, ciphertexts: new Uint8Array(), clauses: [] };
    const proof = proveBallot(plain, null, { ...witness, k: [], values: [] });
    expect(proof).toHaveLength(64);
    expect(refusalOf(() => verifyBallotProof(plain, null, proof))).toBe('accepted');
  });

  test('never repeats a commitment, be the random source dead, as long as the statement differs', () => {
    const dead = (length: number): Uint8Array => new Uint8Array(length);
    const commitments = [statement.M, new Uint8Array(64), new Uint8Array(64).fill(1)].flatMap((M) => {
      const proof = proveBallot({ ...statement, M }, KEY, witness, dead);
      const { commitments: K } = parseBallotProof(proof, statement.clauses);
      return Array.from({ length: K.length / 32 }, (_, i) => toHex(K.subarray(32 * i, 32 * i + 32)));
    });
    expect(new Set(commitments).size).toBe(commitments.length);
  });
});

describe('the pieces of a statement', () => {
  test('the last challenge is e less the others', () => {
    const [one, seven, nine] = [scalarOf(1), scalarOf(7), scalarOf(9)];
    expect(allChallenges(nine, [])).toEqual([nine]);
    expect(allChallenges(nine, [seven, one])).toEqual([seven, one, one]);
  });

  test('a clause has ciphertexts that exist', () => {
    const clause = { terms: [[2, 1]] as const, set: [0] };
    expect(refusalOf(() => sumOfTerms(clause, [1n as Scalar]))).toBe('out-of-range at clause');
    expect(refusalOf(() => countCiphertexts(new Uint8Array(63)))).toBe('bad-length at ciphertexts');
  });
});
