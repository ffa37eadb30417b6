/** docs/protocol.md §12: the committed election with every shape, and its intermediate values. */
import { expect, test } from 'vitest';
import { type Choice, choiceOf, valuesOf } from '../../src/ballot/choices.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { expectBallots, expectClauses, expectCountProofs } from './expect-vectors.ts';
import { type Anchor, vectorFiles } from './vector-files.ts';

const { source, vector, entries } = vectorFiles('shapes');

interface Vote {
  readonly voter: number;
  readonly weight: number;
  readonly contests: readonly { readonly id: string; readonly choice: Choice; readonly values: number[] }[];
}

test('the recount', async () => {
  const { ok, anchored, result, checks } = await verifyRecord(source, {
    anchor: await vector<Anchor>('anchor.json'),
  });
  expect({ ok, anchored, result, checks }).toEqual(await vector('recount.json'));
  expect(ok && anchored).toBe(true);
});

test('choices and their values', async () => {
  const { manifest } = await entries();
  for (const { weight, contests } of await vector<Vote[]>('votes.json')) {
    for (const { id, choice, values } of contests) {
      const contest = manifest.contests.find((one) => one.id === id);
      if (contest === undefined) throw new Error('no contest');
      expect(valuesOf(contest, weight, choice)).toEqual(values);
      expect(valuesOf(contest, weight, choiceOf(contest, weight, values, 'values'))).toEqual(values);
    }
  }
});

test('clauses and columns of every shape, of a split card for every weight', () => expectClauses('shapes'));

test('ballots', () => expectBallots('shapes'));

test('count proofs', () => expectCountProofs('shapes'));
