/** Counts of branches beside that of all members, in a whole election (docs/protocol.md §9.1). */
import { describe, expect, test } from 'vitest';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { BODIES, electionOf } from './plans.ts';

describe('counts by branch', () => {
  test('recount, and only what the whole decides decides', async () => {
    const { record, result } = await electionOf(BODIES);
    const { ok, checks } = await verifyRecord(record);
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(ok).toBe(true);
    expect(result?.counts.map(({ cell, ballots, counts }) => [cell, ballots, ...counts])).toEqual([
      ['motion/members/1', 12, 7, 5],
      ['motion/members/1/a', 4, 3, 1],
      ['motion/members/1/d', 3, 1, 2],
    ]);
    expect(result?.outcome).toMatchObject([{ colleges: [{ ballots: 12, for: 7, against: 5 }] }]);
  });
});
