/** What an attack on a record must come to: the recount finds it, under the right check and at the right place. */
import { expect } from 'vitest';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';
import type { Attack } from './attack.ts';

export async function expectFound({ make, fails, at, anchored }: Attack): Promise<void> {
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
}
