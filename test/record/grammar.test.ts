import { describe, expect, test } from 'vitest';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { apply, nextItem, openRecord, phaseOf } from '../../src/record/election-state.ts';
import type { Entry, EntryOf } from '../../src/record/entries.ts';
import { encodeEntry, entryLeaf } from '../../src/record/envelope.ts';
import { RecordError } from '../../src/record/errors.ts';
import { advance, examine, examineSignatures } from '../../src/record/grammar.ts';
import { RefusedError } from '../../src/record/memory-ballot-box.ts';
import { electionUntil, F, HONEST, hashOf, LINKED, P, TestElection, type UNTIL } from './elections.ts';

/** `check/code field` of every problem of an entry, were it the next one. */
function problemsOf({ state }: TestElection, entry: Entry, fingerprint = F('new')): string[] {
  const item = { ...nextItem(state, encodeEntry(entry)), fingerprint };
  const problems = [...examineSignatures(state.manifest, entry), ...examine(state, item)];
  return problems.map(({ check, code, field }) => `${check}/${code} ${field}`);
}

const rollBody = (election: TestElection) => (election.roll() as EntryOf<'roll'>).body;

type Until = keyof typeof UNTIL;
type Case = readonly [
  what: string,
  until: Until,
  make: (election: TestElection) => Entry,
  problems: readonly string[],
];

/** Every case on its own copy of an honest election. */
function refuses(cases: readonly Case[]): void {
  test.each(cases)('%s', async (_, until, make, problems) => {
    const election = await electionUntil(until);
    const entry = make(election);
    expect(problemsOf(election, entry)).toStrictEqual(problems);
    await expect(election.append(entry, F('new'))).rejects.toThrow(RefusedError);
  });
}

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

describe('the opening (§5.2 3)', () => {
  const result = hashOf('result');
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
    [
      'the result of an election that is not linked',
      'confirms',
      (e) => e.opening({ results: [{ manifest: result, result }] }),
      ['context/unknown-link body.results[0].manifest'],
    ],
    [
      'two results of one election',
      'confirms',
      (e) =>
        e.opening({
          results: [
            { manifest: LINKED, result },
            { manifest: LINKED, result },
          ],
        }),
      ['context/unknown-link body.results[1].manifest'],
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
});

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
});
