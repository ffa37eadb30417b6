import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EMPTY_ROOT,
  hashLeaf,
  hashNode,
  proveConsistency,
  proveInclusion,
  treeHead,
  verifyConsistency,
  verifyInclusion,
} from '../../src/board/merkle.ts';
import { MerkleTree } from '../../src/board/merkle-tree.ts';
import { RightEdge } from '../../src/board/right-edge.ts';
import { type Bytes, concat, fromBase64, fromHex, toHex, u64 } from '../../src/crypto/bytes.ts';
import { expectRefusal, flipBit, leaves, refusal, treeOf } from './trees.ts';

const VECTORS = new URL('../vectors/rfc6962-merkle/testdata/', import.meta.url).pathname;

function vectors<T>(kind: string): (T & { desc: string; wantErr: boolean })[] {
  return globSync(`${VECTORS}${kind}/*/*.json`).map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

const hashes = (proof: string[] | null): Bytes[] => (proof ?? []).map((hash) => fromBase64(hash));

/** Expects `verify` to throw a BoardError exactly where the vector says so. */
function expectVerdict(wantErr: boolean, verify: () => void): void {
  if (wantErr) refusal(verify);
  else expect(verify).not.toThrow();
}

const LEAVES = leaves(1500);
const TREE = treeOf(LEAVES);

describe('transparency-dev/merkle vectors', () => {
  test('inclusion proofs, good and bad', () => {
    const cases = vectors<{
      leafIdx: number;
      treeSize: number;
      root: string;
      leafHash: string;
      proof: string[] | null;
    }>('inclusion');
    expect(cases).toHaveLength(31);
    for (const { leafIdx, treeSize, root, leafHash, proof, wantErr } of cases) {
      expectVerdict(wantErr, () =>
        verifyInclusion(fromBase64(leafHash), leafIdx, treeSize, fromBase64(root), hashes(proof)),
      );
    }
  });

  test('consistency proofs, good and bad', () => {
    const cases = vectors<{
      size1: number;
      size2: number;
      root1: string;
      root2: string;
      proof: string[] | null;
    }>('consistency');
    expect(cases).toHaveLength(22);
    for (const { size1, size2, root1, root2, proof, wantErr } of cases) {
      expectVerdict(wantErr, () =>
        verifyConsistency(size1, size2, fromBase64(root1), fromBase64(root2), hashes(proof)),
      );
    }
  });

  test('the proofs made here are those of the vectors', () => {
    // The tree of the vectors: the eight leaves of the Certificate Transparency reference implementation.
    const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
    const tree = treeOf(
      [...entries, '606162636465666768696a6b6c6d6e6f'].map((hex) => hashLeaf(fromHex(hex))),
    );
    expect(toHex(tree.root())).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
    const made = vectors<{
      leafIdx?: number;
      treeSize: number;
      size1: number;
      size2: number;
      proof: string[] | null;
    }>('*')
      .filter(({ wantErr }) => !wantErr)
      .map(({ leafIdx, treeSize, size1, size2, proof }) => [
        leafIdx === undefined
          ? proveConsistency(tree.node, size1, size2)
          : proveInclusion(tree.node, leafIdx, treeSize),
        hashes(proof),
      ]);
    expect(made).toHaveLength(4);
    for (const [own, published] of made) expect(own).toEqual(published);
  });
});

describe('RFC 6962 section 2.1', () => {
  const sha256 = (...parts: Bytes[]): Bytes => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return Uint8Array.from(hash.digest());
  };
  /** MTH(D[n]) over leaf hashes with another implementation of SHA-256. */
  const mth = (d: readonly Bytes[]): Bytes => {
    const [first] = d;
    if (first === undefined) return sha256();
    if (d.length === 1) return first;
    const k = 2 ** (Math.ceil(Math.log2(d.length)) - 1);
    return sha256(Uint8Array.of(1), mth(d.slice(0, k)), mth(d.slice(k)));
  };

  test('hashes of a leaf, a node and nothing', () => {
    const a = Uint8Array.of(1, 2, 3);
    expect(hashLeaf(a)).toEqual(sha256(Uint8Array.of(0), a));
    expect(hashNode(hashLeaf(a), EMPTY_ROOT)).toEqual(sha256(Uint8Array.of(1), hashLeaf(a), EMPTY_ROOT));
    expect(toHex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expectRefusal(() => hashNode(EMPTY_ROOT, a), 'bad-length', 'right');
    expectRefusal(() => hashNode(a, EMPTY_ROOT), 'bad-length', 'left');
  });

  test('tree head, right edge and stored tree agree with the definition at every size to 130', () => {
    const edge = new RightEdge();
    const tree = new MerkleTree();
    for (let size = 0; size <= 130; size += 1) {
      const root = mth(LEAVES.slice(0, size));
      expect(treeHead(LEAVES.slice(0, size))).toEqual(root);
      expect(edge.root()).toEqual(root);
      expect(tree.root()).toEqual(root);
      expect(TREE.root(size)).toEqual(root);
      const next = LEAVES[size] ?? EMPTY_ROOT;
      edge.append(next);
      tree.append(next);
    }
  });

  test('lengths and ranges are checked', () => {
    const short = new Uint8Array(31);
    expectRefusal(() => treeHead([short]), 'bad-length', 'leafHash');
    expectRefusal(() => new MerkleTree().append(short), 'bad-length', 'leafHash');
    expectRefusal(() => new RightEdge().append(short), 'bad-length', 'leafHash');
    expectRefusal(() => TREE.root(1501), 'out-of-range');
    expectRefusal(() => TREE.root(-1), 'out-of-range', 'size');
    expectRefusal(() => TREE.root(1.5), 'out-of-range', 'size');
    expectRefusal(() => TREE.node(0, 1500), 'out-of-range');
    expectRefusal(() => TREE.node(11, 0), 'out-of-range');
    expectRefusal(() => TREE.node(0, -1), 'out-of-range');
    expectRefusal(() => proveInclusion(TREE.node, 5, 5), 'out-of-range', 'index');
    expectRefusal(() => proveInclusion(TREE.node, 0, 0), 'out-of-range', 'size');
    expectRefusal(() => proveConsistency(TREE.node, 0, 5), 'out-of-range', 'first');
    expectRefusal(() => proveConsistency(TREE.node, 6, 5), 'out-of-range', 'first');
    const root = TREE.root(5);
    expectRefusal(() => verifyInclusion(root, 5, 5, root, []), 'out-of-range', 'index');
    expectRefusal(() => verifyInclusion(root, -1, 5, root, []), 'out-of-range', 'index');
    expectRefusal(() => verifyInclusion(root, 0, Number.NaN, root, []), 'out-of-range', 'size');
    expectRefusal(() => verifyInclusion(short, 0, 5, root, []), 'bad-length', 'leafHash');
    expectRefusal(() => verifyInclusion(root, 0, 5, short, []), 'bad-length', 'root');
    expectRefusal(() => verifyInclusion(root, 0, 5, root, [root, short]), 'bad-length', 'proof[1]');
    expectRefusal(() => verifyConsistency(0, 5, root, root, []), 'out-of-range', 'first');
    expectRefusal(() => verifyConsistency(6, 5, root, root, []), 'out-of-range', 'first');
    expectRefusal(() => verifyConsistency(3, 5, short, root, []), 'bad-length', 'firstRoot');
    expectRefusal(() => verifyConsistency(3, 5, root, short, []), 'bad-length', 'secondRoot');
    expectRefusal(() => verifyConsistency(3, 5, root, root, [short]), 'bad-length', 'proof[0]');
    expectRefusal(() => verifyConsistency(4, 5, TREE.root(4), root, []), 'bad-proof', 'proof');
    expectRefusal(() => verifyConsistency(3, 5, TREE.root(3), root, []), 'bad-proof', 'proof');
    expectRefusal(() => verifyConsistency(5, 5, root, root, [root]), 'bad-proof', 'proof');
    expectRefusal(() => verifyConsistency(5, 5, root, TREE.root(4), []), 'bad-proof', 'secondRoot');
  });

  test('a proof longer than the path does not reach the root of a larger tree', () => {
    const [a = EMPTY_ROOT, b = EMPTY_ROOT, c = EMPTY_ROOT] = LEAVES;
    expectRefusal(() => verifyInclusion(b, 0, 1, hashNode(a, b), [a]), 'bad-proof', 'proof[0]');
    const root = hashNode(c, hashNode(a, b));
    expectRefusal(() => verifyInclusion(b, 1, 2, root, [a, c]), 'bad-proof', 'proof[1]');
    expectRefusal(
      () => verifyConsistency(1, 2, a, hashNode(c, hashNode(a, b)), [b, c]),
      'bad-proof',
      'proof',
    );
  });

  test('sizes past 32 bits are no smaller ones', () => {
    // In a tree of 2^40 + 1 the last leaf hangs from the root.
    const [leaf = EMPTY_ROOT, left = EMPTY_ROOT] = LEAVES;
    verifyInclusion(leaf, 2 ** 40, 2 ** 40 + 1, hashNode(left, leaf), [left]);
    verifyConsistency(2 ** 40, 2 ** 40 + 1, left, hashNode(left, leaf), [leaf]);
    expectRefusal(() => verifyInclusion(leaf, 0, 2 ** 40 + 1, hashNode(leaf, left), [left]), 'bad-proof');
  });
});

const size = fc.integer({ min: 1, max: 1500 });
/** A size and a number below it. */
const sizeAndIndex = size.chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n - 1 })));

