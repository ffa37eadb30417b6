/** Whole elections, from manifest to result, and their recount (docs/protocol.md §11). */
import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../src/record/envelope.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import { type Progress, recountClosed, verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { relog } from '../attacks/forge.ts';
import { electionOf, STANDARD, WITNESSED } from './plans.ts';
import { publishedFiles, sourceOf } from './publish.ts';

describe('the standard election', () => {
  test('recounts, with nothing failed', async () => {
    const { record, election, result } = await electionOf(STANDARD);
    const recount = await verifyRecord(record, { anchor: { manifest: election } });
    const unproven = recount.checks
      .filter(({ status }) => status !== 'pass')
      .map(({ id, status }) => [id, status]);
    expect(unproven).toEqual([
      ['time', 'unproven'],
      ['witnesses', 'unproven'],
    ]);
    expect(recount).toMatchObject({ ok: true, anchored: true });
    expect(recount.result).toMatchObject({ counts: result?.counts, outcome: result?.outcome });
    const strict = await verifyRecord(record, { anchor: { manifest: election }, strict: true });
    expect(strict).toMatchObject({ ok: false, anchored: true });
  });

  test('decides what its votes add up to', async () => {
    const { result } = await electionOf(STANDARD);
    expect(result?.counts.map(({ cell, ballots, counts }) => [cell, ballots, ...counts])).toEqual([
      ['motion/members/1', 8, 5, 2, 1],
      ['motion/delegates/1', 4, 2, 2, 0],
      ['motion/delegates/3', 3, 1, 2, 0],
      ['motion/board/1', 2, 1, 1, 0],
      ['committee/delegates/1', 4, 2, 1, 1, 0],
      ['committee/delegates/3', 3, 1, 1, 1, 0],
    ]);
    expect(result?.outcome).toMatchObject([
      {
        carried: true,
        divided: true,
        colleges: [
          { for: 5, against: 2 },
          { for: 5, against: 8 },
        ],
      },
      {
        votes: [{ option: 'ada', votes: 5 }, { votes: 4 }, { votes: 4 }, { option: 'dee', votes: 0 }],
        unfilled: 0,
      },
    ]);
  });

  test('without an anchor it says so', async () => {
    const { record } = await electionOf(STANDARD);
    const recount = await verifyRecord(record);
    expect(recount).toMatchObject({ ok: true, anchored: false });
    expect(recount.checks[0]).toMatchObject({ id: 'anchor', status: 'unproven' });
  });

  test.each([
    ['manifest', { manifest: 'another' }],
    ['log', { log: 'another.example.org/log+00000000+AA==' }],
    ['witnesses', { witnesses: { quorum: 1, keys: [] } }],
  ])('an anchor with another %s does not hold', async (where, change) => {
    const { record, election } = await electionOf(STANDARD);
    const recount = await verifyRecord(record, { anchor: { manifest: election, ...change } });
    expect(recount).toMatchObject({ ok: false, anchored: false, result: null });
    expect(recount.checks[0]?.failures).toMatchObject([
      { where, why: 'not the one that was asked for', code: 'not-asked-for' },
    ]);
  });

  test('the folder of files gives the same', async () => {
    const { record } = await electionOf(STANDARD);
    const fromFiles = await verifyRecord(sourceOf(await publishedFiles(record)));
    expect(fromFiles.checks).toEqual((await verifyRecord(record)).checks);
  });

  test('progress ends where the entries do', async () => {
    const { record } = await electionOf(STANDARD);
    const seen: Progress[] = [];
    const { checks } = await verifyRecord(record, {
      anchor: { manifest: 'another' },
      onProgress: (progress) => seen.push(progress),
    });
    const { size } = record.tree;
    const failed = { anchor: 'fail' };
    expect(seen).toContainEqual({ stage: 'entries', done: size, total: size, checks: failed });
    const all = Object.fromEntries(checks.map(({ id, status }) => [id, status]));
    expect(seen.at(-1)).toEqual({ stage: 'result', done: 1, total: 1, checks: all });
    const counting = seen.find(({ stage }) => stage === 'count')?.checks;
    expect(counting).toMatchObject({ ...failed, ballots: 'pass', weights: 'pass' });
    for (const later of ['cells', 'context', 'totals', 'outcome']) expect(counting).not.toHaveProperty(later);
  });
});

test('under witnesses everything is proved', async () => {
  const { record, election, manifest } = await electionOf(WITNESSED);
  const { log, witnesses } = manifest.body;
  const recount = await verifyRecord(record, {
    anchor: { manifest: election, log, witnesses },
    strict: true,
  });
  expect(recount.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(recount).toMatchObject({ ok: true, anchored: true });
});

/** How much of the standard election's log there is at each point: up to the last entry of a type. */
const LAST = {
  opened: 'ballot',
  closed: 'closing',
  tallied: 'tally',
  agreed: 'agreement',
  shared: 'shares',
} as const;

async function standardUntil(stop: keyof typeof LAST): Promise<RecordSource> {
  const built = await electionOf(STANDARD);
  const types = built.record.entries.map((bytes) => parseEntry(bytes).type);
  return relog(built, built.record.entries.slice(0, types.lastIndexOf(LAST[stop]) + 1));
}

describe('a record that is not finished', () => {
  test.each([
    ['opened', ['size', 'count-tree', 'agreement', 'shares', 'totals', 'lot', 'outcome']],
    ['closed', ['count-tree', 'agreement', 'shares', 'totals', 'lot', 'outcome']],
    ['tallied', ['agreement', 'shares', 'totals', 'lot', 'outcome']],
    ['agreed', ['shares', 'totals', 'lot', 'outcome']],
    ['shared', ['totals', 'lot', 'outcome']],
  ] as const)('%s: what is not there yet is unproven, and there is no result', async (stop, expected) => {
    const record = await standardUntil(stop);
    const { ok, result, checks } = await verifyRecord(record);
    const unproven = checks.filter(({ status }) => status === 'unproven').map(({ id }) => id);
    expect(unproven).toEqual(['anchor', 'time', 'witnesses', ...expected]);
    expect(ok).toBe(true);
    expect(result).toBeNull();
  });

  test('a trustee recounts the closed election before there is a tally', async () => {
    const { election } = await electionOf(STANDARD);
    const { failures, tally } = await recountClosed(await standardUntil('closed'), election);
    expect(failures).toEqual([]);
    expect(tally.length).toBeGreaterThan(0);
  });

  test('a trustee’s tally is the published one, byte for byte', async () => {
    const { record, election, box } = await electionOf(STANDARD);
    const { tally } = await recountClosed(record, election);
    const blob = box.state.tallies[0]?.body.blob.sha256 ?? '';
    expect(tally).toEqual(record.files.get(`blob/${blob}`));
  });

  test('a trustee recounts nothing that is not closed, nor another election', async () => {
    const { election } = await electionOf(STANDARD);
    expect(await recountClosed(await standardUntil('opened'), election)).toEqual({
      failures: ['size: there are no closed ballots to count'],
      tally: new Uint8Array(),
    });
    const { failures } = await recountClosed(await standardUntil('closed'), WITNESSED.seed);
    expect(failures).toEqual(['anchor: manifest: not the one that was asked for']);
  });
});

test('a source without a checkpoint is no record: it could not run', async () => {
  // oxlint-disable-next-line require-await
  const nothing: RecordSource = { read: async () => undefined };
  await expect(verifyRecord(nothing)).rejects.toMatchObject({ name: 'TallyError', code: 'unreadable' });
});
