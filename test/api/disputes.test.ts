/** Disputes at the API: filed by anybody within bounds, public at once, entered and answered in the record. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadServiceKeys } from '../../src/api/service-keys.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { drawToken, encodeToken } from '../../src/ballot/token.ts';
import { signCheckpoint } from '../../src/board/checkpoint.ts';
import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { fromUtf8 } from '../../src/crypto/bytes.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import type { Dispute } from '../../src/record/dispute.ts';
import type { Act } from '../../src/record/entries.ts';
import type { Receipt } from '../../src/record/receipt.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import {
  type Answer,
  ApiElection,
  expectCreated,
  OPENS,
  type TestService,
  temporaryDirectory,
  testService,
} from './api-elections.ts';
import { failingStore } from './stores.ts';

const DAY = 86_400;
const directory = temporaryDirectory();
const store = failingStore(directory.path);
let api: TestService;
let election: ApiElection;
let receipt: Receipt;

const withPeriod = (body: ManifestBody): ManifestBody => ({
  ...body,
  times: { ...body.times, disputes: 14 * DAY },
});

beforeAll(async () => {
  api = testService(directory.path, '', { store });
  election = await ApiElection.openRecorded(api, 3, withPeriod);
  receipt = expectCreated(await election.cast(election.ballot(0, 'for')));
});
afterAll(async () => {
  await api.service.stop();
  directory.remove();
});

const disputeOf = (change: Partial<Dispute> = {}): Dispute => ({
  v: 1,
  election: election.election,
  about: 'other',
  text: '',
  voter: null,
  receipt: null,
  ballot: null,
  found: null,
  ...change,
});

/** Each from an address of its own, unless one is given. */
let senders = 0;
function file(dispute: unknown, from = `192.0.2.${(senders += 1)}`, to = election): Promise<Answer> {
  return api.send('POST', to.path('/disputes'), encodeCanonical(dispute as Json), {
    'x-forwarded-for': from,
  });
}

const act = async (body: Act): Promise<Answer> =>
  election.submit(await election.sign('act', 'officer', { act: body }));

const listed = async () => (await api.send('GET', election.path('/disputes'))).json;

