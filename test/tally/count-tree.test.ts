/** docs/protocol.md §9.3: the count tree, and the proof that a member is counted or that nobody voted instead. */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import type { Contest } from '../../src/ballot/manifest.ts';
import { type Bytes, concat, toBase64Url, toUtf8, u32, u64 } from '../../src/crypto/bytes.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { TAGS } from '../../src/crypto/tags.ts';
import { hash256 } from '../../src/crypto/transcript.ts';
import type { TallyCell } from '../../src/record/entries.ts';
import { type CountProof, countProof, proveCount, verifyCountProof } from '../../src/tally/count-proof.ts';
import { type CountLeaf, CountTree } from '../../src/tally/count-tree.ts';
import { TallyError } from '../../src/tally/errors.ts';
import { type Adder, choiceAdder, ciphertextAdder, RunningSum, split } from '../../src/tally/sums.ts';

const { Point } = ristretto255;
type Point = InstanceType<typeof Point>;
const OPTIONS = 2;
const CTX = new Uint8Array(32).fill(7);
const context = { ctx: CTX, cell: 'motion/members/1', roll: 1000 };

const CONTEST: Pick<Contest, 'options' | 'shape'> = {
  options: Array.from({ length: OPTIONS }, (_, i) => `option-${i}`),
  shape: { kind: 'score', max: 100 },
};
const expectedOf = (tallied: TallyCell) => ({ ...context, contest: CONTEST, tallied });

/** Any points will do: a tree does not know what they encrypt. */
const points = (seed: number): Point[] =>
  Array.from({ length: 2 * OPTIONS }, (_, i) => Point.BASE.multiplyUnsafe(BigInt(1 + seed * 31 + i * 7)));
const secretContent = (seed: number): Bytes => concat(...points(seed).map((point) => point.toBytes()));
const openContent = (seed: number): Bytes => concat(u64(seed % 3), u64(seed % 2));

function leavesOf(
  n: number,
  content: (seed: number) => Bytes,
  votes = (i: number) => i % 3 !== 1,
): CountLeaf[] {
  return Array.from({ length: n }, (_, i) => ({
    voter: 2 * i + 1,
    ballot: votes(i) ? { leaf: new Uint8Array(32).fill(i), content: content(i % 50) } : null,
  }));
}

interface Reference {
  readonly leaves: number;
  readonly hash: Bytes;
  readonly sums: Bytes;
  readonly total: readonly Point[];
}

/** The definition of the document, top down, over @noble/curves. */
function reference(leaves: readonly CountLeaf[]): Reference {
  const encode = (total: readonly Point[]) => concat(...total.map((point) => point.double().toBytes()));
  const [only, ...others] = leaves;
  if (only !== undefined && others.length === 0) {
    const content = only.ballot?.content ?? new Uint8Array();
    const total =
      only.ballot === null
        ? Array.from({ length: 2 * OPTIONS }, () => Point.ZERO)
        : split(content, 32).map((bytes) => Point.fromBytes(bytes));
    const parts = [
      CTX,
      toUtf8(context.cell),
      u32(only.voter),
      u32(context.roll),
      only.ballot?.leaf ?? new Uint8Array(),
      content,
    ];
    return { leaves: 1, hash: hash256(TAGS.countLeaf, ...parts), sums: encode(total), total };
  }
  let size = 1;
  while (size * 2 < leaves.length) size *= 2;
  const [l, r] = [reference(leaves.slice(0, size)), reference(leaves.slice(size))];
  const total = l.total.map((point, i) => point.add(r.total[i] ?? Point.ZERO));
  const parts = [u32(l.leaves), l.hash, l.sums, u32(r.leaves), r.hash, r.sums];
  return { leaves: leaves.length, hash: hash256(TAGS.countNode, ...parts), sums: encode(total), total };
}

