/**
 * The count proof: what shows one voter that the ballot is counted, or that nobody voted in the voter's place
 * (docs/protocol.md §9.3). The proof is hostile; the tally's cell comes from a record that was verified.
 *
 * The sums of siblings are taken as they are given: the proof is sound together with one honest full recount.
 */
import { z } from 'zod';
import { MAX_VALUES } from '../ballot/ballot-limits.ts';
import type { Contest } from '../ballot/manifest.ts';
import { base64urlOfMany, hash, positive } from '../codec/fields.ts';
import { type Bytes, concat, equalBytes, fromBase64Url, toBase64Url, u64 } from '../crypto/bytes.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import type { TallyCell } from '../record/entries.ts';
import { choiceColumns, ciphertextColumns } from './contest-adder.ts';
import {
  type CountLeaf,
  type CountNode,
  type CountStep,
  type CountTreeContext,
  hashCountLeaf,
  hashCountNode,
} from './count-tree.ts';
import { TallyError } from './errors.ts';
import { type Adder, CHOICE_BYTES } from './sums.ts';

const CONTENT_BYTES = CHOICE_BYTES * MAX_VALUES;
const MAX_STEPS = 32;

export const countProof = z.strictObject({
  v: z.literal(1),
  ctx: hash,
  cell: z.string().max(200),
  /** i and n of §9.3. */
  voter: positive,
  roll: positive,
  /** The counting ballot; null: nobody voted in this voter's place. */
  ballot: z.strictObject({ leaf: hash, content: base64urlOfMany(8, CONTENT_BYTES) }).nullable(),
  /** From the leaf up. */
  path: z
    .array(
      z.strictObject({
        side: z.enum(['left', 'right']),
        leaves: positive,
        hash,
        sums: base64urlOfMany(8, CONTENT_BYTES),
      }),
    )
    .max(MAX_STEPS),
});
export type CountProof = z.infer<typeof countProof>;

/** @param place the leaf's place in the tree, from 0. @throws TallyError `out-of-range`. */
export function proveCount(
  tree: { path(place: number): CountStep[] },
  context: CountTreeContext,
  { voter, ballot }: CountLeaf,
  place: number,
): CountProof {
  return {
    v: 1,
    ctx: toBase64Url(context.ctx),
    cell: context.cell,
    voter,
    roll: context.roll,
    ballot: ballot && { leaf: toBase64Url(ballot.leaf), content: toBase64Url(ballot.content) },
    path: tree.path(place).map(({ side, leaves, hash, sums }) => ({
      side,
      leaves,
      hash: toBase64Url(hash),
      sums: toBase64Url(sums),
    })),
  };
}

/** The largest power of two below n: how many leaves RFC 6962 puts on the left. */
function leftOf(n: number): number {
  let size = 1;
  while (size * 2 < n) size *= 2;
  return size;
}

/**
 * What the path leads to from the leaf: the hashes of all nodes on the way, with their sums added up.
 * @param voters of the cell: no node has more leaves.
 */
function climb<S>(
  adder: Adder<S>,
  voters: number,
  leafHash: Bytes,
  content: Bytes | null,
  path: CountProof['path'],
): CountNode {
  const own = content === null ? adder.zero : adder.read([content])[0];
  let sum = adder.forTree(own ?? adder.zero);
  let node: CountNode = { leaves: 1, hash: leafHash, sums: adder.encode(sum) };
  path.forEach((step, i) => {
    const sibling = { leaves: step.leaves, hash: fromBase64Url(step.hash), sums: fromBase64Url(step.sums) };
    const [left, right] = step.side === 'left' ? [sibling, node] : [node, sibling];
    const leaves = left.leaves + right.leaves;
    if (leaves > voters || left.leaves !== leftOf(leaves)) {
      throw new TallyError('bad-path', `path[${i}].leaves`, 'not the shape of the tree');
    }
    sum = adder.add(sum, adder.parse([sibling.sums])[0] ?? adder.zero);
    node = { leaves, hash: hashCountNode(left, right), sums: adder.encode(sum) };
  });
  return node;
}

/** Whether the path leads to the cell's root, and its sums to the cell's sums. */
function leadsTo<S>(
  adder: Adder<S>,
  cell: TallyCell,
  total: Bytes,
  leafHash: Bytes,
  proof: CountProof,
): boolean {
  const content = proof.ballot && fromBase64Url(proof.ballot.content);
  const top = climb(adder, cell.voters, leafHash, content, proof.path);
  const sums = adder.parse([total]).map(adder.forTree).map(adder.encode)[0];
  return (
    top.leaves === cell.voters &&
    equalBytes(top.hash, fromBase64Url(cell.root)) &&
    equalBytes(top.sums, sums ?? new Uint8Array())
  );
}

/**
 * Checks that this voter is counted in this cell with the ballot that the proof names, or with none.
 * @param expected what the caller knows from the record; `voter` is the reader's own number.
 * @throws TallyError `mismatch` with the field that is about something else; `bad-path` if the proof does not
 * lead to the cell's root and sums; `bad-encoding` for a point that is none, or a count beyond 2^53 − 1.
 */
export function verifyCountProof(
  kernel: Kernel,
  proof: CountProof,
  expected: CountTreeContext & {
    readonly contest: Pick<Contest, 'options' | 'shape'>;
    readonly voter: number;
    readonly tallied: TallyCell;
  },
): void {
  const { tallied, voter } = expected;
  const same: [string, unknown, unknown][] = [
    ['ctx', proof.ctx, toBase64Url(expected.ctx)],
    ['cell', proof.cell, expected.cell],
    ['voter', proof.voter, voter],
    ['roll', proof.roll, expected.roll],
  ];
  for (const [field, given, own] of same) {
    if (given !== own) throw new TallyError('mismatch', field, `${String(given)} instead of ${String(own)}`);
  }
  const ballot = proof.ballot && {
    leaf: fromBase64Url(proof.ballot.leaf),
    content: fromBase64Url(proof.ballot.content),
  };
  const leafHash = hashCountLeaf(expected, { voter, ballot });
  const holds =
    tallied.mode === 'secret'
      ? leadsTo(
          ciphertextColumns(kernel, expected.contest),
          tallied,
          fromBase64Url(tallied.sums),
          leafHash,
          proof,
        )
      : leadsTo(
          choiceColumns(expected.contest),
          tallied,
          concat(...tallied.counts.map((n) => u64(n))),
          leafHash,
          proof,
        );
  if (!holds) throw new TallyError('bad-path', 'path', 'does not lead to the root of the cell');
}
