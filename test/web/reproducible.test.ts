/** The same source gives the same scripts, to the byte: whoever rebuilds them compares hashes (docs/observers.md). */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Asset } from '../../src/web/assets.ts';
import { bundleDeskIsland, bundleRecountIsland, bundleTrusteeIsland } from '../../src/web/islands.ts';
import { Scripts } from '../../src/web/scripts.ts';
import { temporaryFolder } from '../cli/teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const names = (island: Readonly<Record<string, Asset>>): string[] =>
  Object.values(island).map(({ path, integrity }) => `${path} ${integrity}`);

test('the pages of recounts, of trustees and of the desk, bundled twice', async () => {
  for (const bundle of [bundleRecountIsland, bundleDeskIsland, () => bundleTrusteeIsland()]) {
    const first = names({ ...(await bundle()) });
    expect(first.length).toBeGreaterThan(1);
    expect(names({ ...(await bundle()) })).toEqual(first);
  }
});

test('the pages of the public, in a copy of the source somewhere else, as an outsider makes it', async () => {
  const copy = join(folder.path, 'a', 'copy of the source');
  mkdirSync(copy, { recursive: true });
  for (const part of ['src', 'scripts', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const said = execFileSync(process.execPath, ['scripts/booth-hashes.ts'], { cwd: copy, encoding: 'utf8' });
  const own = Object.entries(await new Scripts().hashes()).map(([page, hash]) => `${hash}  ${page}\n`);
  expect(said).toBe(own.join(''));
});
