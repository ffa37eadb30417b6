import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { buildRoll, type RegisteredVoter, type RollTerms } from '../../src/roll/build-roll.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import type { EntitlementRule } from '../../src/roll/entitlement-rule.ts';
import { type RollDocument, type RollLine, rollDocument } from '../../src/roll/roll-document.ts';
import type { RollProblem } from '../../src/roll/roll-problem.ts';
import { bodies, document, ELECTION, entryOf, FROZEN, keyOf, terms, voters } from './rolls.ts';
import { rate } from './rules.ts';

const people = { frozen: FROZEN, bodies };

type Edit = (roll: RollDocument) => RollDocument;

/** The problems of an edited roll whose entry was made from the edited roll, so that only the edit shows. */
function problemsOf(edit: Edit, of: RollTerms = terms): RollProblem[] {
  const edited = edit(structuredClone(document));
  return checkRoll(edited, of, entryOf(edited, of));
}

const line = (roll: RollDocument, i: number): RollLine => {
  const found = roll.lines[i];
  if (!found) throw new Error(`no line ${i}`);
  return found;
};

const editLine =
  (i: number, change: Partial<RollLine>): Edit =>
  (roll) => ({
    ...roll,
    lines: roll.lines.map((old, j) => (j === i ? { ...old, ...change } : old)),
  });

/** The first line of a college that lists a branch. */
const inBranch = (college: string): number =>
  document.lines.findIndex(
    (l) =>
      l.college === college &&
      l.bodies.some((id) => bodies.find((body) => body.id === id)?.kind === 'branch'),
  );
const ofCollege = (college: string): number => document.lines.findIndex((l) => l.college === college);

const codes = (problems: readonly RollProblem[]) => [...new Set(problems.map(({ code }) => code))].sort();

test('a roll as it was built has no problem, and passes its schema', () => {
  expect(checkRoll(document, terms, entryOf(document))).toEqual([]);
  expect(rollDocument.parse(document)).toEqual(document);
  expect(document.lines.length).toBe(voters.length);
});

describe('the entry', () => {
  test('another election', () => {
    expect(problemsOf((roll) => ({ ...roll, election: 'A'.repeat(43) }))).toMatchObject([
      { where: 'election', code: 'wrong-election' },
    ]);
  });

  test('R3: a voter added after the entry was signed shows in size, root and colleges', () => {
    const { lines } = document;
    const found = checkRoll({ ...document, lines: lines.slice(1) }, terms, entryOf(document));
    expect(found.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['entry.size', 'entry.root', 'entry.colleges']),
    );
  });

  test('R3: a voter swapped for another shows in the root', () => {
    const found = checkRoll(editLine(0, { P: line(document, 1).P })(document), terms, entryOf(document));
    expect(found.map(({ where }) => where)).toContain('entry.root');
  });

  test('colleges in another order than the manifest', () => {
    const entry = entryOf(document);
    const turned = { ...entry, body: { ...entry.body, colleges: [...entry.body.colleges].reverse() } };
    expect(checkRoll(document, terms, turned)).toMatchObject([
      { where: 'entry.colleges', code: 'wrong-colleges' },
    ]);
  });
});

describe('public keys', () => {
  test('two lines out of order', () => {
    expect(
      problemsOf((roll) => ({ ...roll, lines: [line(roll, 1), line(roll, 0), ...roll.lines.slice(2)] })),
    ).toMatchObject([{ where: 'lines[1].P', code: 'not-sorted' }]);
  });

  test('one key twice', () => {
    const found = problemsOf(editLine(1, { P: line(document, 0).P }));
    expect(found).toMatchObject([
      { where: 'lines[1].P', code: 'not-sorted', why: 'the same as the line before' },
    ]);
  });

  test.each([
    ['the identity', 'A'.repeat(43)],
    ['no canonical encoding', `${'_'.repeat(42)}8`],
  ])('B3: %s', (_, P) => {
    const at = P.startsWith('A') ? 0 : document.lines.length - 1;
    expect(problemsOf(editLine(at, { P }))).toMatchObject([{ where: `lines[${at}].P`, code: 'bad-key' }]);
  });
});

