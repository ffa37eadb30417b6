/** Square-root hints beside a record (docs/protocol.md §8.2): they save time, and change nothing else. */
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../src/crypto/bytes.ts';
import type { SumOfEncoded } from '../../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import type { HintStore } from '../../src/tally/ballots/hints.ts';
import { type Recount, verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { editedDocument, relog } from '../attacks/forge.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';

/** Hints in memory, and what was written to them. */
function store(files = new Map<string, Bytes>()) {
  const written = new Map<string, Bytes>();
  const own: HintStore = {
    read: (path) => Promise.resolve(files.get(path)),
    write: (path, bytes) => Promise.resolve(void written.set(path, bytes)),
  };
  return { own, written };
}

/** A recount, and how many of the points that it decoded came without a hint that served. */
async function recount(source: RecordSource, hints?: HintStore): Promise<{ found: unknown; missed: number }> {
  let missed = 0;
  function countMissed<T>(given: Bytes | undefined, decode: () => T): T {
    const before = given?.slice();
    const decoded = decode();
    for (let at = 0; at < (given?.length ?? 0); at += 32) {
      if (given?.subarray(at, at + 32).some((byte, i) => byte !== before?.[at + i])) missed += 1;
    }
    return decoded;
  }
  const { checks, result, ok }: Recount = await verifyRecord(source, {
    hints,
    kernel: {
      ...wasmKernel,
      decode: (encodings, given) => countMissed(given, () => wasmKernel.decode(encodings, given)),
      sumEncoded: ([bases, ...lists]) => {
        // G and Y, in front, are no points of the record.
        const sum = (): SumOfEncoded =>
          wasmKernel.sumEncoded([...(bases === undefined ? [] : [bases]), ...lists]);
        return lists.reduce(
          (run, { hints: given }) =>
            () =>
              countMissed(given, run),
          sum,
        )();
      },
    },
  });
  return { found: { checks, result, ok }, missed };
}

const { record } = await electionOf(STANDARD);
/** P and T of the ballots in the open, for which no hints are kept. */
const UNHINTED =
  2 *
  record.entries
    .map((bytes) => new TextDecoder().decode(bytes))
    .filter((text) => text.includes('"type":"ballot"') && text.includes('"mode":"recorded"')).length;
const plain = await recount(record);
const first = store();
await recount(record, first.own);
const [path = '', hints = new Uint8Array()] = [...first.written][0] ?? [];

test('one recount makes them, and the next one needs no other', async () => {
  expect([...first.written.keys()]).toEqual([`hints/000.p/${record.entries.length}`]);
  const again = store(first.written);
  const { found, missed } = await recount(record, again.own);
  expect(found).toEqual(plain.found);
  expect(plain.missed).toBeGreaterThan(100);
  expect(missed).toBe(UNHINTED);
  expect(again.written.size).toBe(0);
});

test('who only reads them writes none', async () => {
  const reads: string[] = [];
  const { found, missed } = await recount(record, {
    read: (asked) => Promise.resolve(first.written.get(asked)).finally(() => reads.push(asked)),
  });
  expect([found, missed, reads]).toEqual([plain.found, UNHINTED, [path]]);
});

describe('whatever they are, the recount is the same, and makes them anew', () => {
  test.each<[string, (hints: Bytes) => Bytes]>([
    ['empty', () => new Uint8Array()],
    ['too short', (bytes) => bytes.subarray(0, -1)],
    ['too long', (bytes) => Uint8Array.from([...bytes, 0])],
    ['all zeros', (bytes) => new Uint8Array(bytes.length)],
    ['all ones', (bytes) => new Uint8Array(bytes.length).fill(255)],
    ['shifted by an entry', (bytes) => Uint8Array.from([0, 0, ...bytes.subarray(0, -2)])],
    ['shifted by a byte', (bytes) => Uint8Array.from([...bytes.subarray(1), bytes[0] ?? 0])],
    ['a bit wrong everywhere', (bytes) => bytes.map((byte, i) => (i % 32 === 20 ? byte ^ 4 : byte))],
    ['backwards', (bytes) => bytes.toReversed()],
  ])('%s', async (_, change) => {
    const changed = store(new Map([[path, change(Uint8Array.from(hints))]]));
    const { found } = await recount(record, changed.own);
    expect(found).toEqual(plain.found);
    const healed = await recount(record, store(changed.written).own);
    expect([healed.found, healed.missed]).toEqual([plain.found, UNHINTED]);
  });

  test('that cannot be read', async () => {
    const { found } = await recount(record, { read: () => Promise.reject(new Error('no')) });
    expect(found).toEqual(plain.found);
  });
});

test('right hints for what a bad ballot said before make it no better', async () => {
  const at = record.entries.findIndex((bytes) => new TextDecoder().decode(bytes).includes('"type":"ballot"'));
  const tampered = relog(
    await electionOf(STANDARD),
    record.entries.map((bytes, i) =>
      i === at
        ? editedDocument(bytes, (entry) => {
            const body = entry['body'] as { proof: string };
            body.proof = `${body.proof.slice(0, -44)}${'A'.repeat(43)}${body.proof.slice(-1)}`;
          })
        : bytes,
    ),
  );
  const without = await recount(tampered);
  const { found } = await recount(tampered, store(first.written).own);
  expect(found).toEqual(without.found);
  expect(found).toMatchObject({ ok: false });
});
