/**
 * Tampered records up to the closing (attacks B1, B4, B6, R1 to R3, R5, R6, T3 to T5, T9, C2): the recount finds
 * each under the right check, and names the place.
 */
import { describe, expect, test } from 'vitest';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';
import { RECORD_ATTACKS } from './record-attacks.ts';

describe('found by the recount', () => {
  test.each(RECORD_ATTACKS.map((attack) => [`${attack.name} (${attack.fails})`, attack] as const))(
    '%s',
    async (_, { make, fails, at, anchored }) => {
      const { election } = await electionOf(STANDARD);
      const options = anchored === true ? { anchor: { manifest: election } } : {};
      const { ok, result, checks } = await verifyRecord(await make(), options);
      const places = checks
        .filter(({ status }) => status === 'fail')
        .map(({ id, failures }) => [id, failures.map(({ where }) => where)]);
      expect(ok).toBe(false);
      expect(result).toBeNull();
      const found = checks.find(({ id }) => id === fails);
      expect(found?.status, JSON.stringify(places)).toBe('fail');
      expect(
        found?.failures.some(({ where }) => where.startsWith(at)),
        JSON.stringify(places),
      ).toBe(true);
    },
  );
});
