import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { castingVotesOf, closesOf, lotCommitment, officersSeed } from '../../src/record/acts.ts';
import { phaseOf } from '../../src/record/election-state.ts';
import { F, hashOf, TestElection } from './elections.ts';
import { electionUntil } from './honest-election.ts';
import { problemsOf, refuses } from './refusals.ts';

const extension = (closes: number) => ({ kind: 'extension', closes }) as const;
const ABANDONMENT = { kind: 'abandonment', reason: 'The motion was withdrawn.' } as const;
const INCIDENT = { kind: 'incident', text: 'The server was down for an hour.' } as const;
const dispute = (index: number | null) => ({ kind: 'dispute', text: 'I object.', index }) as const;
const answer = (index: number) => ({ kind: 'answer', dispute: index, text: 'Looked into.' }) as const;

describe('acts of officers (§5.3)', () => {
  refuses([
    [
      'an extension before the opening',
      'confirms',
      (e) => e.act(extension(2100)),
      ['grammar/too-early body.act.kind'],
    ],
    [
      'an extension after the closing',
      'closing',
      (e) => e.act(extension(2100)),
      ['grammar/too-late body.act.kind'],
    ],
    [
      'closing earlier than the manifest says',
      'opening',
      (e) => e.act(extension(1999)),
      ['time/bad-extension body.act.closes'],
    ],
    [
      'an extension beyond what the manifest allows',
      'opening',
      (e) => e.act(extension(2501)),
      ['time/bad-extension body.act.closes'],
    ],
    [
      'an abandonment of an open election',
      'opening',
      (e) => e.act(ABANDONMENT),
      ['grammar/too-late body.act.kind'],
    ],
    [
      'a dispute about an entry that is not there yet',
      'opening',
      (e) => e.act(dispute(e.state.tree.size)),
      ['grammar/unknown-entry body.act.index'],
    ],
    [
      'an answer to no dispute',
      'opening',
      (e) => e.act(answer(3)),
      ['grammar/unknown-entry body.act.dispute'],
    ],
    [
      'a commitment to a lot that trustees draw',
      'confirms',
      (e) => e.act({ kind: 'lot-commitment', hash: hashOf('x') }),
      ['grammar/not-by-officers body.act.kind'],
    ],
    [
      'a value that nobody committed to',
      'closing',
      (e) => e.act({ kind: 'lot-reveal', value: hashOf('x') }),
      ['grammar/too-early body.act.kind'],
    ],
    [
      'a casting vote before the counts are known',
      'agreements',
      (e) => e.act({ kind: 'casting-vote', rule: 'seat', college: 'members', vote: 'for' }),
      ['grammar/too-early body.act.kind'],
    ],
    [
      'a casting vote where the manifest gives none',
      'shares',
      (e) => e.act({ kind: 'casting-vote', rule: 'seat', college: 'members', vote: 'for' }),
      ['grammar/no-casting-vote body.act'],
    ],
    [
      'a casting vote after the result',
      'result',
      (e) => e.act({ kind: 'casting-vote', rule: 'seat', college: 'members', vote: 'for' }),
      ['grammar/too-late body.act.kind'],
    ],
  ]);

  test('voting is put off twice, within what the manifest allows', async () => {
    const election = await electionUntil('opening');
    expect(closesOf(election.state)).toBe(2000);
    await election.append(election.act(extension(2400)));
    expect(closesOf(election.state)).toBe(2400);
    expect(problemsOf(election, election.act(extension(2400)))).toStrictEqual([
      'time/bad-extension body.act.closes',
    ]);
    await election.append(election.act(extension(2500)));
    expect(closesOf(election.state)).toBe(2500);
    await election.append(election.ballot(4), F('4'));
  });

  test('after an abandonment nothing comes but what is said about it', async () => {
    const election = await electionUntil('confirms');
    await election.append(election.act(ABANDONMENT));
    expect(phaseOf(election.state)).toBe('abandoned');
    expect(problemsOf(election, election.opening())).toStrictEqual(['grammar/too-late type']);
    expect(problemsOf(election, election.act(ABANDONMENT))).toStrictEqual(['grammar/too-late body.act.kind']);
    expect(problemsOf(election, election.act(extension(2100)))).toStrictEqual([
      'grammar/too-late body.act.kind',
    ]);
    await election.append(election.act(INCIDENT));
  });

  test('a dispute and its answer, at any time', async () => {
    for (const until of ['joins', 'opening', 'closing', 'result'] as const) {
      const election = await electionUntil(until);
      const { index } = await election.append(election.act(dispute(1), 2));
      await election.append(election.act(answer(index)));
      await election.append(election.act(INCIDENT));
      expect(election.state.acts.map(({ officer, act }) => [officer, act.kind])).toStrictEqual([
        [2, 'dispute'],
        [1, 'answer'],
        [1, 'incident'],
      ]);
    }
  });

  test('an act with a problem has no effect', async () => {
    const election = await electionUntil('opening');
    await expect(election.append(election.act(extension(1)))).rejects.toThrow();
    expect(closesOf(election.state)).toBe(2000);
    expect(castingVotesOf(election.state)).toStrictEqual([]);
  });
});

