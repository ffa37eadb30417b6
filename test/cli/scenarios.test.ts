/** Whole elections of `examples/` from outside; all of them with SLOW=1, and more in `.ci/run`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scenarioNames } from '../../src/cli/scenario/scenario-file.ts';
import { ask, teller, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const SLOW = process.env['SLOW'] === '1';
const names = SLOW ? await scenarioNames() : ['committee-6-3'];

test.each(names)('%s comes out as it must', { timeout: 600_000 }, async (name) => {
  const records = join(folder.path, name);
  const { code, stdout, stderr } = await teller('demo', '--scenario', name, '--record', records, '--once');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`${name}: every recount passes, and the outcome is as expected.`);
});

test('the record is left, and is counted again', async () => {
  expect(await ask('verify', join(folder.path, 'committee-6-3', 'committee'))).toMatchObject({ ok: true });
});

test('teller demo --list names them, and --scenario knows no other', async () => {
  const { stdout } = await teller('demo', '--list');
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(await scenarioNames());
  const { code, stderr } = await teller('demo', '--scenario', '../src', '--once');
  expect(code).toBe(2);
  expect(stderr).toContain('no scenario ../src; there are branch-delegates,');
});

test('teller officer draft fills in a template, and refuses what could not be published', async () => {
  const opens = ['--opens', '2033-05-18T03:33:20Z'];
  const keys = ['A', 'B', 'C'].flatMap((letter) => ['--trustee', `${letter.repeat(42)}A`]);
  const { stdout } = await teller('officer', 'draft', 'two-thirds', ...opens, ...keys);
  expect(JSON.parse(stdout)).toMatchObject({
    manifest: { kind: 'real', times: { opens: 2_000_000_000, closes: 2_000_604_800 }, links: [] },
  });
  const own = join(folder.path, 'own.json');
  await writeFile(
    own,
    (await readFile('examples/committee-6-3/manifest.json', 'utf8')).replace('"q": 2', '"q": 0'),
  );
  for (const [template, given, why] of [
    ['two-thirds', keys.slice(2), 'the template asks for 3 trustees, not 2'],
    ['two-thirds', ['--trustee', 'x'], '--trustee: a public key'],
    ['re-ballot/second', keys, 'the template links to first: which election is that?'],
    ['re-ballot/second', [...keys, '--link', 'first'], '--link first: it is WORD=ELECTION'],
    ['nothing', [], 'cannot read the template'],
    [own, [], 'manifest.rules[0].colleges[0].threshold.q'],
  ] as const) {
    const refused = await teller('officer', 'draft', template, ...opens, ...given);
    expect(refused.code, template).toBe(2);
    expect(refused.stderr).toContain(why);
  }
});