describe('a dispute', () => {
  test('is public at once with what its receipt is worth, entered by an officer, and answered', async () => {
    const given = disputeOf({ about: 'not-counted', text: 'Where is it?', voter: 1, receipt });
    const answer = await file(given);
    expect(answer.status).toBe(201);
    const { name } = nameOf(answer);
    expect(answer.json).toMatchObject({ finding: 'holds', state: 'filed', filed: OPENS, answers: [] });
    expect((await file(given)).status).toBe(200);
    expect(await listed()).toMatchObject({ until: null, isOver: false, open: 1, filed: [{ name }] });
    const shown = await api.send('GET', election.path(`/disputes/${name}`));
    expect(nameBlob(shown.bytes).sha256).toBe(name);
    expect(shown.json).toEqual(given);
    const beside = await api.send('GET', election.path('/record/disputes'));
    expect(beside.json).toEqual({ v: 1, disputes: [{ name, filed: OPENS }] });
    expect((await api.send('GET', election.path(`/record/dispute/${name}`))).bytes).toEqual(shown.bytes);
    const none = await api.send('GET', election.path(`/record/dispute/${'A'.repeat(43)}`));
    expect(none.json).toMatchObject({ code: 'unknown-resource' });

    const { index } = expectCreated(await act(answer.json['act'] as Act));
    expect(await listed()).toMatchObject({ open: 1, filed: [{ name, state: 'entered', entered: index }] });
    expectCreated(await act({ kind: 'answer', dispute: index, text: 'It is counted.' }));
    expect(await listed()).toMatchObject({
      open: 0,
      filed: [{ name, state: 'answered', answers: [{ text: 'It is counted.' }] }],
    });
  });

  test('that officers have written themselves is listed with the others', async () => {
    const { index } = expectCreated(await act({ kind: 'dispute', text: 'By letter.', index: null }));
    expect(await listed()).toMatchObject({ open: 1, others: [{ index, text: 'By letter.', answers: [] }] });
    expectCreated(await act({ kind: 'answer', dispute: index, text: 'Settled.' }));
    expect(await listed()).toMatchObject({ open: 0 });
  });

  test('that an officer enters in other words is not entered', async () => {
    const answer = await file(disputeOf({ about: 'not-mine', text: 'Somebody voted for me.' }));
    const { name } = nameOf(answer);
    const text = `sha256:${name}\nother\nAll is well.`;
    const { index } = expectCreated(await act({ kind: 'dispute', text, index: null }));
    expectCreated(await act({ kind: 'answer', dispute: index, text: 'Thank you.' }));
    const { filed, others } = (await listed()) as { filed: { name: string }[]; others: object[] };
    expect(filed.find((one) => one.name === name)).toMatchObject({
      state: 'filed',
      entered: null,
      answers: [],
    });
    expect(others).toContainEqual({ index, text, answers: [{ index: index + 1, text: 'Thank you.' }] });
    expectCreated(await act(answer.json['act'] as Act));
    expect(await listed()).toMatchObject({ filed: [{}, { name, state: 'entered' }] });
  });

  test('about the roll can be filed before voting opens', async () => {
    const early = new ApiElection(api.send, api.officerKey);
    expectCreated(await early.publish(await early.plan({ mode: 'recorded', voters: 3 })));
    const answer = await file(
      disputeOf({ election: early.election, about: 'not-on-roll' }),
      undefined,
      early,
    );
    expect(answer.json).toMatchObject({ finding: 'none', state: 'filed' });
  });

  test.each<[string, () => unknown, string, string]>([
    ['of another election', () => disputeOf({ election: 'A'.repeat(43) }), 'bad-field', 'election'],
    ['about nothing known', () => ({ ...disputeOf(), about: 'weather' }), 'bad-field', 'about'],
    ['with a choice', () => ({ ...disputeOf(), choices: {} }), 'bad-field', 'choices'],
    ['with more words than are taken', () => disputeOf({ text: 'x'.repeat(2001) }), 'bad-field', 'text'],
    ['with half a receipt', () => ({ ...disputeOf(), receipt: { v: 1 } }), 'bad-field', 'receipt.origin'],
    [
      'that tells a voting code',
      () => disputeOf({ text: `My code is ${encodeToken(drawToken()).toLowerCase()}.` }),
      'bad-field',
      'text',
    ],
    [
      'in which a device tells a voting code',
      () => disputeOf({ found: encodeToken(drawToken()) }),
      'bad-field',
      'found',
    ],
  ])('%s is refused', async (_, given, code, field) => {
    expect((await file(given())).json).toMatchObject({ code, field });
  });

  test.each<[string, () => Partial<Dispute>]>([
    ['text', () => ({ text: 'half' })],
    ['found', () => ({ found: 'half' })],
    ['receipt.checkpoint', () => ({ receipt: { ...receipt, checkpoint: 'half' } })],
  ])('with half a character in its %s is refused', async (field, change) => {
    const sent = JSON.stringify(disputeOf(change())).replace('half', '\\ud800');
    const { json } = await api.send('POST', election.path('/disputes'), sent);
    expect(json).toMatchObject({ code: 'bad-field', field });
  });

  test('that tells a voting code is counted too: looking for one is work', async () => {
    const telling = () => file(disputeOf({ text: encodeToken(drawToken()) }), '198.51.100.9');
    for (let i = 0; i < 20; i += 1) expect((await telling()).json).toMatchObject({ reason: 'tells-code' });
    expect((await telling()).json).toMatchObject({ code: 'too-many-disputes' });
  });

  test('that is too long is refused', async () => {
    const checkpoint = 'x'.repeat(20_000);
    const answer = await file(disputeOf({ receipt: { ...receipt, checkpoint } }));
    expect(answer.json).toMatchObject({ code: 'body-too-large' });
  });

  test('that could not be written is not listed, and can be filed again', async () => {
    const given = disputeOf({ text: 'once more' });
    store.failNext = 'before';
    expect((await file(given)).json).toMatchObject({ code: 'store-failed' });
    expect(JSON.stringify(await listed())).not.toContain('once more');
    expect((await file(given)).status).toBe(201);
  });

  test('too many of one address are refused for an hour; others’ are not', async () => {
    const flood = (from: string, i: number) => file(disputeOf({ text: `flood ${from} ${i}` }), from);
    for (let i = 0; i < 20; i += 1) expect((await flood('198.51.100.1', i)).status).toBe(201);
    const refused = await flood('198.51.100.1', 20);
    expect(refused.json).toMatchObject({ code: 'too-many-disputes' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await flood('198.51.100.2', 0)).status).toBe(201);
    // One network of IPv6, whichever of its addresses.
    for (let i = 0; i < 20; i += 1) await flood(`2001:db8:0:1::${i}`, i);
    expect((await flood('2001:db8:0:1:ffff::1', 0)).json).toMatchObject({ code: 'too-many-disputes' });
    // Proof of another history is taken from anybody, at any time.
    const note = signCheckpoint(
      { origin: receipt.origin, size: 2, root: new Uint8Array(32) },
      loadServiceKeys(directory.path).log.secret,
    );
    const proof = { ...receipt, checkpoint: fromUtf8(note) };
    expect((await file(disputeOf({ receipt: proof }), '198.51.100.1')).json).toMatchObject({
      finding: 'contradicts',
    });
    api.clock.now += 3600;
    expect((await flood('198.51.100.1', 21)).status).toBe(201);
  });
});

test('the time for disputes runs from the result, through a restart, and then they are closed', async () => {
  const now = api.clock.now;
  expectCreated(await election.close());
  await election.tally();
  const state = await readElection(election.record, election.election, null);
  const { body, bytes } = await computeResult(wasmKernel, election.record, state);
  expectCreated(await election.submit(await election.sign('result', 'officer', body), [bytes]));
  expect(await listed()).toMatchObject({ until: now + 14 * DAY, isOver: false });
  const before = await listed();
  await api.service.stop();
  api = testService(directory.path, api.officerKey);
  api.clock.now = now + 14 * DAY - 1;
  expect(await listed()).toEqual(before);
  const last = disputeOf({ text: 'in time' });
  expect((await file(last)).status).toBe(201);
  api.clock.now += 1;
  expect((await file(disputeOf({ text: 'too late' }))).json).toMatchObject({ code: 'disputes-closed' });
  expect((await file(last)).status).toBe(200);
  expect(await listed()).toMatchObject({ isOver: true });
});

test('what is not there', async () => {
  expect((await api.send('GET', election.path(`/disputes/${'A'.repeat(43)}`))).json).toMatchObject({
    code: 'unknown-dispute',
  });
});

function nameOf({ json }: Answer): { readonly name: string } {
  return { name: String(json['name']) };
}