describe('root and sums are those of the definition', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 33, 257])('%i voters', (n) => {
    const leaves = leavesOf(n, secretContent);
    const tree = new CountTree(context, ciphertextAdder(kernel, OPTIONS), leaves);
    const { hash, total } = reference(leaves);
    expect(tree.root).toEqual(hash);
    expect(kernel.encode(tree.total)).toEqual(concat(...total.map((point) => point.toBytes())));
    expect(tree.voters).toBe(n);
    expect(tree.ballots).toBe(leaves.filter(({ ballot }) => ballot !== null).length);
  });

  test('no voters: 32 zero bytes and the identity', () => {
    const tree = new CountTree(context, ciphertextAdder(kernel, OPTIONS), []);
    expect(tree.root).toEqual(new Uint8Array(32));
    expect(kernel.encode(tree.total)).toEqual(new Uint8Array(64 * OPTIONS));
  });

  test('voters but no ballots: the sums are the identity', () => {
    const tree = new CountTree(
      context,
      ciphertextAdder(kernel, OPTIONS),
      leavesOf(5, secretContent, () => false),
    );
    expect(kernel.encode(tree.total)).toEqual(new Uint8Array(64 * OPTIONS));
    expect(tree.ballots).toBe(0);
  });

  test('recorded: integers', () => {
    const leaves = leavesOf(300, openContent, () => true);
    const tree = new CountTree(context, choiceAdder(OPTIONS), leaves);
    const sum = (f: (i: number) => number) => leaves.reduce((total, _, i) => total + f(i % 50), 0);
    expect(tree.total).toEqual([BigInt(sum((i) => i % 3)), BigInt(sum((i) => i % 2))]);
  });

  test('anything that is counted changes the root', () => {
    const leaves = leavesOf(9, secretContent);
    const root = (changed: readonly CountLeaf[], where = context) =>
      toBase64Url(new CountTree(where, ciphertextAdder(kernel, OPTIONS), changed).root);
    const replaced = (place: number, leaf: CountLeaf) => leaves.map((old, i) => (i === place ? leaf : old));
    const none = { voter: 1, ballot: null };
    const roots = [
      root(leaves),
      root(replaced(0, none)),
      root(
        replaced(0, { voter: 1, ballot: { leaf: new Uint8Array(32).fill(99), content: secretContent(0) } }),
      ),
      root(
        replaced(0, { voter: 1, ballot: { leaf: new Uint8Array(32).fill(0), content: secretContent(1) } }),
      ),
      root(replaced(0, { voter: 2, ballot: leaves[0]?.ballot ?? null })),
      root(leaves.toReversed()),
      root(leaves.slice(0, 8)),
      root(leaves, { ...context, roll: 1001 }),
      root(leaves, { ...context, cell: 'motion/members/2' }),
      root(leaves, { ...context, ctx: new Uint8Array(32) }),
    ];
    expect(new Set(roots).size).toBe(roots.length);
  });
});

test('a tree that is touched and counted again is that of its leaves', () => {
  const leaves = leavesOf(700, openContent);
  const tree = new CountTree(context, choiceAdder(OPTIONS), leaves);
  for (const place of [0, 255, 256, 699]) {
    leaves[place] = { voter: 2 * place + 1, ballot: { leaf: CTX, content: openContent(5) } };
    tree.touch(place);
  }
  expect(tree.refresh(2)).toBe(false);
  expect(tree.refresh(2)).toBe(true);
  const fresh = new CountTree(context, choiceAdder(OPTIONS), leaves);
  expect(tree.root).toEqual(fresh.root);
  expect(tree.total).toEqual(fresh.total);
  expect(tree.ballots).toBe(fresh.ballots);
  expect(tree.path(256)).toEqual(fresh.path(256));
});

test('contents that no ballot has are refused by name', () => {
  const adder = ciphertextAdder(kernel, OPTIONS);
  const with1 = (content: Bytes) => [{ voter: 5, ballot: { leaf: CTX, content } }];
  expect(() => new CountTree(context, adder, with1(secretContent(1).slice(64)))).toThrow(
    expect.objectContaining({ code: 'bad-encoding', where: 'voter 5' }),
  );
  const bad = secretContent(1);
  bad[0] = (bad[0] ?? 0) ^ 1;
  expect(() => new CountTree(context, adder, with1(bad))).toThrow(TallyError);
});

