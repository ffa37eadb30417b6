/**
 * Attacks on decryption, against real trustee clients: two closings or tallies (T7), a subset or a single ballot
 * (T8, Helios#170). A trustee decrypts one tally, which it recounted itself.
 */
import { describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import type { TallyDocument } from '../../src/record/entries.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import { recountClosed } from '../../src/tally/verify/verify-record.ts';
import { loadKeyFile } from '../../src/trustee/key-file.ts';
import { signAs } from '../../src/trustee/sign-as.ts';
import { step } from '../../src/trustee/trustee.ts';
import { buildElection } from '../elections/build-election.ts';
import { college, exactlyOne, motion } from '../elections/plans.ts';
import { keys } from '../record/elections.ts';
import { recount, TrusteeElection, tallyOf } from '../trustee/trustee-election.ts';

async function closed(): Promise<TrusteeElection> {
  const election = await TrusteeElection.start({ threshold: 2, count: 3 });
  await election.run();
  await election.open();
  await election.vote();
  return election;
}

const refused = (where: string) => ({ code: 'wrong-tally', where });

describe('T8: only what the trustee’s own recount gives', () => {
  test('a tally without one ballot, or of a single one', async () => {
    const election = await closed();
    for (const leaveOut of [[3], [1, 2, 3, 4]]) {
      await election.publishTally(await tallyOf(election.box.record, leaveOut));
    }
    for (const trustee of election.trustees) {
      await expect(step(trustee)).rejects.toMatchObject(refused('entries[24], entries[25]'));
    }
    expect(election.state.agreements).toHaveLength(0);
  });

  test('a tally with one sum, root or number changed', async () => {
    const election = await closed();
    const honest = await tallyOf(election.box.record);
    const change = (fields: object): TallyDocument => ({
      ...honest,
      cells: honest.cells.map((cell) => ({ ...cell, ...fields })),
    });
    for (const fields of [
      { ballots: 4 },
      { voters: 5 },
      { root: election.state.election },
      { sums: toBase64Url(new Uint8Array(128)) },
    ]) {
      await election.publishTally(change(fields));
    }
    const where = 'entries[24], entries[25], entries[26], entries[27]';
    await expect(step(election.trustee(1))).rejects.toMatchObject(refused(where));
    await election.publishTally(honest);
    expect(await step(election.trustee(1))).toEqual({ kind: 'sent', step: 'agreement' });
    expect(election.state.agreements[0]?.body.tally).toBe(election.state.tallies[4]?.leaf);
  });

  test('a record that fails the recount', async () => {
    const election = await closed();
    await election.publishTally();
    const failing = async () => ({
      ...(await recount(election.box.record, election.state.election)),
      failures: ['ballots: entries[20]'],
    });
    const rejection = { code: 'failed-recount', message: expect.stringContaining('entries[20]') };
    await expect(step({ ...election.trustee(1), recount: failing })).rejects.toMatchObject(rejection);
  });

  test('a cell with fewer voters than the manifest asks for', async () => {
    // The ballot box refuses such a roll; one that does not gets no further than the first trustee.
    const { record, election: tiny } = await buildElection({
      seed: 'two voters',
      colleges: [college('members')],
      contests: [exactlyOne('motion', ['members'], ['for', 'against'])],
      rules: [motion(['members'])],
      voters: [0, 1].map(() => ({ college: 'members', votes: [{ motion: ['for'] }] })),
      stop: 'closed',
    });
    const { failures } = await recountClosed(record, tiny);
    expect(failures).toEqual([expect.stringMatching(/^cells: motion\/members\/1: /)]);
    const election = await closed();
    await election.publishTally();
    const misled = { ...election.trustee(1), recount: () => recountClosed(record, tiny) };
    await expect(step(misled)).rejects.toMatchObject({
      code: 'failed-recount',
      message: expect.stringContaining('cells: motion/members/1'),
    });
    expect(election.state.agreements).toHaveLength(0);
  });

  test('a recount of another closing than the one that is signed for', async () => {
    const election = await closed();
    const other = { ...(await tallyOf(election.box.record)), closing: election.state.election };
    await election.publishTally(other);
    const misled = () => Promise.resolve({ failures: [], tally: encodeCanonical(other) });
    await expect(step({ ...election.trustee(1), recount: misled })).rejects.toMatchObject({
      code: 'failed-recount',
    });
  });

  test('the blob behind a tally that was agreed to is replaced', async () => {
    const election = await closed();
    await election.publishTally();
    for (const i of [1, 2]) await step(election.trustee(i));
    const single = encodeCanonical(await tallyOf(election.box.record, [1, 2, 3, 4]));
    const name = election.state.tallies[0]?.body.blob.sha256 ?? '';
    election.box.box.record.files.set(`blob/${name}`, single);
    await expect(step(election.trustee(1))).rejects.toMatchObject({ code: 'wrong-blob' });
    expect(election.state.shares).toHaveLength(0);
  });
});

describe('T7: one agreement, ever', () => {
  test('a second tally is not agreed to, nor decrypted', async () => {
    const election = await closed();
    await election.publishTally();
    await step(election.trustee(1));
    // The box withdraws its tally for another; the recount would even give it.
    const second = await tallyOf(election.box.record, [5]);
    await election.publishTally(second);
    const changed = {
      ...election.trustee(1),
      recount: () => Promise.resolve({ failures: [], tally: encodeCanonical(second) }),
    };
    expect(await step(changed)).toMatchObject({ kind: 'waiting', for: 'agreement' });
    const file = await loadKeyFile(changed.safe);
    expect(file.signed.filter(({ type }) => type === 'agreement')).toHaveLength(1);
    await election.run();
    expect(election.state.agreements.map(({ body }) => body.tally)).toEqual(
      Array(3).fill(election.state.tallies[0]?.leaf),
    );
    expect(election.state.shares.every(({ body }) => body.tally === election.state.tallies[0]?.leaf)).toBe(
      true,
    );
  });

  test('an agreement that the log has twice stops every trustee', async () => {
    const election = await closed();
    await election.publishTally();
    await election.publishTally(await tallyOf(election.box.record, [5]));
    await step(election.trustee(1));
    const file = await loadKeyFile(election.trustee(1).safe);
    const closing = election.state.closing?.leaf ?? '';
    const again = { i: 1, closing, tally: election.state.tallies[1]?.leaf ?? '' };
    election.box.box.record.appendUnchecked(signAs(file, election.state, 1, 'agreement', again));
    await expect(step(election.trustee(2))).rejects.toMatchObject({
      code: 'bad-record',
      where: 'entries[27].body.i',
    });
  });

  test('the log is exchanged for one that closes elsewhere', async () => {
    const election = await closed();
    await election.publishTally();
    await step(election.trustee(1));
    const { record } = election.box.box;
    const shorter = record.entries.slice(0, 22);
    const rewritten = new MemoryRecord(record.origin, keys.log, shorter, record.files);
    const box = {
      record: rewritten,
      submit: () => Promise.resolve(),
      deliver: () => Promise.resolve(),
      mail: () => Promise.resolve(undefined),
    };
    await expect(step({ ...election.trustee(1), box })).rejects.toMatchObject({ code: 'split-view' });
  });
});
