/** Acts, replaced credentials and linked records at the API (docs/protocol.md §5.3 to §5.5). */
import { describe, expect, test } from 'vitest';
import { deriveCredential } from '../../src/ballot/credential.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { drawToken } from '../../src/ballot/token.ts';
import type { Act } from '../../src/record/entries.ts';
import { linkedPath } from '../../src/record/record-source.ts';
import { type Answer, ApiElection, expectCreated, OPENS } from './api-elections.ts';
import { fileService } from './file-service.ts';

const api = fileService();

const act = async (election: ApiElection, body: Act): Promise<Answer> =>
  election.submit(await election.sign('act', 'officer', { act: body }));

const closing =
  (change: Partial<ManifestBody> = {}) =>
  (body: ManifestBody): ManifestBody => ({
    ...body,
    times: { notice: 0, opens: OPENS, closes: OPENS + 100, grace: 0, extension: 50, disputes: 0 },
    ...change,
  });

describe('an extension', () => {
  test('keeps voting open, until its own time; nothing is put off after that', async () => {
    api.clock.now = OPENS;
    const election = await ApiElection.openRecorded(api, 3, closing());
    expectCreated(await act(election, { kind: 'extension', closes: OPENS + 120 }));
    expect((await act(election, { kind: 'extension', closes: OPENS + 151 })).json).toMatchObject({
      code: 'bad-entry',
      reason: 'bad-extension',
    });
    api.clock.now = OPENS + 110;
    expectCreated(await election.cast(election.ballot(0, 'for')));
    expect((await api.send('GET', election.path(''))).json).toMatchObject({
      phase: 'open',
      closes: OPENS + 120,
    });
    expect((await election.close()).json).toMatchObject({ code: 'too-early' });
    api.clock.now = OPENS + 120;
    expect((await election.cast(election.ballot(1, 'for'))).json).toMatchObject({ code: 'voting-closed' });
    expect((await act(election, { kind: 'extension', closes: OPENS + 140 })).json).toMatchObject({
      code: 'voting-closed',
    });
    expectCreated(await election.close());
  });
});

test('an abandoned election never opens', async () => {
  api.clock.now = OPENS;
  const election = new ApiElection(api.send, api.officerKey);
  expectCreated(await election.publish(await election.plan({ mode: 'recorded', voters: 3 })));
  expectCreated(await act(election, { kind: 'abandonment', reason: 'Withdrawn.' }));
  expect((await election.enrol(3)).json).toMatchObject({ code: 'out-of-order' });
  expect((await api.send('GET', election.path(''))).json).toMatchObject({ phase: 'abandoned' });
});

describe('a replaced credential', () => {
  test('the old one is refused, the new one follows on the replacement, and receipts stay', async () => {
    api.clock.now = OPENS;
    const election = await ApiElection.openRecorded(api, 3, closing({ caps: { replacements: 1 } }));
    const cast = election.ballot(0, 'for');
    const { index } = expectCreated(await election.cast(cast));
    const heir = deriveCredential(drawToken(), election.election, 'members');
    const entry = await election.replacement(cast.entry.body.P, heir);
    const receipt = expectCreated(await election.submit(entry));

    const next = { kind: 'ballot', leaf: cast.leaf } as const;
    expect((await election.cast(election.ballot(0, 'against', next))).json).toMatchObject({
      code: 'credential-replaced',
      reason: 'replaced-key',
    });
    expect(expectCreated(await election.cast(cast)).index).toBe(index);
    expect((await api.send('GET', election.path(`/heads/${cast.entry.body.P}`))).json).toMatchObject({
      status: 410,
      code: 'credential-replaced',
      field: 'P',
    });

    const { json } = await api.send('GET', election.path(`/heads/${heir.P}`));
    expect(json).toMatchObject({
      voter: entry.body.voter,
      head: { entry: { type: 'replacement' }, receipt },
    });
    const { context } = election;
    if (context === undefined) throw new Error('not open');
    const own = {
      context,
      college: 'members',
      weight: 1,
      credential: heir,
      choices: { motion: ['against'] },
    };
    const stale = await election.cast(prepareBallot({ ...own, prev: { kind: 'none' } }));
    expect(stale.json).toMatchObject({ code: 'stale-link', head: { entry: { type: 'replacement' } } });
    expectCreated(
      await election.cast(prepareBallot({ ...own, prev: { kind: 'replacement', leaf: receipt.leaf } })),
    );
    expect((await api.send('GET', election.path(''))).json).toMatchObject({ colleges: [{ voted: 1 }] });

    const again = await election.replacement(
      election.credentials[1]?.P ?? '',
      deriveCredential(drawToken(), election.election, 'members'),
    );
    expect((await election.submit(again)).json).toMatchObject({ reason: 'too-many-replacements' });
  });
});

test('the record of a linked election is served beside the one that links to it, and cites only what it declared', async () => {
  api.clock.now = OPENS;
  const first = await ApiElection.openRecorded(api, 3);
  const other = await ApiElection.openRecorded(api, 3);
  const second = new ApiElection(api.send, api.officerKey);
  const links = [{ relation: 'follows' as const, manifest: first.election, rule: 'motion' }];
  const change = (body: ManifestBody): ManifestBody => ({ ...body, links });
  expectCreated(await second.publish(await second.plan({ mode: 'recorded', voters: 3, change })));
  const files = ['checkpoint', 'tile/entries/000.p/3'] as const;
  expectCreated(await second.enrol(3));
  const roll = await second.rollEntryBody();
  const opening = await second.sign('opening', 'officer', {
    manifest: second.election,
    attempt: null,
    opens: OPENS,
    results: [
      {
        manifest: first.election,
        result: 'A'.repeat(43),
        decision: {
          id: 'motion',
          kind: 'motion',
          carried: true,
          divided: false,
          reballot: false,
          tie: null,
          colleges: [],
        },
      },
    ],
    key: null,
    shares: [],
    transcript: null,
    roll,
    notice: null,
  });
  expect((await second.submit(opening)).json).toMatchObject({
    code: 'bad-entry',
    field: 'entry.body.results[0]',
    detail: 'it has declared no result',
  });
  for (const file of files) {
    const own = await api.send('GET', first.path(`/record/${file}`));
    const beside = await api.send('GET', second.path(`/record/${linkedPath(first.election, file)}`));
    expect(beside.status).toBe(200);
    expect(beside.bytes).toEqual(own.bytes);
    expect((await api.send('GET', second.path(`/record/${linkedPath(other.election, file)}`))).status).toBe(
      404,
    );
  }
});
