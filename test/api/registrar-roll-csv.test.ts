import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRollCsv } from '../../src/api/registrar/roll-csv.ts';
import { encodeMembershipCsv } from '../../src/roll/membership-csv.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';

const HEADER = 'person,name,contact,member,region,branch,delegate_of,weight';
const ADA = 'a,Ada,ada@example.org,yes,north,elmford,branch:elmford,3';
const BO = 'b,Bo,bo@example.org,yes,north,,,';
const utf8 = (text: string) => new TextEncoder().encode(text);

async function problemsOf(file: string | Uint8Array): Promise<string[]> {
  const { problems } = await readRollCsv(typeof file === 'string' ? utf8(file) : file);
  return problems.map(({ line, column, code }) => `${line} ${column ?? '-'} ${code}`);
}

describe('files that are read', () => {
  test.each([
    ['line feeds', `${HEADER}\n${ADA}\n${BO}\n`],
    ['carriage returns', `${HEADER}\r\n${ADA}\r\n${BO}\r\n`],
    ['no line break at the end', `${HEADER}\n${ADA}\n${BO}`],
    ['a byte order mark', `\uFEFF${HEADER}\n${ADA}\n${BO}\n`],
    ['empty lines', `${HEADER}\n\n${ADA}\n  \n${BO}\n\n`],
    ['spaces around cells', `${HEADER}\n${ADA.replaceAll(',', ' , ')}\n${BO}\n`],
    ['quotes', `${HEADER}\n"a","Ada",ada@example.org,yes,"north",elmford,branch:elmford,3\n${BO}\n`],
  ])('with %s', async (_, file) => {
    const { membership, problems } = await readRollCsv(utf8(file));
    expect(problems).toEqual([]);
    expect(membership?.people.map(({ person, weight }) => [person, weight])).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
  });

  test('with columns in another order, and without those that are optional', async () => {
    const { membership } = await readRollCsv(
      utf8('region,member,contact,name,person\nnorth,yes,"Elm St 1, Elmford",Ada,a\n'),
    );
    expect(membership?.people).toMatchObject([
      { contact: 'Elm St 1, Elmford', branch: null, represents: null },
    ]);
  });

  test('as they were written', async () => {
    const simulated = simulateMembership({ seed: 'csv', members: 200 });
    const { membership } = await readRollCsv(utf8(encodeMembershipCsv(simulated)));
    expect(membership).toEqual(simulated);
  });
});

test('every column, as it was written', async () => {
  const election = 'E'.repeat(42) + 'A';
  const file = utf8(
    [
      'person,name,contact,member,region,branch,strands,delegate_of,affiliate_size,weight,chosen,mandates,substitute_for',
      `a,Ada,a@example.org,yes,north,elmford,lgbt youth,branch:elmford,,3,elmford/ada/${election},m-1=for m-2=no,`,
      'b,Bo,b@example.org,yes,north,,,,,,,,a',
      'c,Cy,c@example.org,no,,,,affiliate:bakers,4100,2,,,',
      '',
    ].join('\n'),
  );
  const { membership } = await readRollCsv(file);
  if (membership === null) throw new Error('refused');
  expect(encodeMembershipCsv(membership)).toBe(new TextDecoder().decode(file));
});

describe('P2: files that are refused, with the line', () => {
  test.each<[string, string | Uint8Array, string[]]>([
    ['nothing', '', ['1 - empty-file']],
    ['a header alone', `${HEADER}\n`, ['1 - empty-file']],
    ['another header', 'id,name\n1,Ada\n', ['1 - wrong-header']],
    ['an unknown column', `${HEADER},phone\n`, ['1 - wrong-header']],
    ['a column twice', `${HEADER},name\n`, ['1 - wrong-header']],
    ['a column too few', 'person,name,contact,member\n', ['1 - wrong-header']],
    ['semicolons', `${HEADER.replaceAll(',', ';')}\n`, ['1 - wrong-header']],
    [
      'cells too few and too many',
      `${HEADER}\na,Ada\n${BO}\n${BO},x\n`,
      ['2 - wrong-cells', '4 - wrong-cells'],
    ],
    [
      'quotes that stay open, each on its line',
      `${HEADER}\n"${ADA}\n${BO}\n"x\n`,
      ['2 - bad-quotes', '4 - bad-quotes'],
    ],
    ['a quote inside a cell', `${HEADER}\n${ADA.replace('Ada', 'A"da')}\n`, ['2 - bad-quotes']],
    ['a cell over two lines', `${HEADER}\n"a\nb",Ada,x,yes,north,,,\n`, ['2 - bad-quotes', '3 - bad-quotes']],
    ['a carriage return in a cell', `${HEADER}\n${ADA.replace('Ada', 'A\rda')}\n`, ['2 name bad-character']],
    [
      'Latin-1',
      Uint8Array.of(...utf8(`${HEADER}\n${BO}\na,M`), 0xfc, ...utf8(`ller,x,yes,north,,,\n`)),
      ['3 - not-utf8'],
    ],
    [
      'UTF-16',
      new Uint8Array(Uint16Array.from([0xfeff, ...Array.from(HEADER, (c) => c.charCodeAt(0))]).buffer),
      ['1 - not-utf8'],
    ],
    ['a line of 10,000 bytes', `${HEADER}\n${ADA}${'x'.repeat(10_000)}\n`, ['2 - line-too-long']],
    [
      'problems of every kind',
      `${HEADER}\n${ADA}\n${ADA}\n"\n=1${BO}\n`,
      ['3 person duplicate', '4 - bad-quotes', '5 person formula'],
    ],
  ])('%s', async (_, file, expected) => {
    const reading = await readRollCsv(typeof file === 'string' ? utf8(file) : file);
    expect(reading.membership).toBeNull();
    expect(await problemsOf(file)).toEqual(expected);
  });

  test('too many rows, before the rest is read', async () => {
    const { problems } = await readRollCsv(utf8(`${HEADER}\n${ADA}\n${BO}\n=1\n`), 2);
    expect(problems).toEqual([{ line: 4, column: null, code: 'too-many-rows', why: 'over 2 rows' }]);
  });

  test('any bytes give a membership or problems, and never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => utf8(`${HEADER}\n${text}`)),
        ),
        async (bytes) => {
          const { membership, problems } = await readRollCsv(bytes);
          expect(membership === null).toBe(problems.length > 0);
        },
      ),
    );
  });
});
