import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { nextItem } from '../../src/record/election-state.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import { advance } from '../../src/record/grammar.ts';
import { hashOf, P } from './elections.ts';
import { electionUntil } from './honest-election.ts';
import { problemsOf, refuses, type Until } from './refusals.ts';

describe('the ceremony (§7)', () => {
  const early = async (until: Until, type: 'commit' | 'reveal' | 'dealt' | 'confirm', size: number) => {
    const election = await electionUntil(until);
    const { body } = election.step(type, 1) as EntryOf<'commit'>;
    const root = toBase64Url(election.state.tree.root(size));
    return problemsOf(election, election.sign(type as 'commit', body, 'trustee', 1, { size, root }));
  };

  test.each([
    ['joins', 'commit', 4],
    ['roll', 'reveal', 7],
    ['reveals', 'dealt', 11],
    ['dealts', 'confirm', 14],
  ] as const)('after the %s, a %s has to have seen %d entries', async (until, type, size) => {
    expect(await early(until, type, size)).toStrictEqual([]);
    expect(await early(until, type, size - 1)).toStrictEqual(['grammar/seen-too-small seen.size']);
  });

  refuses([
    [
      'another polynomial than committed to',
      'roll',
      (e) => e.step('reveal', 1, { commitments: [P[0], P[1]] }),
      ['ceremony/wrong-reveal body'],
    ],
    [
      'one commitment too few',
      'roll',
      (e) => e.step('reveal', 1, { commitments: [P[0]] }),
      ['ceremony/wrong-reveal body'],
    ],
    [
      "another trustee's reveal",
      'roll',
      (e) => e.step('reveal', 1, { ...(e.step('reveal', 2).body as object), i: 1 }),
      ['ceremony/wrong-reveal body'],
    ],
    [
      'shares dealt to one of two',
      'reveals',
      (e) => e.step('dealt', 1, { shares: [{ to: 2, sha256: hashOf(''), bytes: 1 }] }),
      ['ceremony/wrong-recipients body.shares'],
    ],
    [
      'a share dealt to oneself',
      'reveals',
      (e) => e.step('dealt', 1, { shares: [1, 2].map((to) => ({ to, sha256: hashOf(''), bytes: 1 })) }),
      ['ceremony/wrong-recipients body.shares'],
    ],
    [
      'another key confirmed',
      'dealts',
      (e) => e.step('confirm', 1, { key: P[0] }),
      ['ceremony/wrong-confirmation body.key'],
    ],
    [
      'other shares confirmed',
      'dealts',
      (e) => e.step('confirm', 1, { shares: [P[0]] }),
      ['ceremony/wrong-confirmation body.shares'],
    ],
    [
      'another transcript confirmed',
      'dealts',
      (e) => e.step('confirm', 1, { transcript: hashOf('x') }),
      ['ceremony/wrong-confirmation body.transcript'],
    ],
  ]);

  test('nothing can be confirmed of commitments that make no key', async () => {
    const election = await electionUntil('commits');
    // A recount goes on after a reveal that is no curve point.
    for (const i of [1, 2, 3]) {
      const entry = election.step('reveal', i, i === 1 ? { commitments: ['_'.repeat(42) + '8', P[0]] } : {});
      expect(advance(election.state, nextItem(election.state, encodeEntry(entry)))).toHaveLength(
        i === 1 ? 1 : 0,
      );
    }
    for (const i of [1, 2, 3])
      advance(election.state, nextItem(election.state, encodeEntry(election.step('dealt', i))));
    expect(problemsOf(election, election.step('confirm', 1))).toStrictEqual([
      'ceremony/wrong-confirmation body',
    ]);
  });
});
