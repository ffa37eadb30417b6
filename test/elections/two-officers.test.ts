/** An election for which the manifest has two officers sign: what they sign, and that its recount holds. */
import { expect, test } from 'vitest';
import { parseEntry } from '../../src/record/envelope.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { electionOf, TWO_OFFICERS } from './plans.ts';

test('two officers sign what the manifest says, and nothing else', async () => {
  const { record, election } = await electionOf(TWO_OFFICERS);
  const officers = record.entries.map(parseEntry).flatMap((entry) => {
    if (!('sigs' in entry)) return [];
    const by = entry.sigs.flatMap(({ role, i }) => (role === 'officer' ? [i] : []));
    const kind = entry.type === 'act' ? entry.body.act.kind : entry.type;
    return by.length > 0 ? [`${kind} ${by.join('+')}`] : [];
  });
  expect(officers).toEqual([
    'manifest 1',
    'opening 1+2',
    'replacement 1+2',
    'incident 1+2',
    'casting-vote 1+2',
    'result 1+2',
    'dispute 1',
  ]);
  const { ok, result } = await verifyRecord(record, { anchor: { manifest: election } });
  expect(ok).toBe(true);
  expect(result?.outcome[0]).toMatchObject({ kind: 'motion', carried: true });
});
