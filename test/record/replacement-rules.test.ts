import { describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { indexOfSame, nextItem } from '../../src/record/election-state.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import { takeRegular } from '../../src/record/regular-ballot.ts';
import { holderOf, keyOf, linkOf, voterOf } from '../../src/record/replacements.ts';
import { F, hashOf, P, publicKeyOfSecret, SUBSTITUTE, type TestElection } from './elections.ts';
import { electionUntil } from './honest-election.ts';
import { problemsOf, refuses } from './refusals.ts';

const NEW = 41n;
const lost = (e: TestElection, change: object = {}) => e.replacement(1, NEW, change);

describe('replacements of credentials (§5.4)', () => {
  refuses([
    ['before the opening', 'confirms', (e) => lost(e), ['grammar/too-early type']],
    ['after the closing', 'closing', (e) => lost(e), ['grammar/too-late type']],
    [
      'of another opening',
      'opening',
      (e) => lost(e, { ctx: hashOf('x') }),
      ['context/wrong-context body.ctx', 'roll/bad-possession body.proof'],
    ],
    ['of nobody on the roll', 'opening', (e) => lost(e, { voter: 7 }), ['roll/bad-replacement body.voter']],
    [
      'of another voter’s credential',
      'opening',
      (e) => lost(e, { old: P[1] }),
      ['roll/bad-replacement body.old', 'roll/bad-possession body.proof'],
    ],
    [
      'by a credential that is on the roll',
      'opening',
      (e) => lost(e, { new: P[2] }),
      ['roll/bad-replacement body.new', 'roll/bad-possession body.proof'],
    ],
    [
      'by a credential that nobody holds',
      'opening',
      (e) => lost(e, { new: publicKeyOfSecret(9_999n) }),
      ['roll/bad-possession body.proof'],
    ],
    [
      'by the identity',
      'opening',
      (e) => lost(e, { new: toBase64Url(new Uint8Array(32)) }),
      ['roll/bad-possession body.new'],
    ],
    [
      'with a name for the same voter',
      'opening',
      (e) => lost(e, { name: 'Ada' }),
      ['roll/bad-replacement body.name'],
    ],
    [
      'by a substitute whom the roll does not name',
      'opening',
      (e) => lost(e, { reason: 'substitute' }),
      ['roll/bad-replacement body.new'],
    ],
    [
      'by somebody else’s substitute',
      'opening',
      (e) => e.replacement(1, SUBSTITUTE, { reason: 'substitute' }),
      ['roll/bad-replacement body.new'],
    ],
    [
      'by a substitute as if a token were lost',
      'opening',
      (e) => e.replacement(1, SUBSTITUTE),
      ['roll/bad-replacement body.new'],
    ],
    [
      'by a substitute of another name',
      'opening',
      (e) => e.replacement(6, SUBSTITUTE, { reason: 'substitute', name: 'Ada' }),
      ['roll/bad-replacement body.name'],
    ],
    [
      'signed by the officer alone',
      'opening',
      (e) => {
        const entry = e.replacement(1, NEW);
        return entry.type === 'replacement' ? { ...entry, sigs: entry.sigs.slice(1) } : entry;
      },
      ['authority/wrong-signer sigs'],
    ],
    [
      'signed in the other order',
      'opening',
      (e) => {
        const entry = e.replacement(1, NEW);
        return entry.type === 'replacement' ? { ...entry, sigs: entry.sigs.toReversed() } : entry;
      },
      ['authority/wrong-signer sigs[0].role'],
    ],
  ]);

  test('the new credential goes on where the old one was; the old one is refused', async () => {
    const election = await electionUntil('opening');
    const { state } = election;
    const cast = election.ballot(1);
    const { index } = await election.append(cast, F('1'));
    const { leaf } = await election.append(election.replacement(1, NEW));
    expect(keyOf(state, 1)).toBe(publicKeyOfSecret(NEW));
    expect(linkOf(state, 1)).toMatchObject({ kind: 'replacement', leaf: toBase64Url(leaf) });
    expect(state.chains.head(1)).toBe(index);

    const old = { P: P[0] };
    expect(problemsOf(election, election.ballot(1, old))).toStrictEqual(['weights/replaced-key body.P']);
    expect(problemsOf(election, election.check(1, F('x'), old))).toStrictEqual([
      'weights/replaced-key body.P',
    ]);
    expect(voterOf(state, P[0] ?? '')).toBeUndefined();
    expect(holderOf(state, P[0] ?? '')?.voter).toBe(1);
    expect(indexOfSame(state, nextItem(state, encodeEntry(cast)))).toBe(index);

    const asBallot = { kind: 'ballot', leaf: toBase64Url(leaf) };
    for (const prev of [{ kind: 'none' }, asBallot]) {
      expect(problemsOf(election, election.ballot(1, { prev }))).toStrictEqual([
        'chains/wrong-previous body.prev',
      ]);
    }
    const next = await election.append(election.ballot(1), F('2'));
    expect(state.chains.head(1)).toBe(next.index);
    expect(linkOf(state, 1)).toMatchObject({ kind: 'ballot', index: next.index });
    const again = { prev: { kind: 'replacement', leaf: toBase64Url(leaf) } };
    expect(problemsOf(election, election.ballot(1, again))).toStrictEqual([
      'chains/wrong-previous body.prev',
    ]);
  });

  test('twice, but no more often than the manifest allows, and never back', async () => {
    const election = await electionUntil('opening');
    await election.append(election.replacement(6, SUBSTITUTE, { reason: 'substitute' }));
    expect(problemsOf(election, election.replacement(1, SUBSTITUTE))).toStrictEqual([
      'roll/bad-replacement body.new',
    ]);
    await election.append(election.replacement(6, NEW));
    expect(keyOf(election.state, 6)).toBe(publicKeyOfSecret(NEW));
    expect(problemsOf(election, election.replacement(2, 43n))).toStrictEqual([
      'roll/too-many-replacements type',
    ]);
  });

  test('the shortcut for ballots in order leaves a replaced voter’s to the grammar', async () => {
    const election = await electionUntil('opening');
    const { state } = election;
    await election.append(election.replacement(1, NEW));
    for (const key of [P[0] ?? '', publicKeyOfSecret(NEW)]) {
      const ballot = {
        index: state.tree.size,
        leaf: F('leaf'),
        P: fromBase64Url(key),
        college: 'members',
        weight: 1,
        previous: undefined,
        fingerprint: F('1'),
      };
      expect(takeRegular(state, ballot)).toBeUndefined();
    }
  });
});
