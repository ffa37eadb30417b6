/** Casting under load and against the clock: attacks R5 to R9, R11 and R12. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CastingQueue } from '../../src/api/casting-queue.ts';
import type { Candidate } from '../../src/api/election-log.ts';
import { VoterLimit } from '../../src/api/voter-limit.ts';
import type { StatedBallot } from '../../src/ballot/check-ballot.ts';
import type { PreparedBallot } from '../../src/ballot/prepare-ballot.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import type { Receipt } from '../../src/record/receipt.ts';
import { type Answer, ApiElection, expectCreated, OPENS } from './api-elections.ts';
import { fileService } from './file-service.ts';

const api = fileService();
beforeEach(() => {
  api.clock.now = OPENS;
});

async function ballotsIn(election: ApiElection): Promise<string[]> {
  return (await election.entries()).flatMap((entry) => (entry.type === 'ballot' ? [entry.body.P] : []));
}

async function countedIn(election: ApiElection): Promise<unknown> {
  await election.tally();
  const entry = (await election.entries()).find(({ type }) => type === 'tally');
  const name = entry?.type === 'tally' ? entry.body.blob.sha256 : '';
  const bytes = await election.record.read(`blob/${name}`);
  return (JSON.parse(new TextDecoder().decode(bytes)) as { cells: unknown[] }).cells[0];
}

const codeOf = ({ json }: Answer): unknown => json['code'];

describe('R8: one vote, however often it is sent', () => {
  test('1,000 parallel casts with one credential count once', async () => {
    const election = await ApiElection.openRecorded(api, 3);
    const different = Array.from({ length: 20 }, (_, i) =>
      election.ballot(0, i % 2 === 0 ? 'for' : 'against'),
    );
    const sent = Array.from({ length: 1000 }, (_, i) => different[i % different.length] as PreparedBallot);
    const answers = await Promise.all(sent.map((ballot) => election.cast(ballot)));
    expect(await ballotsIn(election)).toHaveLength(1);
    const receipts = answers.filter(({ status }) => status < 300).map(({ json }) => json);
    expect(receipts).toHaveLength(50);
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status >= 300);
    expect(new Set(refused.map(codeOf))).toEqual(new Set(['stale-link']));
    const [head] = refused.map(({ json }) => json['head'] as { receipt: Receipt });
    expect(head?.receipt).toEqual(receipts[0]);
  });

  test('ten casts by one member count once', async () => {
    const election = await ApiElection.openRecorded(api, 3);
    let previous: PreparedBallot | undefined;
    for (let i = 0; i < 10; i += 1) {
      const ballot: PreparedBallot = election.ballot(
        0,
        i === 9 ? 'against' : 'for',
        previous === undefined ? { kind: 'none' } : { kind: 'ballot', leaf: previous.leaf },
      );
      expectCreated(await election.cast(ballot));
      previous = ballot;
    }
    expectCreated(await election.close());
    expect(await countedIn(election)).toMatchObject({ ballots: 1, counts: [0, 1] });
  });
});

describe('R7: closing while ballots come in', () => {
  test('receipts given = ballots on the record = ballots counted', async () => {
    const election = await ApiElection.openRecorded(api, 60);
    const ballots = election.credentials.map((_, place) => election.ballot(place, 'for'));
    const closing: Promise<Answer>[] = [];
    const answers = await Promise.all(
      ballots.map(async (ballot, i) => {
        await new Promise((resolve) => setTimeout(resolve, i));
        if (i === 30) closing.push(election.close());
        return election.cast(ballot);
      }),
    );
    expectCreated(await (closing[0] ?? election.close()));
    const receipted = answers.filter(({ status }) => status < 300).length;
    expect(new Set(answers.filter(({ status }) => status >= 300).map(codeOf))).toEqual(
      new Set(['voting-closed']),
    );
    expect(await ballotsIn(election)).toHaveLength(receipted);
    expect(await countedIn(election)).toMatchObject({ ballots: receipted, counts: [receipted, 0] });
    const entries = await election.entries();
    const at = entries.findIndex(({ type }) => type === 'closing');
    expect(entries.slice(at).some(({ type }) => type === 'ballot')).toBe(false);
  });
});

describe('R6: nothing before its time', () => {
  test('no opening without a roll, and none before the manifest’s time', async () => {
    const election = new ApiElection(api.send, api.officerKey);
    expectCreated(await election.publish(await election.plan({ mode: 'recorded', voters: 3 })));
    expect(codeOf(await election.open(null, [], null))).toBe('out-of-order');
    expectCreated(await election.enrol(3));
    expect(codeOf(await election.open(null, [], null, OPENS - 1))).toBe('bad-entry');
    expectCreated(await election.open(null, [], null, OPENS + 100));
    expect((await api.send('GET', election.path(''))).json).toMatchObject({ phase: 'scheduled' });
    expect(codeOf(await election.cast(election.ballot(0, 'for')))).toBe('not-open');
    expect(codeOf(await election.close())).toBe('not-open');
    api.clock.now = OPENS + 99;
    expect(codeOf(await election.cast(election.ballot(0, 'for')))).toBe('not-open');
    api.clock.now = OPENS + 100;
    expectCreated(await election.cast(election.ballot(0, 'for')));
  });

  test('the notice counts from publication', async () => {
    const late = new ApiElection(api.send, api.officerKey);
    const times = {
      notice: 600,
      opens: OPENS + 500,
      closes: OPENS + 5000,
      grace: 0,
      extension: 0,
      disputes: 0,
    };
    const plan = await late.plan({
      mode: 'recorded',
      voters: 3,
      change: (body) => ({ ...body, kind: 'real', times }),
    });
    expect(codeOf(await late.publish(plan))).toBe('notice-too-short');
    api.clock.now = OPENS - 100;
    expectCreated(await late.publish(plan));
    expectCreated(await late.enrol(3));
    expect(codeOf(await late.open(null, [], null, OPENS + 5000))).toBe('bad-entry');
    expectCreated(await late.open(null, [], null, OPENS + 500));
  });

  test('no opening before every trustee has confirmed', async () => {
    const election = new ApiElection(api.send, api.officerKey);
    const keys = [1, 2].map(() => toBase64Url(publicKeyOf(generateSigningKey())));
    expectCreated(
      await election.publish(
        await election.plan({ mode: 'secret', voters: 3, trustees: { threshold: 2, keys } }),
      ),
    );
    expectCreated(await election.enrol(3));
    const answer = await election.open('A'.repeat(43), ['A'.repeat(43)], 'A'.repeat(43));
    expect(answer.json).toMatchObject({ code: 'out-of-order', reason: 'too-early', field: 'entry.type' });
  });
});

describe('R12: closing is idempotent', () => {
  const times = { notice: 100, opens: OPENS, closes: OPENS + 1000, grace: 0, extension: 0, disputes: 0 };

  test('by the timer, not before, once, and whoever asks', async () => {
    api.clock.now = OPENS - 100;
    const election = await ApiElection.openRecorded(api, 3, (body) => ({ ...body, kind: 'real', times }));
    api.clock.now = OPENS;
    expectCreated(await election.cast(election.ballot(0, 'for')));
    api.clock.now = OPENS + 999;
    await api.service.box.tick();
    expect(codeOf(await election.close())).toBe('too-early');
    expectCreated(await election.cast(election.ballot(1, 'for')));
    api.clock.now = OPENS + 1000;
    expect(codeOf(await election.cast(election.ballot(2, 'for')))).toBe('voting-closed');
    const tick = () => api.service.box.tick();
    const [, , answer] = await Promise.all([tick(), tick(), election.close(), tick()]);
    expectCreated(answer);
    expect((await election.close()).json).toEqual(answer.json);
    await Promise.all([election.tally(), election.tally(), election.tally()]);
    const types = (await election.entries()).map(({ type }) => type);
    expect(types).toEqual(['manifest', 'roll', 'opening', 'ballot', 'ballot', 'closing', 'tally']);
  });
});

describe('R5: rules do not change', () => {
  test('another manifest is another election, and none comes into a log', async () => {
    const election = await ApiElection.openRecorded(api, 3);
    const before = await election.seen();
    const { manifest } = election;
    if (manifest === undefined) throw new Error('not published');
    const changed = election.manifestEntry({
      ...manifest,
      rules: manifest.rules.map((rule) => ({ ...rule, id: 'other' })),
    });
    expect(codeOf(await election.submit(changed))).toBe('bad-field');
    expect((await election.publish(manifest)).status).toBe(200);
    expect(await election.seen()).toEqual(before);
    expect(codeOf(await election.open(null, [], null))).toBe('out-of-order');
    expect(await election.seen()).toEqual(before);
  });
});

describe('R9: nothing tells how the vote is going', () => {
  const elections: { election: ApiElection; ballots: PreparedBallot[] }[] = [];

  afterEach(() => {
    elections.length = 0;
  });

  /** Everything the API says during the vote but the record itself, hashes and keys blanked. */
  async function said({
    election,
    ballots,
  }: {
    election: ApiElection;
    ballots: PreparedBallot[];
  }): Promise<string> {
    const paths = ['', '/tally', ...ballots.map(({ leaf }) => `/receipts/${leaf}`)];
    const answers = await Promise.all(paths.map((path) => api.send('GET', election.path(path))));
    const text = JSON.stringify(answers.map(({ json }) => json));
    return text
      .replace(/[A-Za-z0-9_+/=-]{18,}/g, '*')
      .replace(/"voter":\d+|"proof":\[[^\]]*\]|— [^"]*/g, '*');
  }

  test('answers and reports are the same whatever the votes', async () => {
    for (const option of ['for', 'against'] as const) {
      const election = await ApiElection.openRecorded(api, 4);
      const ballots = [0, 1, 2].map((place) => election.ballot(place, place === 0 ? 'for' : option));
      for (const ballot of ballots) expectCreated(await election.cast(ballot));
      elections.push({ election, ballots });
    }
    const [one, other] = await Promise.all(elections.map(said));
    expect(one).toBe(other);
    for (const { election } of elections) expectCreated(await election.close());
    const lines = api.reports.join('\n');
    expect(lines).toContain('closed');
    for (const { ballots } of elections) {
      for (const { leaf, entry } of ballots) {
        expect(lines).not.toContain(leaf);
        expect(lines).not.toContain(entry.body.P);
      }
    }
  });
});