test('a running sum replaces superseded ballots', () => {
  const running = new RunningSum(kernel, ciphertextAdder(kernel, OPTIONS));
  running.add(secretContent(1));
  running.add(secretContent(2));
  running.add(secretContent(3), secretContent(1));
  running.add(secretContent(4), secretContent(3));
  const expected = points(2).map((point, i) => point.add(points(4)[i] ?? Point.ZERO).toBytes());
  expect(running.encode()).toEqual(concat(...expected));
  expect(running.ballots).toBe(2);
  expect(() => running.add(secretContent(1).slice(32))).toThrow(TallyError);
});

describe('count proofs', () => {
  function tallied<S>(mode: 'secret' | 'recorded', adder: Adder<S>, leaves: readonly CountLeaf[]) {
    const tree = new CountTree(context, adder, leaves);
    const common = {
      id: context.cell,
      ballots: tree.ballots,
      voters: tree.voters,
      root: toBase64Url(tree.root),
    };
    const sums = adder.encode(tree.total);
    const cell: TallyCell =
      mode === 'secret'
        ? { ...common, mode, sums: toBase64Url(sums) }
        : {
            ...common,
            mode,
            counts: split(sums, 8).map((n) => Number(new DataView(n.buffer, n.byteOffset).getBigUint64(0))),
          };
    const check = (proof: CountProof, voter: number) =>
      verifyCountProof(kernel, countProof.parse(proof), { ...expectedOf(cell), voter });
    return { tree, cell, check };
  }

  test.each([1, 2, 3, 5, 8, 11])('every voter of %i, ballot or none, secret and recorded', (n) => {
    for (const mode of ['secret', 'recorded'] as const) {
      const leaves = leavesOf(n, mode === 'secret' ? secretContent : openContent);
      const { tree, check } =
        mode === 'secret'
          ? tallied(mode, ciphertextAdder(kernel, OPTIONS), leaves)
          : tallied(mode, choiceAdder(OPTIONS), leaves);
      leaves.forEach((leaf, place) => {
        expect(() => check(proveCount(tree, context, leaf, place), leaf.voter)).not.toThrow();
      });
    }
  });

  test('across chunks of the builder', () => {
    const leaves = leavesOf(300, secretContent);
    const { tree, check } = tallied('secret', ciphertextAdder(kernel, OPTIONS), leaves);
    for (const place of [0, 255, 256, 299]) {
      const leaf = leaves[place] ?? { voter: 0, ballot: null };
      expect(() => check(proveCount(tree, context, leaf, place), leaf.voter)).not.toThrow();
    }
  });

  test('a place that is not in the tree', () => {
    const tree = new CountTree(context, choiceAdder(OPTIONS), leavesOf(3, openContent));
    for (const place of [-1, 3, 0.5]) {
      expect(() => tree.path(place)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    }
  });

  const leaves = leavesOf(6, secretContent);
  const { tree, check, cell } = tallied('secret', ciphertextAdder(kernel, OPTIONS), leaves);
  const proofAt = (place: number) =>
    proveCount(tree, context, leaves[place] ?? { voter: 0, ballot: null }, place);
  const good = proofAt(0);
  const step0 = good.path[0];
  if (step0 === undefined) throw new Error('no path');
  const otherSums = good.path[1]?.sums ?? '';

  test.each<[string, CountProof, string]>([
    [
      'a ballot that is not counted',
      { ...good, ballot: good.ballot && { ...good.ballot, leaf: toBase64Url(CTX) } },
      'bad-path',
    ],
    ['"nobody voted" for one who did', { ...good, ballot: null }, 'bad-path'],
    ['a ballot for one who did not', { ...proofAt(1), ballot: good.ballot, voter: 1 }, 'bad-path'],
    [
      'other ciphertexts',
      { ...good, ballot: good.ballot && { ...good.ballot, content: toBase64Url(secretContent(9)) } },
      'bad-path',
    ],
    ['another voter', { ...good, voter: 3 }, 'mismatch'],
    ['another opening', { ...good, ctx: toBase64Url(new Uint8Array(32)) }, 'mismatch'],
    ['another cell', { ...good, cell: 'motion/delegates/1' }, 'mismatch'],
    ['another size of the roll', { ...good, roll: 999 }, 'mismatch'],
    ['a step left out', { ...good, path: good.path.slice(0, -1) }, 'bad-path'],
    ['a step too many', { ...good, path: [...good.path, step0] }, 'bad-path'],
    [
      'a sibling on the other side',
      { ...good, path: [{ ...step0, side: 'left' }, ...good.path.slice(1)] },
      'bad-path',
    ],
    [
      'a sibling of another size',
      { ...good, path: [{ ...step0, leaves: 2 }, ...good.path.slice(1)] },
      'bad-path',
    ],
    [
      'a sibling with other sums',
      { ...good, path: [{ ...step0, sums: otherSums }, ...good.path.slice(1)] },
      'bad-path',
    ],
    [
      'sums that do not decode',
      {
        ...good,
        path: [{ ...step0, sums: toBase64Url(new Uint8Array(128).fill(1)) }, ...good.path.slice(1)],
      },
      'bad-encoding',
    ],
    [
      'sums of another length',
      { ...good, path: [{ ...step0, sums: step0.sums.slice(0, 64) }, ...good.path.slice(1)] },
      'bad-encoding',
    ],
  ])('%s is refused', (_, proof, code) => {
    expect(() => check(proof, 1)).toThrow(expect.objectContaining({ name: 'TallyError', code }));
  });

  test('a path that is larger than the cell, or than any number that is encoded, is refused', () => {
    for (const leaves of [6, 2 ** 31, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      const path = [
        { ...step0, leaves: 1 },
        ...[1, 2, 3].map(() => ({ ...step0, side: 'left' as const, leaves })),
      ];
      expect(() => check({ ...good, path }, 1)).toThrow(
        expect.objectContaining({ name: 'TallyError', code: 'bad-path' }),
      );
    }
  });

  test('counts whose sum would leave 64 bits are refused', () => {
    const open = leavesOf(6, openContent);
    const recorded = tallied('recorded', choiceAdder(OPTIONS), open);
    const first = open[0] ?? { voter: 0, ballot: null };
    const proof = proveCount(recorded.tree, context, first, 0);
    const most = (n: bigint) => ({
      ...proof,
      path: proof.path.map((step) => ({ ...step, sums: toBase64Url(concat(u64(n), u64(n))) })),
    });
    for (const n of [2n ** 64n - 1n, 2n ** 63n, 2n ** 53n]) {
      expect(() => recorded.check(most(n), 1)).toThrow(
        expect.objectContaining({ name: 'TallyError', code: 'bad-encoding' }),
      );
    }
    expect(() => recorded.check(most(2n ** 53n - 1n), 1)).toThrow(
      expect.objectContaining({ name: 'TallyError', code: 'bad-path' }),
    );
    const ballot = first.ballot && {
      leaf: toBase64Url(CTX),
      content: toBase64Url(new Uint8Array(16).fill(255)),
    };
    expect(() => recorded.check({ ...proof, ballot }, 1)).toThrow(
      expect.objectContaining({ name: 'TallyError', code: 'bad-encoding' }),
    );
  });

  test('a tally whose sums are not the tree’s is refused', () => {
    const altered = { ...cell, sums: toBase64Url(secretContent(3)) } as TallyCell;
    expect(() => verifyCountProof(kernel, good, { ...expectedOf(altered), voter: 1 })).toThrow(
      expect.objectContaining({ code: 'bad-path' }),
    );
    const fewer = { ...cell, voters: 5 };
    expect(() => verifyCountProof(kernel, good, { ...expectedOf(fewer), voter: 1 })).toThrow(TallyError);
  });
});
