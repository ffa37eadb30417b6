/**
 * R11, a flood: every P is on the published roll, so anybody can send well-formed ballots in anybody's name, and a
 * member can send bad ones in their own. Work is counted, not timed: what strangers send may not cost more than its
 * credential, may keep no voter waiting for it, and may not count against anybody.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CastingQueue, type DoorVerifiers } from '../../src/api/casting-queue.ts';
import { type Candidate, candidateOf } from '../../src/api/election-log.ts';
import { VoterLimit } from '../../src/api/voter-limit.ts';
import type { Verifier } from '../../src/api/workers/verifier-thread.ts';
import { proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import type { BallotEntry } from '../../src/ballot/ballot-entry.ts';
import { ballotStatement, verifyBallots, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import type { Credential } from '../../src/ballot/credential.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import type { Kernel } from '../../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { verifyBallotProof } from '../../src/crypto/proofs/verify-ballot.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import {
  ApiElection,
  expectCreated,
  OPENS,
  type TestService,
  temporaryDirectory,
  testService,
} from '../api/api-elections.ts';
import { changed, credential } from '../ballot/election.ts';
import { ciphertextsOf, context, edited, honest, signed, withCiphertexts } from './ballots.ts';

vi.mock('../../src/crypto/proofs/verify-ballot.ts', { spy: true });

/** What the verifiers were given, and how many points the kernel multiplied. */
const work = { credentials: 0, ballots: 0, sums: 0, points: 0 };
beforeEach(() => {
  Object.assign(work, { credentials: 0, ballots: 0, sums: 0, points: 0 });
  vi.clearAllMocks();
});

const kernel: Kernel = {
  ...wasmKernel,
  multiplyAndSum: (points, scalars) => {
    work.sums += 1;
    work.points += points.length;
    return wasmKernel.multiplyAndSum(points, scalars);
  },
};

function counting(keyBytes: Uint8Array | null): DoorVerifiers {
  return {
    credentials: (credentials) => {
      work.credentials += credentials.length;
      return Promise.resolve(verifyCredentials(credentials, kernel));
    },
    ballots: (ballots) => {
      work.ballots += ballots.length;
      return Promise.resolve(verifyBallots(ballots, { keyBytes }, kernel));
    },
  };
}

/** A ballot that its author cannot cast: made with one credential, in the name of another. */
const inNameOf = (P: string, entry: BallotEntry): BallotEntry => edited(entry, { P });

/** A ballot with a credential clause that holds, and a last clause that does not. */
function lying(voter: Credential): BallotEntry {
  const { entry } = honest(voter);
  const proof = fromBase64Url(entry.body.proof);
  return edited(entry, { proof: toBase64Url(changed(proof, proof.length - 32)) });
}

