/** `teller export`: complete, byte for byte, and never half done. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
    const { files, entries } = await ask('export', '--no-pages', RECORD, at('one.tar.gz'));
    expect({ files, entries }).toEqual({ files: original.size, entries: 45 });
    await ask('export', '--no-pages', at('one.tar.gz'), at('two.tar'));
    await ask('export', '--no-pages', at('two.tar'), at('three'));
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
    await ask('export', '--no-pages', RECORD, at('full'));
    const { code, stderr } = await teller('export', RECORD, at('full'));
    expect(code).toBe(2);
    expect(stderr).toContain('is there already and not empty');
  });
});

/** Every address in a page that is a file beside it: links, scripts, styles, icons. */
function neighboursOf(page: string, text: string): string[] {
  return [...text.matchAll(/(?:href|src)="(?<to>[^"#]+)"/g)].map(({ groups }) =>
    join(dirname(page), decodeURI(groups?.['to'] ?? '')),
  );
}

describe('the pages of a copy', () => {
  test('are beside the record in every language, name nothing that is not there, and change no verdict', async () => {
    await ask('export', RECORD, at('site'));
    const files = await filesOf(at('site'));
    const original = await filesOf(RECORD);
    for (const [path, bytes] of original) expect(files.get(path), path).toBe(bytes);
    const pages = [...files.keys()].filter((path) => path.endsWith('.html'));
    const own = ['disputes', 'index', 'recount', 'votes'].flatMap((name) => [
      `${name}.fr.html`,
      `${name}.html`,
    ]);
    expect(pages.filter((path) => path.startsWith('pages/'))).toEqual(own.map((name) => `pages/${name}`));
    expect(pages).toContain('index.html');
    for (const page of pages) {
      const text = await readFile(join(at('site'), page), 'utf8');
      expect(text).not.toMatch(/https?:|\sstyle=|\son[a-z]+=/);
      if (!/recount/.test(page)) expect(text).not.toContain('<script');
      for (const path of neighboursOf(page, text)) expect(files.has(path), `${page}: ${path}`).toBe(true);
    }
    expect((await teller('verify', at('site'), '--anchor', ANCHOR, '--strict')).code).toBe(0);
  });

  test('say what the record says: the result, the timetable by witnesses’ words, the way to recount', async () => {
    const page = await readFile(join(at('site'), 'pages', 'index.html'), 'utf8');
    const text = page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('This is a copy.');
    expect(text).toContain('teller verify . --anchor');
    expect(text).toContain('Result declared');
    expect(text).toMatch(/Witnesses who have signed the latest one: \S+ \(\d+ \S+ \d{4} at \d\d:\d\d UTC\)/);
    // Nobody noted times beside this record.
    expect(text).toContain('Nobody noted how turnout grew.');
    expect(page).toMatch(/href="\.\.\/linked\/[A-Za-z0-9_-]{43}\/pages\/index\.html"/);
    expect(await readFile(join(at('site'), 'pages', 'index.fr.html'), 'utf8')).toContain(
      'Ceci est une copie.',
    );
  });
});
