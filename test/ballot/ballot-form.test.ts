/** Which rules have forms: those alone whose ballots the schema of a ballot has room for. */
import { expect, test } from 'vitest';
import type { ContestRules } from '../../src/ballot/ballot-context.ts';
import { ballotBody } from '../../src/ballot/ballot-entry.ts';
import { isRegular } from '../../src/ballot/ballot-form.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { ballotProofBytes } from '../../src/crypto/proofs/ballot-proof-codec.ts';
import { election } from './election.ts';

const { context } = election();
const [motion] = context.colleges.get('members')?.ofWeight(1).contests ?? [];
if (motion === undefined) throw new Error('no contest');

const zeros = (bytes: number): string => toBase64Url(new Uint8Array(bytes));

/** Whether the schema takes a ballot with fields of these lengths. */
const hasRoom = (contests: readonly ContestRules[]): boolean =>
  ballotBody.safeParse({
    ctx: zeros(32),
    college: 'members',
    weight: 1,
    P: zeros(32),
    prev: { kind: 'none' },
    part: { i: 1, of: 1 },
    contests: contests.map(({ contest, values }) => ({
      id: contest.id,
      mode: 'secret',
      ciphertexts: zeros(64 * values),
    })),
    proof: zeros(ballotProofBytes(contests.flatMap(({ clauses }) => clauses))),
  }).success;

const of = (contests: number, values: number, motions = 0): ContestRules[] =>
  Array.from({ length: contests }, () => ({
    ...motion,
    values,
    clauses: Array.from({ length: motions }, () => motion.clauses).flat(),
  }));

const LAST_MOTION = Array.from({ length: 500 }, (_, n) => n).findLast((n) => hasRoom(of(1, 1, n))) ?? 0;

test.each<[string, ContestRules[], boolean]>([
  ['no contest', of(0, 1), false],
  ['one', of(1, 1, 1), true],
  ['a thousand contests', of(1000, 1), true],
  ['a thousand and one', of(1001, 1), false],
  ['as many values as there is room for', of(1, 765), true],
  ['one more', of(1, 766), false],
  ['the longest proof', of(1, 1, LAST_MOTION), true],
  ['one clause too many', of(1, 1, LAST_MOTION + 1), false],
])('%s', (_, contests, expected) => {
  expect(hasRoom(contests)).toBe(expected);
  expect(isRegular(context, { mode: 'secret', contests })).toBe(expected);
});

test('none of what is voted in the open, or of an opening that is no hash', () => {
  expect(isRegular(context, { mode: 'recorded', contests: [motion] })).toBe(false);
  const ctxBytes = new Uint8Array(31);
  expect(isRegular({ ctxBytes }, { mode: 'secret', contests: [motion] })).toBe(false);
});