/** One of the given hashes with one bit flipped; which, and where, is up to `choice`. */
function oneBitOff(all: readonly Bytes[], choice: number): Bytes[] {
  const bit = choice % (all.length * 256);
  const at = Math.floor(bit / 256);
  return all.map((hash, i) => (i === at ? flipBit(hash, bit % 256) : hash));
}

describe('proofs of random trees', () => {
  test('inclusion: the proof verifies; with any bit flipped, hash dropped or added, or index moved it does not', () => {
    fc.assert(
      fc.property(sizeAndIndex, fc.nat(), fc.nat(), ([n, index], choice, other) => {
        const leaf = TREE.node(0, index);
        const root = TREE.root(n);
        const proof = proveInclusion(TREE.node, index, n);
        verifyInclusion(leaf, index, n, root, proof);
        const [badLeaf = leaf, badRoot = root, ...badProof] = oneBitOff([leaf, root, ...proof], choice);
        expectRefusal(() => verifyInclusion(badLeaf, index, n, badRoot, badProof), 'bad-proof');
        expectRefusal(() => verifyInclusion(leaf, index, n, root, [...proof, root]), 'bad-proof');
        if (n > 1) expectRefusal(() => verifyInclusion(leaf, index, n, root, proof.slice(1)), 'bad-proof');
        const moved = other % n;
        if (moved !== index) expectRefusal(() => verifyInclusion(leaf, moved, n, root, proof), 'bad-proof');
        // A size is bound by its root: the proof does not do for the tree of another size.
        const grown = (other % 1500) + 1;
        if (grown > index && grown !== n) {
          expectRefusal(() => verifyInclusion(leaf, index, grown, TREE.root(grown), proof), 'bad-proof');
        }
      }),
    );
  });

  test('consistency: the proof verifies; with any bit flipped, hash dropped or added, or size moved it does not', () => {
    fc.assert(
      fc.property(sizeAndIndex, fc.nat(), fc.nat(), ([n, below], choice, other) => {
        const m = below + 1;
        const [first, second] = [TREE.root(m), TREE.root(n)];
        const proof = proveConsistency(TREE.node, m, n);
        verifyConsistency(m, n, first, second, proof);
        const [badFirst = first, badSecond = second, ...badProof] = oneBitOff(
          [first, second, ...proof],
          choice,
        );
        expectRefusal(() => verifyConsistency(m, n, badFirst, badSecond, badProof), 'bad-proof');
        expectRefusal(() => verifyConsistency(m, n, first, second, [...proof, first]), 'bad-proof');
        if (m === n) return;
        expectRefusal(() => verifyConsistency(m, n, first, second, proof.slice(0, -1)), 'bad-proof');
        expectRefusal(() => verifyConsistency(m, n, second, first, proof), 'bad-proof');
        const moved = (other % n) + 1;
        if (moved !== m) {
          expectRefusal(() => verifyConsistency(moved, n, first, second, proof), 'bad-proof');
          expectRefusal(() => verifyConsistency(moved, n, TREE.root(moved), second, proof), 'bad-proof');
        }
        const grown = (other % 1500) + 1;
        if (grown > m && grown !== n) {
          expectRefusal(() => verifyConsistency(m, grown, first, TREE.root(grown), proof), 'bad-proof');
        }
      }),
    );
  });

  test('every proof of every tree to 33 leaves verifies, and for its own leaf or first size alone', () => {
    for (let n = 1; n <= 33; n += 1) {
      for (let index = 0; index < n; index += 1) {
        const proof = proveInclusion(TREE.node, index, n);
        for (let i = 0; i < n; i += 1) {
          expectVerdict(i !== index, () => verifyInclusion(TREE.node(0, index), i, n, TREE.root(n), proof));
        }
        const path = proveConsistency(TREE.node, index + 1, n);
        for (let m = 1; m <= n; m += 1) {
          expectVerdict(m !== index + 1, () =>
            verifyConsistency(m, n, TREE.root(index + 1), TREE.root(n), path),
          );
        }
      }
    }
  });
});

describe('right edge', () => {
  test('written down and read back at any size, it grows to the same root', () => {
    fc.assert(
      fc.property(sizeAndIndex, ([n, stop]) => {
        const before = new RightEdge();
        for (const leaf of LEAVES.slice(0, stop)) before.append(leaf);
        const after = RightEdge.parse(before.encode());
        expect(after.size).toBe(stop);
        for (const leaf of LEAVES.slice(stop, n)) after.append(leaf);
        expect(after.root()).toEqual(TREE.root(n));
      }),
      { numRuns: 30 },
    );
  });

  test('bytes that no edge has are refused', () => {
    expectRefusal(() => RightEdge.parse(new Uint8Array(7)), 'bad-length');
    expectRefusal(() => RightEdge.parse(u64(1)), 'bad-length');
    expectRefusal(() => RightEdge.parse(concat(u64(3), EMPTY_ROOT)), 'bad-length');
    expectRefusal(() => RightEdge.parse(concat(u64(2), EMPTY_ROOT, EMPTY_ROOT)), 'bad-length');
    expectRefusal(() => RightEdge.parse(concat(u64(1n << 63n), EMPTY_ROOT)), 'out-of-range');
  });
});
