import { describe, expect, test } from 'vitest';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { nextItem } from '../../src/record/election-state.ts';
import type { Entry } from '../../src/record/entries.ts';
import { hashOf, TestElection } from './elections.ts';
import { electionUntil } from './honest-election.ts';
import { problemsOf, refuses } from './refusals.ts';

describe('closing, tally, agreement, shares, result (§5.2 5 to 9)', () => {
  refuses([
    ['a closing before the opening', 'confirms', (e) => e.closing(), ['grammar/too-early type']],
    [
      'a closing of another opening',
      'opening',
      (e) => e.closing({ ctx: hashOf('x') }),
      ['context/wrong-context body.ctx'],
    ],
    [
      'a closing that leaves out the last ballot (R7)',
      'opening',
      (e) => e.closing({ size: 16 }),
      ['size/wrong-size body.size'],
    ],
    [
      'a closing over another log',
      'opening',
      (e) => e.closing({ root: hashOf('x') }),
      ['size/wrong-root body.root'],
    ],
    ['a second closing', 'closing', (e) => e.closing(), ['grammar/duplicate type']],
    ['a tally before the closing', 'opening', (e) => e.tally(), ['grammar/too-early type']],
    [
      'a tally of another closing',
      'closing',
      (e) => e.tally({ closing: e.ctx }),
      ['context/unknown-closing body.closing'],
    ],
    [
      'the same tally again',
      'tally',
      (e) => nextItem(e.state, e.entries.at(-1) ?? toUtf8('')).entry,
      ['grammar/duplicate '],
    ],
    ['an agreement before the closing', 'opening', (e) => e.agreement(1), ['grammar/too-early type']],
    ['an agreement to no tally', 'closing', (e) => e.agreement(1), ['context/unknown-tally body.tally']],
    [
      'an agreement about another closing',
      'tally',
      (e) => e.agreement(1, { closing: e.ctx }),
      ['context/unknown-closing body.closing'],
    ],
    ['a second agreement (T7)', 'agreements', (e) => e.agreement(1), ['agreement/agreed-before body.i']],
    ['shares before the closing', 'opening', (e) => e.shares(1), ['grammar/too-early type']],
    [
      'shares of no tally',
      'agreements',
      (e) => e.shares(1, { tally: e.ctx }),
      ['context/unknown-tally body.tally'],
    ],
    [
      'shares without an agreement',
      'tally',
      (e) => e.shares(1),
      ['agreement/too-few-agreements body.tally', 'agreement/never-agreed body.i'],
    ],
    ['shares twice', 'shares', (e) => e.shares(1), ['grammar/duplicate body.i']],
    ['a result before the closing', 'opening', (e) => e.result(), ['grammar/too-early type']],
    [
      'a result of no tally',
      'shares',
      (e) => e.result({ tally: e.ctx }),
      ['context/unknown-tally body.tally'],
    ],
    ['a result before any shares', 'agreements', (e) => e.result(), ['shares/too-few-shares body.tally']],
    ['anything after the result', 'result', (e) => e.tally(), ['grammar/too-late type']],
    ['a second result', 'result', (e) => e.result(), ['grammar/too-late type']],
    ['shares after the result', 'result', (e) => e.shares(3), ['grammar/too-late type']],
    ['a ballot after the result', 'result', (e) => e.ballot(4), ['grammar/too-late type']],
  ]);

  test('a closing has to have seen everything before it', async () => {
    const election = await electionUntil('opening');
    const { size, root } = election.box.seen;
    const seen = { size: size - 1, root: toBase64Url(election.state.tree.root(size - 1)) };
    const entry = election.sign('closing', { ctx: election.ctx, size, root }, 'box', 1, seen);
    expect(problemsOf(election, entry)).toStrictEqual(['grammar/seen-too-small seen.size']);
  });

  test.each([
    ['closing', 'tally', 24],
    ['tally', 'agreement', 25],
    ['agreements', 'shares', 27],
    ['shares', 'result', 30],
  ] as const)('after the %s, a %s has to have seen %d entries', async (until, type, size) => {
    const election = await electionUntil(until);
    const made = {
      tally: () => election.tally(),
      agreement: () => election.agreement(3),
      shares: () => election.shares(3),
      result: () => election.result(),
    }[type]();
    const [role, i] = (
      {
        tally: ['box', 1],
        agreement: ['trustee', 3],
        shares: ['trustee', 3],
        result: ['officer', 1],
      } as const
    )[type];
    const at = (n: number) =>
      election.sign(type as 'tally', made.body as never, role, i, {
        size: n,
        root: toBase64Url(election.state.tree.root(n)),
      });
    expect(problemsOf(election, at(size))).toStrictEqual([]);
    expect(problemsOf(election, at(size - 1))).toStrictEqual(['grammar/seen-too-small seen.size']);
  });

  test('agreements to two tallies: shares of neither, until one has enough', async () => {
    const election = await electionUntil('tally');
    await election.append(election.agreement(1));
    const first = election.lastTally;
    await election.append(election.tally());
    await election.append(election.agreement(2));
    expect(problemsOf(election, election.shares(2))).toStrictEqual([
      'agreement/too-few-agreements body.tally',
    ]);
    await election.append(election.agreement(3));
    await election.append(election.shares(3));
    expect(problemsOf(election, election.shares(1))).toStrictEqual(['agreement/never-agreed body.i']);
    expect(problemsOf(election, election.shares(1, { tally: first }))).toStrictEqual([
      'agreement/too-few-agreements body.tally',
    ]);
    expect(problemsOf(election, election.result())).toStrictEqual(['shares/too-few-shares body.tally']);
  });

  test('no agreements and shares without trustees', async () => {
    const election = new TestElection('recorded');
    for (const entry of [
      (): Entry => election.roll(),
      () => election.opening(),
      () => election.closing(),
      () => election.tally(),
    ])
      await election.append(entry());
    const signer = 'authority/wrong-signer sigs[0].i';
    expect(problemsOf(election, election.agreement(1))).toStrictEqual([signer, 'grammar/no-trustees type']);
    expect(problemsOf(election, election.shares(1))).toStrictEqual([signer, 'grammar/no-trustees type']);
  });
});
