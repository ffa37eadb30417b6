/** Attacks on published files: nothing is signed again. */
import { encodeTilePath, entryBundles } from '../../src/board/tiles.ts';
import { toUtf8 } from '../../src/crypto/bytes.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import { keyOf } from '../elections/election-plan.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import { type Attack, flip, move, standard } from './attack.ts';
import { draftOf, editedDocument, forge } from './forge.ts';

const BUNDLE = 'tile/entries/000.p/';

/** Files of the standard election with a change to one of them, as whoever keeps a copy could make it. */
async function withFile(
  find: string,
  edit: (bytes: Uint8Array) => Uint8Array | undefined,
): Promise<RecordSource> {
  const { record } = await standard();
  const files = await publishedFiles(record);
  const path = [...files.keys()].find((one) => one.startsWith(find));
  if (path === undefined) throw new Error(`no file ${find}`);
  const edited = edit(files.get(path)?.slice() ?? new Uint8Array());
  if (edited === undefined) files.delete(path);
  else files.set(path, edited);
  return sourceOf(files);
}

/** The published bundle with the entries of another record of the same size. */
async function withBundleOf(other: MemoryRecord): Promise<RecordSource> {
  const { record } = await standard();
  const files = await publishedFiles(record);
  for (const bundle of entryBundles(record.tree.size)) {
    const path = encodeTilePath(bundle);
    files.set(path, (await other.read(path)) ?? new Uint8Array());
  }
  return sourceOf(files);
}

export const FILE_ATTACKS: readonly Attack[] = [
  {
    name: 'a vote is flipped in the published file',
    fails: 'log',
    at: 'entry 18',
    make: async () =>
      withBundleOf(await forge(await standard(), [], (drafts) => flip(draftOf(drafts, 'ballot').entry))),
  },
  {
    name: 'two ballots are swapped in the published file',
    fails: 'log',
    at: 'entry 18',
    make: async () => withBundleOf(await forge(await standard(), [], (drafts) => move(drafts, 18, 19))),
  },
  {
    name: 'a ballot is dropped from the published file',
    fails: 'log',
    at: BUNDLE,
    make: async () => {
      const other = await forge(await standard(), [], (drafts) => drafts.splice(18, 1) && undefined);
      const bundle = await other.read(`${BUNDLE}${other.tree.size}`);
      return withFile(BUNDLE, () => bundle);
    },
  },
  {
    name: 'a bundle of entries is missing',
    fails: 'log',
    at: BUNDLE,
    make: () => withFile(BUNDLE, () => undefined),
  },
  {
    name: 'a hash tile is edited',
    fails: 'log',
    at: 'tile/0/000.p/',
    make: () => withFile('tile/0/', (bytes) => bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte))),
  },
  {
    name: 'the checkpoint is signed again over other content',
    fails: 'log',
    at: 'tile/entries',
    make: async () => {
      const other = await forge(await standard(), [], (drafts) => flip(draftOf(drafts, 'ballot').entry));
      return withFile('checkpoint', () => other.checkpoint());
    },
  },
  {
    name: 'the checkpoint is signed by another key',
    fails: 'log',
    at: 'checkpoint',
    make: async () => {
      const { record, plan } = await standard();
      const other = new MemoryRecord(record.origin, keyOf(plan.seed, 'box'), record.entries);
      return withFile('checkpoint', () => other.checkpoint());
    },
  },
  {
    name: 'the checkpoint is no note',
    fails: 'log',
    at: 'checkpoint',
    make: () => withFile('checkpoint', () => toUtf8('not a checkpoint\n')),
  },
  {
    name: 'the roll’s file is edited',
    fails: 'roll',
    at: 'blob/',
    make: async () => {
      const { box } = await standard();
      const name = box.state.roll?.body.blob.sha256 ?? '';
      return withFile(`blob/${name}`, (bytes) => editedDocument(bytes, (roll) => (roll['v'] = 2)));
    },
  },
  {
    name: 'the texts are replaced',
    fails: 'rules',
    at: 'blob/',
    make: async () => {
      const { manifest } = await standard();
      const name = manifest.body.texts[0]?.blob.sha256 ?? '';
      return withFile(`blob/${name}`, (bytes) =>
        editedDocument(bytes, (texts) => (texts['title'] = 'Another question')),
      );
    },
  },
];