/** A recorded election with two officers, until voting is open. */
async function recorded(commit: readonly number[]): Promise<TestElection> {
  const election = new TestElection('recorded');
  const { state } = election;
  for (const i of commit) {
    const hash = lotCommitment(state.election, i, F(`value ${i}`));
    await election.append(election.act({ kind: 'lot-commitment', hash }, i));
  }
  await election.append(election.roll());
  await election.append(election.opening());
  return election;
}

const reveal = (i: number) => ({ kind: 'lot-reveal', value: toBase64Url(F(`value ${i}`)) }) as const;

describe('the lot where there are no trustees (§9.6)', () => {
  test('all officers commit before the opening and show their values after the closing', async () => {
    const election = await recorded([1, 2]);
    expect(problemsOf(election, election.act(reveal(1)))).toStrictEqual(['grammar/too-early body.act.kind']);
    await election.append(election.closing());
    await election.append(election.act(reveal(2), 2));
    expect(officersSeed(election.state)).toBeNull();
    await election.append(election.act(reveal(1), 1));
    expect(officersSeed(election.state)).toHaveLength(32);
    expect(problemsOf(election, election.act(reveal(1), 1))).toStrictEqual([
      'grammar/duplicate body.act.kind',
    ]);
  });

  test('an officer shows another value', async () => {
    const election = await recorded([1, 2]);
    await election.append(election.closing());
    expect(problemsOf(election, election.act(reveal(2), 1))).toStrictEqual([
      'lot/wrong-value body.act.value',
    ]);
  });

  test('an officer who has not committed shows none', async () => {
    const election = await recorded([1]);
    await election.append(election.closing());
    expect(problemsOf(election, election.act(reveal(2), 2))).toStrictEqual([
      'grammar/too-early body.act.kind',
    ]);
    await election.append(election.act(reveal(1), 1));
    expect(officersSeed(election.state)).toBeNull();
  });

  test('nobody commits twice, or after the opening', async () => {
    const election = await recorded([]);
    const commitment = { kind: 'lot-commitment', hash: hashOf('x') } as const;
    expect(problemsOf(election, election.act(commitment))).toStrictEqual(['grammar/too-late body.act.kind']);
    const early = new TestElection('recorded');
    await early.append(early.act(commitment));
    expect(problemsOf(early, early.act(commitment))).toStrictEqual(['grammar/duplicate body.act.kind']);
  });
});

describe('certificates of recounts (§5.7)', () => {
  refuses([
    ['before the result', 'shares', (e) => e.recount(), ['grammar/too-early type']],
    ['of another log', 'result', (e) => e.recount({ root: hashOf('x') }), ['authority/false-seen body.root']],
    [
      'of entries that the observer has not seen',
      'result',
      (e) => e.recount({ size: e.state.tree.size + 1 }),
      ['authority/false-seen body.root'],
    ],
    [
      'of another result',
      'result',
      (e) => e.recount({ result: hashOf('x') }),
      ['context/unknown-result body.result'],
    ],
    [
      'by somebody whom the manifest does not name',
      'result',
      (e) => e.sign('recount', { ...e.box.seen, ok: true, result: null }, 'officer'),
      ['authority/wrong-signer sigs[0].role', 'context/unknown-result body.result'],
    ],
  ]);

  test('three recounts of one result, and one of the log before it', async () => {
    const election = await electionUntil('result');
    const { tree, result } = election.state;
    for (let n = 0; n < 3; n += 1) await election.append(election.recount({ ok: n !== 1 }));
    const size = result?.index ?? 0;
    const root = toBase64Url(tree.root(size));
    await election.append(election.recount({ size, root, result: null }));
    expect(election.state.result).toBe(result);
  });
});
