import { describe, expect, test } from 'vitest';
import { type CollegeSource, votersOf } from '../../src/roll/membership.ts';
import { MEMBERSHIP_COLUMNS, type MembershipRow, readMembership } from '../../src/roll/membership-rows.ts';

type Cells = MembershipRow['cells'];

const blank: Cells = {
  person: '',
  name: '',
  contact: '',
  member: '',
  region: '',
  branch: '',
  delegate_of: '',
  weight: '',
};
let serial = 0;
const member = (cells: Partial<Cells> = {}): Cells => {
  serial += 1;
  return {
    ...blank,
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
    ['delegate_of', { delegate_of: 'strand:youth' }],
    ['delegate_of', { delegate_of: 'affiliate:The Bakers' }],
    ['weight', { delegate_of: 'region:north', weight: '0' }],
    ['weight', { delegate_of: 'region:north', weight: '1.5' }],
    ['weight', { delegate_of: 'region:north', weight: '1000000001' }],
    ['weight', { weight: '2' }],
  ] as const)('a bad value for %s: %o', (column, cells) => {
    const found = problemsOf(member(cells));
    expect(found).toContain(`2 ${column} bad-value`);
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
      { line: 3, column: 'branch', code: 'two-regions', why: 'elmford is in north on line 2' },
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