describe('a queue of secret ballots', () => {
  const log = {
    admitted: [] as string[],
    admit(candidates: readonly Candidate[]) {
      return candidates.map(({ entry }) => {
        this.admitted.push(entry.type === 'ballot' ? entry.body.P : '');
        return { index: this.admitted.length, again: false };
      });
    },
    // One ballot of each voter, as if all had prev none.
    refusals({ entry }: Pick<Candidate, 'entry'>) {
      const had = entry.type === 'ballot' && this.admitted.includes(entry.body.P);
      return had ? [{ check: 'chains', code: 'wrong-previous', field: 'body.prev', why: '' } as const] : [];
    },
  };
  beforeEach(() => {
    log.admitted = [];
  });

  const voters = Array.from({ length: 40 }, () => credential(context));
  const limit = (perMinute = 30) => new VoterLimit(perMinute, () => OPENS);
  const queueOf = (own = limit()) => new CastingQueue(log, counting(context.keyBytes), own);

  /** Sends an entry as `Election` does; what came of it, in a word. */
  async function send(queue: CastingQueue, entry: BallotEntry): Promise<string> {
    const voter = voters.findIndex(({ P }) => P === entry.body.P) + 1;
    try {
      const candidate = candidateOf(entry, encodeEntry(entry));
      const verdict = await queue.cast(ballotStatement(entry, context), candidate, voter);
      return verdict.refusals?.[0]?.code ?? 'in the log';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'fault';
    }
  }

  test('a flood in the names of all costs its credentials, and nothing else', async () => {
    const stranger = credential(context);
    const own = honest(stranger).entry;
    const flood = Array.from({ length: 400 }, (_, i) => {
      const proof = fromBase64Url(own.body.proof);
      const bytes = changed(changed(proof, proof.length - 32, 1 + (i % 255)), proof.length - 64, i >> 8);
      const { P = '' } = voters[i % voters.length] ?? {};
      return inNameOf(P, edited(own, { proof: toBase64Url(bytes) }));
    });
    const cast = voters.map((voter) => honest(voter).entry);
    const queue = queueOf(limit(1));
    // Of every eleven, the last is honest.
    const sent = cast.flatMap((entry, i) => [...flood.slice(10 * i, 10 * (i + 1)), entry]);
    const answers = await Promise.all(sent.map((entry) => send(queue, entry)));
    expect(answers).toEqual(sent.map((_, i) => (i % 11 === 10 ? 'in the log' : 'bad-ballot')));
    expect(log.admitted).toEqual(voters.map(({ P }) => P));
    expect(work.credentials).toBe(440);
    expect(work.ballots).toBe(40);
    expect(verifyBallotProof).not.toHaveBeenCalled();
    // Each credential is two points, in at most five sums; then one sum of the honest ballots.
    expect(work.points).toBeLessThan(5 * 440 * 3 + 40 * 20);
  });

  test('members who lie are found among the honest ones, by sums too', async () => {
    const queue = queueOf();
    const sent = voters.map((voter, i) => (i % 4 === 3 ? lying(voter) : honest(voter).entry));
    const answers = await Promise.all(sent.map((entry) => send(queue, entry)));
    expect(answers).toEqual(sent.map((_, i) => (i % 4 === 3 ? 'bad-ballot' : 'in the log')));
    expect(work.ballots).toBe(40);
    expect(verifyBallotProof).not.toHaveBeenCalled();
    // The door; all, credentials; clauses of all, of eighths and of each; and of each liar which.
    expect(work.sums).toBeLessThanOrEqual(1 + 2 + (1 + 8 + 40) + 10 * 2);
  });

  test('the reference tells only of a point that does not decode, which it meets before any clause', async () => {
    const [voter] = voters;
    if (voter === undefined) throw new Error('no voter');
    const { entry } = honest(voter);
    const bad = withCiphertexts(entry, ciphertextsOf(entry).fill(255, 0, 32));
    expect(await send(queueOf(), signed(voter, bad))).toBe('bad-ballot');
    expect(verifyBallotProof).toHaveBeenCalledTimes(1);
  });

  test('of one voter’s ballots one is verified at a time: the others wait, and are refused if it is recorded', async () => {
    const [voter] = voters;
    if (voter === undefined) throw new Error('no voter');
    const queue = queueOf();
    const sent = [lying(voter), ...Array.from({ length: 9 }, () => honest(voter).entry)];
    const answers = await Promise.all(sent.map((entry) => send(queue, entry)));
    expect(answers).toEqual(['bad-ballot', 'in the log', ...Array(8).fill('wrong-previous')]);
    expect(work.ballots).toBe(2);
  });

  test('a member who lies all the time gets no more work than the limit, and keeps it to themselves', async () => {
    const [liar, other] = voters;
    if (liar === undefined || other === undefined) throw new Error('no voters');
    const queue = queueOf(limit(5));
    const sent = Array.from({ length: 50 }, () => lying(liar));
    const answers = await Promise.all([...sent, honest(other).entry].map((entry) => send(queue, entry)));
    expect(answers.slice(0, 5)).toEqual(Array(5).fill('bad-ballot'));
    expect(answers.slice(5, 50)).toEqual(Array(45).fill('too-many-votes'));
    expect(answers[50]).toBe('in the log');
    expect(work.ballots).toBe(6);
  });
});

