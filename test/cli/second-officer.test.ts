/** Two officers with folders of their own: one proposes, and the other's machine signs and enters it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { createOfficer } from '../../src/cli/officer-folder.ts';
import { DRAFT } from './committee-draft.ts';
import { ask, teller, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
const at = (...parts: string[]): string => join(folder.path, ...parts);
let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ dataDir: at('data'), port: 0, host: '127.0.0.1', publicUrl: null });
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const keyFile = (file = 'officer-key'): string[] => ['--key-file', at('data', file)];
const ABANDONMENT = JSON.stringify({ kind: 'abandonment', reason: 'The hall has burnt down.' });

test('an election is abandoned by two officers', async () => {
  const officers = await Promise.all(['one', 'other'].map((name) => createOfficer(at(name))));
  const manifest = { ...DRAFT.manifest, officers, second: ['abandonment'] };
  await writeFile(at('draft.json'), JSON.stringify({ ...DRAFT, manifest }));
  const one = ['--folder', at('one'), ...keyFile()];
  const { address } = await ask('officer', 'publish', at('draft.json'), '--server', server.url, ...one);
  expect(await ask('officer', 'act', ABANDONMENT, ...one)).toEqual({ waits: true });

  const other = ['--folder', at('other'), ...keyFile('second-officer-key')];
  await ask('officer', 'join', String(address), '--folder', at('other'));
  const { stdout } = await teller('officer', 'proposals', ...other);
  expect(stdout).toContain(': act by officer 1: {"act":{"kind":"abandonment"');
  expect(await ask('officer', 'second', stdout.slice(0, 43), ...other)).toMatchObject({ index: 1 });
  expect(await (await fetch(String(address))).json()).toMatchObject({ phase: 'abandoned' });
});
