/** Batches of ballots in every kernel, with hints and without: the verdicts are the same. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bigintKernel } from '../../../src/crypto/kernel/bigint.ts';
import type { Kernel } from '../../../src/crypto/kernel/kernel.ts';
import { publicHash512 } from '../../../src/crypto/kernel/public-hash.ts';
import { wasmKernel } from '../../../src/crypto/kernel/wasm.ts';
import { ballotEncodings, type ProvedStatement } from '../../../src/crypto/proofs/ballot-groups.ts';
import { verifyBallotProofs } from '../../../src/crypto/proofs/verify-ballots.ts';
import { hash512 } from '../../../src/crypto/transcript.ts';
import { attack, attacked, KEY_BYTES, ONE_OF_TWO, plan, prove } from './statements.ts';

const verdicts = (kernel: Kernel, ballots: readonly ProvedStatement[]): string[] =>
  verifyBallotProofs(kernel, KEY_BYTES, ballots).map((error) =>
    error === null ? 'accepted' : `${error.code} at ${error.where}`,
  );

const withHints = ({ statement, proof }: ProvedStatement): ProvedStatement => ({
  statement,
  proof,
  hints: wasmKernel.makeHints(ballotEncodings({ statement, proof })),
});

test('many ballots of several shapes, some of them bad', () => {
  const [before, after] = [prove(ONE_OF_TWO), prove(ONE_OF_TWO)];
  fc.assert(
    fc.property(fc.array(fc.tuple(plan, attack), { minLength: 1, maxLength: 3 }), (changes) => {
      const ballots = [before, ...changes.map(([random, change]) => attacked(prove(random), change)), after];
      expect(verdicts(wasmKernel, ballots)).toEqual(verdicts(bigintKernel, ballots));
    }),
    { numRuns: 25 },
  );
});

describe('hints change no verdict', () => {
  const good = [prove(ONE_OF_TWO), prove(ONE_OF_TWO), prove(ONE_OF_TWO)];
  const bad = { ...prove(ONE_OF_TWO), proof: prove(ONE_OF_TWO).proof };
  const ballots = [...good, bad];
  const expected = ['accepted', 'accepted', 'accepted', 'bad-proof at proof.credential'];

  test.each([
    ['none', (ballot: ProvedStatement) => ballot],
    ['right ones', withHints],
    ['for some alone', (ballot: ProvedStatement, i: number) => (i % 2 === 0 ? withHints(ballot) : ballot)],
    [
      'of another ballot',
      (ballot: ProvedStatement, i: number) => ({
        ...ballot,
        hints: withHints(ballots[3 - i] ?? ballot).hints,
      }),
    ],
    ['zeros', (ballot: ProvedStatement) => ({ ...ballot, hints: new Uint8Array(32 * 16) })],
    ['another length', (ballot: ProvedStatement) => ({ ...ballot, hints: new Uint8Array(5) })],
  ])('%s', (_, hinted) => {
    for (const kernel of [wasmKernel, bigintKernel])
      expect(verdicts(kernel, ballots.map(hinted))).toEqual(expected);
  });
});

test('the public hash is the hash', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), (tag, parts) => {
      fc.pre(tag.isWellFormed());
      expect(publicHash512(tag, ...parts)).toEqual(hash512(tag, ...parts));
    }),
  );
});
