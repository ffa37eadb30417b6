import { describe, expect, test } from 'vitest';
import { type CollegeSource, votersOf } from '../../src/roll/membership.ts';
import { MEMBERSHIP_COLUMNS, type MembershipCells, NO_CELLS } from '../../src/roll/membership-columns.ts';
import { readMembership } from '../../src/roll/membership-rows.ts';

type Cells = MembershipCells;

let serial = 0;
const member = (cells: Partial<Cells> = {}): Cells => {
  serial += 1;
  return {
    ...NO_CELLS,
    person: `m${serial}`,
    name: `Name ${serial}`,
    contact: `m${serial}@example.org`,
    member: 'yes',
    region: 'north',
    ...cells,
  };
};
const guest = (cells: Partial<Cells>): Cells => member({ member: 'no', region: '', ...cells });

/** Rows from line 2 on, as they stand below a header. */
const read = (...rows: Cells[]) => readMembership(rows.map((cells, i) => ({ line: i + 2, cells })));
const problemsOf = (...rows: Cells[]) =>
  read(...rows).problems.map(({ line, column, code }) => `${line} ${column} ${code}`);

test('members, branches, delegates and affiliates', () => {
  const { membership, problems } = read(
    member({ person: 'a', name: 'Ada', branch: 'elmford', delegate_of: 'branch:elmford', weight: '50' }),
    member({ person: 'b', name: 'Bo' }),
    guest({ person: 'c', name: 'Cy', delegate_of: 'affiliate:bakers' }),
  );
  expect(problems).toEqual([]);
  expect(membership?.bodies).toEqual([
    { id: 'bakers', kind: 'affiliate', region: null, size: null },
    { id: 'elmford', kind: 'branch', region: 'north', size: null },
    { id: 'north', kind: 'region', region: null, size: null },
  ]);
  if (!membership) throw new Error('no membership');
  const plain = { chosen: null, mandates: null, substitutes: [] };
  const all = { of: 'members', body: null } as const;
  const delegates = { of: 'delegates', body: null } as const;
  expect(
    votersOf(membership, [
      { college: 'everyone', ...all },
      { college: 'conference', ...delegates },
    ]),
  ).toEqual([
    { ...plain, person: 'a', name: 'Ada', college: 'everyone', weight: 1, bodies: ['elmford', 'north'] },
    { ...plain, person: 'b', name: 'Bo', college: 'everyone', weight: 1, bodies: ['north'] },
    { ...plain, person: 'a', name: 'Ada', college: 'conference', weight: 50, bodies: ['elmford'] },
    { ...plain, person: 'c', name: 'Cy', college: 'conference', weight: 1, bodies: ['bakers'] },
  ]);
  expect(votersOf(membership, [{ college: 'branch', of: 'members', body: 'elmford' }])).toHaveLength(1);
  const personsIn = (of: CollegeSource['of'], body: string | null = null) =>
    votersOf(membership, [{ college: 'some', of, body }]).map(({ person }) => person);
  expect(personsIn('outside')).toEqual(['b']);
  expect(personsIn('outside', 'north')).toEqual(['b']);
  expect(personsIn('branch-delegates')).toEqual(['a']);
  expect(personsIn('affiliate-delegates')).toEqual(['c']);
  expect(personsIn('region-delegates')).toEqual([]);
  expect(personsIn('strand-delegates')).toEqual([]);
});

