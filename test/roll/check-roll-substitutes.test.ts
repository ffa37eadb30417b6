/** Delegates' mandates and substitutes on a roll (docs/protocol.md §4.2). */
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { buildRoll, type RegisteredVoter, type RollTerms } from '../../src/roll/build-roll.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import { type RollLine, rollDocument } from '../../src/roll/roll-document.ts';
import { editLine, line, people } from './edited-roll.ts';
import { ELECTION, entryOf, keyOf, terms, voters } from './rolls.ts';

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
