import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../src/board/checkpoint.ts';
import { addCosignature } from '../../src/board/cosignature.ts';
import { BoardError } from '../../src/board/errors.ts';
import { checkHashTiles, readEntries } from '../../src/board/log-reader.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, toUtf8 } from '../../src/crypto/bytes.ts';
import { generateSigningKey } from '../../src/crypto/ed25519.ts';
import { encodeEntry, parseDocument } from '../../src/record/envelope.ts';
import { RecordError } from '../../src/record/errors.ts';
import { MemoryBallotBox } from '../../src/record/memory-ballot-box.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import {
  blobPath,
  blobsOf,
  nameBlob,
  type RecordSource,
  readBlob,
  readCheckpoint,
  readManifest,
  tilePaths,
} from '../../src/record/record-source.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { F, keys, manifestBody, ORIGIN, rollOf } from './elections.ts';
import { electionUntil } from './honest-election.ts';

const election = await electionUntil('result');
const { record } = election.box;

async function errorOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof RecordError || error instanceof BoardError) return `${error.code} ${error.where}`;
    throw error;
  }
  return 'none';
}

async function readAll(source: RecordSource, checkpoint: Checkpoint): Promise<Bytes[]> {
  const all: Bytes[] = [];
  for await (const { bytes } of readEntries(source, checkpoint)) all.push(bytes);
  return all;
}

const recordOf = (entries: readonly Bytes[], key = keys.log) => new MemoryRecord(ORIGIN, key, entries);

describe('a record in memory, read as it would be published', () => {
  test('manifest, checkpoint, entries and tiles', async () => {
    const { entry, election: name, bytes } = await readManifest(record);
    expect(entry.body).toStrictEqual(manifestBody());
    expect(name).toBe(election.state.election);
    expect(bytes).toStrictEqual(election.entries[0]);
    const { checkpoint } = await readCheckpoint(record, entry.body);
    expect(checkpoint.size).toBe(election.entries.length);
    const read = await readAll(record, checkpoint);
    expect(read).toStrictEqual(election.entries);
    await checkHashTiles(record, checkpoint.size, record.tree.node);
  });

  test('every tile path has a tile, and no other path', async () => {
    const paths = [...tilePaths(election.entries.length)];
    expect(paths).toStrictEqual(['tile/0/000.p/31', 'tile/entries/000.p/31']);
    for (const path of paths) expect(await record.read(path)).toBeInstanceOf(Uint8Array);
    expect(await record.read('tile/entries/000.p/30')).toBeInstanceOf(Uint8Array);
    for (const path of [
      'tile/entries/000',
      'tile/0/001',
      'tile/../checkpoint',
      'blob/x',
      '',
      'witnessed/5',
    ]) {
      expect(await record.read(path)).toBeUndefined();
    }
  });

  test('more entries than one bundle', async () => {
    const many = await electionUntil('opening');
    for (let n = 0; n < 300; n += 1) await many.append(many.ballot(1 + (n % 6)), F(String(n)));
    const { checkpoint } = await readCheckpoint(many.box.record, many.state.manifest);
    const read = await readAll(many.box.record, checkpoint);
    expect(read).toStrictEqual(many.entries);
    await checkHashTiles(many.box.record, checkpoint.size, many.box.record.tree.node);
  });

  test('the roll, by the name in its entry', async () => {
    const { roll } = election.state;
    expect(roll).not.toBeNull();
    const bytes = await readBlob(record, roll?.body.blob ?? nameBlob(toUtf8('')));
    expect(parseDocument(rollDocument, bytes)).toStrictEqual(rollOf(election.state.election));
  });

  test('which blobs an entry names', () => {
    const named = ['manifest', 'join', 'roll', 'opening', 'ballot', 'tally', 'shares', 'result'] as const;
    const counts = named.map((type) => {
      const entry = [...election.all()].find((candidate) => candidate.type === type);
      return entry && blobsOf(entry).length;
    });
    expect(counts).toStrictEqual([1, 0, 1, 0, 0, 1, 1, 1]);
  });
});

