/**
 * What a recount cannot judge, and what it must never let pass: entries of another version, verifiers that fall
 * silent, evidence that is missing, and any byte of the published files that is changed.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signCheckpoint } from '../../src/board/checkpoint.ts';
import { EMPTY_ROOT } from '../../src/board/merkle.ts';
import { type Bytes, toUtf8 } from '../../src/crypto/bytes.ts';
import { generateSigningKey } from '../../src/crypto/ed25519.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { parseEntry } from '../../src/record/envelope.ts';
import {
  type CheckedEntries,
  checkerHere,
  type StartChecking,
} from '../../src/tally/ballots/check-entries.ts';
import { TallyError } from '../../src/tally/errors.ts';
import type { Check } from '../../src/tally/verify/findings.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { nodeCheckers } from '../../src/tally/workers/node-checkers.ts';
import { buildElection } from '../elections/build-election.ts';
import { college, electionOf, exactlyOne, motion, STANDARD, WITNESSED } from '../elections/plans.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import { draftOf, editedDocument, forge, placeOf, relog } from './forge.ts';

const SLOW = process.env['SLOW'] === '1';

const edited = async (index: number, edit: (bytes: Bytes) => Bytes) => {
  const built = await electionOf(STANDARD);
  return relog(
    built,
    built.record.entries.map((bytes, i) => (i === index ? edit(bytes) : bytes)),
  );
};
const replaced = (from: string, to: string) => (bytes: Bytes) =>
  toUtf8(new TextDecoder().decode(bytes).replace(from, to));

describe('could not run: neither pass nor fail', () => {
  test.each<[string, string, (bytes: Bytes) => Bytes]>([
    ['version', 'v', (bytes) => editedDocument(bytes, (entry) => (entry['v'] = 2))],
    ['suite', 'body.suite', replaced('ristretto255-SHA512', 'P256-SHA256')],
    ['kind', 'body.kind', replaced('"rehearsal"', '"survey"')],
    ['feature', 'body.features', replaced('"features":[]', '"features":["ranking"]')],
  ])('a manifest of another %s', async (_, where, edit) => {
    await expect(verifyRecord(await edited(0, edit))).rejects.toMatchObject({
      name: 'TallyError',
      code: 'unsupported',
      where: `entry 0 ${where}`,
    });
  });
});

describe('a log without entries', () => {
  test('is no election that passes, whoever has signed it', async () => {
    const note = signCheckpoint({ origin: 'x', size: 0, root: EMPTY_ROOT }, generateSigningKey());
    const source = sourceOf(new Map([['checkpoint', note]]));
    const { election } = await electionOf(STANDARD);
    const { ok, result, checks } = await verifyRecord(source, { anchor: { manifest: election } });
    expect({ ok, result }).toEqual({ ok: false, result: null });
    expect(checks.find(({ id }) => id === 'grammar')?.failures).toMatchObject([{ where: 'checkpoint' }]);
  });
});

describe('what a record has not come to is no pass', () => {
  test.each([
    ['the manifest alone', 'manifest', ['time', 'roll', 'ceremony', 'size', 'cells']],
    ['before the opening', 'confirm', ['time', 'size']],
    ['before the closing', 'opening', ['time', 'size']],
  ] as const)('%s', async (_, last, unproven) => {
    const built = await electionOf(WITNESSED);
    const types = built.record.entries.map((bytes) => parseEntry(bytes).type);
    const record = relog(built, built.record.entries.slice(0, types.lastIndexOf(last) + 1));
    const { checks } = await verifyRecord(record);
    const statuses = Object.fromEntries(checks.map(({ id, status }) => [id, status]));
    expect(statuses).toMatchObject(Object.fromEntries(unproven.map((id) => [id, 'unproven'])));
  });
});

describe('one entry that nobody knows does not keep anybody from recounting', () => {
  test.each<[string, string, string | number]>([
    ['another version', 'v', 2],
    ['an unknown type', 'type', 'wish'],
  ])('of %s', async (_, key, value) => {
    const record = await edited(18, (bytes) => editedDocument(bytes, (entry) => (entry[key] = value)));
    const { ok, checks } = await verifyRecord(record);
    expect(ok).toBe(false);
    expect(checks.find(({ id }) => id === 'encoding')?.failures).toMatchObject([
      { where: `entry 18 ${key}` },
    ]);
  });
});

describe('evidence of witnesses that is missing is no proof', () => {
  test.each(['witnessed/1', 'witnessed/38', 'witnessed/39'])('%s', async (path) => {
    const built = await electionOf(WITNESSED);
    const files = await publishedFiles(built.record);
    files.delete(path);
    const anchor = { manifest: built.election };
    const { ok, checks } = await verifyRecord(sourceOf(files), { anchor });
    expect(ok).toBe(true);
    expect(checks.find(({ id }) => id === 'time')).toMatchObject({
      status: 'unproven',
      notes: [{ where: path, why: 'not published' }],
    });
    expect((await verifyRecord(sourceOf(files), { anchor, strict: true })).ok).toBe(false);
  });
});

describe('a checker of entries in another place', () => {
  /** In this thread, and then something is done to what it says. */
  const changing =
    (change: (checked: CheckedEntries) => CheckedEntries): StartChecking =>
    () =>
    (setting) => {
      const own = checkerHere(setting, wasmKernel);
      return { ...own, width: 2, check: async (entries) => change(await own.check(entries)) };
    };

  test('is believed about a bad ballot', async () => {
    const { record } = await electionOf(STANDARD);
    const problem = { code: 'bad-proof', where: 'body.proof', message: 'no' } as const;
    const { ok, checks } = await verifyRecord(record, {
      checking: changing((checked) => ({
        ...checked,
        groups: checked.groups.map((group, i) =>
          i === 0 ? { ...group, faults: [{ row: 0, problem }] } : group,
        ),
      })),
    });
    expect(ok).toBe(false);
    expect(checks.find(({ id }) => id === 'ballots')?.failures).toMatchObject([
      { where: 'entry 18 body.proof', why: 'no' },
    ]);
  });

  test('that says nothing about ballots has not verified them', async () => {
    const { record } = await electionOf(STANDARD);
    const { ok, checks } = await verifyRecord(record, {
      checking: changing((checked) => ({ ...checked, groups: [], others: [] })),
    });
    expect(ok).toBe(false);
    expect(checks.find(({ id }) => id === 'ballots')?.failures).toHaveLength(20);
  });

  test('that fails has verified nothing: there is no recount', async () => {
    const { record } = await electionOf(STANDARD);
    const checking: StartChecking = () => (setting) => ({
      ...checkerHere(setting, wasmKernel),
      check: () => Promise.reject(new Error('no such thread')),
    });
    await expect(verifyRecord(record, { checking })).rejects.toThrow('no such thread');
  });
});

