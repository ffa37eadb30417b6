/** An eventful election on the record, over three days, that goes on from an earlier one: for whoever looks at its page. */
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf, type SigningKey } from '../../src/crypto/ed25519.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import type { Act } from '../../src/record/entries.ts';
import { signEntry } from '../../src/record/envelope.ts';
import { HOUR } from '../../src/record/moments.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { readElection, seenOf } from '../../src/trustee/read-election.ts';
import { Scripts } from '../../src/web/scripts.ts';
import { ApiElection, expectCreated, sender } from '../api/api-elections.ts';

export const DAY = 24 * HOUR;
/** Tuesday 1 September 2026, 08:00 UTC. */
export const OPENING = Date.UTC(2026, 8, 1, 8) / 1000;
const VOTERS = 30;

export interface Observed {
  readonly server: RunningServer;
  readonly election: ApiElection;
  readonly earlier: ApiElection;
  readonly observer: SigningKey;
  readonly clock: { now: number };
}

const act = async (election: ApiElection, body: Act): Promise<void> => {
  expectCreated(await election.submit(await election.sign('act', 'officer', { act: body })));
};

async function declare(election: ApiElection): Promise<void> {
  expectCreated(await election.close());
  await election.tally();
  const state = await readElection(election.record, election.election, null);
  const { body, bytes } = await computeResult(wasmKernel, election.record, state);
  expectCreated(await election.submit(await election.sign('result', 'officer', body), [bytes]));
}

async function earlierElection(server: RunningServer, clock: Observed['clock']): Promise<ApiElection> {
  const to = { send: sender(server.url), officerKey: server.officerKey ?? '' };
  const election = await ApiElection.openRecorded(to, 3, undefined, () => clock.now);
  expectCreated(await election.cast(election.ballot(0, 'for')));
  await declare(election);
  return election;
}

/** Opens with the result of the earlier election, which it follows. */
async function openAfter(election: ApiElection, earlier: ApiElection): Promise<void> {
  const { result } = await readElection(earlier.record, earlier.election, null);
  const opening = await election.sign('opening', 'officer', {
    manifest: election.election,
    attempt: null,
    opens: OPENING,
    results: [{ manifest: earlier.election, result: result?.leaf ?? '', decision: null }],
    key: null,
    shares: [],
    transcript: null,
    roll: await election.rollEntryBody(),
    notice: null,
  });
  const { leaf } = expectCreated(await election.submit(opening));
  const { manifest } = election;
  if (manifest === undefined) throw new Error('not published');
  election.context = ballotContext({ election: election.election, ctx: leaf, key: null, manifest });
}

/** Who votes when, after the opening. */
const VOTES = [
  [1, 4],
  [3, 7],
  [9, 3],
  [26, 6],
  [33, 2],
  [50, 3],
] as const;

async function vote(election: ApiElection, clock: Observed['clock']): Promise<void> {
  let place = 0;
  for (const [hours, voters] of VOTES) {
    clock.now = OPENING + hours * HOUR + 700;
    for (const end = place + voters; place < end; place += 1) {
      const ballot = election.ballot(place, place % 5 < 3 ? 'for' : 'against');
      expectCreated(await election.cast(ballot));
    }
    if (hours === 26) await happenings(election);
  }
}

/** The name of a dispute that was filed through a page. */
const FILED = 'A'.repeat(43);

async function happenings(election: ApiElection): Promise<void> {
  await act(election, {
    kind: 'incident',
    text: 'The service did not answer from 09:10 to 09:40. No vote was lost.',
  });
  await act(election, { kind: 'extension', closes: OPENING + 2 * DAY + 6 * HOUR });
  await act(election, { kind: 'dispute', text: 'My letter came a day late.', index: null });
  await act(election, { kind: 'dispute', text: `sha256:${FILED}\nnot-counted\nI voted twice.`, index: null });
}

/** Entered in the record. @param key of the first observer. */
async function certify(election: ApiElection, key: SigningKey): Promise<void> {
  const state = await readElection(election.record, election.election, null);
  const { ok } = await verifyRecord(election.record, { anchor: { manifest: election.election } });
  const seen = seenOf(state);
  const body = { ...seen, ok, result: state.result?.leaf ?? null };
  const unsigned = { v: 1, type: 'recount', election: election.election, seen, body, ext: {} } as const;
  expectCreated(await election.submit(signEntry<'recount'>(unsigned, 'observer', 1, key)));
}

/** @param until how far it goes: voting is open in its third day, or it is declared and recounted. */
export async function observedElection(dataDir: string, until: 'open' | 'recounted'): Promise<Observed> {
  const clock = { now: OPENING - 20 * DAY };
  // Before there is a server: while scripts are bundled, connections to it would be given up.
  const booth = Object.values(await new Scripts().hashes());
  const server = await startServer({
    dataDir,
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    votesPerMinute: 50,
    clock: () => clock.now,
  });
  const earlier = await earlierElection(server, clock);
  const observer = generateSigningKey();
  const election = new ApiElection(sender(server.url), server.officerKey ?? '');
  clock.now = OPENING - 14 * DAY;
  const change = (body: ManifestBody): ManifestBody => ({
    ...body,
    kind: 'real',
    roles: { ...body.roles, observers: [toBase64Url(publicKeyOf(observer))] },
    times: {
      notice: 10 * DAY,
      opens: OPENING,
      closes: OPENING + 2 * DAY,
      grace: HOUR,
      extension: 12 * HOUR,
      disputes: 7 * DAY,
    },
    caps: { replacements: 2 },
    booth,
    links: [{ relation: 'follows', manifest: earlier.election, rule: null }],
  });
  expectCreated(await election.publish(await election.plan({ mode: 'recorded', voters: VOTERS, change })));
  clock.now += DAY;
  expectCreated(await election.enrol(VOTERS));
  await openAfter(election, earlier);
  await vote(election, clock);
  if (until === 'recounted') {
    const dispute = (await election.entries()).findIndex(
      ({ type, body }) => type === 'act' && 'act' in body && body.act.kind === 'dispute',
    );
    await act(election, { kind: 'answer', dispute, text: 'It was posted in time, and you have voted.' });
    clock.now = OPENING + 2 * DAY + 6 * HOUR;
    await declare(election);
    clock.now += HOUR;
    await certify(election, observer);
  }
  return { server, election, earlier, observer, clock };
}