describe('a service', () => {
  const VOTERS = 6;
  const directory = temporaryDirectory();
  let api: TestService;
  let election: ApiElection;
  beforeAll(() => {
    const verifier: Verifier = {
      verifyCredentials: counting(null).credentials,
      verifierFor: (keyBytes) => counting(keyBytes).ballots,
      stop: () => Promise.resolve(),
    };
    api = testService(directory.path, '', { verifier, votesPerMinute: 2 });
  });
  beforeEach(async () => {
    api.clock.now = OPENS;
    election = await ApiElection.openRecorded(api, VOTERS);
  });
  afterAll(async () => {
    await api.service.stop();
    directory.remove();
  });

  const bytesOf = (entry: BallotEntry) => ({ bytes: encodeEntry(entry) });
  const voters = Array.from({ length: VOTERS }, (_, place) => place);
  const linkOf = (leaf: string) => ({ kind: 'ballot', leaf }) as const;

  /** Ballots in the names of all, made with the credential of the first. */
  function flood(count: number): BallotEntry[] {
    return Array.from({ length: count }, (_, i) => {
      const { P = '' } = election.credentials[1 + (i % (VOTERS - 1))] ?? {};
      return inNameOf(P, election.ballot(0, 'against').entry);
    });
  }

  test('records the honest ballots of a burst and nothing of the flood, which counts against nobody', async () => {
    const honestOnes = voters.map((place) => election.ballot(place, 'for'));
    const bad = flood(120);
    const [refused, cast] = await Promise.all([
      Promise.all(bad.map((entry) => election.cast(bytesOf(entry)))),
      Promise.all(honestOnes.map((ballot) => election.cast(ballot))),
    ]);
    expect(cast.map(({ status }) => status)).toEqual(voters.map(() => 201));
    expect(new Set(refused.map(({ status, json }) => `${status} ${String(json['code'])}`))).toEqual(
      // Those that came after the honest ballot of the same name are stale.
      new Set(
        refused.some(({ status }) => status === 409)
          ? ['422 bad-ballot', '409 stale-link']
          : ['422 bad-ballot'],
      ),
    );
    const ballots = (await election.entries()).filter(({ type }) => type === 'ballot');
    expect(ballots).toHaveLength(VOTERS);
    expect(work.credentials).toBeLessThanOrEqual(120 + VOTERS);
    expect(work.ballots).toBe(VOTERS);
    // The limit is two, and everybody has used one.
    const again = honestOnes.map(({ leaf }, place) => election.ballot(place, 'against', linkOf(leaf)));
    for (const ballot of again) expectCreated(await election.cast(ballot));
  });

  test('looks at prev before the credential: a published ballot with other responses costs and counts nothing', async () => {
    const { entry, bytes, leaf } = election.ballot(1, 'for');
    expectCreated(await election.cast({ bytes }));
    const before = { ...work };
    const proof = fromBase64Url(entry.body.proof);
    for (let i = 1; i < 9; i += 1) {
      const other = edited(entry, { proof: toBase64Url(changed(proof, proof.length - 32, i)) });
      expect((await election.cast(bytesOf(other))).json['code']).toBe('stale-link');
    }
    expect(work).toEqual(before);
    expectCreated(await election.cast(election.ballot(1, 'against', linkOf(leaf))));
  });

  test('checks in the names of all cost a credential each and count against nobody', async () => {
    const { context: own, credentials } = election;
    const [first] = credentials;
    if (own === undefined || first === undefined) throw new Error('not open');
    const before = { ...work };
    const F = (i: number) => toBase64Url(new Uint8Array(32).fill(i));
    const checks = Array.from({ length: 60 }, (_, i) => {
      const P = credentials[1 + (i % (VOTERS - 1))]?.P ?? '';
      return proveCheckEntry(own, { ...first, P }, F(i));
    });
    const honestOnes = credentials.map((voter, i) => proveCheckEntry(own, voter, F(i)));
    const send = (entry: (typeof checks)[number]) =>
      election.send('POST', election.path('/checks'), encodeEntry(entry));
    const [refused, taken] = await Promise.all([
      Promise.all(checks.map(send)),
      Promise.all(honestOnes.map(send)),
    ]);
    expect(new Set(refused.map(({ status, json }) => `${status} ${String(json['field'])}`))).toEqual(
      new Set(['422 body.proof']),
    );
    for (const answer of taken) expectCreated(answer);
    expect((await election.entries()).filter(({ type }) => type === 'check')).toHaveLength(VOTERS);
    expect(work.credentials - before.credentials).toBe(60 + VOTERS);
    expect(work.ballots).toBe(before.ballots);
  });

  test('of a ballot and its check that come at once the log has one, and of one check sent twice one', async () => {
    const { context: own, credentials } = election;
    const [first] = credentials;
    if (own === undefined || first === undefined) throw new Error('not open');
    const ballot = election.ballot(0, 'for');
    const check = encodeEntry(proveCheckEntry(own, first, ballot.fingerprint));
    const sendCheck = () => election.send('POST', election.path('/checks'), check);
    const answers = await Promise.all([sendCheck(), sendCheck(), election.cast(ballot)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 409]);
    expect(answers[1]?.json).toEqual(answers[0]?.json);
    expect(answers[2]?.json['code']).toBe('checked-ballot');
    const votes = (await election.entries()).filter(({ type }) => type === 'check' || type === 'ballot');
    expect(votes.map(({ type }) => type)).toEqual(['check']);
  });

  test('takes two ballots and checks of a voter in a minute, and what was recorded always again', async () => {
    const { context: own, credentials } = election;
    const [first] = credentials;
    if (own === undefined || first === undefined) throw new Error('not open');
    const check = (i: number) => {
      const entry = proveCheckEntry(own, first, toBase64Url(new Uint8Array(32).fill(i)));
      return election.send('POST', election.path('/checks'), encodeEntry(entry));
    };
    const ballot = election.ballot(0, 'for');
    expectCreated(await election.cast(ballot));
    expectCreated(await check(1));
    api.clock.now += 3;
    for (const refused of [
      await check(2),
      await election.cast(election.ballot(0, 'for', linkOf(ballot.leaf))),
    ]) {
      expect([refused.status, refused.json['code']]).toEqual([429, 'too-many-votes']);
      expect(refused.headers.get('retry-after')).toBe(String(60 - ((OPENS + 3) % 60)));
    }
    expect((await election.cast(ballot)).status).toBe(200);
    expectCreated(await election.cast(election.ballot(1, 'for')));
    api.clock.now += 60;
    expectCreated(await check(3));
  });
});