test('what only looks like the opening is nothing to check ballots against', async () => {
  const built = await electionOf(STANDARD);
  let place = 0;
  const record = await forge(built, ['officer', 'registrar', 'box', 'trustee'], (drafts) => {
    place = placeOf(drafts, 'opening');
    const genuine = draftOf(drafts, 'opening');
    const entry = structuredClone(genuine.entry);
    entry.body.opens += 1;
    genuine.keepsSignature = true;
    drafts.splice(place, 0, { entry, leaf: null, keepsSignature: true });
  });
  const failuresOf = (checks: readonly Check[], id: string) => checks.find((one) => one.id === id)?.failures;
  const { checks } = await verifyRecord(record);
  expect(failuresOf(checks, 'authority')?.map(({ where }) => where)).toEqual([`entry ${place} sigs[0].sig`]);
  for (const id of ['ballots', 'chains', 'weights', 'encoding']) expect(failuresOf(checks, id)).toEqual([]);
  // In two threads all that is before the first ballots waits for them.
  const inThreads = nodeCheckers({ threads: 1, here: true });
  try {
    const again = await verifyRecord(record, { checking: () => inThreads.checking(1000) });
    expect(again.checks).toEqual(checks);
    expect(again.tally?.bytes).toEqual((await verifyRecord(record)).tally?.bytes);
  } finally {
    await inThreads.stop();
  }
});

test('a bad ballot is found in any of several batches, and the others count', async () => {
  const voters = Array.from({ length: 530 }, () => ({ college: 'board', votes: [{ motion: ['for'] }] }));
  const built = await buildElection({
    seed: 'batches',
    colleges: [college('board', { mode: 'recorded' })],
    contests: [exactlyOne('motion', ['board'], ['for', 'against'])],
    rules: [motion(['board'])],
    voters,
    trustees: null,
    stop: 'opened',
  });
  expect((await verifyRecord(built.record)).ok).toBe(true);
  const whole = await buildElection({ ...built.plan, stop: 'closed' });
  const record = await forge(whole, ['box'], (drafts) => {
    for (const n of [2, 520]) {
      const [contest] = draftOf(drafts, 'ballot', n).entry.body.contests;
      if (contest?.mode === 'recorded') contest.choices.reverse();
    }
  });
  const { checks, tally } = await verifyRecord(record);
  for (const cores of [
    { threads: 2, here: false },
    { threads: 1, here: true },
  ]) {
    const checkers = nodeCheckers(cores);
    try {
      const onAllCores = await verifyRecord(record, { checking: checkers.checking });
      expect(onAllCores.checks).toEqual(checks);
      expect(onAllCores.tally?.bytes).toEqual(tally?.bytes);
    } finally {
      await checkers.stop();
    }
  }
  expect(checks.find(({ id }) => id === 'ballots')?.failures.map(({ where }) => where)).toEqual([
    'entry 5 body.proof',
    'entry 523 body.proof',
  ]);
  expect(tally?.document.cells).toMatchObject([{ ballots: 528, counts: [528, 0] }]);
});

test(
  'no byte of the published files can be changed unseen',
  async () => {
    const { record, election } = await electionOf(STANDARD);
    const files = await publishedFiles(record);
    const places = [...files].flatMap(([path, bytes]) => Array.from(bytes, (_, at) => ({ path, at })));
    const change = fc.record({ place: fc.nat(places.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(change, async ({ place, by }) => {
        const { path, at } = places[place] ?? { path: '', at: 0 };
        const bytes = files.get(path)?.map((byte, i) => (i === at ? byte ^ by : byte));
        if (bytes === undefined) throw new Error('no such file');
        try {
          const tampered = sourceOf(new Map([...files, [path, bytes]]));
          const { ok } = await verifyRecord(tampered, { anchor: { manifest: election } });
          expect(ok, `${path}, byte ${at}`).toBe(false);
        } catch (error) {
          if (!(error instanceof TallyError)) throw error;
          expect(error.code).toBe('unsupported');
        }
      }),
      { numRuns: SLOW ? 1000 : 20 },
    );
  },
  SLOW ? 3_600_000 : 120_000,
);