describe('lines', () => {
  test('a college that the manifest does not have', () => {
    const found = problemsOf(editLine(0, { college: 'ghosts' }));
    expect(found).toContainEqual({ where: 'lines[0].college', code: 'unknown-college', why: 'ghosts' });
  });

  test('two delegates whom one election chose as one', () => {
    const of = ofCollege('delegates');
    const other = document.lines.findIndex((l, i) => l.college === 'delegates' && i > of);
    const chosen = { election: ELECTION, contest: 'elmford', option: 'ada' };
    const found = problemsOf((roll) => editLine(of, { chosen })(editLine(other, { chosen })(roll)));
    expect(found).toEqual([{ where: `lines[${other}].chosen`, code: 'chosen-twice', why: 'elmford/ada' }]);
    expect(problemsOf(editLine(of, { chosen }))).toEqual([]);
  });

  test('a weight that the college does not have', () => {
    expect(problemsOf(editLine(0, { weight: 2 }))).toMatchObject([
      { where: 'lines[0].weight', code: 'weight-not-allowed' },
    ]);
  });

  test('a name in a secret college', () => {
    expect(problemsOf(editLine(0, { name: 'Ada' }))).toMatchObject([
      { where: 'lines[0].name', code: 'name-not-allowed' },
    ]);
  });

  test('nobody is named on the roll of a petition, though its colleges are recorded', () => {
    const of: RollTerms = {
      ...terms,
      kind: 'petition',
      colleges: [{ ...terms.colleges[0], mode: 'recorded' }, terms.colleges[1]],
    };
    const built = buildRoll(ELECTION, of, people, voters);
    expect(checkRoll(built, of, entryOf(built, of))).toEqual([]);
    const i = built.lines.findIndex(({ college }) => college === 'members');
    const named = editLine(i, { name: 'Ada' })(built);
    expect(checkRoll(named, of, entryOf(named, of)).map(({ code }) => code)).toEqual(['name-not-allowed']);
  });

  test('a recorded college has names, and lists its bodies whatever their size', () => {
    const of: RollTerms = {
      ...terms,
      colleges: [terms.colleges[0], { ...terms.colleges[1], mode: 'recorded' }],
    };
    const built = buildRoll(ELECTION, of, people, voters);
    const delegates = built.lines.filter(({ college }) => college === 'delegates');
    expect(checkRoll(built, of, entryOf(built, of))).toEqual([]);
    expect(delegates.every(({ name, bodies }) => name !== null && bodies.length === 1)).toBe(true);
    const i = built.lines.findIndex(({ college }) => college === 'delegates');
    const unnamed = editLine(i, { name: null })(built);
    expect(checkRoll(unnamed, of, entryOf(unnamed, of))).toMatchObject([
      { where: `lines[${i}].name`, code: 'name-missing' },
    ]);
  });

  test('bodies out of order, twice, or unknown', () => {
    const i = inBranch('members');
    const own = line(document, i).bodies;
    expect(codes(problemsOf(editLine(i, { bodies: [...own].reverse() })))).toEqual(['not-sorted']);
    expect(problemsOf(editLine(i, { bodies: [...own, 'zzz'] }))).toContainEqual({
      where: `lines[${i}].bodies[2]`,
      code: 'unknown-body',
      why: 'zzz',
    });
    expect(codes(problemsOf(editLine(i, { bodies: [...own, ...own].sort() })))).toContain('too-many-bodies');
  });

  test('R3: a member moved to another region than that of the branch', () => {
    const i = inBranch('members');
    const { bodies: own } = line(document, i);
    const regions = bodies.filter(({ kind }) => kind === 'region').map(({ id }) => id);
    const other = regions.find((id) => !own.includes(id)) ?? '';
    const moved = own.map((id) => (regions.includes(id) ? other : id)).sort();
    const found = problemsOf(editLine(i, { bodies: moved }));
    expect(codes(found)).toEqual(['wrong-count', 'wrong-region']);
    expect(found.filter(({ code }) => code === 'wrong-region')).toMatchObject([
      { where: `lines[${i}].bodies` },
    ]);
  });

  test('a delegate of two bodies', () => {
    const i = ofCollege('delegates');
    const two = bodies.slice(0, 2).map(({ id }) => id);
    expect(problemsOf(editLine(i, { bodies: two }))).toContainEqual({
      where: `lines[${i}].bodies`,
      code: 'too-many-bodies',
      why: 'a delegate represents one body',
    });
  });
});

