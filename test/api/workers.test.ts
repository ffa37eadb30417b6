/** The threads and the queue in front of them, when things go wrong or come at a bad moment. */
import { afterAll, describe, expect, test } from 'vitest';
import { CastingQueue } from '../../src/api/casting-queue.ts';
import type { Candidate } from '../../src/api/election-log.ts';
import { TallyThread } from '../../src/api/workers/tally-thread.ts';
import { VerifierThread } from '../../src/api/workers/verifier-thread.ts';
import type { StatedBallot } from '../../src/ballot/check-ballot.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { college, contest, credential, election } from '../ballot/election.ts';

const reports: string[] = [];
const thread = new VerifierThread((line) => reports.push(line));
afterAll(async () => {
  await thread.stop();
});

describe('the verifying thread', () => {
  const { context } = election([contest('motion', 3, 1, 1)], [college('members')]);
  const stated = (option: string): StatedBallot =>
    ballotStatement(
      prepareBallot({
        context,
        college: 'members',
        weight: 1,
        credential: credential(context),
        prev: { kind: 'none' },
        choices: { motion: [option] },
      }).entry,
      context,
    );

  test('finds the one bad ballot of a batch, with its code and field', async () => {
    const [good, bad] = [stated('option-1'), stated('option-2')];
    const mixed = { ...good, proof: bad.proof };
    const problems = await thread.verifierFor(context.keyBytes)([good, mixed, bad]);
    expect(problems).toMatchObject([null, { code: 'bad-proof', where: 'body.proof' }, null]);
  });

  test('finds the one stranger by the credentials alone', async () => {
    const [good, other] = [stated('option-1').credential, stated('option-2').credential];
    const problems = await thread.verifyCredentials([good, { ...other, P: good.P }, other]);
    expect(problems).toMatchObject([null, { code: 'bad-proof', where: 'body.proof' }, null]);
  });

  test('a fault is the service’s, is reported, and the next batch goes on', async () => {
    const verify = thread.verifierFor(context.keyBytes);
    await expect(verify([null as unknown as StatedBallot])).rejects.toMatchObject({ code: 'internal' });
    expect(await verify([stated('option-3')])).toEqual([null]);
    expect(reports).toHaveLength(1);
    // So many that the thread is stopped in the midst of them.
    const ballot = stated('option-1');
    const before = verify(Array.from({ length: 2000 }, () => ballot));
    await thread.stop();
    await expect(before).rejects.toMatchObject({ code: 'internal' });
    expect(await verify([stated('option-2')])).toEqual([null]);
  });
});

describe('the tallying thread', () => {
  test('a fault rejects the tally and every proof asked for', async () => {
    const counting = new TallyThread({} as ConstructorParameters<typeof TallyThread>[0]);
    const closing = { closing: '', cells: [], leaves: new Uint8Array() };
    await expect(counting.close(closing)).rejects.toThrow();
    await expect(counting.proofs(1)).rejects.toThrow();
    await counting.ended;
    await counting.stop();
  });
});

describe('the casting queue', () => {
  const log = {
    admit: (candidates: readonly Candidate[]) => candidates.map((_, index) => ({ index, again: false })),
    refusals: () => [],
  };
  const ballot = { statement: {} } as StatedBallot;
  const candidate = { bytes: new Uint8Array(1000) } as Candidate;
  const valid = (all: readonly unknown[]): Promise<null[]> => Promise.resolve(all.map(() => null));
  const unlimited = { count: () => undefined };

  test('never sleeps on a ballot, whenever it comes', async () => {
    const queue = new CastingQueue(log, { credentials: valid, ballots: valid }, unlimited);
    for (let turns = 0; turns < 20; turns += 1) {
      await queue.cast(ballot, candidate, 1);
      // So many microtasks later the queue is about to rest, or just has.
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      expect(await queue.cast(ballot, candidate, 1)).toEqual({ index: 0, again: false });
    }
    await queue.drain();
  });

  test.each(['credentials', 'ballots'] as const)(
    'a fault in %s refuses its own batch alone',
    async (stage) => {
      let faults = 1;
      const failing = (all: readonly unknown[]): Promise<null[]> => {
        faults -= 1;
        return faults >= 0 ? Promise.reject(new Error('a fault')) : valid(all);
      };
      const queue = new CastingQueue(
        log,
        { credentials: valid, ballots: valid, [stage]: failing },
        unlimited,
      );
      await expect(queue.cast(ballot, candidate, 1)).rejects.toThrow('a fault');
      expect(await queue.cast(ballot, candidate, 1)).toEqual({ index: 0, again: false });
    },
  );
});
