/** A trustee's client from its key file to the decryption of a whole election (docs/protocol.md §7, §9). */
import { describe, expect, test } from 'vitest';
import { fromBase64Url } from '../../src/crypto/bytes.ts';
import { makeDiscreteLog } from '../../src/crypto/discrete-log.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { combineShares, verifyShares } from '../../src/crypto/threshold.ts';
import { sharesDocument, tallyDocument } from '../../src/record/entries.ts';
import { parseDocument } from '../../src/record/envelope.ts';
import { readBlob } from '../../src/record/record-source.ts';
import { encryptedBetas, encryptedCells, sharesOf } from '../../src/tally/decryption.ts';
import { loadKeyFile, TRUSTEE_STEPS } from '../../src/trustee/key-file.ts';
import { step } from '../../src/trustee/trustee.ts';
import { ceremonyWords } from '../../src/trustee/words.ts';
import { TrusteeElection } from './trustee-election.ts';

/** Verifies all shares in the log and decrypts with those of the trustees given. */
async function decryptWith(
  { state, box }: TrusteeElection,
  trustees: readonly number[],
): Promise<(number | undefined)[][]> {
  const [agreed] = state.tallies;
  if (agreed === undefined) throw new Error('no tally');
  const tally = parseDocument(tallyDocument, await readBlob(box.record, agreed.body.blob));
  const verified = [];
  for (const { body } of state.shares) {
    const shares = sharesOf(parseDocument(sharesDocument, await readBlob(box.record, body.blob)));
    const shareKey = fromBase64Url(state.opening?.body.shares[body.i - 1] ?? '');
    const about = { ctx: fromBase64Url(tally.ctx), tally: fromBase64Url(agreed.leaf), i: body.i, shareKey };
    verifyShares(kernel, { ...about, cells: encryptedCells(tally) }, shares);
    verified.push({ i: body.i, shares });
  }
  const log = makeDiscreteLog(kernel, 16);
  const some = verified.filter(({ i }) => trustees.includes(i));
  return combineShares(kernel, encryptedBetas(tally), some).cells.map((cell) =>
    Array.from({ length: cell.length / 32 }, (_, k) => log.find(cell.subarray(32 * k, 32 * k + 32), 10)),
  );
}

describe.each([
  { threshold: 1, count: 1, lost: [] },
  { threshold: 2, count: 3, lost: [2] },
  { threshold: 3, count: 5, lost: [1, 5] },
])('T1: $threshold of $count trustees, with $lost lost after the closing', ({ threshold, count, lost }) => {
  test('a whole election', async () => {
    const election = await TrusteeElection.start({ threshold, count });
    const confirmed = await election.run();
    const { confirmable } = election.state.ceremony;
    if (confirmable === null) throw new Error('no key');
    const words = ceremonyWords(confirmable);
    const waiting = { kind: 'waiting', attempt: 1, voided: null, awaited: [], words, judgement: null };
    expect(confirmed).toEqual(election.trustees.map(() => ({ ...waiting, for: 'opening' })));
    await election.open();
    expect(await election.run()).toEqual(confirmed.map(() => ({ ...waiting, for: 'closing' })));
    await election.vote();
    expect(await election.run()).toEqual(confirmed.map(() => ({ ...waiting, for: 'tally' })));
    await election.publishTally();

    const left = election.trustees.filter((_, at) => !lost.some((i) => i === at + 1));
    expect(await election.run(left)).toEqual(left.map(() => ({ ...waiting, for: 'result' })));
    expect(election.state.shares).toHaveLength(threshold);
    const places = election.state.shares.map(({ body }) => body.i);
    expect(await decryptWith(election, places)).toEqual([[4, 1]]);

    await election.declare();
    expect(await election.run()).toEqual(election.trustees.map(() => ({ kind: 'done' })));
    for (const entries of election.box.submitted.values()) expect(entries.size).toBe(1);
  });
});

describe('agreements', () => {
  test('no share is given before the number that the manifest asks for', async () => {
    const election = await TrusteeElection.start({ threshold: 2, count: 3, agreements: 3 });
    await election.run();
    await election.open();
    await election.vote();
    await election.publishTally();
    const two = election.trustees.slice(1);
    expect(await election.run(two)).toMatchObject([{ for: 'agreement' }, { for: 'agreement' }]);
    expect(election.state.shares).toHaveLength(0);
    await election.run();
    expect(election.state.shares).toHaveLength(3);
    expect(await decryptWith(election, [2, 3])).toEqual([[4, 1]]);
  });
});

describe('the key file', () => {
  test('keeps every entry, and the secrets of the ceremony only until it is confirmed', async () => {
    const election = await TrusteeElection.start({ threshold: 2, count: 3 });
    await election.runUntil('dealt');
    const during = await loadKeyFile(election.trustee(1).safe);
    expect(during).toMatchObject({ election: election.state.election, share: null });
    expect([during.identity, during.dealing]).not.toContain(null);
    await election.run();
    const after = await loadKeyFile(election.trustee(1).safe);
    expect(after).toMatchObject({ identity: null, dealing: null });
    expect(after.share).not.toBeNull();
    expect(after.signed.map(({ type }) => type)).toEqual(TRUSTEE_STEPS.slice(0, 5));
  });

  test('is for one election', async () => {
    const election = await TrusteeElection.start({ threshold: 2, count: 3 });
    const trustee = election.trustee(1);
    await step(trustee);
    const other = await TrusteeElection.start({ threshold: 2, count: 3 });
    const elsewhere = { ...trustee, box: other.box, election: other.state.election };
    await expect(step(elsewhere)).rejects.toMatchObject({ code: 'wrong-election', where: 'trustee-1.age' });
  });

  test('of nobody whom the manifest lists', async () => {
    const election = await TrusteeElection.start({ threshold: 2, count: 3 });
    const other = await TrusteeElection.start({ threshold: 2, count: 3 });
    const stranger = { ...election.trustee(1), safe: other.trustee(1).safe };
    await expect(step(stranger)).rejects.toMatchObject({ code: 'not-a-trustee' });
    expect(election.state.tree.size).toBe(1);
  });

  test('lost and made anew, or restored from an old copy: nothing is signed twice', async () => {
    const election = await TrusteeElection.start({ threshold: 2, count: 3 });
    const { safe } = election.trustee(1);
    const old = await safe.store.read(safe.name);
    await election.run();
    await safe.store.write(safe.name, old ?? new Uint8Array());
    await expect(step(election.trustee(1))).rejects.toMatchObject({ code: 'foreign-entry', where: 'join' });
  });
});

describe('the anchor', () => {
  test('the record of another election', async () => {
    const election = await TrusteeElection.start({ threshold: 2, count: 3 });
    const other = await TrusteeElection.start({ threshold: 2, count: 3 });
    const misled = { ...election.trustee(1), box: other.box };
    await expect(step(misled)).rejects.toMatchObject({ code: 'wrong-election', where: 'election' });
  });

  test('a manifest with a threshold that is no majority', async () => {
    const election = await TrusteeElection.start({ threshold: 2, count: 4 });
    const rejection = { code: 'bad-manifest', where: 'entries[0].body.trustees.threshold' };
    await expect(step(election.trustee(1))).rejects.toMatchObject(rejection);
  });
});
