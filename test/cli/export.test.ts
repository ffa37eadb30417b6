/** `teller export`: complete, byte for byte, and never half done. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ANCHOR, ask, forgedRecord, RECORD, teller, temporaryFolder } from './teller.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const at = (name: string): string => join(folder.path, name);

/** Every file of a folder, by its path. */
async function filesOf(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of (await readdir(root, { recursive: true })).sort()) {
    if ((await stat(join(root, path))).isFile())
      files.set(path, (await readFile(join(root, path))).toString('base64'));
  }
  return files;
}

describe('teller export', () => {
  test('from a folder through archives to a folder gives the same files, byte for byte', async () => {
    const original = await filesOf(RECORD);
    const { files, entries } = await ask('export', RECORD, at('one.tar.gz'));
    expect({ files, entries }).toEqual({ files: original.size, entries: 45 });
    await ask('export', at('one.tar.gz'), at('two.tar'));
    await ask('export', at('two.tar'), at('three'));
    expect(await filesOf(at('three'))).toEqual(original);
    expect((await teller('verify', at('one.tar.gz'), '--anchor', ANCHOR, '--strict')).code).toBe(0);
  });

  test('of the same record gives the same archive', async () => {
    await ask('export', RECORD, at('a.tar'));
    await ask('export', RECORD, at('b.tar'));
    expect(await readFile(at('a.tar'))).toEqual(await readFile(at('b.tar')));
  });

  test('leaves nothing behind when the source is not whole', async () => {
    await forgedRecord('two ciphertexts of a ballot exchanged', at('cut'));
    const [blob = ''] = await readdir(join(at('cut'), 'blob'));
    await writeFile(join(at('cut'), 'blob', blob), 'another content');
    const before = await readdir(folder.path);
    for (const destination of ['copy', 'copy.tar', 'copy.tar.gz']) {
      const { code, stderr } = await teller('export', at('cut'), at(destination));
      expect(code).toBe(2);
      expect(stderr).toContain(`blob/${blob}`);
    }
    expect(await readdir(folder.path)).toEqual(before);
  });

  test('does not write over anything', async () => {
    await ask('export', RECORD, at('full'));
    const { code, stderr } = await teller('export', RECORD, at('full'));
    expect(code).toBe(2);
    expect(stderr).toContain('is there already and not empty');
  });
});
