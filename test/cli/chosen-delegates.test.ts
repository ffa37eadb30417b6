/** `teller registrar delegates`: whom an election chose, as rows of a membership file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ANCHOR, ask, RECORD, teller, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = join(folder.path, 'delegates.csv');
const { manifest: election } = JSON.parse(readFileSync(ANCHOR, 'utf8')) as { manifest: string };
const delegates = (source: string, to: string, of: string, name = election): string[] => [
  'registrar',
  'delegates',
  source,
  to,
  '--election',
  name,
  '--of',
  of,
];

test('the elected with name, body and what chose them; vacancies beside', async () => {
  const said = await ask(...delegates(RECORD, file, 'committee=branch:elmford'));
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(header).toBe('name,delegate_of,chosen');
  expect(said).toEqual({ delegates: rows.length, vacancies: [] });
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row).toMatch(new RegExp(`^[^,]+,branch:elmford,committee/[a-z]+/${election}$`));
  }
  const again = await teller(...delegates(RECORD, file, 'committee=branch:elmford'));
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('cannot write')]);
});

test.each([
  [
    'another election',
    'committee=branch:elmford',
    'A'.repeat(43),
    1,
    'does not pass, or is of another election',
  ],
  ['a contest without seats', 'motion=branch:elmford', election, 2, 'no seats were filled in motion'],
  ['no kind of body', 'committee=elmford', election, 2, 'it is CONTEST=branch:BODY'],
])('%s', async (_, of, name, code, why) => {
  const said = await teller(...delegates(RECORD, join(folder.path, 'other.csv'), of, name));
  expect([said.code, said.stderr]).toEqual([code, expect.stringContaining(why)]);
});
