/** A record read for pages: what roles did not sign has no effect, and what cannot be read is said. */
import { expect, test } from 'vitest';
import { readEntries } from '../../src/board/log-reader.ts';
import { folderSource } from '../../src/cli/sources.ts';
import type { Entry } from '../../src/record/entries.ts';
import { encodeEntry, entryLeaf, parseEntry } from '../../src/record/envelope.ts';
import {
  readBlob,
  readCheckpoint,
  readCheckpointNote,
  readManifest,
} from '../../src/record/record-source.ts';
import type { ReadRecord } from '../../src/web/read-record.ts';
import { RecordReader } from '../../src/web/record-reader.ts';
import { RECORD } from '../cli/teller.ts';

const source = folderSource(RECORD);

async function read(
  change: (entry: Entry) => Entry = (entry) => entry,
  roll: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (bytes) => bytes,
): Promise<ReadRecord> {
  const reader = new RecordReader();
  const { entry: manifest } = await readManifest(source);
  const { checkpoint } = await readCheckpoint(source, manifest.body);
  for await (const { index, bytes } of readEntries(source, checkpoint)) {
    const entry = change(parseEntry(bytes));
    const published = encodeEntry(entry);
    await reader.take({ index, bytes: published, leafHash: entryLeaf(published), entry }, async ({ body }) =>
      roll(new Uint8Array(await readBlob(source, body.blob))),
    );
  }
  return reader.finish({ note: await readCheckpointNote(source), moments: [], disputes: [] }, new Map());
}

test('the worked election: roll, ballots, result', async () => {
  const { state, roll, ballotBytes } = await read();
  expect(state.result).not.toBeNull();
  expect(state.chains.size).toBeGreaterThan(5);
  expect(roll?.bodies.length).toBeGreaterThan(0);
  const open = [...state.chains.firstBallots()].filter(({ voter }) => {
    const college = state.voters?.at(voter)?.college;
    return state.manifest.colleges.some(({ id, mode }) => id === college && mode === 'recorded');
  });
  expect(open.length).toBeGreaterThan(0);
  for (const { index } of open) expect(parseEntry(ballotBytes(index)).type).toBe('ballot');
});

test('a result that the officer has not signed is none', async () => {
  const { state } = await read((entry) =>
    entry.type === 'result' ? { ...entry, body: { ...entry.body, seed: null } } : entry,
  );
  expect(state.tree.size).toBe(45);
  expect(state.result).toBeNull();
});

test('a roll that is none, and a blob that nobody fetched', async () => {
  await expect(read(undefined, () => new TextEncoder().encode('{}'))).rejects.toMatchObject({
    name: 'RecordError',
  });
  const { blob } = await read();
  expect(() => blob('A'.repeat(43))).toThrow(expect.objectContaining({ code: 'missing-blob' }));
});
