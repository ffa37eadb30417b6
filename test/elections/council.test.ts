/** Acts, replaced credentials and a lot without trustees, in a whole election (docs/protocol.md §5.3, §5.4, §9.6). */
import { describe, expect, test } from 'vitest';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { COUNCIL, electionOf } from './plans.ts';

describe('the council', () => {
  test('recounts strictly, but for the elections that it does not link to', async () => {
    const { record, election } = await electionOf(COUNCIL);
    const { ok, checks } = await verifyRecord(record, { anchor: { manifest: election } });
    expect(checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(ok).toBe(true);
  });

  test('what a replaced credential cast counts until the new one votes', async () => {
    const { result } = await electionOf(COUNCIL);
    expect(result?.counts.map(({ cell, counts }) => [cell, ...counts])).toEqual([
      ['motion/council/1', 2, 2],
      ['chair/council/1', 2, 2, 0],
    ]);
  });

  test('the chair settles the tie, and the lot fills the seat', async () => {
    const { result } = await electionOf(COUNCIL);
    expect(result?.seed).not.toBeNull();
    expect(result?.outcome).toMatchObject([
      { id: 'motion', carried: true, colleges: [{ tie: { settled: 'for' } }] },
      { id: 'chair', elected: [expect.stringMatching(/^(ada|ben)$/)], unfilled: 0 },
    ]);
  });

  test('replaced credentials are counted, for everybody to see', async () => {
    const { record } = await electionOf(COUNCIL);
    const { checks } = await verifyRecord(record);
    expect(checks.find(({ id }) => id === 'roll')?.notes).toEqual([
      { where: 'council', why: '2 credentials were replaced, 1 of them by a substitute' },
    ]);
  });
});
