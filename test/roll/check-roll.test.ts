/** Rolls as they are published: their entry, keys and lines (docs/protocol.md §4.2). */
import { describe, expect, test } from 'vitest';
import { buildRoll, type RollTerms } from '../../src/roll/build-roll.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { codes, editLine, inBranch, line, ofCollege, people, problemsOf } from './edited-roll.ts';
import { bodies, document, ELECTION, entryOf, terms, voters } from './rolls.ts';

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

test('all problems are reported, not the first alone', () => {
  const found = problemsOf((roll) =>
    editLine(2, { weight: 3 })(editLine(0, { weight: 2, name: 'Ada' })(roll)),
  );
  expect(found.map(({ where }) => where)).toEqual(['lines[0].weight', 'lines[0].name', 'lines[2].weight']);
});
