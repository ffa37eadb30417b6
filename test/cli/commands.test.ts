/** An election by hand: every command of officer, registrar and voters, as processes, against a server. */
import { readFileSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { DRAFT } from './committee-draft.ts';
import { ask, teller, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
const at = (...parts: string[]): string => join(folder.path, ...parts);

const CSV = `person,name,contact,member,region,branch,delegate_of,weight
1,Ann,ann@example.org,yes,north,,,
2,Ben,ben@example.org,yes,north,,,
3,Cat,cat@example.org,yes,north,,,
4,Dee,dee@example.org,yes,north,,,
`;

let server: RunningServer;
let election = '';
/** By person. */
let tokens: Map<string, string>;

const officer = (...args: string[]): Promise<Record<string, unknown>> =>
  ask('officer', ...args, '--folder', at('officer'));
const keyFile = (): string[] => ['--key-file', at('data', 'officer-key')];
const registrar = (...args: string[]): string[] => [
  'registrar',
  ...args,
  '--server',
  server.url,
  ...keyFile(),
];
const cast = (person: string, choice: string, keep: string, ...more: string[]): string[] => [
  'cast',
  `--server=${server.url}`,
  `--election=${election}`,
  `--token=${tokens.get(person) ?? ''}`,
  `--choice=motion=${choice}`,
  `--keep=${at(keep)}`,
  ...more,
];

beforeAll(async () => {
  server = await startServer({ dataDir: at('data'), port: 0, host: '127.0.0.1', publicUrl: null });
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

describe('an election by hand', () => {
  test('is published by an officer whose key is in a file of the officer’s', async () => {
    await officer('new');
    expect(statSync(at('officer', 'signing-key')).mode & 0o777).toBe(0o600);
    expect((await teller('officer', 'new', '--folder', at('officer'))).code).toBe(2);

    await writeFile(at('draft.json'), JSON.stringify(DRAFT));
    const publish = ['publish', at('draft.json'), '--server', server.url];
    const unsigned = await teller('officer', ...publish, '--folder', at('officer'));
    expect(unsigned).toMatchObject({ code: 2, stdout: '' });
    expect(unsigned.stderr).toContain('--key-file FILE, or TELLER_OFFICER_KEY');
    election = String((await officer(...publish, ...keyFile()))['election']);
    expect(await officer('status')).toMatchObject({ election, phase: 'preparing' });
  });

  test('a draft that breaks a rule says which', async () => {
    const bad = { ...DRAFT, manifest: { ...DRAFT.manifest, colleges: [] } };
    await writeFile(at('bad.json'), JSON.stringify(bad));
    const publish = ['officer', 'publish', at('bad.json'), '--server', server.url, '--folder', at('officer')];
    const { code, stderr } = await teller(...publish, ...keyFile());
    expect(code).toBe(2);
    expect(stderr).toContain('manifest.colleges');
  });

  test('a membership file with faults is refused with their lines', async () => {
    await writeFile(at('bad.csv'), CSV.replace('2,Ben,ben@example.org,yes', '1,Ben,,perhaps'));
    const { code, stderr } = await teller(...registrar('import', at('bad.csv')));
    expect(code).toBe(2);
    expect(stderr).toMatch(/line 3, contact: .*\n.*line 3, member: |line 3, person: /);
  });

  test('its roll is imported, its tokens are written once, and the roll is handed over', async () => {
    await writeFile(at('members.csv'), CSV);
    const { roll } = await ask(...registrar('import', at('members.csv')));
    const issue = ['--election', election, '--roll', String(roll), '--college', 'committee=members'];
    expect(await ask(...registrar('issue', ...issue))).toMatchObject({
      colleges: [{ id: 'committee', size: 4 }],
    });
    await ask(...registrar('tokens', at('letters.csv'), '--election', election));
    expect(statSync(at('letters.csv')).mode & 0o777).toBe(0o600);
    const again = await teller(...registrar('tokens', at('more.csv'), '--election', election));
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('exported-before');
    const rows = readFileSync(at('letters.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    tokens = new Map(rows.map((row) => [row.split(',')[1] ?? '', row.split(',')[5] ?? '']));
    expect(tokens.size).toBe(4);
    expect(await ask(...registrar('hand-over', '--election', election))).toMatchObject({ size: 4 });
  });

  test('a later membership file shows what it changes, and another officer approves it', async () => {
    await writeFile(at('later.csv'), CSV.replace(/^4,Dee.*$/m, '5,Eve,eve@example.org,yes,south,,,'));
    const { code, stdout } = await teller(...registrar('import', at('later.csv'), '--frozen', '2026-01-31'));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Proposed in place of roll 1, as of 2026-01-31T00:00:00.000Z: 4 people, 4 of them members\.$/m,
    );
    expect(stdout).toMatch(/^1 added: 5\n1 lapsed: 4\n {2}north: 4 → 3 members \(1 lapsed\)$/m);
    const [, proposal = ''] =
      /until another officer approves: teller registrar approve (\S+)$/m.exec(stdout) ?? [];
    const alone = await teller(...registrar('approve', proposal));
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('second-officer-needed')]);
    const second = ['--server', server.url, '--key-file', at('data', 'second-officer-key')];
    expect(await ask('registrar', 'proposal', ...second)).toMatchObject({ proposal });
    expect(await ask('registrar', 'approve', proposal, ...second)).toMatchObject({ roll: 2, people: 4 });

    const again = await ask(...registrar('import', at('members.csv')));
    const back = String(again['proposal']);
    expect(await ask(...registrar('withdraw', back))).toEqual({ proposal: back });
    const none = await teller(...registrar('proposal'));
    expect(none.stderr).toContain('unknown-proposal');
  });

  test('nobody can vote before it is open', async () => {
    const { code, stderr } = await teller(...cast('Ann', 'for', 'ann'));
    expect(code).toBe(2);
    expect(stderr).toContain('the election is not open yet');
    await officer('open');
  });

  test('a ballot is recorded with a receipt, and replaced from the same device without ado', async () => {
    const first = await ask(...cast('Ann', 'against', 'ann'));
    const { code, stdout, stderr } = await teller(...cast('Ann', 'for', 'ann'));
    expect(code).toBe(0);
    expect(stderr).toContain(`You have voted: entry ${String(first['index'])}. The new ballot replaces it.`);
    expect(stdout).toContain('Recorded: voter ');
    const [file = ''] = await readdir(at('ann'));
    const kept = JSON.parse(await readFile(at('ann', file), 'utf8')) as {
      ballots: { leaf: string; receipt: object }[];
    };
    expect(kept.ballots).toHaveLength(2);
    expect(kept.ballots[0]).toMatchObject({ leaf: first['leaf'], receipt: { v: 1 } });
    expect(JSON.stringify(kept)).not.toContain(tokens.get('Ann'));
  });

  test('a ballot from elsewhere under the same token is a conflict that the voter has to own', async () => {
    const refused = await teller(...cast('Ann', 'against', 'elsewhere'));
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(
      'A ballot that was not sent from here is recorded under this token: entry ',
    );
    expect(refused.stderr).toContain('Was this you?');
    expect(refused.stderr).toContain('run again with --again');
    expect(await officer('status')).toMatchObject({ colleges: [{ voted: 1 }] });
    const owned = await teller(...cast('Ann', 'for', 'elsewhere', '--again'));
    expect(owned.code).toBe(0);
    expect(owned.stderr).toContain('Was this you?');
  });

  test('a ballot can be opened instead of cast', async () => {
    const { code, stdout } = await teller(...cast('Ben', 'against', 'ben', '--check'));
    expect(code).toBe(0);
    expect(stdout).toContain('  The motion: Against');
    expect(stdout).toContain('can never be cast');
    await ask(...cast('Ben', 'against', 'ben'));
  });

  test.each([
    ['an option that there is not', ['Cat', 'perhaps'], 'no option perhaps'],
    ['two options of one', ['Cat', 'for,against'], 'motion'],
    ['a token with a slip of the pen', ['Nobody', 'for'], 'token: 0 symbols instead of 28'],
  ])('%s is refused before anything is sent', async (_, [person = '', choice = ''], why) => {
    const { code, stderr } = await teller(...cast(person, choice, 'cat'));
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  test('is closed, counted, declared, exported and recounted', async () => {
    await ask(...cast('Cat', 'for', 'cat'));
    await officer('close', ...keyFile());
    const late = await teller(...cast('Dee', 'for', 'dee'));
    expect(late.code).toBe(2);
    expect(late.stderr).toContain('the server refuses: Voting is over (voting-closed)');
    await officer('tally', ...keyFile());
    const { outcome } = await officer('declare');
    expect(outcome).toMatchObject([
      { carried: true, colleges: [{ for: 2, against: 1, ballots: 3, roll: 4 }] },
    ]);
    const address = `${server.url}/elections/${election}`;
    await ask('export', address, at('record'));
    for (const source of [address, at('record')]) {
      const recount = await teller('verify', source, '--anchor', election);
      expect(recount.code).toBe(0);
      expect(recount.stdout).toContain('The motion – CARRIED');
      expect(recount.stdout).toContain('For 2 and Against 1, a margin of 1.');
    }
  });
});
