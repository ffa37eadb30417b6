import { expect, test } from 'vitest';
import { encodeCsvCell } from '../../src/roll/membership-csv.ts';
import { parseLetters } from '../../src/web/desk/island/letters.ts';

const HEAD = 'person,name,contact,college,voter,token,link\n';

test('letters are read as the registrar writes them', () => {
  const contact = 'Elm St 1, "Elmford"\n12345 Marsh';
  const cells = ['1', 'Ada, E.', contact, 'members', '7', 'ABCD', 'https://example.org/vote#ABCD'];
  const [first, second, ...more] = parseLetters(
    `${HEAD}${cells.map(encodeCsvCell).join(',')}\n2,Bo,,members,8,EFGH,\n`,
  );
  expect(first).toMatchObject({ name: 'Ada, E.', contact, voter: '7', token: 'ABCD' });
  expect(second).toMatchObject({ person: '2', contact: '', link: '' });
  expect(more).toEqual([]);
});

test('anything else is refused', () => {
  for (const csv of ['', 'person,name\n', `${HEAD}1,2\n`, `${HEAD}"open,b,c,d,e,f,g\n`])
    expect(() => parseLetters(csv)).toThrow(SyntaxError);
});