describe('bodies', () => {
  const editBody =
    (change: (body: RollDocument['bodies'][number]) => RollDocument['bodies'][number]): Edit =>
    (roll) => ({
      ...roll,
      bodies: roll.bodies.map(change),
    });

  test('out of order', () => {
    expect(codes(problemsOf((roll) => ({ ...roll, bodies: [...roll.bodies].reverse() })))).toEqual([
      'not-sorted',
    ]);
  });

  test('twice', () => {
    const found = problemsOf((roll) => ({
      ...roll,
      bodies: roll.bodies.flatMap((b, i) => (i === 0 ? [b, b] : [b])),
    }));
    expect(found).toContainEqual(expect.objectContaining({ where: 'bodies[1].id', code: 'not-sorted' }));
  });

  test('a branch in no region of the roll', () => {
    const found = problemsOf(
      editBody((body) => (body.kind === 'branch' ? { ...body, region: 'nowhere' } : body)),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'wrong-region', why: 'nowhere is no region of this roll' }),
    );
  });

  test('a region in a region', () => {
    const regions = bodies.filter(({ kind }) => kind === 'region');
    const found = problemsOf(
      editBody((body) => (body.id === regions[0]?.id ? { ...body, region: regions[1]?.id ?? '' } : body)),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'wrong-region', why: 'only a branch has one' }),
    );
  });
});

describe('counts', () => {
  const editCount =
    (i: number, n: number): Edit =>
    (roll) => ({
      ...roll,
      counts: roll.counts.map((count, j) => (j === i ? { ...count, n } : count)),
    });
  const placeOf = (fits: (count: RollDocument['counts'][number]) => boolean): number =>
    document.counts.findIndex(fits);
  const large = placeOf(({ college, n }) => college === 'members' && n >= terms.roll.mergeBelow);
  const small = placeOf(({ college, n }) => college === 'delegates' && n < terms.roll.mergeBelow);

  test('a count that is not that of the lines', () => {
    const { n } = document.counts[large] ?? { n: 0 };
    expect(problemsOf(editCount(large, n + 1))).toContainEqual(
      expect.objectContaining({ where: `counts[${large}].n`, code: 'wrong-count' }),
    );
  });

  test('a count left out', () => {
    const found = problemsOf((roll) => ({ ...roll, counts: roll.counts.filter((_, i) => i !== large) }));
    expect(found).toContainEqual(expect.objectContaining({ where: 'counts', code: 'wrong-count' }));
  });

  test('a count of nothing, and out of order', () => {
    const found = problemsOf((roll) => ({
      ...roll,
      counts: [...roll.counts, { college: 'delegates', body: 'zzz', n: 0 }],
    }));
    expect(codes(found)).toEqual(['not-sorted', 'unknown-body', 'wrong-count']);
  });

  test('a count for a college that there is not', () => {
    const { body } = document.counts[0] ?? { body: '' };
    const found = problemsOf((roll) => ({
      ...roll,
      counts: [...roll.counts, { college: 'zzz', body, n: 1 }],
    }));
    expect(found.map(({ code }) => code)).toContain('unknown-college');
  });

  test('a body that is too small to be named, named on a line', () => {
    const { college, body } = document.counts[small] ?? { college: '', body: '' };
    const i = document.lines.findIndex((l) => l.college === college && l.bodies.length === 0);
    expect(problemsOf(editLine(i, { bodies: [body] }))).toMatchObject([
      { where: `counts[${small}].n`, code: 'too-small-to-name' },
    ]);
  });

  test('branches that are counted larger than their region', () => {
    const of: RollTerms = { ...terms, roll: { mergeBelow: 1_000_000 } };
    const hidden = buildRoll(ELECTION, of, people, voters);
    expect(checkRoll(hidden, of, entryOf(hidden))).toEqual([]);
    const i = hidden.counts.findIndex(
      ({ college, body }) => college === 'members' && bodies.find(({ id }) => id === body)?.kind === 'branch',
    );
    const inflated = {
      ...hidden,
      counts: hidden.counts.map((count, j) => (j === i ? { ...count, n: 999 } : count)),
    };
    expect(codes(checkRoll(inflated, of, entryOf(inflated)))).toEqual(['bad-counts']);
  });

  test('regions that are counted larger than the college', () => {
    const of: RollTerms = { ...terms, roll: { mergeBelow: 1_000_000 } };
    const hidden = buildRoll(ELECTION, of, people, voters);
    const i = hidden.counts.findIndex(
      ({ college, body }) => college === 'members' && bodies.find(({ id }) => id === body)?.kind === 'region',
    );
    const inflated = {
      ...hidden,
      counts: hidden.counts.map((count, j) => (j === i ? { ...count, n: 9999 } : count)),
    };
    expect(checkRoll(inflated, of, entryOf(inflated))).toMatchObject([
      { where: 'counts', code: 'bad-counts' },
    ]);
  });
});

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

