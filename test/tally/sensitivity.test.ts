/** How many votes would have to be otherwise: against every other way in which a small electorate could have voted. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contest, DecisionRule, Threshold } from '../../src/ballot/manifest.ts';
import type { MotionRule } from '../../src/ballot/rules.ts';
import { sensitivities } from '../../src/tally/sensitivity.ts';
import {
  type CollegeVotes,
  contestOf,
  decideAll,
  MAJORITY,
  motionOf,
  SEED,
  seatsOf,
  setting,
  type Votes,
  weightedMotion,
} from './decide.ts';

const ANSWERS = ['for', 'against', 'abstain'];
const OPTIONS = ['ada', 'ben', 'cat', 'dee'];

/** For, against, neither, away. */
type People = readonly [number, number, number, number];
const votesOf = ([f, a, o, away]: People): CollegeVotes => ({ roll: f + a + o + away, counts: [f, a, o] });
const sizeOf = (people: People): number => people.reduce((a, b) => a + b, 0);
/** How many would have to do otherwise. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, n, i) => sum + Math.abs(n - (b[i] ?? 0)), 0) / 2;

function* ways(size: number): Generator<People> {
  for (let f = 0; f <= size; f += 1)
    for (let a = 0; a + f <= size; a += 1)
      for (let o = 0; o + a + f <= size; o += 1) yield [f, a, o, size - f - a - o];
}

function motionIn(rule: MotionRule, colleges: readonly People[], vote?: 'for' | 'against') {
  const ids = rule.colleges.map(({ college }) => college);
  const contest = contestOf('motion', ANSWERS, ids);
  const votes: Votes = {
    motion: Object.fromEntries(ids.map((id, i) => [id, votesOf(colleges[i] ?? [0, 0, 0, 0])])),
  };
  const castingVotes =
    vote === undefined ? [] : [...ids, null].map((college) => ({ rule: 'motion', college, vote }));
  const found = decideAll([contest], [rule], votes, { castingVotes });
  const [own] = found;
  if (own?.kind !== 'motion') throw new Error('no motion');
  return { carried: own.carried, changes: sensitivities(setting([contest], [rule]), found)[0] };
}

/** The fewest people whose acting otherwise leaves another outcome possible, whatever the chair says; one by one. */
function fewestFor(rule: MotionRule, colleges: readonly People[], carried: boolean): number | null {
  let fewest: number | null = null;
  const all = colleges.reduce<People[][]>(
    (lists, people) => lists.flatMap((list) => [...ways(sizeOf(people))].map((one) => [...list, one])),
    [[]],
  );
  for (const other of all) {
    const changed = other.reduce((sum, people, i) => sum + apart(people, colleges[i] ?? []), 0);
    if (fewest !== null && changed >= fewest) continue;
    const settled = rule.tie === 'chair' ? (['for', 'against'] as const) : [undefined];
    if (settled.some((vote) => motionIn(rule, other, vote).carried !== carried)) fewest = changed;
  }
  return fewest;
}

const threshold: fc.Arbitrary<Threshold> = fc
  .record({
    compare: fc.constantFrom('more-than' as const, 'at-least' as const),
    p: fc.nat(3),
    q: fc.integer({ min: 1, max: 3 }),
    of: fc.constantFrom('for-and-against' as const, 'ballots' as const, 'roll' as const),
  })
  .filter(({ compare, p, q }) => (compare === 'more-than' ? p < q : p > 0 && p <= q));
const quorum = fc.constantFrom({ p: 0, q: 1 }, { p: 1, q: 2 }, { p: 1, q: 3 }, { p: 1, q: 1 });
const people = (most: number) => fc.tuple(fc.nat(most), fc.nat(most), fc.nat(1), fc.nat(most));

function tieFor(thresholds: readonly Threshold[]): MotionRule['tie'] {
  return thresholds.some(
    (one) => one.compare === 'more-than' && 2 * one.p === one.q && one.of === 'for-and-against',
  )
    ? 'chair'
    : 'falls';
}