describe('P2: one cell', () => {
  test.each(
    MEMBERSHIP_COLUMNS.flatMap((column) =>
      ['=', '+', '-', '@', '＝', '＋', '－', '＠'].map((sign) => [column, sign] as const),
    ),
  )('a formula in %s that starts with %s', (column, sign) => {
    expect(problemsOf(member({ [column]: `${sign}1+cmd` }))).toEqual([`2 ${column} formula`]);
  });

  test.each([
    ['a control character', 'A\u0000da'],
    ['a line break', 'A\nda'],
    ['the mark of lost bytes', 'M\uFFFDller'],
    ['a lone surrogate', 'A\uD800'],
    ['an override of the direction of text', 'Ada\u202Eada'],
  ])('%s in a name', (_, name) => {
    expect(problemsOf(member({ name }))).toEqual(['2 name bad-character']);
  });

  test('over 300 characters', () => {
    expect(problemsOf(member({ contact: 'x'.repeat(301) }))).toEqual(['2 contact too-long']);
    expect(problemsOf(member({ contact: 'x'.repeat(300) }))).toEqual([]);
  });

  test.each(['person', 'name', 'contact', 'member'] as const)('an empty %s', (column) => {
    expect(problemsOf(member({ [column]: '', region: 'north' }))).toContain(`2 ${column} missing`);
  });

  test.each([
    ['person', { person: 'has space' }],
    ['member', { member: 'ja' }],
    ['region', { region: 'North' }],
    ['branch', { branch: 'elm ford' }],
    ['delegate_of', { delegate_of: 'elmford' }],
    ['delegate_of', { delegate_of: 'committee:youth' }],
    ['strands', { strands: 'Youth' }],
    ['strands', { strands: 'youth;students' }],
    ['strands', { strands: 'youth youth' }],
    ['affiliate_size', { delegate_of: 'affiliate:bakers', affiliate_size: '12.5' }],
    ['affiliate_size', { delegate_of: 'affiliate:bakers', affiliate_size: '1000000001' }],
    ['affiliate_size', { delegate_of: 'region:north', affiliate_size: '12' }],
    ['weight', { delegate_of: 'region:north', weight: '01' }],
    ['chosen', { delegate_of: 'region:north', chosen: 'committee/ada' }],
    ['chosen', { delegate_of: 'region:north', chosen: `committee/ada/${'a'.repeat(44)}` }],
    ['mandates', { delegate_of: 'region:north', mandates: 'motion:for' }],
    ['mandates', { delegate_of: 'region:north', mandates: 'motion=for motion=against' }],
    ['delegate_of', { delegate_of: 'affiliate:The Bakers' }],
    ['weight', { delegate_of: 'region:north', weight: '0' }],
    ['weight', { delegate_of: 'region:north', weight: '1.5' }],
    ['weight', { delegate_of: 'region:north', weight: '1000000001' }],
  ] as const)('a bad value for %s: %o', (column, cells) => {
    const found = problemsOf(member(cells));
    expect(found).toContain(`2 ${column} bad-value`);
  });
});

const EARLIER = 'E'.repeat(42) + 'A';

test('strands, sizes, mandates, who was chosen, and substitutes', () => {
  const { membership, problems } = read(
    guest({ person: 's', substitute_for: 'd' }),
    member({
      person: 'd',
      strands: 'students  youth',
      delegate_of: 'strand:youth',
      chosen: `officers/ada/${EARLIER}`,
      mandates: 'motion-2=against motion-1=for',
    }),
    guest({ person: 'u', delegate_of: 'affiliate:bakers' }),
    guest({ person: 'v', delegate_of: 'affiliate:bakers', affiliate_size: '4100' }),
    guest({ person: 'w', delegate_of: 'affiliate:bakers', affiliate_size: '4100' }),
  );
  expect(problems).toEqual([]);
  expect(membership?.bodies).toContainEqual({ id: 'bakers', kind: 'affiliate', region: null, size: 4100 });
  expect(membership?.bodies).toContainEqual({ id: 'students', kind: 'strand', region: null, size: null });
  expect(membership?.people[1]).toMatchObject({
    strands: ['students', 'youth'],
    represents: 'youth',
    chosen: { election: EARLIER, contest: 'officers', option: 'ada' },
    mandates: [
      { contest: 'motion-1', option: 'for' },
      { contest: 'motion-2', option: 'against' },
    ],
  });
  if (!membership) throw new Error('no membership');
  const college = { college: 'conference', of: 'delegates', body: null } as const;
  const voters = votersOf(membership, [college, { college: 'youth', of: 'members', body: 'youth' }]);
  expect(voters.map(({ person, substitutes }) => [person, ...substitutes.map((one) => one.person)])).toEqual([
    ['d', 's'],
    ['u'],
    ['v'],
    ['w'],
    ['d'],
  ]);
});