describe('a record that is not as it should be', () => {
  test('without a checkpoint', async () => {
    expect(await errorOf(() => readManifest({ read: async () => undefined }))).toBe('missing checkpoint');
  });

  test('without its bundle', async () => {
    const source = {
      read: (path: string) => (path === 'checkpoint' ? record.read(path) : Promise.resolve(undefined)),
    };
    expect(await errorOf(() => readManifest(source))).toMatch(/^missing tile\/entries/);
  });

  test('with a first entry that is no manifest, or none', async () => {
    expect(await errorOf(() => readManifest(recordOf(election.entries.slice(1))))).toBe('no-manifest type');
    expect(await errorOf(() => readManifest(recordOf([])))).toBe('no-manifest tile/entries');
    expect(await errorOf(() => readManifest(recordOf([toUtf8('{}')])))).toBe('bad-field type');
  });

  test('with a checkpoint that another key has signed', async () => {
    const forged = recordOf(election.entries, generateSigningKey());
    expect(await errorOf(() => readCheckpoint(forged, manifestBody()))).toMatch(/^(unsigned|bad-signature)/);
  });

  test('with a checkpoint that is no note', async () => {
    const garbled = recordOf(election.entries);
    garbled.files.set('checkpoint', toUtf8('hello'));
    expect(await errorOf(() => readManifest(garbled))).toMatch(/^bad-encoding/);
  });

  test('with other entries than its checkpoint (R1)', async () => {
    const changed = recordOf(election.entries.toSpliced(18, 1));
    changed.files.set('checkpoint', record.checkpoint());
    const { checkpoint } = await readCheckpoint(changed, manifestBody());
    expect(await errorOf(() => readAll(changed, checkpoint))).toMatch(/^(missing|wrong-hash)/);
  });
});

describe('a blob', () => {
  const bytes = toUtf8('a blob');
  const name = nameBlob(bytes);
  const holding = (content: Bytes | undefined) => ({ read: () => Promise.resolve(content) });

  test('is the one that its name says', async () => {
    const own = recordOf([]);
    expect(own.addBlob(bytes)).toStrictEqual(name);
    expect(await readBlob(own, name)).toStrictEqual(bytes);
    expect(own.files.get(blobPath(name.sha256))).toStrictEqual(bytes);
  });

  test('may be missing, longer, or another', async () => {
    expect(await errorOf(() => readBlob(holding(undefined), name))).toBe(`missing-blob blob/${name.sha256}`);
    expect(await errorOf(() => readBlob(holding(toUtf8('a blob!')), name))).toBe(
      `wrong-blob blob/${name.sha256}`,
    );
    expect(await errorOf(() => readBlob(holding(toUtf8('A blob')), name))).toBe(
      `wrong-blob blob/${name.sha256}`,
    );
    expect(await errorOf(() => readBlob(holding(bytes), { ...name, bytes: 5 }))).toBe(
      `wrong-blob blob/${name.sha256}`,
    );
  });
});

describe('a ballot box in memory', () => {
  test('takes no manifest that its officer has not signed', async () => {
    const { entry } = await readManifest(record);
    const [sig] = entry.sigs;
    const forged = { ...entry, sigs: sig ? [{ ...sig, i: 2 }] : [] };
    expect(() => new MemoryBallotBox(forged, keys.log)).toThrow('authority/bad-signature');
  });

  test('takes no roll without its blob, or with lines out of order, and is then as before', async () => {
    const before = await electionUntil('commits');
    const lines = rollOf(before.state.election).lines.toReversed();
    const blob = before.box.addBlob(encodeCanonical({ ...rollOf(before.state.election), lines }));
    const size = before.entries.length;
    expect(await errorOf(() => before.append(before.roll({ blob: nameBlob(toUtf8('none')) })))).toMatch(
      /^missing-blob/,
    );
    expect(await errorOf(() => before.append(before.roll({ blob })))).toBe('bad-field lines[1].P');
    expect(before.entries).toHaveLength(size);
    expect(before.state.voters).toBeNull();
    await before.append(before.roll());
    expect(before.state.voters?.size).toBe(6);
  });

  test('serves what a test puts in the place of a file', async () => {
    const cosigned = recordOf(election.entries);
    const note = addCosignature(cosigned.checkpoint(), 'witness.example', generateSigningKey(), 1500);
    cosigned.files.set('checkpoint', note);
    expect((await readCheckpoint(cosigned, manifestBody())).note).toStrictEqual(note);
    cosigned.appendUnchecked(encodeEntry(election.ballot(1)));
    expect(cosigned.entries).toHaveLength(election.entries.length + 1);
  });
});