describe('mandates and substitutes', () => {
  const recorded: RollTerms = {
    ...terms,
    contests: [...terms.contests, { id: 'other', colleges: ['members'], options: ['yes', 'no'] }],
    colleges: [terms.colleges[0], { ...terms.colleges[1], mode: 'recorded' }],
  };
  const first = voters.findIndex(({ college }) => college === 'delegates');
  const stands: readonly RegisteredVoter[] = voters.map((voter, i) =>
    i === first
      ? {
          ...voter,
          mandates: [{ contest: 'motion', option: 'for' }],
          substitutes: [901, 902].map((n) => ({ P: keyOf(n), name: `Substitute ${n}` })),
        }
      : voter,
  );
  const roll = buildRoll(ELECTION, recorded, people, stands);
  const at = roll.lines.findIndex(({ mandates }) => mandates !== null);
  const problems = (change: Partial<RollLine>, i = at) => {
    const edited = editLine(i, change)(roll);
    return checkRoll(edited, recorded, entryOf(edited, recorded)).map(
      ({ where, code }) => `${where} ${code}`,
    );
  };
  const place = `lines[${at}]`;

  test('as they were built, with names, and the size of the roll is that of its lines', () => {
    expect(checkRoll(roll, recorded, entryOf(roll, recorded))).toEqual([]);
    expect(rollDocument.parse(roll)).toEqual(roll);
    expect(line(roll, at).substitutes.map(({ name }) => name)).toEqual(['Substitute 901', 'Substitute 902']);
    expect(entryOf(roll, recorded).body.size).toBe(voters.length);
  });

  test('in a secret college there are no mandates and no names', () => {
    const secret = buildRoll(ELECTION, terms, people, stands);
    const hidden = secret.lines.find(({ substitutes }) => substitutes.length > 0);
    expect(hidden).toMatchObject({ mandates: null, substitutes: [{ name: null }, { name: null }] });
    expect(checkRoll(secret, terms, entryOf(secret))).toEqual([]);
    expect(checkRoll(roll, terms, entryOf(roll)).map(({ where, code }) => `${where} ${code}`)).toEqual(
      expect.arrayContaining([
        `${place}.mandates bad-mandate`,
        `${place}.substitutes[0].name name-not-allowed`,
      ]),
    );
  });

  test.each([
    ['a contest that there is not', [{ contest: 'x', option: 'for' }], '[0].contest bad-mandate'],
    ['a contest of another college', [{ contest: 'other', option: 'yes' }], '[0].contest bad-mandate'],
    ['an option that there is not', [{ contest: 'motion', option: 'abstain' }], '[0].option bad-mandate'],
    ['one contest twice', [0, 1].map(() => ({ contest: 'motion', option: 'for' })), '[1].contest not-sorted'],
  ])('a mandate for %s', (_, mandates, problem) => {
    expect(problems({ mandates })).toEqual([`${place}.mandates${problem}`]);
  });

  test('substitutes of a member', () => {
    const member = roll.lines.findIndex(({ college }) => college === 'members');
    expect(problems({ substitutes: [{ P: toBase64Url(keyOf(903)), name: null }] }, member)).toEqual([
      `lines[${member}].substitutes not-a-delegate`,
    ]);
  });

  test('a substitute without a name, with no key, with the key of a voter, or twice', () => {
    const P = toBase64Url(keyOf(901));
    const key = `${place}.substitutes[0].P bad-key`;
    expect(problems({ substitutes: [{ P, name: null }] })).toEqual([
      `${place}.substitutes[0].name name-missing`,
    ]);
    expect(problems({ substitutes: [{ P: 'A'.repeat(43), name: 'A' }] })).toEqual([key]);
    expect(problems({ substitutes: [{ P: line(roll, 0).P, name: 'A' }] })).toEqual([key]);
    expect(problems({ substitutes: [P, P].map((twice) => ({ P: twice, name: 'A' })) })).toEqual([
      `${place}.substitutes[1].P bad-key`,
    ]);
  });
});

test('all problems are reported, not the first alone', () => {
  const found = problemsOf((roll) =>
    editLine(2, { weight: 3 })(editLine(0, { weight: 2, name: 'Ada' })(roll)),
  );
  expect(found.map(({ where }) => where)).toEqual(['lines[0].weight', 'lines[0].name', 'lines[2].weight']);
});
