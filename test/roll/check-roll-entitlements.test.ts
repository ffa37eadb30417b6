/** How many delegates a roll may have of whom (docs/protocol.md §4.3). */
import { describe, expect, test } from 'vitest';
import { buildRoll, type RollTerms } from '../../src/roll/build-roll.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import type { EntitlementRule } from '../../src/roll/entitlement-rule.ts';
import { codes, editLine, line, people } from './edited-roll.ts';
import { bodies, document, ELECTION, entryOf, FROZEN, terms, voters } from './rolls.ts';
import { rate } from './rules.ts';

describe('entitlements', () => {
  const lastMember = voters.filter(({ college }) => college === 'members').at(-1);
  const delegate = voters.find(({ college }) => college === 'delegates');

  test('R3: one delegate more than the body is entitled to', () => {
    if (!lastMember || !delegate) throw new Error('no voters');
    const [body = ''] = delegate.bodies;
    const extra = Array.from({ length: 3 }, (_, i) => ({ ...delegate, P: voters[i]?.P ?? new Uint8Array() }));
    const more = buildRoll(ELECTION, terms, people, [...voters.slice(3), ...extra]);
    const found = checkRoll(more, terms, entryOf(more));
    expect(found).toContainEqual(
      expect.objectContaining({ where: `counts(delegates, ${body})`, code: 'too-many-delegates' }),
    );
  });

  test('R3: a delegate of nobody', () => {
    if (!delegate) throw new Error('no delegate');
    const none = buildRoll(
      ELECTION,
      terms,
      people,
      voters.map((v) => (v === delegate ? { ...v, bodies: [] } : v)),
    );
    expect(checkRoll(none, terms, entryOf(none))).toMatchObject([{ where: 'counts', code: 'no-body' }]);
  });

  test('a vacancy is no problem', () => {
    const fewer = buildRoll(
      ELECTION,
      terms,
      people,
      voters.filter((v) => v !== delegate),
    );
    expect(checkRoll(fewer, terms, entryOf(fewer))).toEqual([]);
  });
});

describe('entitlement rules that the roll cannot meet', () => {
  const rules = (rule: Partial<EntitlementRule>): RollTerms => ({
    ...terms,
    colleges: [
      terms.colleges[0],
      { ...terms.colleges[1], entitlement: { ...terms.colleges[1].entitlement, ...rule } },
    ],
  });
  const problemsUnder = (rule: Partial<EntitlementRule>) =>
    checkRoll(document, rules(rule), entryOf(document));

  test('R3: another rule than the one that the delegates were chosen by', () => {
    const found = problemsUnder({ branches: rate(1, 100) });
    expect(codes(found)).toEqual(['too-many-delegates']);
    expect(found[0]?.why).toMatch(/^2 for 1 seats: ⌈\d+ \/ 100⌉ = 1$/);
  });

  test('a body by name that is not on the roll, or of another kind', () => {
    const branch = bodies.find(({ kind }) => kind === 'branch')?.id ?? '';
    const named = ['nowhere', branch].map((body) => ({ body, seats: 1 }));
    expect(problemsUnder({ regions: { kind: 'named', bodies: named } })).toEqual([
      { where: 'bodies(delegates)', code: 'unknown-body', why: 'nowhere is no region of this roll' },
      { where: 'bodies(delegates)', code: 'unknown-body', why: `${branch} is no region of this roll` },
    ]);
  });

  test('affiliates by size, and one that has none', () => {
    const classes = { kind: 'classes' as const, classes: [{ from: 0, seats: 2 }] };
    const first = bodies.find(({ kind }) => kind === 'affiliate')?.id ?? '';
    expect(problemsUnder({ affiliates: classes })).toMatchObject([
      { where: `bodies(${first}).size`, code: 'bad-counts' },
    ]);
    const sized = bodies.map((body) => (body.kind === 'affiliate' ? { ...body, size: 12 } : body));
    const roll = { ...document, bodies: sized };
    expect(checkRoll(roll, rules({ affiliates: classes }), entryOf(roll))).toEqual([]);
  });
});

describe('strands', () => {
  const youth = { id: 'youth', kind: 'strand', region: null, size: null } as const;
  const withYouth = { frozen: FROZEN, bodies: [...bodies, youth] };
  const strandRules: RollTerms = {
    ...terms,
    colleges: [
      terms.colleges[0],
      {
        ...terms.colleges[1],
        mode: 'recorded',
        entitlement: { ...terms.colleges[1].entitlement, strands: { kind: 'each', seats: 1 } },
      },
    ],
  };
  const young = voters.map((voter, i) => {
    if (voter.college === 'members') return i < 30 ? { ...voter, bodies: [...voter.bodies, 'youth'] } : voter;
    return voter;
  });
  const delegateOfYouth = young.map((voter, i) =>
    voter.college === 'delegates' && voters[i - 1]?.college === 'members'
      ? { ...voter, bodies: ['youth'] }
      : voter,
  );
  const roll = buildRoll(ELECTION, strandRules, withYouth, delegateOfYouth);

  test('members are counted and no line of theirs says so; a delegate of the strand is listed', () => {
    expect(checkRoll(roll, strandRules, entryOf(roll, strandRules))).toEqual([]);
    expect(roll.counts.filter(({ body }) => body === 'youth')).toEqual([
      { college: 'delegates', body: 'youth', n: 1 },
      { college: 'members', body: 'youth', n: 30 },
    ]);
    expect(roll.lines.filter((l) => l.bodies.includes('youth'))).toMatchObject([
      { college: 'delegates', bodies: ['youth'] },
    ]);
  });

  test('a strand beside a branch', () => {
    const i = roll.lines.findIndex((l) => l.college === 'members' && l.bodies.length === 2);
    const edited = editLine(i, { bodies: [...line(roll, i).bodies, 'youth'].sort() })(roll);
    const found = checkRoll(edited, strandRules, entryOf(edited, strandRules));
    expect(codes(found)).toEqual(['too-many-bodies', 'wrong-count']);
  });

  test('one of several delegates of a strand that is not listed', () => {
    const edited = {
      ...roll,
      counts: roll.counts.map((c) => (c.college === 'delegates' && c.body === 'youth' ? { ...c, n: 2 } : c)),
    };
    expect(codes(checkRoll(edited, strandRules, entryOf(edited, strandRules)))).toContain('wrong-count');
  });

  test('a strand larger than the college', () => {
    const counts = roll.counts.map((c) =>
      c.college === 'members' && c.body === 'youth' ? { ...c, n: 301 } : c,
    );
    const edited = { ...roll, counts };
    expect(checkRoll(edited, strandRules, entryOf(edited, strandRules))).toEqual([
      { where: 'counts', code: 'bad-counts', why: 'strand youth has 301 of 300 in members' },
    ]);
  });

  test('a size of a body that is no affiliate', () => {
    const edited = { ...roll, bodies: roll.bodies.map((b) => (b.id === 'youth' ? { ...b, size: 30 } : b)) };
    expect(codes(checkRoll(edited, strandRules, entryOf(edited, strandRules)))).toEqual(['size-not-allowed']);
  });
});
