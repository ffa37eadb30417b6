/**
 * An officer who wants to do alone what the manifest has two officers sign, with what a colleague signed before: role
 * signatures are public, and cannot be taken back (docs/protocol.md §5.1).
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf, type SigningKey } from '../../src/crypto/ed25519.ts';
import type { Act, EntryOf } from '../../src/record/entries.ts';
import { signatureOf, withSignatures } from '../../src/record/envelope.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { type Answer, ApiElection, expectCreated } from '../api/api-elections.ts';
import { fileService } from '../api/file-service.ts';

type Signature = EntryOf<'act'>['sigs'][number];

const api = fileService();
const [colleague, third] = [generateSigningKey(), generateSigningKey()];
const key = (secret: SigningKey): string => toBase64Url(publicKeyOf(secret));
const rain: Act = { kind: 'incident', text: 'Rain.' };
const snow: Act = { kind: 'incident', text: 'Snow.' };
let election: ApiElection;
/** What the first officer and the colleague entered. */
let entered: EntryOf<'act'>;
/** What the colleague signed for it. */
let old: Signature;

const threeOfficers = (body: ManifestBody): ManifestBody => ({
  ...body,
  roles: {
    ...body.roles,
    officers: [...body.roles.officers, key(colleague), key(third)],
    second: ['incident'],
  },
});

/** An act as the third officer signs it. */
async function byThird(act: Act): Promise<EntryOf<'act'>> {
  const { sigs: _, ...unsigned } = await election.sign('act', 'officer', { act });
  return withSignatures<'act'>(unsigned, [signatureOf(unsigned, 'officer', 3, third)]);
}

const propose = (entry: EntryOf<'act'>): Promise<Answer> =>
  api.send('POST', election.path('/proposals'), encodeCanonical({ entry, blobs: [] }), election.bearer);

const enter = (proposal: unknown, { i, sig }: Signature): Promise<Answer> =>
  api.send(
    'POST',
    election.path(`/proposals/${String(proposal)}/signature`),
    JSON.stringify({ i, sig }),
    election.bearer,
  );

beforeAll(async () => {
  election = await ApiElection.openRecorded(api, 3, threeOfficers);
  const { sigs, ...unsigned } = await election.sign('act', 'officer', { act: rain });
  old = signatureOf(unsigned, 'officer', 2, colleague);
  entered = withSignatures<'act'>(unsigned, [...sigs, old]);
  expectCreated(await election.submit(entered));
});

describe('what a colleague signed for one act', () => {
  test('does not enter another of a third officer: not as an entry, not as a proposal', async () => {
    const entry = await byThird(snow);
    const refusal = { code: 'bad-signature', reason: 'bad-signature', field: 'entry.sigs[1].sig' };
    const whole = withSignatures<'act'>(entry, [...entry.sigs, old]);
    expect((await election.submit(whole)).json).toMatchObject(refusal);
    const { proposal } = (await propose(entry)).json;
    expect((await enter(proposal, old)).json).toMatchObject(refusal);
    // It still waits for a colleague who means it.
    const { sigs: _, ...unsigned } = entry;
    expectCreated(await enter(proposal, signatureOf(unsigned, 'officer', 2, colleague)));
  });

  test('does not enter it again beside the signature of a third officer', async () => {
    const { sigs: _, ...unsigned } = entered;
    const again = signatureOf(unsigned, 'officer', 3, third);
    const refusal = { code: 'out-of-order', reason: 'duplicate', field: 'entry.body.act.kind' };
    for (const sigs of [
      [again, old],
      [old, again],
    ]) {
      const whole = withSignatures<'act'>(unsigned, sigs);
      expect((await election.submit(whole)).json).toMatchObject(refusal);
    }
    expect((await propose(withSignatures<'act'>(unsigned, [again]))).json).toMatchObject(refusal);
  });

  test('and the record has each act once', async () => {
    const acts = (await election.entries()).flatMap((entry) => (entry.type === 'act' ? [entry] : []));
    expect(acts.map(({ body, sigs }) => [body.act, sigs.map(({ i }) => i)])).toEqual([
      [rain, [1, 2]],
      [snow, [3, 2]],
    ]);
    const { checks } = await verifyRecord(election.record, { anchor: { manifest: election.election } });
    for (const id of ['authority', 'grammar'] as const)
      expect(checks.find((check) => check.id === id)?.status).toBe('pass');
  });
});
