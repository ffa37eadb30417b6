/** The demonstration, whole and from outside: every party a process, and nothing left of any. */
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ask, teller, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('teller demo', () => {
  test('runs an election of 30 members from the manifest to a recount of its export', async () => {
    const record = join(folder.path, 'record');
    const summary = await ask('demo', '--members', '30', '--seed', 'test', '--record', record, '--once');
    expect(summary).toMatchObject({
      seed: 'test',
      membership: { regions: 9, affiliates: 6, outside: 10 },
      roll: { members: 30 },
      refused: {
        'forged proof': 3,
        'stolen credential': 3,
        'replay of an old ballot': 3,
        "copy of another's ballot": 3,
        'over-vote': 3,
        'wrong college': 3,
      },
      outcome: [
        { id: 'omov', kind: 'motion', colleges: [{ college: 'members' }, { college: 'delegates' }] },
        { id: 'seats', kind: 'seats' },
      ],
      recount: { ok: true, anchored: true },
      receipt: { counted: true },
      nonUse: { unused: true },
    });
    expect(summary['cast']).toBeGreaterThan(20);
    // The record outlives the demonstration, the server does not.
    const anchor = ['--anchor', String(summary['election'])];
    expect(await ask('verify', record, ...anchor)).toMatchObject({ ok: true, anchored: true });
    await expect(fetch(String(summary['address']))).rejects.toThrow();
  });

  test.each([
    ['fewer than a majority decrypt', ['--trustees', '4', '--threshold', '2'], '--threshold'],
    ['too many drop out', ['--lose', '2'], '--lose'],
    ['there are too few members', ['--members', '3'], '--members'],
  ])('does not begin where %s', async (_, args, why) => {
    const { code, stderr } = await teller('demo', ...args, '--once');
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  test('does not begin where the record cannot be left', async () => {
    const { code, stderr } = await teller('demo', '--members', '30', '--record', folder.path, '--once');
    expect(code).toBe(2);
    expect(stderr).toContain('is not empty');
    await expect(access(join(folder.path, 'checkpoint'))).rejects.toThrow();
    expect(await readdir(folder.path)).toEqual(['record']);
  });
});
