/** Elections that go on from others, and the check `links` (docs/protocol.md §5.5, §11). */
import { describe, expect, test } from 'vitest';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import { citeLinks } from '../../src/officer/cite-links.ts';
import { linkedPath } from '../../src/record/record-source.ts';
import { memoryScratch } from '../../src/tally/counted-ballots.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { buildElection } from './build-election.ts';
import { REBALLOT, RUN_OFF, runOffSeats } from './continued-plans.ts';
import { college, electionOf, exactlyOne, LINKED, motion } from './plans.ts';
import { publishedFiles, sourceOf } from './publish.ts';

const linksOf = async (source: Parameters<typeof verifyRecord>[0]) => {
  const { ok, checks } = await verifyRecord(source);
  const { status, count, failures, notes } = checks.find(({ id }) => id === 'links') ?? {};
  return { ok, status, count, failures, notes };
};

describe('a conference whose delegates an election chose, and which ratifies a motion', () => {
  test('recounts, with the elections before it', async () => {
    const { record } = await electionOf(LINKED);
    expect(await linksOf(record)).toMatchObject({ ok: true, count: 5, failures: [] });
  });

  test('names those who were elected and are not on the roll', async () => {
    const [first] = LINKED.voters;
    if (first === undefined) throw new Error('no voters');
    const { record } = await buildElection({ ...LINKED, seed: 'vacant', voters: [first] });
    expect(await linksOf(record)).toMatchObject({
      ok: true,
      failures: [],
      notes: expect.arrayContaining([
        { where: 'links[0]', why: 'ben was elected in delegates and is not on the roll' },
      ]),
    });
  });

  test('keeps the ballots of all of them where it is told to', async () => {
    const { record } = await electionOf(LINKED);
    let kept = 0;
    await verifyRecord(record, {
      scratch: () => {
        kept += 1;
        return memoryScratch();
      },
    });
    expect(kept).toBe(2);
  });

  test('without the record of an election before it, the link is unproven', async () => {
    const { record, manifest } = await electionOf(LINKED);
    const files = await publishedFiles(record);
    const [link] = manifest.body.links;
    files.delete(linkedPath(link?.manifest ?? '', 'checkpoint'));
    expect(await linksOf(sourceOf(files))).toMatchObject({
      ok: true,
      status: 'unproven',
      failures: [],
      notes: ['links[0]', 'links[1]'].map((where) => ({
        where,
        why: expect.stringContaining('its record is not here'),
      })),
    });
  });
});

describe('what an election calls for', () => {
  test.each([
    ['a re-ballot', REBALLOT],
    ['a run-off by a motion', RUN_OFF],
    ['a run-off by a seat', { ...RUN_OFF, rules: [runOffSeats(1)] }],
  ])('%s recounts', async (_, plan) => {
    expect(await linksOf((await buildElection(plan)).record)).toMatchObject({
      ok: true,
      failures: [],
    });
  });

  test('is opened by no officer’s client if it asks something else', async () => {
    const { record, manifest } = await buildElection(RUN_OFF);
    const cited = (change: Partial<ManifestBody>) =>
      citeLinks(bigintKernel, record, { ...manifest.body, ...change });
    expect(await cited({})).toMatchObject([{ decision: { id: 'drink', both: true } }]);
    await expect(cited({ rules: [] })).rejects.toMatchObject({ code: 'departing-link' });
  });
});

test('six elections that follow one another: the first is beyond what a recount goes back', async () => {
  const plan = (n: number): Parameters<typeof buildElection>[0] => ({
    seed: `row-${n}`,
    colleges: [college('all', { mode: 'recorded' })],
    contests: [exactlyOne('motion', ['all'], ['for', 'against'])],
    rules: [motion(['all'])],
    voters: [{ college: 'all', votes: [{ motion: ['for'] }] }],
    trustees: null,
    links: n === 0 ? [] : [{ relation: 'follows', rule: 'motion', plan: plan(n - 1) }],
  });
  const { record } = await buildElection(plan(6));
  expect(await linksOf(record)).toMatchObject({ ok: true, status: 'unproven', failures: [] });
  const { checks } = await verifyRecord((await buildElection(plan(5))).record);
  expect(checks.find(({ id }) => id === 'links')?.failures).toEqual([]);
});
