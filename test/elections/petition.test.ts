/** A petition: support in the open, under pseudonyms (docs/protocol.md §5.6). */
import { describe, expect, test } from 'vitest';
import type { Choices } from '../../src/ballot/choices.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { draftOf, forge } from '../attacks/forge.ts';
import type { ElectionPlan, VoterPlan } from './election-plan.ts';
import { college, electionOf } from './plans.ts';

const member = (...votes: string[][]): VoterPlan => ({
  college: 'members',
  votes: votes.map((motions): Choices => ({ motions })),
});

const PETITION: ElectionPlan = {
  seed: 'petition',
  colleges: [college('members', { mode: 'recorded' })],
  contests: [
    {
      id: 'motions',
      colleges: ['members'],
      options: ['clocks', 'bells', 'doors'],
      shape: { kind: 'support', merged: [{ id: 'time', parts: ['clocks', 'bells'] }] },
    },
  ],
  rules: [
    {
      id: 'heard',
      kind: 'petition',
      contest: 'motions',
      colleges: ['members'],
      needed: { kind: 'number', n: 3 },
    },
  ],
  voters: [
    member(['clocks']),
    member(['clocks', 'bells']),
    member(['bells', 'doors']),
    member(['clocks'], ['doors']),
    member(['clocks'], []),
    member(),
  ],
  trustees: null,
  manifest: {
    kind: 'petition',
    times: {
      notice: 3600,
      opens: 1_800_000_000,
      closes: 1_800_086_400,
      grace: 0,
      extension: 0,
      disputes: 0,
    },
  },
};

describe('a petition', () => {
  test('recounts; nobody is named on its roll', async () => {
    const { record, roll } = await electionOf(PETITION);
    const { ok, checks } = await verifyRecord(record);
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(ok).toBe(true);
    expect(roll.lines.map(({ name }) => name)).toEqual(Array.from({ length: 6 }, () => null));
  });

  test('each member once for a motion, merged motions by distinct members, withdrawals by a later entry', async () => {
    const { result } = await electionOf(PETITION);
    expect(result?.counts).toEqual([{ cell: 'motions/members/1', ballots: 5, counts: [2, 2, 2, 3] }]);
    expect(result?.outcome).toMatchObject([{ id: 'heard', kind: 'petition' }]);
    expect(JSON.stringify(result?.outcome)).toContain('"reached":true');
  });

  test('that merges a motion which is none is told as a bad rule, and counted all the same', async () => {
    const record = await forge(await electionOf(PETITION), ['officer', 'registrar', 'box'], (drafts) => {
      const { shape } = draftOf(drafts, 'manifest').entry.body.contests[0] ?? {};
      if (shape?.kind === 'support') shape.merged[0]?.parts.push('windows');
    });
    const { checks } = await verifyRecord(record);
    expect(checks.find(({ id }) => id === 'rules')?.failures).toMatchObject([
      { where: 'entry 0 body.contests[0].shape.merged[0].parts[2]' },
    ]);
  });
});
