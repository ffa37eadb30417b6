/** Entries that two officers sign: proposed by one, entered by another, and by nobody alone. */
import { beforeAll, describe, expect, test } from 'vitest';
import { PROPOSAL_SECONDS } from '../../src/api/officers/proposals.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf, type SigningKey } from '../../src/crypto/ed25519.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import { OfficerError } from '../../src/officer/errors.ts';
import { type Proposed, signAsSecond } from '../../src/officer/second-signature.ts';
import type { Act, EntryOf } from '../../src/record/entries.ts';
import { signatureOf } from '../../src/record/envelope.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import { type Answer, ApiElection, expectCreated, OPENS } from './api-elections.ts';
import { fileService } from './file-service.ts';

const second = generateSigningKey();
const api = fileService();
let election: ApiElection;

const twoOfficers = (body: ManifestBody): ManifestBody => ({
  ...body,
  roles: {
    ...body.roles,
    officers: [...body.roles.officers, toBase64Url(publicKeyOf(second))],
    second: ['extension', 'result'],
  },
  times: { ...body.times, closes: OPENS + 1000, extension: 1000 },
});

beforeAll(async () => {
  election = await ApiElection.openRecorded(api, 3, twoOfficers);
});

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${api.officerKey}` });
const propose = (entry: Proposed, blobs: string[] = []): Promise<Answer> =>
  api.send('POST', election.path('/proposals'), encodeCanonical({ entry, blobs }), bearer());
const waiting = async (): Promise<{ proposal: string; entry: Proposed }[]> => {
  const { json } = await api.send('GET', election.path('/proposals'), undefined, bearer());
  return json['proposals'] as { proposal: string; entry: Proposed }[];
};
const enter = (proposal: string, signature: object): Promise<Answer> =>
  api.send('POST', election.path(`/proposals/${proposal}/signature`), JSON.stringify(signature), bearer());
const signed = (entry: Proposed, i: number, key: SigningKey): object => {
  const { sigs: _, ...unsigned } = entry;
  const { sig } = signatureOf(unsigned, 'officer', i, key);
  return { i, sig };
};
const act = (act: Act): Promise<EntryOf<'act'>> => election.sign('act', 'officer', { act });
const extension = (closes = OPENS + 1500): Promise<EntryOf<'act'>> => act({ kind: 'extension', closes });
const proposed = async (entry: Proposed): Promise<string> => {
  const { status, json } = await propose(entry);
  if (status !== 200) throw new Error(JSON.stringify(json));
  return String(json['proposal']);
};

describe('an entry that the manifest has two officers sign', () => {
  test('is refused with one signature, and with one officer’s twice', async () => {
    const entry = await extension();
    expect((await election.submit(entry)).json).toMatchObject({
      code: 'bad-signature',
      reason: 'wrong-signer',
      field: 'entry.sigs',
    });
    const twice = { ...entry, sigs: [...entry.sigs, ...entry.sigs] };
    expect((await election.submit(twice)).json).toMatchObject({
      code: 'bad-signature',
      reason: 'wrong-signer',
      field: 'entry.sigs[1].i',
    });
  });

  test('waits, is listed to officers alone, and once', async () => {
    const entry = await extension();
    const proposal = await proposed(entry);
    expect(await proposed(entry)).toBe(proposal);
    expect(await waiting()).toEqual([
      { proposal, officer: 1, proposed: OPENS, expires: OPENS + PROPOSAL_SECONDS, entry, blobs: [] },
    ]);
    for (const [method, path, body] of [
      ['GET', '/proposals', undefined],
      ['POST', '/proposals', '{}'],
      ['POST', `/proposals/${proposal}/signature`, '{}'],
      ['DELETE', `/proposals/${proposal}`, undefined],
    ] as const) {
      expect((await api.send(method, election.path(path), body)).json['code']).toBe('not-signed-in');
    }
  });

  test('is entered by another officer, and by nobody else', async () => {
    const [{ proposal, entry }] = (await waiting()) as [{ proposal: string; entry: Proposed }];
    const stranger = generateSigningKey();
    for (const [signature, field] of [
      [signed(entry, 1, election.officer), 'entry.sigs[1].i'],
      [signed(entry, 2, election.officer), 'entry.sigs[1].sig'],
      [signed(entry, 2, stranger), 'entry.sigs[1].sig'],
      [signed(entry, 3, stranger), 'entry.sigs[1].i'],
      [signed(await extension(OPENS + 1900), 2, second), 'entry.sigs[1].sig'],
    ] as const) {
      expect((await enter(proposal, signature)).json).toMatchObject({ code: 'bad-signature', field });
    }
    expect(await waiting()).toHaveLength(1);
    expectCreated(await enter(proposal, signed(entry, 2, second)));
    expect(await waiting()).toEqual([]);
    expect((await api.send('GET', election.path(''))).json['closes']).toBe(OPENS + 1500);
    expect((await enter(proposal, signed(entry, 2, second))).json['code']).toBe('unknown-proposed-entry');
  });

  test('is proposed only if it could be entered, and only where two sign', async () => {
    expect((await propose(await extension(OPENS + 9999))).json).toMatchObject({
      code: 'bad-entry',
      reason: 'bad-extension',
    });
    expect((await propose(await act({ kind: 'incident', text: 'Rain.' }))).json['code']).toBe(
      'second-not-needed',
    );
    const unsigned = await extension(OPENS + 1600);
    expect((await propose({ ...unsigned, sigs: [...unsigned.sigs, ...unsigned.sigs] })).json['code']).toBe(
      'bad-signature',
    );
  });

  test('is forgotten when it is withdrawn, after a week, and when it cannot come any more', async () => {
    const path = async (entry: Proposed): Promise<string> =>
      election.path(`/proposals/${await proposed(entry)}`);
    const first = await path(await extension(OPENS + 1600));
    expect((await api.send('DELETE', first, undefined, bearer())).json).toEqual({ proposals: [] });
    expect((await api.send('DELETE', first, undefined, bearer())).json['code']).toBe(
      'unknown-proposed-entry',
    );
    await path(await extension(OPENS + 1600));
    const before = api.clock.now;
    api.clock.now += PROPOSAL_SECONDS;
    expect(await waiting()).toEqual([]);
    api.clock.now = before;
    const sooner = await extension(OPENS + 1600);
    const [one, other] = [await proposed(sooner), await proposed(await extension(OPENS + 1700))];
    const later = (await waiting()).find(({ proposal }) => proposal === other);
    if (later === undefined) throw new Error('nothing waits');
    expectCreated(await enter(other, signed(later.entry, 2, second)));
    // Voting is put off, never brought forward.
    expect(await waiting()).toEqual([]);
    expect((await enter(one, signed(sooner, 2, second))).json['code']).toBe('unknown-proposed-entry');
  });
});

describe('the second officer’s client', () => {
  const refusal = async (entry: Proposed, key = second): Promise<string> => {
    const state = await readElection(election.record, election.election, null);
    return await signAsSecond(wasmKernel, election.record, state, entry, key).then(
      () => 'signed',
      (error: unknown) => (error instanceof OfficerError ? error.code : String(error)),
    );
  };

  test('signs what its own reading of the record bears out, and nothing else', async () => {
    const entry = await extension(OPENS + 1800);
    expect(await refusal(entry)).toBe('signed');
    expect(await refusal(entry, election.officer)).toBe('false-proposal');
    expect(await refusal(entry, generateSigningKey())).toBe('not-an-officer');
    expect(await refusal(await extension(OPENS + 9999))).toBe('false-proposal');
    const edited = { ...entry, body: { act: { kind: 'extension' as const, closes: OPENS + 1900 } } };
    expect(await refusal(edited)).toBe('false-proposal');
  });

  test('works a result out again before it signs', async () => {
    expectCreated(await election.cast(election.ballot(0, 'for')));
    api.clock.now = OPENS + 2000;
    expectCreated(await election.close());
    await election.tally();
    const state = await readElection(election.record, election.election, null);
    const { body, bytes } = await computeResult(wasmKernel, election.record, state);
    const entry = await election.sign('result', 'officer', body);
    const other = await election.sign('result', 'officer', {
      ...body,
      seed: toBase64Url(new Uint8Array(32)),
    });
    expect(await refusal(other)).toBe('false-proposal');
    const answer = await propose(entry, [toBase64Url(bytes)]);
    const signature = await signAsSecond(wasmKernel, election.record, state, entry, second);
    expectCreated(await enter(String(answer.json['proposal']), signature));
    expect((await api.send('GET', election.path(''))).json['phase']).toBe('declared');
  });

  test('and the recount finds both signatures', async () => {
    const { ok, checks } = await verifyRecord(election.record, { anchor: { manifest: election.election } });
    expect(checks.find(({ id }) => id === 'authority')?.status).toBe('pass');
    expect(ok).toBe(true);
  });
});

test('a manifest with one officer cannot ask for two', async () => {
  const alone = new ApiElection(api.send, api.officerKey);
  const change = (body: ManifestBody): ManifestBody => ({
    ...body,
    roles: { ...body.roles, second: ['result'] },
  });
  const plan = await alone.plan({ mode: 'recorded', voters: 3, change });
  expect((await alone.publish(plan)).json).toMatchObject({
    code: 'bad-manifest',
    field: 'entry.body.roles.second',
    reason: 'impossible',
  });
});
