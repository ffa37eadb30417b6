import { describe, expect, test } from 'vitest';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { nextItem } from '../../src/record/election-state.ts';
import type { Entry, EntryOf } from '../../src/record/entries.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import { hashOf, LINKED, P, TestElection } from './elections.ts';
import { electionUntil } from './honest-election.ts';
import { problemsOf, refuses, rollBody } from './refusals.ts';

describe('setup (§5.2 1 to 3)', () => {
  refuses([
    [
      'a second manifest',
      'joins',
      (e) => nextItem(new TestElection().state, e.entries[0] ?? toUtf8('')).entry,
      ['grammar/duplicate type'],
    ],
    [
      'an entry of another election',
      'joins',
      (e) =>
        e.sign('roll', rollBody(new TestElection('recorded')), 'registrar', 1, e.box.seen, hashOf('another')),
      ['context/wrong-election election'],
    ],
    ['a join twice', 'joins', (e) => e.step('join', 2), ['grammar/duplicate body.i']],
    [
      'another attempt',
      'joins',
      (e) => e.step('commit', 1, { attempt: 2 }),
      ['grammar/wrong-attempt body.attempt'],
    ],
    [
      'a fourth of three trustees',
      'joins',
      (e) => e.sign('commit', { attempt: 1, i: 4, hash: hashOf('x') }, 'trustee', 3),
      ['authority/wrong-signer sigs[0].i', 'grammar/unknown-trustee body.i'],
    ],
    ['a reveal before every commit', 'joins', (e) => e.step('reveal', 1), ['grammar/too-early type']],
    ['a confirm before every dealt', 'reveals', (e) => e.step('confirm', 1), ['grammar/too-early type']],
    ['a step after the opening', 'opening', (e) => e.step('join', 1), ['grammar/too-late type']],
    ['a second roll', 'roll', (e) => e.roll(), ['grammar/duplicate type']],
    ['an opening without a roll', 'commits', (e) => e.opening(), ['grammar/too-early type']],
    ['an opening before every confirm', 'dealts', (e) => e.opening(), ['grammar/too-early type']],
    ['a second opening', 'opening', (e) => e.opening(), ['grammar/duplicate type']],
  ]);

  test.each(['join', 'roll'] as const)('a %s whose signer has seen nothing is no entry', async (type) => {
    const election = await electionUntil('joins');
    const entry = type === 'join' ? election.step('join', 1) : election.roll();
    expect(() =>
      nextItem(election.state, encodeEntry({ ...entry, seen: { size: 0, root: hashOf('') } } as Entry)),
    ).toThrow('seen.size');
  });

  test('a roll after the opening, had there been none before', async () => {
    const election = await electionUntil('opening');
    election.state.roll = null;
    expect(problemsOf(election, election.roll())).toStrictEqual(['grammar/too-late type']);
  });

  test('no ceremony without trustees', () => {
    const election = new TestElection('recorded');
    expect(problemsOf(election, election.step('join', 1))).toStrictEqual([
      'authority/wrong-signer sigs[0].i',
      'grammar/no-trustees type',
    ]);
  });
});

describe('the opening (§5.2 3)', () => {
  const result = hashOf('result');
  const carried = {
    id: 'earlier',
    kind: 'motion',
    carried: true,
    divided: false,
    reballot: false,
    tie: null,
    colleges: [],
  };
  refuses([
    [
      'another manifest',
      'confirms',
      (e) => e.opening({ manifest: LINKED }),
      ['context/wrong-election body.manifest'],
    ],
    ['another key', 'confirms', (e) => e.opening({ key: P[0] }), ['context/unlike-ceremony body.key']],
    ['no key', 'confirms', (e) => e.opening({ key: null }), ['context/unlike-ceremony body.key']],
    ['other shares', 'confirms', (e) => e.opening({ shares: [] }), ['context/unlike-ceremony body.shares']],
    [
      'another transcript',
      'confirms',
      (e) => e.opening({ transcript: result }),
      ['context/unlike-ceremony body.transcript'],
    ],
    ['no attempt', 'confirms', (e) => e.opening({ attempt: null }), ['context/unlike-ceremony body.attempt']],
    [
      'another roll',
      'confirms',
      (e) => e.opening({ roll: { root: result, size: 6 } }),
      ['context/unlike-roll body.roll'],
    ],
    [
      'a longer roll',
      'confirms',
      (e) => e.opening({ roll: { root: hashOf('roll'), size: 7 } }),
      ['context/unlike-roll body.roll'],
    ],
    [
      'a second before its time (R6)',
      'confirms',
      (e) => e.opening({ opens: 999 }),
      ['context/opens-too-early body.opens'],
    ],
    ['when it is over', 'confirms', (e) => e.opening({ opens: 2000 }), ['context/opens-too-late body.opens']],
    [
      'notice by a log that has the opening in it',
      'confirms',
      (e) => e.opening({ notice: { size: e.state.tree.size + 1 } }),
      ['context/notice-too-large body.notice.size'],
    ],
    [
      'the result of an election that is not linked',
      'confirms',
      (e) => e.opening({ results: [{ manifest: result, result, decision: null }] }),
      ['context/unknown-link body.results[0].manifest'],
    ],
    [
      'no result for a link',
      'confirms',
      (e) => e.opening({ results: [] }),
      ['context/unknown-link body.results'],
    ],
    [
      'two results of one election',
      'confirms',
      (e) =>
        e.opening({
          results: [
            { manifest: LINKED, result, decision: null },
            { manifest: LINKED, result, decision: null },
          ],
        }),
      ['context/unknown-link body.results'],
    ],
    [
      'a decision that the link does not name',
      'confirms',
      (e) => e.opening({ results: [{ manifest: LINKED, result, decision: carried }] }),
      ['context/unfounded-link body.results[0].decision'],
    ],
  ]);

  test('has to have seen the last confirm', async () => {
    const election = await electionUntil('confirms');
    const { body } = election.opening() as EntryOf<'opening'>;
    const at = (size: number) =>
      election.sign('opening', body, 'officer', 1, {
        size,
        root: toBase64Url(election.state.tree.root(size)),
      });
    expect(problemsOf(election, at(17))).toStrictEqual([]);
    expect(problemsOf(election, at(16))).toStrictEqual(['grammar/seen-too-small seen.size']);
  });

  test('has no key where there are no trustees', async () => {
    const election = new TestElection('recorded');
    await election.append(election.roll());
    expect(problemsOf(election, election.opening({ key: P[0], attempt: 1 }))).toStrictEqual([
      'context/unlike-ceremony body.key',
      'context/unlike-ceremony body.attempt',
    ]);
  });
});
