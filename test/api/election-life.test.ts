/** Whole elections through the HTTP API, from manifest to result. */
import { describe, expect, test } from 'vitest';
import { proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, fromBase64Url, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { makeDiscreteLog } from '../../src/crypto/discrete-log.ts';
import { generateSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import { sharesDocument, tallyDocument } from '../../src/record/entries.ts';
import { encodeEntry, parseEntry, signEntry } from '../../src/record/envelope.ts';
import { type Receipt, verifyReceipt } from '../../src/record/receipt.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { cellsOf } from '../../src/tally/cells.ts';
import { type CountProof, verifyCountProof } from '../../src/tally/count-proof.ts';
import { sharesOf } from '../../src/tally/decryption.ts';
import { resultOf } from '../../src/tally/result.ts';
import { countTally, NOTHING_SECRET, openTally } from '../../src/tally/totals.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import { createTrustee, step, type Trustee } from '../../src/trustee/trustee.ts';
import { type Answer, ApiElection, expectCreated } from './api-elections.ts';
import { fileService } from './file-service.ts';

const api = fileService();

const parse = <T>(schema: { parse(value: unknown): T }, bytes: Bytes): T =>
  schema.parse(JSON.parse(new TextDecoder().decode(bytes)));

function expectProblem(answer: Answer, status: number, code: string, field?: string): void {
  expect(answer.json).toMatchObject({ status, code, ...(field === undefined ? {} : { field }) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
}

function trusteeStore() {
  const documents = new Map<string, Bytes>();
  return {
    // oxlint-disable-next-line require-await
    read: async (name: string) => documents.get(name),
    // oxlint-disable-next-line require-await
    write: async (name: string, bytes: Bytes) => void documents.set(name, bytes),
  };
}

describe('an election with three trustees', () => {
  test('runs from manifest to result', async () => {
    const safes = [1, 2, 3].map((i) => ({
      store: trusteeStore(),
      name: `trustee-${i}.age`,
      passphrase: `a passphrase ${i}`,
      workFactor: 1,
    }));
    const keys: string[] = [];
    for (const safe of safes) keys.push(await createTrustee(safe));
    const election = new ApiElection(api.send, api.officerKey);
    const body = await election.plan({ mode: 'secret', voters: 5, trustees: { threshold: 2, keys } });
    const manifestReceipt = expectCreated(await election.publish(body));
    verifyReceipt(manifestReceipt, {
      manifest: body,
      bytes: encodeEntry(election.manifestEntry(body)),
      voter: null,
    });

    const box = {
      record: election.record,
      submit: async (bytes: Bytes, blobs: readonly Bytes[]) => {
        expectCreated(await election.submit(parseEntry(bytes), blobs));
      },
      deliver: async (letter: Bytes) => {
        const path = election.path(`/mail/${nameBlob(letter).sha256}`);
        const { status } = await api.send('PUT', path, letter, {
          'content-type': 'application/octet-stream',
        });
        expect(status).toBe(204);
      },
      mail: async (sha256: string) => {
        const { status, bytes } = await api.send('GET', election.path(`/mail/${sha256}`));
        return status === 200 ? bytes : undefined;
      },
    };
    const recount = async () => {
      const { json } = await api.send('GET', election.path('/tally'));
      const leaf = (json['receipt'] as Receipt).leaf;
      const entry = (await election.entries()).find((one) => one.type === 'tally');
      expect(leaf).toBeTypeOf('string');
      const name = entry?.type === 'tally' ? entry.body.blob.sha256 : '';
      return { failures: [], tally: (await election.record.read(`blob/${name}`)) ?? toUtf8('') };
    };
    const trustees: Trustee[] = safes.map((safe) => ({
      safe,
      box,
      election: election.election,
      kernel: bigintKernel,
      recount,
      compare: () => Promise.resolve(true),
    }));
    const run = async (which: readonly Trustee[]): Promise<void> => {
      for (let sent = true; sent; ) {
        sent = false;
        for (const trustee of which) sent = (await step(trustee)).kind === 'sent' || sent;
      }
    };
    await run(trustees);
    expectCreated(await election.enrol(5));
    const confirm = (await election.entries()).find(({ type }) => type === 'confirm');
    if (confirm?.type !== 'confirm') throw new Error('nothing confirmed');
    expectCreated(await election.open(confirm.body.key, confirm.body.shares, confirm.body.transcript));

    // Votes: three for, one against, one abstains by staying away; voter 0 votes twice.
    const first = election.ballot(0, 'against');
    const firstReceipt = expectCreated(await election.cast(first));
    const { lines } = parse(rollDocument, election.rollBlob);
    expect(firstReceipt.voter).toBe(1 + lines.findIndex(({ P }) => P === first.entry.body.P));
    verifyReceipt(firstReceipt, { manifest: body, bytes: first.bytes, voter: firstReceipt.voter });
    const again = await election.cast(first);
    expect([again.status, again.json]).toEqual([200, firstReceipt]);

    const stale = await election.cast(election.ballot(0, 'for'));
    expectProblem(stale, 409, 'stale-link', 'body.prev');
    expect(stale.json['head']).toEqual({ entry: first.entry, receipt: firstReceipt });
    const second = election.ballot(0, 'for', { kind: 'ballot', leaf: first.leaf });
    expectCreated(await election.cast(second));
    for (const [place, option] of [
      [1, 'for'],
      [2, 'against'],
      [3, 'for'],
    ] as const) {
      expectCreated(await election.cast(election.ballot(place, option)));
    }

    const forged = election.ballot(4, 'for');
    const other = election.ballot(4, 'against');
    const mixed = { ...forged.entry, body: { ...forged.entry.body, proof: other.entry.body.proof } };
    expectProblem(await election.cast({ bytes: encodeEntry(mixed) }), 422, 'bad-ballot', 'body.proof');

    const opened = election.ballot(4, 'for');
    const credential = election.credentials[4];
    if (credential === undefined || election.context === undefined) throw new Error('not open');
    const check = encodeEntry(proveCheckEntry(election.context, credential, opened.fingerprint));
    expectCreated(await api.send('POST', election.path('/checks'), check));
    expectProblem(await election.cast(opened), 409, 'checked-ballot');
    const castOne = encodeEntry(proveCheckEntry(election.context, credential, second.fingerprint));
    expect((await api.send('POST', election.path('/checks'), castOne)).status).toBe(201);
    const own = election.credentials[0];
    if (own === undefined) throw new Error('no voter');
    const late = encodeEntry(proveCheckEntry(election.context, own, second.fingerprint));
    expectProblem(await api.send('POST', election.path('/checks'), late), 422, 'bad-check', 'body.F');

    const { json: head } = await api.send('GET', election.path(`/heads/${first.entry.body.P}`));
    expect(head).toMatchObject({ voter: firstReceipt.voter, head: { entry: second.entry } });
    const { json: shown } = await api.send('GET', election.path(`/receipts/${first.leaf}`));
    expect(shown).toEqual(firstReceipt);

    expectProblem(await api.send('GET', election.path('/voters/1/counting')), 409, 'not-tallied');
    expectCreated(await election.close());
    expect((await election.close()).status).toBe(200);
    expectProblem(await election.cast(election.ballot(4, 'for')), 409, 'voting-closed');
    expect((await election.cast(first)).status).toBe(200);
    const tallyReceipt = await election.tally();

    // One trustee is lost; the other two agree and decrypt.
    await run(trustees.slice(1));
    const entries = await election.entries();
    const tallyEntry = entries.find(({ type }) => type === 'tally');
    const blob = async (sha256: string): Promise<Bytes> =>
      (await election.record.read(`blob/${sha256}`)) ?? toUtf8('');
    if (tallyEntry?.type !== 'tally') throw new Error('no tally');
    const tally = parse(tallyDocument, await blob(tallyEntry.body.blob.sha256));
    const cells = cellsOf(body, lines);
    const shares = [];
    for (const entry of entries) {
      if (entry.type !== 'shares') continue;
      shares.push({
        i: entry.body.i,
        shares: sharesOf(parse(sharesDocument, await blob(entry.body.blob.sha256))),
      });
    }
    const openedTally = openTally(bigintKernel, tally, 2, shares);
    const counts = countTally(makeDiscreteLog(bigintKernel), tally, cells, openedTally).map((count) => ({
      ...count,
      counts: [...count.counts],
    }));
    expect(counts).toEqual([{ cell: 'motion/members/1', ballots: 4, counts: [3, 1] }]);
    const state = await readElection(election.record, election.election, null);
    const result = resultOf(state, tallyReceipt.leaf, cells, counts, openedTally.seed);
    const declare = async (document: object, change: object = {}) => {
      const bytes = encodeCanonical({ ...result.document, ...document });
      const signed = { ...result.body, blob: nameBlob(bytes), ...change };
      return await election.submit(await election.sign('result', 'officer', signed), [bytes]);
    };
    const falseCounts = [{ cell: 'motion/members/1', ballots: 4, counts: [4, 0] }];
    expectProblem(await declare({ counts: falseCounts }), 422, 'wrong-result', 'blobs[0].counts');
    const lost = result.document.outcome.map((one) =>
      one.kind === 'motion' ? { ...one, carried: false } : one,
    );
    expectProblem(await declare({ outcome: lost }), 422, 'wrong-result', 'blobs[0].outcome');
    expectProblem(await declare({ tally: election.election }), 422, 'wrong-result', 'blobs[0].tally');
    expectProblem(await declare({}, { seed: null }), 422, 'wrong-result', 'entry.body.seed');
    expectProblem(await declare({ v: 2 }), 422, 'wrong-result', 'blobs[0]');
    expectCreated(await declare({}));
    const { json: summary } = await api.send('GET', election.path(''));
    expect(summary).toMatchObject({ phase: 'declared', colleges: [{ id: 'members', roll: 5, voted: 4 }] });

    // Each voter's proof: of counting, or that nobody voted in the voter's place.
    for (let voter = 1; voter <= 5; voter += 1) {
      const { json } = await api.send('GET', election.path(`/voters/${voter}/counting`));
      const [proof] = json['proofs'] as CountProof[];
      const cell = tally.cells[0];
      if (proof === undefined || cell === undefined) throw new Error('no proof');
      const ctx = fromBase64Url(tally.ctx);
      const [contest] = body.contests;
      if (contest === undefined) throw new Error('no contest');
      const expected = { ctx, cell: cell.id, contest, roll: 5, voter, tallied: cell };
      expect(proof.voter).toBe(voter);
      expect(proof.ballot === null).toBe(voter === 1 + lines.findIndex(({ P }) => P === credential.P));
      expect(() => verifyCountProof(bigintKernel, proof, expected)).not.toThrow();
    }
    expectProblem(await api.send('GET', election.path('/voters/6/counting')), 404, 'unknown-voter', 'voter');
  });
});

describe('a recorded vote without trustees', () => {
  test('31 for, 0 against, 2 away', async () => {
    const observer = generateSigningKey();
    const election = await ApiElection.openRecorded(api, 33, (manifest) => ({
      ...manifest,
      roles: { ...manifest.roles, observers: [toBase64Url(publicKeyOf(observer))] },
    }));
    await Promise.all(
      election.credentials
        .slice(2)
        .map(async (_, i) => expectCreated(await election.cast(election.ballot(i + 2, 'for')))),
    );
    expectCreated(await election.close());
    const tallyReceipt = await election.tally();
    const entry = (await election.entries()).find(({ type }) => type === 'tally');
    if (entry?.type !== 'tally' || election.manifest === undefined) throw new Error('no tally');
    const tally = parse(
      tallyDocument,
      (await election.record.read(`blob/${entry.body.blob.sha256}`)) ?? toUtf8(''),
    );
    const cells = cellsOf(election.manifest, parse(rollDocument, election.rollBlob).lines);
    const counts = countTally(makeDiscreteLog(bigintKernel), tally, cells, NOTHING_SECRET).map((count) => ({
      ...count,
      counts: [...count.counts],
    }));
    expect(counts).toEqual([{ cell: 'motion/members/1', ballots: 31, counts: [31, 0] }]);
    const state = await readElection(election.record, election.election, null);
    const { body, document, bytes } = resultOf(state, tallyReceipt.leaf, cells, counts, null);
    expect(body.seed).toBeNull();
    expectCreated(await election.submit(await election.sign('result', 'officer', body), [bytes]));
    expect(document.outcome).toMatchObject([
      { carried: true, colleges: [{ for: 31, against: 0, roll: 33 }] },
    ]);

    const seen = await election.seen();
    const { result } = await readElection(election.record, election.election, null);
    const { ok } = await verifyRecord(election.record, { anchor: { manifest: election.election } });
    const certificate = signEntry<'recount'>(
      {
        v: 1,
        type: 'recount',
        election: election.election,
        seen,
        body: { ...seen, ok, result: result?.leaf ?? null },
        ext: {},
      },
      'observer',
      1,
      observer,
    );
    expectCreated(await election.submit(certificate));
    const { checks } = await verifyRecord(election.record);
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
  });
});
