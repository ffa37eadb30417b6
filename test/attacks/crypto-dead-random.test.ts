/**
 * A random source that gives the same bytes for ever (Debian's OpenSSL 2008; Android's SecureRandom 2013, which gave
 * Bitcoin keys away): two different statements still never get the same nonce, and one statement proved twice is the
 * same proof twice. So nothing can be subtracted.
 */
import { describe, expect, test } from 'vitest';
import { proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import { type Bytes, fromBase64Url, toHex } from '../../src/crypto/bytes.ts';
import { type DecryptionStatement, proveShares } from '../../src/crypto/decryption-shares.ts';
import { encodeElement, G, multiplyPublic, multiplySecret } from '../../src/crypto/group.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import { proveCheck } from '../../src/crypto/proofs/check-proof.ts';
import { provePossession } from '../../src/crypto/proofs/possession.ts';
import { type RandomSource, randomScalar, scalarOf } from '../../src/crypto/scalar.ts';
import { verifyShares } from '../../src/crypto/threshold.ts';
import { credential, hashOf } from '../ballot/election.ts';
import { ciphertextsOf, context, honest } from './ballots.ts';

const dead: RandomSource = (length) => new Uint8Array(length).fill(7);
const bytes = (n: number): Bytes => new Uint8Array(32).fill(n);
const element = (n: number): Bytes => encodeElement(multiplyPublic(G, scalarOf(n)));
const distinct = (all: readonly Bytes[]): number => new Set(all.map(toHex)).size;

describe('a trustee', () => {
  const secret = randomScalar();
  const about: DecryptionStatement = {
    ctx: bytes(1),
    tally: bytes(2),
    i: 1,
    shareKey: encodeElement(multiplySecret(G, secret)),
    cells: [{ id: 'motion/members/1', alphas: element(5) }],
  };
  const prove = (statement: DecryptionStatement) => proveShares(statement, secret, dead);

  test('has another nonce for every tally, opening and row', () => {
    const statements: DecryptionStatement[] = [
      about,
      { ...about, ctx: bytes(3) },
      { ...about, tally: bytes(3) },
      { ...about, cells: [] },
      { ...about, i: 2 },
      { ...about, cells: [{ id: 'motion/others/1', alphas: element(5) }] },
      { ...about, cells: [{ id: 'motion/members/1', alphas: element(6) }] },
      { ...about, cells: [...about.cells, { id: 'seats/members/1', alphas: element(5) }] },
    ];
    const proofs = statements.map(prove);
    statements.forEach((statement, i) => {
      const proof = proofs[i];
      if (proof === undefined) throw new Error('no proof');
      expect(() => verifyShares(bigintKernel, statement, proof)).not.toThrow();
    });
    expect(distinct(proofs.map(({ W }) => W))).toBe(statements.length);
  });

  test('has another nonce for every place at which it shows one commitment', () => {
    const R = [1, 2, 3].map((i) => provePossession(i, secret, dead).subarray(0, 32));
    expect(distinct(R)).toBe(3);
    expect(provePossession(1, secret, dead)).toEqual(provePossession(1, secret, dead));
  });

  test('who proves the same again proves the same', () => {
    expect(prove(about)).toEqual(prove(about));
  });
});

describe('a voter', () => {
  const voter = credential(context);
  const [a, b] = [hashOf('one ballot'), hashOf('another')];

  test('has another nonce for every check, and none of them is a nonce of a ballot', () => {
    const statements = [
      { ctx: bytes(1), P: fromBase64Url(voter.P), F: bytes(2) },
      { ctx: bytes(1), P: fromBase64Url(voter.P), F: bytes(3) },
      { ctx: bytes(3), P: fromBase64Url(voter.P), F: bytes(2) },
    ];
    const T = statements.map((statement) => proveCheck(statement, voter.x, dead).subarray(0, 32));
    const { entry } = honest(voter, { motion: ['option-1'] }, context, dead);
    const proof = fromBase64Url(entry.body.proof);
    const commitments = Array.from({ length: 11 }, (_, i) => proof.subarray(32 * i, 32 * (i + 1)));
    expect(distinct([...T, ...commitments])).toBe(T.length + commitments.length);
  });

  test('who checks a ballot twice gives the same entry', () => {
    expect(proveCheckEntry(context, voter, a, dead)).toEqual(proveCheckEntry(context, voter, a, dead));
    expect(proveCheckEntry(context, voter, a, dead)).not.toEqual(proveCheckEntry(context, voter, b, dead));
  });

  test('who changes one choice changes every k, so that ciphertexts of two ballots tell nothing together', () => {
    const first = honest(voter, { motion: ['option-1'] }, context, dead);
    const second = honest(voter, { motion: ['option-2'] }, context, dead);
    const alphas = [first, second].flatMap(({ entry }) => {
      const all = ciphertextsOf(entry);
      return [all.subarray(0, 32), all.subarray(64, 96)];
    });
    expect(distinct(alphas)).toBe(4);
  });

  test('who is not another voter: two who vote alike share no k', () => {
    const [mine, theirs] = [voter, credential(context)].map((own) =>
      honest(own, { motion: ['option-1'] }, context, dead),
    );
    expect(mine?.opening.contests[0]?.k.some((k) => theirs?.opening.contests[0]?.k.includes(k))).toBe(false);
  });
});
