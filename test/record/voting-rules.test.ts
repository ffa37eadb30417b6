import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { headOf, indexOfSame, nextItem } from '../../src/record/election-state.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import { advance } from '../../src/record/grammar.ts';
import { F, hashOf } from './elections.ts';
import { electionUntil } from './honest-election.ts';
import { problemsOf, refuses } from './refusals.ts';

describe('ballots and checks (§5.2 4, §6.5, §6.6)', () => {
  refuses([
    ['a ballot before the opening (R6)', 'confirms', (e) => e.ballot(1), ['grammar/too-early type']],
    ['a check before the opening', 'confirms', (e) => e.check(1, F('x')), ['grammar/too-early type']],
    ['a ballot after the closing', 'closing', (e) => e.ballot(4), ['grammar/too-late type']],
    ['a check after the closing', 'closing', (e) => e.check(4, F('x')), ['grammar/too-late type']],
    [
      'a ballot of nobody on the roll (R3)',
      'opening',
      (e) => e.ballot(1, { P: toBase64Url(new Uint8Array(32)) }),
      ['weights/unknown-voter body.P'],
    ],
    [
      'a check of nobody on the roll',
      'opening',
      (e) => e.check(1, F('x'), { P: toBase64Url(new Uint8Array(32)) }),
      ['weights/unknown-voter body.P'],
    ],
    [
      'another opening',
      'opening',
      (e) => e.ballot(1, { ctx: hashOf('x') }),
      ['context/wrong-context body.ctx'],
    ],
    [
      'a check of another opening',
      'opening',
      (e) => e.check(1, F('x'), { ctx: hashOf('x') }),
      ['context/wrong-context body.ctx'],
    ],
    [
      'another college',
      'opening',
      (e) => e.ballot(1, { college: 'delegates' }),
      ['weights/wrong-college body.college'],
    ],
    ['another weight', 'opening', (e) => e.ballot(1, { weight: 2 }), ['weights/wrong-weight body.weight']],
    [
      'a first ballot with a predecessor',
      'opening',
      (e) => e.ballot(1, { prev: { kind: 'ballot', leaf: e.ctx } }),
      ['chains/wrong-previous body.prev'],
    ],
    [
      'a replacement',
      'opening',
      (e) => e.ballot(1, { prev: { kind: 'replacement', leaf: e.ctx } }),
      ['chains/wrong-previous body.prev'],
    ],
  ]);

  test('a second ballot names the first; a third not the first (B6)', async () => {
    const election = await electionUntil('opening');
    const first = election.ballot(1);
    const { leaf } = await election.append(first, F('1'));
    expect(problemsOf(election, first)).toStrictEqual(['chains/wrong-previous body.prev']);
    expect(problemsOf(election, election.ballot(1, { prev: { kind: 'none' } }))).toStrictEqual([
      'chains/wrong-previous body.prev',
    ]);
    await election.append(election.ballot(1), F('2'));
    const prev = { kind: 'ballot', leaf: toBase64Url(leaf) };
    expect(problemsOf(election, election.ballot(1, { prev }))).toStrictEqual([
      'chains/wrong-previous body.prev',
    ]);
    expect(problemsOf(election, election.ballot(2, { prev }))).toStrictEqual([
      'chains/wrong-previous body.prev',
    ]);
  });

  test('ten ballots of one member are one chain with one head (R8)', async () => {
    const election = await electionUntil('opening');
    for (let n = 0; n < 10; n += 1) await election.append(election.ballot(3), F(String(n)));
    expect(election.state.chains.head(3)).toBe(27);
    expect([...election.state.chains.of(3)].map(({ index }) => index)).toStrictEqual([
      27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
    ]);
  });

  test('what was checked may not be cast, but by another voter it may', async () => {
    const election = await electionUntil('opening');
    await election.append(election.check(1, F('x')));
    expect(problemsOf(election, election.ballot(1), F('x'))).toStrictEqual(['checked/was-checked body']);
    expect(problemsOf(election, election.ballot(2), F('x'))).toStrictEqual([]);
  });

  test('what was cast, superseded or not, may not be checked', async () => {
    const election = await electionUntil('opening');
    await election.append(election.ballot(1), F('x'));
    await election.append(election.ballot(1), F('y'));
    expect(problemsOf(election, election.check(1, F('x')))).toStrictEqual(['checked/was-cast body.F']);
    expect(problemsOf(election, election.check(1, F('y')))).toStrictEqual(['checked/was-cast body.F']);
    expect(problemsOf(election, election.check(1, F('z')))).toStrictEqual([]);
  });

  test('the same check is no second entry; another proof of it is', async () => {
    const election = await electionUntil('opening');
    await election.append(election.check(1, F('x')));
    expect(problemsOf(election, election.check(1, F('x')))).toStrictEqual(['grammar/duplicate ']);
    expect(
      problemsOf(election, election.check(1, F('x'), { proof: toBase64Url(new Uint8Array(64).fill(1)) })),
    ).toStrictEqual([]);
  });

  test('an invalid ballot does not become the head of a chain', async () => {
    const election = await electionUntil('opening');
    const forged = election.ballot(1, { weight: 2 });
    const problems = advance(election.state, nextItem(election.state, encodeEntry(forged)));
    expect(problems).toHaveLength(1);
    expect(election.state.chains.head(1)).toBeUndefined();
    expect(problemsOf(election, election.ballot(1))).toStrictEqual([]);
  });

  test('the same bytes again are found where they are (§6.5), however often the voter voted since', async () => {
    const election = await electionUntil('opening');
    const first = await election.append(election.ballot(1), F('1'));
    const check = await election.append(election.check(1, F('x')));
    const second = await election.append(election.ballot(1), F('2'));
    for (const item of [first, check, second]) expect(indexOfSame(election.state, item)).toBe(item.index);
    for (const entry of [
      election.ballot(1),
      election.ballot(2),
      election.check(1, F('y')),
      election.closing(),
    ]) {
      expect(indexOfSame(election.state, nextItem(election.state, encodeEntry(entry)))).toBeUndefined();
    }
    expect(headOf(election.state, 1)).toStrictEqual({ index: second.index, leaf: toBase64Url(second.leaf) });
    expect(headOf(election.state, 2)).toBeUndefined();
  });
});
