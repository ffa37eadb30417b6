/** docs/protocol.md §10: weighted colleges, ties, exclusive motions, ratification, petitions; and votes that were really held. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ManifestBody, Threshold } from '../../src/ballot/manifest.ts';
import type { Share } from '../../src/ballot/rules.ts';
import type { OutcomeOf } from '../../src/record/outcome-document.ts';
import { TallyError } from '../../src/tally/errors.ts';
import { drawLot } from '../../src/tally/lot.ts';
import { combine } from '../../src/tally/shares-of-a-whole.ts';
import {
  contestOf,
  decide,
  decideAll,
  MAJORITY,
  motionOf,
  NO_QUORUM,
  SEED,
  weightedMotion,
} from './decide.ts';

const ANSWERS = ['for', 'against', 'abstain'];
const HALF: Share = { p: 1, q: 2 };
const THIRD: Share = { p: 1, q: 3 };

interface CardVote {
  readonly CLP: [number, number];
  readonly affiliate: [number, number];
  readonly printed?: Readonly<Record<string, number>>;
}
const file = join(import.meta.dirname, '../vectors/real-votes/real-votes.json');
interface Held {
  readonly id: string;
  readonly result?: Readonly<Record<string, [number, number]>>;
  readonly card_vote_1?: CardVote;
  readonly card_vote_2?: CardVote;
}
const { votes: real } = JSON.parse(await readFile(file, 'utf8')) as { votes: Held[] };
const heldAs = (id: string): Held => real.find((one) => one.id === id) ?? { id };

describe('weighted colleges', () => {
  const halves = weightedMotion({ clps: HALF, affiliates: HALF });
  const run = (a: number[], b: number[], rule = halves) =>
    decide(rule, ANSWERS, { clps: { counts: [...a, 0] }, affiliates: { counts: [...b, 0] } });

  test('the card votes of 2021: each section a half, both carried', () => {
    const { card_vote_1: first, card_vote_2: second } = heldAs('labour-conference-2021-card-votes');
    for (const held of [first, second]) {
      if (held === undefined) throw new Error('no card vote');
      expect(run(held.CLP, held.affiliate)).toMatchObject({ carried: true, divided: false, tie: null });
      expect(run(held.CLP.toReversed(), held.affiliate.toReversed()).carried).toBe(false);
    }
  });

  test('their printed percentages of the whole are the shares that are added up', () => {
    const held = heldAs('labour-conference-2021-card-votes').card_vote_1;
    if (held?.printed === undefined) throw new Error('no card vote');
    const section = (votes: readonly number[]) => ({
      share: HALF,
      base: BigInt(votes.reduce((a, b) => a + b, 0)),
      parts: votes.map(BigInt),
    });
    // Hundredths of a percent of the whole, to the nearest.
    const rounded = (part: bigint, whole: bigint) =>
      Number((2n * 10_000n * part + whole) / (2n * whole)) / 100;
    const both = combine([section(held.CLP), section(held.affiliate)], 2);
    expect(rounded(both.parts[0] ?? 0n, both.whole)).toBe(held.printed['total_for']);
    expect(rounded(both.parts[1] ?? 0n, both.whole)).toBe(held.printed['total_against']);
    for (const [votes, names] of [
      [held.CLP, ['CLP_for', 'CLP_against']],
      [held.affiliate, ['aff_for', 'aff_against']],
    ] as const) {
      const { parts, whole } = combine([section(votes)], 2);
      // A section is half of the whole.
      expect(parts.map((part) => rounded(part, 2n * whole))).toEqual(
        names.map((name) => held.printed?.[name]),
      );
    }
  });

  test('one vote of a small section weighs more than a thousand of a large one', () => {
    // 3/5·1/2 + 4999/10000·1/2 > 1/2 > 2/5·1/2 + 5999/10000·1/2
    expect(run([3, 2], [4999, 5001]).carried).toBe(true);
    expect(run([2, 3], [5999, 4001]).carried).toBe(false);
    expect(run([2, 3], [6001, 3999]).carried).toBe(true);
  });

  test('exactly half is a tie, and one vote either side is not', () => {
    expect(run([2, 3], [6000, 4000])).toMatchObject({ carried: false, tie: { settled: null } });
    expect(run([2, 3], [6001, 3999])).toMatchObject({ carried: true, tie: null });
    expect(run([2, 3], [5999, 4001])).toMatchObject({ carried: false, tie: null });
  });

  test('thirds that no binary fraction can say: 1/3·1/3 + 1/3·2/3 + 1/3·1/2 is exactly half', () => {
    const thirds = weightedMotion({ a: THIRD, b: THIRD, c: THIRD });
    const held = (c: number[]) =>
      decide(thirds, ANSWERS, {
        a: { counts: [1, 2, 0] },
        b: { counts: [2, 1, 0] },
        c: { counts: [...c, 0] },
      });
    expect(held([500_000, 500_000])).toMatchObject({ carried: false, tie: { settled: null } });
    expect(held([500_001, 499_999]).carried).toBe(true);
    expect(held([499_999, 500_001])).toMatchObject({ carried: false, tie: null });
  });

  test('two thirds of the whole, reached exactly and missed by one', () => {
    const rule = weightedMotion(
      { clps: { p: 1, q: 4 }, affiliates: { p: 3, q: 4 } },
      { compare: 'at-least', p: 2, q: 3, of: 'for-and-against' },
    );
    // 1/4·2/3 + 3/4·2/3
    expect(run([200, 100], [400, 200], rule).carried).toBe(true);
    expect(run([199, 101], [400, 200], rule).carried).toBe(false);
    expect(run([200, 100], [399, 201], rule).carried).toBe(false);
  });

  test('a section in which nobody voted has no say', () => {
    expect(run([6, 4], [0, 0]).carried).toBe(true);
    expect(run([4, 6], [0, 0]).carried).toBe(false);
    expect(run([0, 0], [0, 0])).toMatchObject({ carried: false, tie: null });
  });

  test('every section has to be quorate', () => {
    const rule = weightedMotion({ clps: HALF, affiliates: HALF });
    const quorate = { ...rule, colleges: rule.colleges.map((one) => ({ ...one, quorum: { p: 1, q: 2 } })) };
    const held = (roll: number) =>
      decide(quorate, ANSWERS, { clps: { counts: [9, 1, 0] }, affiliates: { roll, counts: [9, 1, 0] } });
    expect(held(20).carried).toBe(true);
    expect(held(21)).toMatchObject({ carried: false, colleges: [{ quorate: true }, { quorate: false }] });
  });

  test('sums of fractions agree with common denominators found another way', () => {
    const small = fc.nat(50);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(small, small, small, fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(7),
        (sections, q, p) => {
          fc.pre(p < q);
          const all = sections.reduce((sum, [, , , weight]) => sum + weight, 0);
          const shares = Object.fromEntries(
            sections.map(([, , , weight], i) => [`c${i}`, { p: weight, q: all }]),
          );
          const threshold: Threshold = { compare: 'more-than', p, q, of: 'ballots' };
          const counts = Object.fromEntries(sections.map(([f, a, o], i) => [`c${i}`, { counts: [f, a, o] }]));
          // Least common multiples instead of products; a fraction for each section instead of a unit.
          const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
          let [numerator, denominator, whole] = [0n, 1n, 0n];
          for (const [f, a, o, weight] of sections) {
            const base = BigInt(f + a + o);
            if (base === 0n) continue;
            const next = (denominator / gcd(denominator, base)) * base;
            numerator = numerator * (next / denominator) + BigInt(weight * f) * (next / base);
            denominator = next;
            whole += BigInt(weight);
          }
          const expected = numerator > 0n && numerator * BigInt(q) > BigInt(p) * whole * denominator;
          expect(decide(weightedMotion(shares, threshold), ANSWERS, counts).carried).toBe(expected);
        },
      ),
    );
  });

  test('monotone: a vote that turns from against to for never loses it; the same in any order of sections', () => {
    const section = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9));
    fc.assert(
      fc.property(fc.tuple(section, section, section), fc.nat(2), ([a, b, c], which) => {
        const rule = weightedMotion({ a: THIRD, b: { p: 1, q: 2 }, c: { p: 1, q: 6 } });
        const run = (votes: readonly (readonly number[])[], turned: typeof rule = rule) =>
          decide(turned, ANSWERS, {
            a: { counts: votes[0] ?? [] },
            b: { counts: votes[1] ?? [] },
            c: { counts: votes[2] ?? [] },
          }).carried;
        const votes = [a, b, c];
        const more = votes.map(([f, against, o], i) =>
          i === which && against > 0 ? [f + 1, against - 1, o] : [f, against, o],
        );
        if (run(votes)) expect(run(more)).toBe(true);
        const turned = { ...rule, colleges: rule.colleges.toReversed() };
        expect(run(votes, turned)).toBe(run(votes));
      }),
    );
  });
});

test('the convention: every motion that it carried', () => {
  const held = Object.entries(heldAs('momentum-convention').result ?? {});
  expect(held).toHaveLength(6);
  for (const [, votes] of held) {
    expect(decide(motionOf(['members']), ANSWERS, { members: { counts: [...votes, 0] } }).carried).toBe(true);
  }
});

test('a recall is lost by 29 to 30, and committees decide with abstentions', () => {
  const run = (...counts: number[]) =>
    decide(motionOf(['members']), ANSWERS, { members: { counts } }).carried;
  expect(run(29, 30, 0)).toBe(false);
  expect(run(30, 29, 0)).toBe(true);
  expect([run(6, 3, 0), run(31, 0, 2), run(14, 0, 0), run(10, 2, 2)]).toEqual([true, true, true, true]);
});

describe('ties', () => {
  const tied = { members: { counts: [30, 30, 5] } };
  const cast = (vote: 'for' | 'against', college: string | null = 'members') => ({
    castingVotes: [{ rule: 'motion', college, vote }],
  });

  test('falls', () => {
    expect(decide(motionOf(['members']), ANSWERS, tied)).toMatchObject({
      carried: false,
      reballot: false,
      colleges: [{ tie: { settled: null }, carried: false }],
    });
  });

  test('the chair decides, if there is a casting vote on it', () => {
    const rule = motionOf(['members'], { tie: 'chair' });
    expect(decide(rule, ANSWERS, tied).carried).toBe(false);
    expect(decide(rule, ANSWERS, tied, cast('against')).carried).toBe(false);
    expect(decide(rule, ANSWERS, tied, cast('for'))).toMatchObject({
      carried: true,
      colleges: [{ tie: { settled: 'for' } }],
    });
    expect(decide(rule, ANSWERS, tied, cast('for', 'others')).carried).toBe(false);
    expect(decide(rule, ANSWERS, tied, cast('for', null)).carried).toBe(false);
    expect(
      decide(rule, ANSWERS, tied, { castingVotes: [{ rule: 'other', college: 'members', vote: 'for' }] })
        .carried,
    ).toBe(false);
  });

  test('a casting vote decides nothing where there is no tie', () => {
    const rule = motionOf(['members'], { tie: 'chair' });
    expect(decide(rule, ANSWERS, { members: { counts: [29, 30, 0] } }, cast('for'))).toMatchObject({
      carried: false,
      colleges: [{ tie: null }],
    });
    expect(decide(rule, ANSWERS, { members: { counts: [0, 0, 9] } }, cast('for')).carried).toBe(false);
  });

  test('weighted colleges have one casting vote together', () => {
    const rule = weightedMotion({ a: HALF, b: HALF }, MAJORITY, { tie: 'chair' });
    const votes = { a: { counts: [3, 2, 0] }, b: { counts: [400, 600, 9] } };
    expect(decide(rule, ANSWERS, votes)).toMatchObject({ carried: false, tie: { settled: null } });
    expect(decide(rule, ANSWERS, votes, cast('for', null))).toMatchObject({
      carried: true,
      tie: { settled: 'for' },
    });
    expect(decide(rule, ANSWERS, votes, cast('for', 'a')).carried).toBe(false);
  });

  test('a lot, by the order of hashes of the seed; without a seed it falls', () => {
    const rule = motionOf(['members'], { tie: 'lot' });
    expect(decide(rule, ANSWERS, tied).carried).toBe(false);
    const outcomes = Array.from({ length: 20 }, (_, i) => {
      const seed = new Uint8Array(32).fill(i);
      const [first] = drawLot(['for', 'against'], 'motion/members', seed);
      const { carried, colleges } = decide(rule, ANSWERS, tied, { seed });
      expect(colleges[0]?.tie).toEqual({ settled: first });
      expect(carried).toBe(first === 'for');
      return carried;
    });
    expect(new Set(outcomes)).toEqual(new Set([true, false]));
    const weighted = weightedMotion({ a: HALF, b: HALF }, MAJORITY, { tie: 'lot' });
    const votes = { a: { counts: [1, 1, 0] }, b: { counts: [1, 1, 0] } };
    expect(decide(weighted, ANSWERS, votes, { seed: SEED }).carried).toBe(
      drawLot(['for', 'against'], 'motion', SEED)[0] === 'for',
    );
  });

  test('a re-ballot, where the tie is what keeps it from being carried', () => {
    const rule = motionOf(['members', 'delegates'], { tie: 're-ballot' });
    const run = (delegates: number[]) =>
      decide(rule, ANSWERS, { members: { counts: [30, 30, 5] }, delegates: { counts: delegates } });
    expect(run([5, 4, 0])).toMatchObject({ carried: false, divided: true, reballot: true });
    expect(run([4, 4, 0])).toMatchObject({ carried: false, divided: false, reballot: true });
    expect(run([4, 5, 0])).toMatchObject({ carried: false, reballot: false });
    const weighted = weightedMotion({ a: HALF, b: HALF }, MAJORITY, { tie: 're-ballot' });
    const votes = { a: { counts: [3, 2, 0] }, b: { counts: [400, 600, 9] } };
    expect(decide(weighted, ANSWERS, votes)).toMatchObject({ carried: false, reballot: true });
  });

  test('no re-ballot where it is carried, whoever was tied', () => {
    const run = (change: Parameters<typeof motionOf>[1], members: number[], delegates: number[]) =>
      decide(motionOf(['members', 'delegates'], { tie: 're-ballot', ...change }), ANSWERS, {
        members: { counts: members },
        delegates: { counts: delegates },
      });
    expect(run({}, [31, 30, 5], [5, 4, 0])).toMatchObject({ carried: true, reballot: false });
    const prevails = { kind: 'each' as const, divided: { kind: 'prevails' as const, college: 'members' } };
    expect(run({ combine: prevails }, [31, 30, 5], [4, 4, 0])).toMatchObject({
      carried: true,
      divided: true,
      reballot: false,
    });
    expect(run({ combine: prevails }, [30, 30, 5], [4, 5, 0]).reballot).toBe(true);
    expect(run({ combine: prevails }, [30, 31, 5], [4, 4, 0]).reballot).toBe(false);
  });

  test('no re-ballot of weighted colleges but of a tie', () => {
    const rule = weightedMotion({ a: HALF, b: HALF }, MAJORITY, { tie: 're-ballot' });
    const quorum = { p: 1, q: 2 };
    const quorate = { ...rule, colleges: rule.colleges.map((one) => ({ ...one, quorum })) };
    const run = (own: typeof rule, b: number[], roll: number) =>
      decide(own, ANSWERS, { a: { counts: [3, 2, 0] }, b: { roll, counts: b } });
    expect(run(rule, [401, 599, 0], 1000)).toMatchObject({ carried: true, reballot: false });
    expect(run(rule, [399, 601, 0], 1000)).toMatchObject({ carried: false, reballot: false, tie: null });
    expect(run(quorate, [400, 600, 0], 2000)).toMatchObject({ reballot: true, tie: { settled: null } });
    expect(run(quorate, [400, 600, 0], 2001)).toMatchObject({ reballot: false, tie: null });
    const nobody = { counts: [0, 0, 5] };
    for (const own of [rule, quorate, motionOf(['a', 'b'], { tie: 're-ballot' })])
      expect(decide(own, ANSWERS, { a: nobody, b: nobody })).toMatchObject({
        carried: false,
        reballot: false,
        tie: null,
      });
  });

  test('without a quorum there is no tie', () => {
    const rule = motionOf(['members'], {
      tie: 'chair',
      colleges: [{ college: 'members', threshold: MAJORITY, quorum: { p: 1, q: 2 }, share: null }],
    });
    const votes = { members: { roll: 131, counts: [30, 30, 5] } };
    expect(decide(rule, ANSWERS, votes, cast('for'))).toMatchObject({
      carried: false,
      colleges: [{ tie: null }],
    });
  });
});

describe('motions of which one can be carried out', () => {
  const ids = ['education', 'policy'];
  const contests = ids.map((id) => contestOf(id, ['for', 'against'], ['members']));
  const motions = ids.map((id) => motionOf(['members'], { id, contest: id }));
  const run = (both: 'run-off' | 'more-votes' | 'none', ...votes: number[][]) => {
    const held = Object.fromEntries(
      ids.map((id, i) => [id, { members: { roll: 300, counts: votes[i] ?? [] } }]),
    );
    const found = decideAll(
      contests,
      [...motions, { id: 'one', kind: 'exclusive', rules: ids, both }],
      held,
    )[2];
    if (found?.kind !== 'exclusive') throw new Error('not exclusive');
    return found;
  };

  test('one carried: that one, whatever the rule for two', () => {
    for (const both of ['run-off', 'more-votes', 'none'] as const) {
      expect(run(both, [127, 21], [62, 80])).toMatchObject({ carried: 'education', both: false });
      expect(run(both, [10, 21], [62, 80])).toMatchObject({ carried: null, both: false });
    }
  });

  test('both carried: a run-off, or more votes, or none', () => {
    expect(run('run-off', [127, 21], [80, 62])).toEqual({
      id: 'one',
      kind: 'exclusive',
      carried: null,
      both: true,
      rules: [
        { id: 'education', carried: true, for: 127 },
        { id: 'policy', carried: true, for: 80 },
      ],
    });
    expect(run('none', [127, 21], [80, 62])).toMatchObject({ carried: null, both: true });
    expect(run('more-votes', [127, 21], [80, 62])).toMatchObject({ carried: 'education', both: true });
    expect(run('more-votes', [80, 62], [81, 62])).toMatchObject({ carried: 'policy', both: true });
    expect(run('more-votes', [80, 62], [80, 2])).toMatchObject({ carried: null, both: true });
  });

  test('the run-off of the convention', () => {
    const held = heldAs('momentum-convention').result?.['EDUCATION vs POLICY'] ?? [];
    expect(held).toEqual([108, 31]);
    const rule = motionOf(['members'], { for: 'education', against: 'policy' });
    expect(decide(rule, ['education', 'policy'], { members: { counts: held } }).carried).toBe(true);
  });

  test('weighted motions are compared by their shares', () => {
    const weighted = ids.map((id) => weightedMotion({ a: HALF, b: HALF }, MAJORITY, { id, contest: id }));
    const both = ids.map((id) => contestOf(id, ['for', 'against'], ['a', 'b']));
    const [, , found] = decideAll(
      both,
      [...weighted, { id: 'one', kind: 'exclusive', rules: ids, both: 'more-votes' }],
      {
        // 1/2·9/10 + 1/2·51/100 > 1/2·6/10 + 1/2·80/100, though 60 votes are fewer than 86.
        education: { a: { counts: [9, 1] }, b: { counts: [51, 49] } },
        policy: { a: { counts: [6, 4] }, b: { counts: [80, 20] } },
      },
    );
    expect(found).toMatchObject({ carried: 'education', rules: [{ for: 60 }, { for: 86 }] });
  });
});

describe('delegates first, members ratify', () => {
  const links: ManifestBody['links'] = [{ relation: 'follows', manifest: 'E', rule: 'motion' }];
  const earlier = (carried: boolean): OutcomeOf<'motion'> => ({
    id: 'motion',
    kind: 'motion',
    carried,
    divided: false,
    reballot: false,
    tie: null,
    colleges: [],
  });
  const run = (
    before: boolean,
    own: boolean,
    divided: 'falls' | 'own' | 'earlier',
    cited: readonly (OutcomeOf<'motion'> | null)[] = [earlier(before)],
  ) =>
    decideAll(
      [contestOf('motion', ['for', 'against'], ['members'])],
      [
        motionOf(['members']),
        { id: 'both', kind: 'ratify', own: 'motion', link: 'E', rule: 'motion', text: 'T', divided },
      ],
      { motion: { members: { counts: own ? [2, 1] : [1, 2] } } },
      { earlier: cited },
      links,
    )[1];

  test.each([
    [true, true, 'falls', true],
    [false, false, 'own', false],
    [true, false, 'falls', false],
    [false, true, 'falls', false],
    [true, false, 'own', false],
    [false, true, 'own', true],
    [true, false, 'earlier', true],
    [false, true, 'earlier', false],
  ] as const)('delegates %s, members %s, divided: %s', (before, own, divided, carried) => {
    expect(run(before, own, divided)).toEqual({
      id: 'both',
      kind: 'ratify',
      carried,
      divided: before !== own,
      earlier: before,
      own,
    });
  });

  test('goes by the decision that the rule names, where one election is cited for several', () => {
    const cited = (...carried: boolean[]) =>
      decideAll(
        [contestOf('motion', ['for', 'against'], ['members'])],
        [
          motionOf(['members']),
          {
            id: 'both',
            kind: 'ratify',
            own: 'motion',
            link: 'E',
            rule: 'motion',
            text: 'T',
            divided: 'falls',
          },
        ],
        { motion: { members: { counts: [2, 1] } } },
        { earlier: carried.map(earlier) },
        [
          { relation: 'follows', manifest: 'E', rule: 'other' },
          { relation: 'follows', manifest: 'F', rule: 'motion' },
          ...links,
        ],
      )[1];
    expect(cited(false, false, true)).toMatchObject({ carried: true, earlier: true });
    expect(cited(true, true, false)).toMatchObject({ carried: false, earlier: false });
  });

  test('an opening that cites no decision is refused by name', () => {
    for (const cited of [[], [null]]) {
      expect(() => run(true, true, 'falls', cited)).toThrow(TallyError);
      expect(() => run(true, true, 'falls', cited)).toThrow(
        expect.objectContaining({ code: 'mismatch', where: 'both.earlier' }),
      );
    }
  });
});

describe('petitions', () => {
  const shape = { kind: 'support' as const, merged: [{ id: 'green', parts: ['trees', 'parks'] }] };
  const run = (
    needed: { kind: 'number'; n: number } | { kind: 'share'; p: number; q: number },
    roll: number,
    counts: number[],
  ) =>
    decide(
      { id: 'p', kind: 'petition', contest: 'p', colleges: ['members'], needed },
      ['trees', 'parks'],
      { members: { roll, ballots: 60, counts } },
      {},
      shape,
    );

  test('30, 50 and 1,000 supporters, and one short of it; merged motions have their own supporters', () => {
    for (const n of [30, 50, 1000]) {
      expect(run({ kind: 'number', n }, 20_000, [n, n - 1, n + 7])).toEqual({
        id: 'p',
        kind: 'petition',
        roll: 20_000,
        needed: n,
        motions: [
          { id: 'trees', supporters: n, reached: true },
          { id: 'parks', supporters: n - 1, reached: false },
          { id: 'green', supporters: n + 7, reached: true },
        ],
      });
    }
  });

  test('a share of the roll, rounded up', () => {
    expect(run({ kind: 'share', p: 1, q: 20 }, 20_000, [1000, 999, 999])).toMatchObject({
      needed: 1000,
      motions: [{ reached: true }, { reached: false }, { reached: false }],
    });
    expect(run({ kind: 'share', p: 1, q: 20 }, 20_001, [1001, 1000, 1000])).toMatchObject({
      needed: 1001,
      motions: [{ reached: true }, { reached: false }, { reached: false }],
    });
    expect(run({ kind: 'share', p: 1, q: 10 }, 0, [0, 0, 0])).toMatchObject({
      needed: 1,
      motions: [{ reached: false }, { reached: false }, { reached: false }],
    });
  });
});

test('consultative contests are counted, and decide nothing', () => {
  const rule = { id: 'q', kind: 'consultative' as const, contest: 'q', colleges: ['members', 'others'] };
  const votes = { members: { roll: 9, counts: [4, 1] }, others: { roll: 5, counts: [0, 2] } };
  expect(decide(rule, ['omov', 'delegates'], votes)).toEqual({
    id: 'q',
    kind: 'consultative',
    colleges: [
      { college: 'members', roll: 9, ballots: 5, votes: [4, 1] },
      { college: 'others', roll: 5, ballots: 2, votes: [0, 2] },
    ],
  });
  expect(NO_QUORUM.p).toBe(0);
});
