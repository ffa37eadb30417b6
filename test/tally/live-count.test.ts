/** The count of an open election is, at any time, that of the ballots that count then. */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import type { College, Contest } from '../../src/ballot/manifest.ts';
import { type Bytes, concat, toBase64Url, u64 } from '../../src/crypto/bytes.ts';
import { wasmKernel as kernel } from '../../src/crypto/kernel/wasm.ts';
import { cellsOf } from '../../src/tally/cells.ts';
import { LiveCount } from '../../src/tally/live-count.ts';
import { type CountingBallot, recomputeTally } from '../../src/tally/tally-document.ts';

const VOTERS = 600;
const contest = (id: string, colleges: string[]): Contest => ({
  id,
  colleges,
  options: ['for', 'against'],
  shape: { kind: 'choose', min: 1, max: 1, blank: false },
});
const college = (id: string, mode: College['mode']): College => ({
  id,
  mode,
  weights: [1],
  entitlement: null,
});
const cells = cellsOf(
  {
    colleges: [college('members', 'secret'), college('board', 'recorded')],
    contests: [contest('motion', ['members', 'board']), contest('rules', ['members'])],
  },
  Array.from({ length: VOTERS }, (_, i) => ({ college: i % 5 === 0 ? 'board' : 'members', weight: 1 })),
);
const isOnRecord = (voter: number): boolean => (voter - 1) % 5 === 0;
const points = Array.from({ length: 9 }, (_, i) => ristretto255.Point.BASE.multiply(BigInt(i + 2)).toBytes());
const ciphertexts = (seed: number): Bytes =>
  concat(...[0, 1, 2, 3].map((i) => points[(seed + i * i) % 9] ?? new Uint8Array(32)));

function ballot(voter: number, time: number): CountingBallot {
  const leaf = new Uint8Array(32);
  new DataView(leaf.buffer).setUint32(0, voter);
  leaf[31] = time;
  const contents = isOnRecord(voter)
    ? { motion: concat(u64((voter + time) % 2), u64((voter + time + 1) % 2)) }
    : { motion: ciphertexts(voter + time), rules: ciphertexts(voter * 2 + time) };
  return { leaf, contents: new Map(Object.entries(contents)) };
}

const basis = {
  election: toBase64Url(new Uint8Array(32).fill(1)),
  ctx: toBase64Url(new Uint8Array(32).fill(2)),
  cells,
  roll: VOTERS,
};
const closing = toBase64Url(new Uint8Array(32).fill(3));
const fresh = (ballots: ReadonlyMap<number, CountingBallot>): Bytes =>
  recomputeTally(kernel, { ...basis, closing, ballotOf: (voter) => ballots.get(voter) }).bytes;

describe('a count that is kept up', () => {
  test('is the count of the last ballots, whenever it was refreshed', () => {
    const ballots = new Map<number, CountingBallot>();
    for (let voter = 1; voter <= VOTERS; voter += 3) ballots.set(voter, ballot(voter, 1));
    const live = new LiveCount(kernel, basis, ballots);
    expect(live.tally(closing, cells).bytes).toEqual(fresh(ballots));
    for (const [voter, time] of [
      [1, 2],
      [2, 2],
      [7, 2],
      [7, 3],
      [600, 2],
      [300, 2],
      [301, 9],
    ] as const) {
      ballots.set(voter, ballot(voter, time));
      live.take(voter, ballot(voter, time));
      if (voter === 7) while (!live.refresh());
    }
    expect(live.tally(closing, cells).bytes).toEqual(fresh(ballots));
  });

  test('knows whether its ballots are those of the log', () => {
    const leaves = new Uint8Array(32 * VOTERS);
    const live = new LiveCount(kernel, basis, new Map());
    expect(live.isOf(leaves)).toBe(true);
    live.take(5, ballot(5, 1));
    expect(live.isOf(leaves)).toBe(false);
    leaves.set(ballot(5, 1).leaf, 4 * 32);
    expect(live.isOf(leaves)).toBe(true);
    expect(live.isOf(leaves.subarray(32))).toBe(false);
  });

  test('finds a ballot that is in the sum alone, though it adds nothing to it', () => {
    const live = new LiveCount(kernel, basis, new Map());
    const mutable = new Map([...ballot(2, 1).contents, ['rules', new Uint8Array(4 * 32)]]);
    live.take(2, { ...ballot(2, 1), contents: mutable });
    expect(live.tally(closing, cells).trees).toHaveLength(cells.length);
    const other = new LiveCount(kernel, basis, new Map());
    other.take(2, { ...ballot(2, 1), contents: mutable });
    mutable.delete('rules');
    expect(() => other.tally(closing, cells)).toThrow(
      expect.objectContaining({ code: 'mismatch', where: 'rules/members/1' }),
    );
  });

  test('finds that a tree does not come to its sum', () => {
    const live = new LiveCount(kernel, basis, new Map());
    const mutable = new Map(ballot(2, 1).contents);
    live.take(2, { ...ballot(2, 1), contents: mutable });
    mutable.set('rules', ciphertexts(8));
    expect(() => live.tally(closing, cells)).toThrow(
      expect.objectContaining({ code: 'mismatch', where: 'rules/members/1' }),
    );
  });
});
