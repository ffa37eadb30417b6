/**
 * Tampered records after the closing (attacks C1, C2, T5, T7, T8): the recount finds each under the right check,
 * and names the place. Every named check has failed in some test by then.
 */
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/record/problem.ts';
import { readBlob } from '../../src/record/record-source.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';
import { COUNT_ATTACKS } from './count-attacks.ts';
import { expectFound } from './expect-found.ts';
import { draftOf, editedDocument, forge } from './forge.ts';
import { RECORD_ATTACKS } from './record-attacks.ts';

describe('found by the recount', () => {
  test.each(COUNT_ATTACKS.map((attack) => [`${attack.name} (${attack.fails})`, attack] as const))(
    '%s',
    (_, attack) => expectFound(attack),
  );
});

test('C2: every named check fails for some attack', () => {
  const found = new Set([...RECORD_ATTACKS, ...COUNT_ATTACKS].map(({ fails }) => fails));
  expect(CHECKS.filter((check) => !found.has(check))).toEqual([]);
});

describe('T1, T2: what a result survives', () => {
  test('T1: one trustee of three loses its key after the closing', async () => {
    const { record, plan } = await electionOf(STANDARD);
    expect(plan.active).toEqual([1, 3]);
    const { ok, result } = await verifyRecord(record);
    expect(ok).toBe(true);
    expect(result).not.toBeNull();
  });

  test('T2: an invalid share is named and set aside where two good ones are left', async () => {
    const built = await electionOf({ ...STANDARD, seed: 'three shares', active: [1, 2, 3] });
    const record = await forge(built, ['trustee', 'officer'], async (drafts, forged) => {
      const { entry } = draftOf(drafts, 'shares');
      const bytes = await readBlob(built.record, entry.body.blob);
      entry.body.blob = forged.addBlob(
        editedDocument(bytes, (document) => {
          document['lot'] = { D: document['W'] ?? '', W: document['W'] ?? '' };
        }),
      );
    });
    const { ok, result, checks } = await verifyRecord(record);
    const shares = checks.find(({ id }) => id === 'shares');
    expect(shares).toMatchObject({ status: 'pass', count: 3 });
    expect(shares?.notes).toMatchObject([
      { where: 'entry 43 trustee 1 W', why: expect.stringContaining('set aside'), code: 'bad-proof' },
    ]);
    expect(ok).toBe(true);
    expect(result).toMatchObject({ counts: built.result?.counts, outcome: built.result?.outcome });
  });

  test('a wrong tally is void once another follows that is agreed to', async () => {
    const { record } = await electionOf({ ...STANDARD, seed: 'two tallies', wrongTally: true });
    const { ok, result } = await verifyRecord(record);
    expect(ok).toBe(true);
    expect(result).not.toBeNull();
  });
});
