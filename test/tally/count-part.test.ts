/** docs/protocol.md §9.3: a cell that is counted part by part has the root and sums of its whole tree. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, u64 } from '../../src/crypto/bytes.ts';
import type { Points } from '../../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { choiceColumns } from '../../src/tally/contest-adder.ts';
import { CountEdge, type CountPart, countPart, PART } from '../../src/tally/count-part.ts';
import { CountTree } from '../../src/tally/count-tree.ts';
import { memoryScratch } from '../../src/tally/counted-ballots.ts';
import { fileScratch } from '../../src/tally/workers/file-scratch.ts';

const contest = {
  id: 'motion',
  colleges: ['board'],
  options: ['for', 'against'],
  shape: { kind: 'choose', min: 0, max: 2, blank: false },
} as const;
const context = { ctx: new Uint8Array(32).fill(7), cell: 'motion/board/1', roll: 100_000 };
const leaf = new Uint8Array(32).fill(3);
const votes = (i: number): boolean => i % 7 !== 2;
const content = (i: number): Bytes => concat(u64(i % 2), u64(i % 3 === 0 ? 1 : 0));

function partOf(first: number, length: number): CountPart {
  const places = Array.from({ length }, (_, i) => first + i);
  const voted = places.filter(votes);
  return {
    context,
    contest: { ...contest, colleges: [...contest.colleges], options: [...contest.options] },
    mode: 'recorded',
    voters: Uint32Array.from(places, (i) => i + 1),
    leaves: concat(...places.map((i) => (votes(i) ? leaf : new Uint8Array(32)))),
    lengths: Uint32Array.from(places, (i) => (votes(i) ? 16 : 0)),
    contents: concat(...voted.map(content)),
    hints: new Uint8Array(),
  };
}

describe('parts of a cell', () => {
  test.each([0, 1, 300, PART, PART + 1, 3 * PART, 3 * PART + 300])('%i voters', (n) => {
    const adder = choiceColumns({ options: [...contest.options], shape: contest.shape });
    const leaves = Array.from({ length: n }, (_, i) => ({
      voter: i + 1,
      ballot: votes(i) ? { leaf, content: content(i) } : null,
    }));
    const tree = new CountTree(context, adder, leaves);
    const edge = new CountEdge(adder);
    for (let first = 0; first < n; first += PART) {
      edge.push(countPart(wasmKernel, partOf(first, Math.min(PART, n - first))));
    }
    expect(edge.finish()).toEqual({ root: tree.root, total: tree.total });
    expect(edge).toMatchObject({ voters: n, ballots: tree.ballots });
  });
});

test('hints change nothing, whatever is in them', () => {
  const kernel = wasmKernel;
  const multiples = Array.from({ length: 7 }).reduce<Points[]>(
    (all) => [...all, kernel.add(all.at(-1) ?? kernel.generator, kernel.generator)],
    [kernel.generator],
  );
  // Two options, so four points a voter.
  const contents = kernel.encode(kernel.concat(multiples));
  const part = (hints: Bytes): CountPart => ({
    ...partOf(0, 2),
    mode: 'secret',
    lengths: Uint32Array.of(128, 128),
    contents,
    hints,
  });
  const counted = countPart(wasmKernel, part(new Uint8Array()));
  expect(counted.total).not.toEqual(countPart(wasmKernel, partOf(0, 2)).total);
  const garbage = kernel.makeHints(contents).map((byte, i) => (i % 3 === 0 ? 0xff : byte));
  for (const hints of [kernel.makeHints(contents), new Uint8Array(256), garbage, new Uint8Array(9)]) {
    expect(countPart(wasmKernel, part(hints))).toEqual(counted);
  }
});

test.each([
  ['in memory', () => ({ ...memoryScratch(), stop: () => undefined })],
  ['in a file', fileScratch],
])('scratch %s gives back what was written last', (_, make) => {
  const place = fc.nat(3 * 2 ** 18);
  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 400 }))), (writes) => {
      const scratch = make();
      const plain = new Uint8Array(4 * 2 ** 18);
      for (const [at, bytes] of writes) {
        scratch.write(at, bytes);
        plain.set(bytes, at);
      }
      for (const [at, bytes] of writes) {
        const read = new Uint8Array(bytes.length).fill(1);
        scratch.read(at, read);
        expect(read).toStrictEqual(plain.slice(at, at + bytes.length));
      }
      const never = new Uint8Array(9).fill(1);
      scratch.read(4 * 2 ** 18 - 9, never);
      expect(never).toStrictEqual(new Uint8Array(9));
      scratch.stop();
    }),
    { numRuns: 20 },
  );
});