describe('R11: overload', () => {
  const ballot = { statement: {} } as StatedBallot;
  const candidate = { bytes: new Uint8Array(1000) } as Candidate;

  test.each([
    { bound: 'entries', most: { entries: 2, bytes: 1_000_000 } },
    { bound: 'bytes', most: { entries: 10, bytes: 2999 } },
  ])('in $bound is refused at once, and what waits is answered', async ({ most }) => {
    const answered = Promise.withResolvers<readonly null[]>();
    const log = {
      admit: (candidates: readonly Candidate[]) => candidates.map((_, index) => ({ index, again: false })),
      refusals: () => [],
    };
    const verify = {
      credentials: () => answered.promise,
      ballots: () => answered.promise,
    };
    const queue = new CastingQueue(log, verify, new VoterLimit(30, () => OPENS), most);
    const waiting = [queue.cast(ballot, candidate, 1), queue.cast(ballot, candidate, 2)];
    expect(() => queue.cast(ballot, candidate, 3)).toThrow('overloaded');
    answered.resolve([null, null]);
    expect(await Promise.all(waiting)).toEqual([
      { index: 0, again: false },
      { index: 1, again: false },
    ]);
    await queue.drain();
    // There is room again.
    expect(await queue.cast(ballot, candidate, 3)).toEqual({ index: 0, again: false });
  });
});
