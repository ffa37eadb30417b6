/** Complaints, void attempts and the attempts after them (docs/protocol.md §5.2 2, §7.3). */
import { describe, expect, test } from 'vitest';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { ceremonyStatus } from '../../src/record/ceremony-status.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { TestElection } from './elections.ts';
import { electionUntil } from './honest-election.ts';
import { problemsOf } from './refusals.ts';

const FILE = toUtf8('what trustee 2 dealt to trustee 1');

/** All have revealed, and trustee 2 has dealt. */
async function dealtBySecond(): Promise<TestElection> {
  const election = await electionUntil('reveals');
  const shares = [1, 3].map((to) => ({ to, ...nameBlob(FILE) }));
  await election.append(election.step('dealt', 2, { shares }));
  return election;
}

function complaint(election: TestElection, change: object = {}, seen = election.box.seen) {
  const body = {
    attempt: 1,
    i: 1,
    against: 2,
    identity: `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
    ciphertext: toBase64Url(FILE),
    ...change,
  };
  return election.sign('complaint', body, 'trustee', body.i, seen);
}

const voids = (election: TestElection, attempt = 1, seen = election.box.seen) =>
  election.sign('void', { attempt, reason: 'trustee 2 is ill' }, 'officer', 1, seen);

/** The log as it was before its last entry. */
function before({ state }: TestElection) {
  const size = state.tree.size - 1;
  return { size, root: toBase64Url(state.tree.root(size)) };
}

describe('a complaint', () => {
  test('is of what was dealt to the trustee that complains', async () => {
    const election = await dealtBySecond();
    const wrong = [
      [{ against: 3 }, 'grammar/too-early body.against'],
      [{ against: 1 }, 'grammar/too-early body.against'],
      [{ i: 2, against: 1 }, 'grammar/too-early body.against'],
      [{ ciphertext: toBase64Url(toUtf8('another file')) }, 'ceremony/wrong-ciphertext body.ciphertext'],
      [{ attempt: 2 }, 'grammar/wrong-attempt body.attempt'],
    ] as const;
    for (const [change, problem] of wrong) {
      expect(problemsOf(election, complaint(election, change))).toEqual([problem]);
    }
    const blind = complaint(election, {}, before(election));
    expect(problemsOf(election, blind)).toEqual(['grammar/seen-too-small seen.size']);
    expect(problemsOf(election, complaint(election))).toEqual([]);
  });

  test('is not of what was confirmed, nor after the opening', async () => {
    const confirmed = await electionUntil('confirms');
    expect(problemsOf(confirmed, complaint(confirmed))).toEqual(['grammar/too-late body.i']);
    const open = await electionUntil('opening');
    expect(problemsOf(open, complaint(open))).toEqual(['grammar/too-late type']);
    expect(problemsOf(open, voids(open))).toEqual(['grammar/too-late type']);
  });

  test('ends the attempt for everybody', async () => {
    const election = await dealtBySecond();
    await election.append(complaint(election));
    expect(problemsOf(election, election.step('dealt', 1))).toEqual(['grammar/too-late type']);
    expect(problemsOf(election, complaint(election, { i: 3 }))).toEqual(['grammar/too-late type']);
    expect(problemsOf(election, voids(election, 1, before(election)))).toEqual([
      'grammar/seen-too-small seen.size',
    ]);
    const status = { step: 'void', awaited: [], complaint: { i: 1, against: 2 }, attempt: 1, voided: [] };
    expect(ceremonyStatus(election.state)).toEqual(status);
    await election.append(voids(election));
    const voided = [{ attempt: 1, reason: 'trustee 2 is ill' }];
    expect(ceremonyStatus(election.state)).toEqual({
      attempt: 2,
      step: 'join',
      awaited: [1, 2, 3],
      complaint: null,
      voided,
    });
  });
});

describe('a void attempt', () => {
  test.each(['joins', 'commits', 'reveals', 'dealts', 'confirms'] as const)('after the %s', async (until) => {
    const election = await electionUntil(until);
    await election.append(voids(election));
    expect(problemsOf(election, election.step('join', 1))).toEqual(['grammar/wrong-attempt body.attempt']);
    expect(problemsOf(election, voids(election))).toEqual(['grammar/wrong-attempt body.attempt']);
    const join = election.sign(
      'join',
      { attempt: 2, i: 1, recipient: `age1${'q'.repeat(58)}` },
      'trustee',
      1,
      before(election),
    );
    expect(problemsOf(election, join)).toEqual(['grammar/seen-too-small seen.size']);
    expect(problemsOf(election, election.step('join', 1, { attempt: 2 }))).toEqual([]);
    expect(problemsOf(election, election.step('commit', 1, { attempt: 2 }))).toEqual([
      'grammar/too-early type',
    ]);
    if (until !== 'joins' && until !== 'commits') {
      expect(problemsOf(election, election.opening())).toEqual(['grammar/too-early type']);
    }
  });

  test('needs an attempt, and its officer', async () => {
    const recorded = new TestElection('recorded');
    expect(problemsOf(recorded, voids(recorded))).toEqual(['grammar/no-trustees type']);
    const election = await electionUntil('joins');
    expect(problemsOf(election, voids(election, 2))).toEqual(['grammar/wrong-attempt body.attempt']);
    const own = election.sign('void', { attempt: 1, reason: 'no' }, 'trustee', 1);
    expect(problemsOf(election, own)).toEqual(['authority/wrong-signer sigs[0].role']);
  });

  test('the commitment of one attempt is none in the next', async () => {
    const election = await electionUntil('commits');
    await election.append(voids(election));
    for (const step of ['join', 'commit'] as const) {
      for (const i of [1, 2, 3]) await election.append(election.step(step, i, { attempt: 2 }));
    }
    // The hash of `commit` binds the attempt.
    expect(problemsOf(election, election.step('reveal', 1, { attempt: 2 }))).toEqual([
      'ceremony/wrong-reveal body',
    ]);
  });
});