describe('a motion', () => {
  test('29 to 30: one vote, and so the other way about', () => {
    expect(motionIn(motionOf(['members']), [[29, 30, 0, 1]])).toMatchObject({
      carried: false,
      changes: { votes: 1, exact: true },
    });
    expect(motionIn(motionOf(['members']), [[30, 29, 0, 1]]).changes).toEqual({ votes: 1, exact: true });
    expect(motionIn(motionOf(['members']), [[31, 0, 2, 0]]).changes).toEqual({ votes: 16, exact: true });
  });

  test('a quorum that was just reached falls with one who stays away', () => {
    const rule = motionOf(['members'], {
      colleges: [{ college: 'members', threshold: MAJORITY, quorum: { p: 3, q: 10 }, share: null }],
    });
    expect(motionIn(rule, [[25, 5, 0, 70]]).changes).toEqual({ votes: 1, exact: true });
    expect(motionIn(rule, [[20, 5, 0, 75]])).toMatchObject({ carried: false, changes: { votes: 5 } });
  });

  test('a tie that the chair settled hung on the chair', () => {
    const rule = motionOf(['members'], { tie: 'chair' });
    expect(motionIn(rule, [[30, 30, 0, 0]], 'for')).toMatchObject({ carried: true, changes: { votes: 0 } });
    expect(motionIn(rule, [[30, 30, 0, 0]]).changes).toEqual({ votes: 0, exact: true });
    expect(motionIn(motionOf(['members']), [[30, 30, 0, 0]]).changes).toEqual({ votes: 1, exact: true });
  });

  test('in one college, any threshold, quorum and tie', () => {
    fc.assert(
      fc.property(people(3), threshold, quorum, (voters, own, enough) => {
        const rule = motionOf(['members'], {
          colleges: [{ college: 'members', threshold: own, quorum: enough, share: null }],
          tie: tieFor([own]),
        });
        const { carried, changes } = motionIn(rule, [voters]);
        expect(changes?.votes ?? null).toBe(fewestFor(rule, [voters], carried));
      }),
      { numRuns: 150 },
    );
  });

  test('in two colleges, each for itself', () => {
    const divided = fc.constantFrom<Extract<MotionRule['combine'], { kind: 'each' }>['divided']>(
      { kind: 'falls' },
      { kind: 'prevails', college: 'a' },
    );
    fc.assert(
      fc.property(
        people(1),
        people(1),
        threshold,
        threshold,
        quorum,
        divided,
        (a, b, first, second, enough, how) => {
          fc.pre(sizeOf(a) > 0 && sizeOf(b) > 0);
          const rule = motionOf([], {
            colleges: [
              { college: 'a', threshold: first, quorum: enough, share: null },
              { college: 'b', threshold: second, quorum: { p: 0, q: 1 }, share: null },
            ],
            combine: { kind: 'each', divided: how },
            tie: tieFor([first, second]),
          });
          const { carried, changes } = motionIn(rule, [a, b]);
          expect(changes?.votes ?? null).toBe(fewestFor(rule, [a, b], carried));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in two weighted colleges', () => {
    fc.assert(
      fc.property(
        people(1),
        people(1),
        threshold,
        quorum,
        fc.integer({ min: 1, max: 4 }),
        (a, b, own, enough, share) => {
          fc.pre(sizeOf(a) > 0 && sizeOf(b) > 0);
          const plain = weightedMotion({ a: { p: share, q: 5 }, b: { p: 5 - share, q: 5 } }, own, {
            tie: tieFor([own]),
          });
          const rule = { ...plain, colleges: plain.colleges.map((one) => ({ ...one, quorum: enough })) };
          const { carried, changes } = motionIn(rule, [a, b]);
          expect(changes?.votes ?? null).toBe(fewestFor(rule, [a, b], carried));
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('seats', () => {
  const electedIn = (
    rule: DecisionRule,
    shape: Contest['shape'],
    counts: readonly number[],
    roll: number,
  ) => {
    const contest = contestOf('seats', OPTIONS.slice(0, counts.length), ['members'], shape);
    const found = decideAll(
      [contest],
      [rule],
      { seats: { members: { roll, ballots: roll, counts } } },
      { seed: SEED },
    );
    const [own] = found;
    if (own?.kind !== 'seats') throw new Error('no seats');
    return { own, changes: sensitivities(setting([contest], [rule]), found)[0] };
  };
  /** The elected, and whether a tie was settled about them. */
  const stateOf = ({ own }: ReturnType<typeof electedIn>): string =>
    own.tied.length > 0 ? 'tied' : own.elected.toSorted().join();

  /** Ballots of which each says which options it chooses; null stays away. */
  const ballot = (shape: { min: number; max: number }, options: number): (number[] | null)[] => [
    null,
    ...Array.from({ length: 2 ** options }, (_, bits) =>
      Array.from({ length: options }, (__, i) => (bits >> i) & 1),
    ).filter((own) => {
      const chosen = own.reduce((a, b) => a + b, 0);
      return chosen >= shape.min && chosen <= shape.max;
    }),
  ];

  function brute(
    rule: DecisionRule,
    shape: Extract<Contest['shape'], { kind: 'choose' }>,
    options: number,
    cast: readonly number[],
  ): { votes: number | null; state: string; changes: ReturnType<typeof electedIn>['changes'] } {
    const kinds = ballot(shape, options);
    const countOf = (choices: readonly number[]) =>
      choices.reduce(
        (sums, kind) => sums.map((n, i) => n + (kinds[kind]?.[i] ?? 0)),
        Array.from({ length: options }, () => 0),
      );
    const own = electedIn(rule, shape, countOf(cast), cast.length);
    const state = stateOf(own);
    let votes: number | null = null;
    const seen = new Map<string, string>();
    for (let way = 0; way < kinds.length ** cast.length; way += 1) {
      const other = cast.map((_, i) => Math.floor(way / kinds.length ** i) % kinds.length);
      const changed = other.filter((kind, i) => kind !== cast[i]).length;
      if (votes !== null && changed >= votes) continue;
      const counts = countOf(other);
      const known = seen.get(counts.join()) ?? stateOf(electedIn(rule, shape, counts, cast.length));
      seen.set(counts.join(), known);
      if (known !== state || (known === 'tied' && counts.join() !== countOf(cast).join())) votes = changed;
    }
    return { votes, state, changes: own.changes };
  }

  test.each([
    ['one of three', { kind: 'choose', min: 1, max: 1, blank: false }, 3, 1],
    ['two seats of three by approval', { kind: 'choose', min: 0, max: 3, blank: false }, 3, 2],
    ['exactly two of three', { kind: 'choose', min: 2, max: 2, blank: false }, 3, 1],
    ['as many seats as options', { kind: 'choose', min: 0, max: 2, blank: false }, 2, 2],
  ] as const)('%s: exact', (_, shape, options, places) => {
    const kinds = ballot(shape, options).length;
    fc.assert(
      fc.property(fc.array(fc.nat(kinds - 1), { minLength: 1, maxLength: 4 }), (cast) => {
        const { votes, state, changes } = brute(seatsOf(places), shape, options, cast);
        expect(changes?.exact ?? true).toBe(true);
        // A tie that leaves a seat unfilled is not settled: one vote settles it.
        expect(changes?.votes ?? null).toBe(state === 'tied' ? 1 : votes);
      }),
      { numRuns: 40 },
    );
  });

  test('with reserved places, or what an option needs: at least', () => {
    const shape = { kind: 'choose' as const, min: 1, max: 1, blank: false };
    const groups = fc.array(
      fc.record({
        least: fc.integer({ min: 1, max: 2 }),
        options: fc.subarray(OPTIONS.slice(0, 3), { minLength: 1 }),
      }),
      { maxLength: 2 },
    );
    const needs = fc.constantFrom(null, { compare: 'more-than' as const, p: 1, q: 2, of: 'votes' as const });
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }), groups, needs, (cast, list, need) => {
        const reserved = need === null ? list.map((one, i) => ({ ...one, id: `g${i}` })) : [];
        const { votes, state, changes } = brute(seatsOf(2, { reserved, needs: need }), shape, 3, cast);
        fc.pre(state !== 'tied' && changes !== null && changes !== undefined && votes !== null);
        expect(changes?.votes).toBeLessThanOrEqual(votes ?? 0);
      }),
      { numRuns: 60 },
    );
  });

  test('a lot that was drawn decided', () => {
    const shape = { kind: 'choose' as const, min: 1, max: 1, blank: false };
    expect(electedIn(seatsOf(1, { ties: 'lot' }), shape, [3, 3, 1], 7).changes).toEqual({
      votes: 0,
      exact: true,
    });
  });
});

describe('what hangs on other decisions', () => {
  const ids = ['east', 'west'];
  const contests = ids.map((id) => contestOf(id, ['for', 'against'], ['members']));
  const motions = ids.map((id) => motionOf(['members'], { id, contest: id }));

  test('two motions of which one can be carried out: the closest of them, or of the two', () => {
    const rules: DecisionRule[] = [
      ...motions,
      { id: 'one', kind: 'exclusive', rules: ids, both: 'more-votes' },
    ];
    const votes = (east: number[], west: number[]) =>
      sensitivities(
        setting(contests, rules),
        decideAll(contests, rules, {
          east: { members: { counts: east } },
          west: { members: { counts: west } },
        }),
      )[2];
    expect(votes([90, 10], [70, 30])).toEqual({ votes: 10, exact: false });
    expect(votes([90, 10], [52, 48])).toEqual({ votes: 2, exact: false });
  });

  test('a ratification: not where the earlier election alone decides', () => {
    const run = (divided: 'falls' | 'own' | 'earlier', carried: boolean) => {
      const rules: DecisionRule[] = [
        ...motions.slice(0, 1),
        { id: 'both', kind: 'ratify', own: 'east', link: 'E', rule: 'm', text: 'T', divided },
      ];
      const earlier = {
        id: 'm',
        kind: 'motion' as const,
        carried,
        divided: false,
        reballot: false,
        tie: null,
        colleges: [],
      };
      const found = decideAll(
        contests.slice(0, 1),
        rules,
        { east: { members: { counts: [7, 2] } } },
        { earlier: [earlier] },
        [{ relation: 'follows', manifest: 'E', rule: 'm' }],
      );
      return sensitivities(setting(contests.slice(0, 1), rules), found)[1];
    };
    expect(run('own', false)).toEqual({ votes: 3, exact: true });
    expect(run('falls', true)).toEqual({ votes: 3, exact: true });
    expect(run('falls', false)).toBeNull();
    expect(run('earlier', true)).toBeNull();
  });

  test('a petition: the motion nearest to the number', () => {
    const shape = { kind: 'support' as const, merged: [] };
    const contest = contestOf('p', ['trees', 'parks'], ['members'], shape);
    const rule: DecisionRule = {
      id: 'p',
      kind: 'petition',
      contest: 'p',
      colleges: ['members'],
      needed: { kind: 'number', n: 30 },
    };
    const run = (...counts: number[]) =>
      sensitivities(
        setting([contest], [rule]),
        decideAll([contest], [rule], { p: { members: { roll: 99, ballots: 60, counts } } }),
      )[0];
    expect(run(30, 12)).toEqual({ votes: 1, exact: true });
    expect(run(40, 27)).toEqual({ votes: 3, exact: true });
  });

  test('of a roll of nobody: nothing changes it', () => {
    const nobody = { roll: 0, ballots: 0 };
    const share = { kind: 'share' as const, p: 1, q: 20 };
    const colleges = ['members'];
    const rules: DecisionRule[] = [
      motionOf(colleges),
      motionOf(colleges, { tie: 'chair' }),
      seatsOf(2, { contest: 'motion' }),
      { id: 'o', kind: 'order', contest: 'motion', colleges },
      { id: 'p', kind: 'petition', contest: 'p', colleges, needed: share },
    ];
    const shape = { kind: 'support' as const, merged: [] };
    const contests = [contestOf('motion', ANSWERS, colleges), contestOf('p', ['trees'], colleges, shape)];
    const votes = {
      motion: { members: { ...nobody, counts: [0, 0, 0] } },
      p: { members: { ...nobody, counts: [0] } },
    };
    for (const rule of rules) {
      const found = decideAll(contests, [rule], votes);
      expect([rule.kind, sensitivities(setting(contests, [rule]), found)]).toEqual([rule.kind, [null]]);
    }
  });

  test('of two colleges, in one of which nobody is: what changes it in the other', () => {
    const contest = contestOf('o', OPTIONS, ['a', 'b']);
    const rule: DecisionRule = { id: 'o', kind: 'order', contest: 'o', colleges: ['a', 'b'] };
    const votes = { o: { a: { counts: [9, 5, 2, 0] }, b: { roll: 0, ballots: 0, counts: [0, 0, 0, 0] } } };
    expect(sensitivities(setting([contest], [rule]), decideAll([contest], [rule], votes))).toEqual([
      { votes: 1, exact: true },
    ]);
  });

  test('a college of nobody, which has to agree, never does', () => {
    const half: Threshold = { compare: 'at-least', p: 1, q: 2, of: 'for-and-against' };
    const rule = motionOf(['a', 'b'], {
      colleges: ['a', 'b'].map((college) => ({
        college,
        threshold: half,
        quorum: { p: 0, q: 1 },
        share: null,
      })),
    });
    const run = (b: People) => motionIn(rule, [[1, 3, 0, 0], b]);
    expect(run([0, 0, 0, 0])).toEqual({ carried: false, changes: null });
    expect(run([0, 0, 0, 1])).toEqual({ carried: false, changes: { votes: 2, exact: true } });
  });

  test('an order: the two neighbours that are closest', () => {
    const contest = contestOf('o', OPTIONS, ['members']);
    const rule: DecisionRule = { id: 'o', kind: 'order', contest: 'o', colleges: ['members'] };
    const run = (...counts: number[]) =>
      sensitivities(
        setting([contest], [rule]),
        decideAll([contest], [rule], { o: { members: { counts } } }),
      )[0];
    expect(run(20, 14, 3, 9)).toEqual({ votes: 3, exact: true });
    expect(run(20, 14, 14, 9)).toEqual({ votes: 1, exact: true });
  });
});