describe('delegates and substitutes', () => {
  test.each([
    ['affiliate_size', '12'],
    ['weight', '2'],
    ['chosen', `officers/ada/${EARLIER}`],
    ['mandates', 'motion=for'],
  ] as const)('%s of somebody who is no delegate', (column, cell) => {
    expect(problemsOf(member({ [column]: cell }))).toEqual([`2 ${column} not-a-delegate`]);
  });

  test('an affiliate with two sizes, with both lines', () => {
    const { problems } = read(
      guest({ delegate_of: 'affiliate:bakers', affiliate_size: '12' }),
      guest({ delegate_of: 'affiliate:bakers', affiliate_size: '13' }),
    );
    expect(problems).toEqual([
      { line: 3, column: 'affiliate_size', code: 'two-sizes', why: 'bakers has 12 on line 2', also: 2 },
    ]);
  });

  test('strands of somebody who is no member', () => {
    expect(problemsOf(guest({ delegate_of: 'affiliate:bakers', strands: 'youth' }))).toEqual([
      '2 strands not-a-member',
    ]);
  });

  test('a substitute for nobody, for a member, or who is a delegate', () => {
    const delegate = member({ person: 'd', delegate_of: 'region:north' });
    expect(problemsOf(delegate, member({ substitute_for: 'x' }))).toEqual([
      '3 substitute_for unknown-delegate',
    ]);
    expect(problemsOf(member({ person: 'm' }), member({ substitute_for: 'm' }))).toEqual([
      '3 substitute_for unknown-delegate',
    ]);
    expect(problemsOf(delegate, member({ delegate_of: 'region:north', substitute_for: 'd' }))).toEqual([
      '3 substitute_for two-roles',
    ]);
  });

  test('six substitutes for one', () => {
    const six = Array.from({ length: 6 }, () => member({ substitute_for: 'd' }));
    expect(problemsOf(member({ person: 'd', delegate_of: 'region:north' }), ...six)).toEqual([
      '8 substitute_for too-many',
    ]);
  });

  test('the problem of a delegate is not said twice', () => {
    expect(problemsOf(member({ person: 'd', delegate_of: 'x' }), member({ substitute_for: 'd' }))).toEqual([
      '2 delegate_of bad-value',
    ]);
  });
});

describe('rows together', () => {
  test('one person twice', () => {
    expect(problemsOf(member({ person: 'a' }), member(), member({ person: 'a' }))).toEqual([
      '4 person duplicate',
    ]);
  });

  test('two persons with one name and contact', () => {
    const twin = { name: 'Ada', contact: 'ada@example.org' };
    expect(problemsOf(member(twin), member({ ...twin, name: 'ADA' }))).toEqual(['3 name duplicate']);
  });

  test('a couple with one address are two', () => {
    expect(
      problemsOf(member({ contact: 'home@example.org' }), member({ contact: 'home@example.org' })),
    ).toEqual([]);
  });

  test('a branch in two regions, with both lines', () => {
    const { problems } = read(member({ branch: 'elmford' }), member({ region: 'south', branch: 'elmford' }));
    expect(problems).toEqual([
      { line: 3, column: 'branch', code: 'two-regions', why: 'elmford is in north on line 2', also: 2 },
    ]);
  });

  test('a branch without its region', () => {
    expect(problemsOf(member({ branch: 'elmford', region: '' }))).toEqual(['2 region missing']);
  });

  test('a branch with the name of a region', () => {
    expect(problemsOf(member(), member({ region: 'south', branch: 'north' }))).toEqual([
      '3 branch two-kinds',
    ]);
  });

  test('a delegate of a body that has no members', () => {
    expect(problemsOf(member({ delegate_of: 'branch:elmfrod' }), member({ branch: 'elmford' }))).toEqual([
      '2 delegate_of unknown-body',
    ]);
    expect(problemsOf(member({ delegate_of: 'branch:north' }))).toEqual(['2 delegate_of unknown-body']);
  });

  test('a delegate may come before the first member of the branch', () => {
    expect(problemsOf(member({ delegate_of: 'branch:elmford' }), member({ branch: 'elmford' }))).toEqual([]);
  });

  test('a guest with a branch, and one without a role', () => {
    expect(
      problemsOf(guest({ region: 'north', branch: 'elmford', delegate_of: 'affiliate:bakers' })),
    ).toEqual(['2 region not-a-member', '2 branch not-a-member']);
    expect(problemsOf(guest({}))).toEqual(['2 member no-role']);
  });

  test('all problems, by line, and no list', () => {
    const reading = read(
      member({ delegate_of: 'branch:nowhere' }),
      member({ name: '=1' }),
      member(),
      member({ member: 'maybe', person: '?' }),
    );
    expect(reading.membership).toBeNull();
    expect(reading.problems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 delegate_of',
      '3 name',
      '5 person',
      '5 member',
    ]);
  });
});
