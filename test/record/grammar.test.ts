import { describe, expect, test } from 'vitest';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { apply, applyUnreadable, nextItem, openRecord, phaseOf } from '../../src/record/election-state.ts';
import type { Entry, EntryOf } from '../../src/record/entries.ts';
import { encodeEntry, entryLeaf } from '../../src/record/envelope.ts';
import { RecordError } from '../../src/record/errors.ts';
import { advance, examine } from '../../src/record/grammar.ts';
import { hashOf, TestElection } from './elections.ts';
import { electionUntil, HONEST } from './honest-election.ts';
import { problemsOf, refuses, rollBody } from './refusals.ts';

test('an honest election has no problem and reaches its result', async () => {
  const election = await electionUntil('result');
  expect(phaseOf(election.state)).toBe('declared');
  expect(election.state.chains.size).toBe(4);
  expect(election.state.chains.head(1)).toBe(21);
});

test('an election without trustees goes from the tally to the result', async () => {
  const election = new TestElection('recorded');
  for (const make of [
    (e: TestElection) => e.roll(),
    (e: TestElection) => e.opening(),
    (e: TestElection) => e.ballot(1),
    (e: TestElection) => e.closing(),
    (e: TestElection) => e.tally(),
    (e: TestElection) => e.result(),
  ]) {
    await election.append(make(election));
  }
  expect(phaseOf(election.state)).toBe('declared');
});

describe('authority (§5.1)', () => {
  const seen = { size: 4, root: hashOf('another log') };
  refuses([
    [
      'signed by another role',
      'opening',
      (e) => e.sign('closing', { ctx: e.ctx, ...e.box.seen }, 'officer'),
      ['authority/wrong-signer sigs[0].role'],
    ],
    [
      'two signatures',
      'commits',
      (e) => {
        const r = e.roll();
        return { ...r, sigs: 'sigs' in r ? [...r.sigs, ...r.sigs] : [] } as Entry;
      },
      ['authority/wrong-signer sigs'],
    ],
    [
      'a key that the manifest does not list',
      'commits',
      (e) => {
        const r = e.roll();
        return { ...r, sigs: 'sigs' in r ? r.sigs.map((s) => ({ ...s, i: 2 })) : [] } as Entry;
      },
      ['authority/wrong-signer sigs[0].i'],
    ],
    [
      'one trustee for another',
      'tally',
      (e) =>
        e.sign('agreement', { i: 1, closing: e.state.closing?.leaf ?? '', tally: e.lastTally }, 'trustee', 2),
      ['authority/wrong-signer sigs[0].i'],
    ],
    [
      'changed after it was signed',
      'commits',
      (e) => ({ ...e.roll(), body: { ...rollBody(e), size: 7 } }) as Entry,
      ['authority/bad-signature sigs[0].sig'],
    ],
    [
      'another root seen',
      'commits',
      (e) => e.sign('roll', rollBody(e), 'registrar', 1, seen),
      ['authority/false-seen seen.root'],
    ],
    [
      'seen beyond the log',
      'commits',
      (e) =>
        e.sign('roll', rollBody(e), 'registrar', 1, {
          ...seen,
          size: 8,
        }),
      ['authority/false-seen seen.size'],
    ],
  ]);

  test('a signer may have seen any earlier size', async () => {
    const election = await electionUntil('commits');
    const { body } = election.roll() as EntryOf<'roll'>;
    for (let size = 1; size <= election.state.tree.size; size += 1) {
      const root = toBase64Url(election.state.tree.root(size));
      expect(problemsOf(election, election.sign('roll', body, 'registrar', 1, { size, root }))).toStrictEqual(
        [],
      );
    }
  });
});

describe('the state', () => {
  test('takes entries in their order only', async () => {
    const election = await electionUntil('joins');
    const item = nextItem(election.state, encodeEntry(election.step('commit', 1)));
    for (const index of [item.index - 1, item.index + 1]) {
      expect(() => examine(election.state, { ...item, index })).toThrow(RecordError);
      expect(() => {
        apply(election.state, { ...item, index }, []);
      }).toThrow('the next entry is 4');
    }
  });

  test('starts with a manifest', async () => {
    const election = await electionUntil('opening');
    expect(() => openRecord(election.entries[7] ?? toUtf8(''))).toThrow('the first entry is roll');
    expect(openRecord(election.entries[0] ?? toUtf8('')).election).toBe(
      toBase64Url(entryLeaf(election.entries[0] ?? toUtf8(''))),
    );
  });

  test('an entry that its role did not sign has no effect', async () => {
    const election = await electionUntil('opening');
    const forged = election.sign('closing', { ctx: election.ctx, ...election.box.seen }, 'officer');
    advance(election.state, nextItem(election.state, encodeEntry(forged)));
    expect(phaseOf(election.state)).toBe('open');
  });

  test('the makers of the honest election are as many as its entries', async () => {
    const election = await electionUntil('result');
    expect(election.entries).toHaveLength(HONEST.length + 1);
  });

  test('goes on over an entry that cannot be read, which only later readers of the log notice', async () => {
    const election = await electionUntil('opening');
    const garbage = toUtf8('{"v":1}');
    const { size } = election.state.tree;
    applyUnreadable(election.state, entryLeaf(garbage));
    expect(election.state.tree.size).toBe(size + 1);
    expect(problemsOf(election, election.ballot(1))).toStrictEqual([]);
    expect(problemsOf(election, election.closing())).toStrictEqual([]);
  });
});
