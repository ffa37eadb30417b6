/**
 * B1, ballot copying: a member casts what another has cast, to learn it from the result or to join it (Helios;
 * Cortier and Smyth, "Attacking and fixing Helios", CSF 2011). And B6 in part: an old ballot under another opening.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { ballotStatement, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import { checkRollLine } from '../../src/ballot/roll-line.ts';
import { concat, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { add, encodeElement, G, multiplyPublic, parseElement } from '../../src/crypto/group.ts';
import { ballotChallenge, hashCommitments } from '../../src/crypto/proofs/ballot-statement.ts';
import {
  addScalars,
  encodeScalar,
  multiplyScalars,
  parseScalar,
  randomScalar,
} from '../../src/crypto/scalar.ts';
import { credential, hashOf } from '../ballot/election.ts';
import {
  ciphertextsOf,
  context,
  edited,
  honest,
  KEY_BYTES,
  setting,
  verdict,
  withCiphertexts,
} from './ballots.ts';

const [alice, mallory] = [credential(context), credential(context)];
const hers = honest(alice).entry;
const own = honest(mallory, { motion: ['option-2'] }).entry;
const proofOf = (entry: typeof hers): Uint8Array => fromBase64Url(entry.body.proof);
/** T, or r, of an exactly-one contest of two options: five values, three clauses. */
const T = 32;
const R = 32 * (1 + 2 * 5);

describe('a copied ballot', () => {
  test('byte for byte is hers again, not his: the roll line and P are the same', () => {
    const line = { P: mallory.P, college: 'members', weight: 1 };
    expect(() => checkRollLine(hers.body, line)).toThrow(expect.objectContaining({ code: 'not-on-roll' }));
  });

  test('under his credential is refused', () => {
    expect(verdict(edited(hers, { P: mallory.P }))).toBe('bad-proof');
  });

  test('with her ciphertexts and his whole proof is refused', () => {
    expect(verdict(withCiphertexts(own, ciphertextsOf(hers)))).toBe('bad-proof');
  });

  test('with her ciphertexts and clauses, and his credential, T and r, is refused', () => {
    const proof = concat(
      proofOf(own).subarray(0, T),
      proofOf(hers).subarray(T, R),
      proofOf(own).subarray(R, R + 32),
      proofOf(hers).subarray(R + 32),
    );
    const copy = edited(withCiphertexts(own, ciphertextsOf(hers)), { proof: toBase64Url(proof) });
    expect(verdict(copy)).toBe('bad-proof');
    expect(verifyCredentials([ballotStatement(copy, context).credential])).toMatchObject([
      { code: 'bad-proof' },
    ]);
  });

  test('whose author proves his own credential anew over it is refused: the clauses answer her challenge', () => {
    const copy = edited(withCiphertexts(own, ciphertextsOf(hers)), { proof: hers.body.proof });
    const w = randomScalar();
    const K = concat(encodeElement(multiplyPublic(G, w)), proofOf(hers).subarray(T, R));
    const fresh = edited(copy, { proof: toBase64Url(concat(K, proofOf(hers).subarray(R))) });
    const { statement } = ballotStatement(fresh, context);
    const r = addScalars(w, multiplyScalars(ballotChallenge(statement.M, hashCommitments(K)), mallory.x));
    const signed = edited(copy, {
      proof: toBase64Url(concat(K, encodeScalar(r), proofOf(hers).subarray(R + 32))),
    });
    expect(verifyCredentials([ballotStatement(signed, context).credential])).toEqual([null]);
    expect(verdict(signed)).toBe('bad-proof');
  });

  test('re-randomised, with the responses moved along, is refused', () => {
    const s = randomScalar();
    const Y = parseElement(KEY_BYTES);
    const bytes = ciphertextsOf(hers);
    const moved = (at: number, by: typeof Y): Uint8Array =>
      encodeElement(add(parseElement(bytes.subarray(at, at + 32)), multiplyPublic(by, s)));
    const ciphertexts = concat(moved(0, G), moved(32, Y), bytes.subarray(64));
    // r_v + c_v·s would do for the first clause, if only e stayed the same.
    const proof = proofOf(hers).slice();
    const c0 = parseScalar(proof.subarray(R + 32, R + 64));
    const r0 = parseScalar(proof.subarray(R + 64, R + 96));
    proof.set(encodeScalar(addScalars(r0, multiplyScalars(c0, s))), R + 64);
    expect(verdict(edited(withCiphertexts(hers, ciphertexts), { proof: toBase64Url(proof) }))).toBe(
      'bad-proof',
    );
  });

  test('of any part of the proof, moved between two ballots of one voter, is refused', () => {
    const again = honest(alice).entry;
    const [first, second] = [proofOf(hers), proofOf(again)];
    fc.assert(
      fc.property(fc.nat({ max: first.length / 32 - 1 }), fc.nat({ max: first.length / 32 - 1 }), (a, b) => {
        const [from, to] = [32 * Math.min(a, b), 32 * (Math.max(a, b) + 1)];
        const mixed = concat(first.subarray(0, from), second.subarray(from, to), first.subarray(to));
        const isWhole = from === 0 && to === first.length;
        expect(verdict(edited(isWhole ? again : hers, { proof: toBase64Url(mixed) }))).toBe(
          isWhole ? 'accepted' : 'bad-proof',
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('a ballot replayed', () => {
  const later = ballotContext({ ...setting, ctx: hashOf('another opening') });
  const other = ballotContext({ ...setting, election: hashOf('another election') });

  test('under another opening is refused, and altered to fit it is refused as well', () => {
    expect(verdict(hers, later)).toBe('wrong-context');
    expect(verdict(edited(hers, { ctx: later.ctx }), later)).toBe('bad-proof');
  });

  test('in another election is refused', () => {
    expect(verdict(hers, other)).toBe('wrong-election');
  });

  test('in another place of the chain is refused', () => {
    expect(verdict(edited(hers, { prev: { kind: 'ballot', leaf: hashOf('later') } }))).toBe('bad-proof');
  });
});
