/** `teller verify` from outside: exit codes 0, 1 and 2, and the JSON that machines read. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ANCHOR, forgedRecord, RECORD, teller, tellerIn, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

interface Recount {
  readonly ok: boolean;
  readonly anchored: boolean;
  readonly result: object | null;
  readonly checks: readonly {
    readonly id: string;
    readonly status: string;
    readonly failures: readonly { readonly where: string; readonly why: string }[];
  }[];
}

describe('teller verify', () => {
  test('exits with 0 for a record that holds, strictly and anchored', async () => {
    const { code, stdout } = await teller('verify', RECORD, '--anchor', ANCHOR, '--strict', '--json');
    expect(code).toBe(0);
    const recount = JSON.parse(stdout) as Recount;
    expect(Object.keys(recount)).toEqual(['ok', 'anchored', 'result', 'checks']);
    expect(recount).toMatchObject({
      ok: true,
      anchored: true,
      result: { outcome: [{ kind: 'motion' }, { kind: 'seats' }] },
    });
    expect(recount.checks).toHaveLength(24);
    for (const check of recount.checks) {
      expect(Object.keys(check)).toEqual(['id', 'title', 'status', 'count', 'failed', 'failures']);
      expect(check).toMatchObject({ status: 'pass', failed: 0, failures: [] });
    }
  });

  test.runIf(process.execve !== undefined)(
    'starts Node again, once, so that it takes less memory',
    async () => {
      const says =
        'process.stderr.write(JSON.stringify([process.execArgv, process.env.MALLOC_ARENA_MAX]) + "\\n")';
      const { MALLOC_ARENA_MAX: _, ...environment } = process.env;
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(says)}`;
      const { code, stderr } = await tellerIn({ ...environment, NODE_OPTIONS }, 'verify', RECORD, '--json');
      expect(code).toBe(0);
      const starts = stderr
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(starts).toEqual([
        [[], null],
        [['--max-semi-space-size=4'], '1'],
      ]);
      const [other, run, status] = await Promise.all([
        tellerIn(
          { ...environment, NODE_OPTIONS, MALLOC_ARENA_MAX: '2' },
          'verify',
          join(folder.path, 'none'),
        ),
        tellerIn({ ...environment, NODE_OPTIONS }, 'trustee', 'run'),
        tellerIn({ ...environment, NODE_OPTIONS }, 'trustee', 'status'),
      ]);
      expect(other.code).toBe(2);
      expect(other.stderr).toContain('[["--max-semi-space-size=4"],"2"]');
      // So does the recount of a trustee, and nothing else of a trustee's.
      expect(run.stderr).toContain('[["--max-semi-space-size=4"],"1"]');
      expect(status.stderr).toContain('[[],null]');
      expect(status.stderr).not.toContain('semi-space');
    },
  );

  test('says in words what was checked, what was decided, and that there is no anchor', async () => {
    const { code, stdout } = await teller('verify', RECORD);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '✓ Every ballot is valid, and made with the voting code of its voter (ballots, ',
    );
    expect(stdout).toContain('– This is the election that was asked for (anchor, ');
    expect(stdout).toContain('Contest motion – CARRIED');
    expect(stdout).toContain('The colleges are divided: by the rule “College members” prevails.');
    expect(stdout).toMatch(/different (?:vote|to change it)/);
    expect(stdout).toContain('UNANCHORED');
    expect(stdout).toContain('--anchor');
  });

  test('lists who voted how where votes are on the record', async () => {
    const { code, stdout } = await teller('verify', RECORD, '--anchor', ANCHOR, '--votes');
    expect(code).toBe(0);
    expect(stdout).toContain('Who voted how: College board');
    expect(stdout).toMatch(/Member 18 +1 +for\n/);
    expect(stdout).toMatch(/Member 19 +1 +against\n/);
    expect(stdout).toMatch(/All together +2 +2 +1 +1 +0\n/);
  });

  test('exits with 1 for a record that does not hold, and names the place', async () => {
    const record = join(folder.path, 'flipped');
    await forgedRecord('two ciphertexts of a ballot exchanged', record);
    const { code, stdout } = await teller('verify', record, '--anchor', ANCHOR, '--json');
    expect(code).toBe(1);
    const { ok, result, checks } = JSON.parse(stdout) as Recount;
    expect({ ok, result }).toEqual({ ok: false, result: null });
    expect(checks.find(({ id }) => id === 'ballots')).toMatchObject({
      status: 'fail',
      failures: [{ where: 'entry 18 body.proof' }],
    });
    const { stdout: words } = await teller('verify', record, '--anchor', ANCHOR);
    expect(words).toContain('✗ Every ballot is valid');
    expect(words).toContain('    entry 18 body.proof: ');
    expect(words).toMatch(/THE RECOUNT FAILS: .*ballots/);
  });

  test('keeps hints where it is told to, and says the same with any', async () => {
    const hints = join(folder.path, 'hints');
    const asked = ['verify', RECORD, '--anchor', ANCHOR, '--json', '--hints', hints] as const;
    const first = await teller(...asked);
    expect(first.code).toBe(0);
    const [file = '', ...others] = await readdir(join(hints, 'hints/000.p'));
    expect(others).toEqual([]);
    const path = join(hints, 'hints/000.p', file);
    const made = await readFile(path);
    await writeFile(path, made.fill(1, 1000, 3000));
    expect((await teller(...asked)).stdout).toBe(first.stdout);
    const nowhere = await teller('verify', RECORD, '--hints', join(path, 'below'));
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('cannot write hints');
  });

  test('exits with 1 for another election than the one that was asked for', async () => {
    const { code, stdout } = await teller('verify', RECORD, '--anchor', 'A'.repeat(43));
    expect(code).toBe(1);
    expect(stdout).toContain('✗ This is the election that was asked for');
    expect(stdout).toContain('THE RECOUNT FAILS: anchor.');
  });

  test('exits with 1 in strict mode for what is not proved', async () => {
    const { code, stdout } = await teller('verify', RECORD, '--strict');
    expect(code).toBe(1);
    expect(stdout).toContain('NOT PROVED: 1 checks are unproven, and --strict asks for all.');
  });

  test.each([
    ['a folder that is not there', [join(folder.path, 'nothing')], 'there is no folder'],
    ['a folder without a record', [folder.path], 'holds no record'],
    ['no source', [], "missing required argument 'source'"],
    ['an option that it does not know', [RECORD, '--frobnicate'], "unknown option '--frobnicate'"],
    [
      'an anchor that is none',
      [RECORD, '--anchor', join(folder.path, 'anchor')],
      'holds neither a hash nor JSON',
    ],
  ])('exits with 2 for %s', async (_, args, why) => {
    await writeFile(join(folder.path, 'anchor'), 'not an anchor');
    const { code, stdout, stderr } = await teller('verify', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(why);
  });

  test('exits with 2 for a command that there is not, and 0 for help', async () => {
    expect((await teller('frobnicate')).code).toBe(2);
    expect((await teller('verify', '--help')).code).toBe(0);
  });
});
