/**
 * Receipts: that an entry is in the log, for whoever made it (docs/protocol.md §8.1). They say nothing about a
 * choice. Receipts and later checkpoints to be verified are hostile; the manifest is the one that the reader
 * brought.
 */
import { z } from 'zod';
import type { ManifestBody } from '../ballot/manifest.ts';
import { type Checkpoint, openCheckpoint } from '../board/checkpoint.ts';
import { BoardError } from '../board/errors.ts';
import { type NodeReader, proveInclusion, verifyConsistency, verifyInclusion } from '../board/merkle.ts';
import { parseVerifierKey, type VerifierKey } from '../board/note.ts';
import { count, hash, positive, text } from '../codec/fields.ts';
import { type Bytes, equalBytes, fromBase64Url, fromUtf8, toBase64Url, toUtf8 } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/errors.ts';
import type { Entry } from './entries.ts';
import { entryLeaf, parseEntry } from './envelope.ts';
import { RecordError } from './errors.ts';

export const receipt = z.strictObject({
  v: z.literal(1),
  origin: text(120),
  /** Of ballots, checks and closings; null for entries without one. */
  ctx: hash.nullable(),
  /** Voter number, of ballots and checks. */
  voter: positive.nullable(),
  type: text(20),
  index: count,
  leaf: hash,
  /** The inclusion proof, from the leaf to the root. */
  proof: z.array(hash).max(64),
  /** The text of the checkpoint as a signed note. */
  checkpoint: text(100_000),
});
export type Receipt = z.infer<typeof receipt>;

function contextOf({ body }: Entry): string | null {
  return 'ctx' in body ? body.ctx : null;
}

/** @param note the checkpoint, signed, of a tree of `size` entries whose subtrees `node` reads. */
export function makeReceipt(
  { entry, leaf, index, voter }: { entry: Entry; leaf: Bytes; index: number; voter: number | null },
  { note, origin, size, node }: { note: Bytes; origin: string; size: number; node: NodeReader },
): Receipt {
  return {
    v: 1,
    origin,
    ctx: contextOf(entry),
    voter,
    type: entry.type,
    index,
    leaf: toBase64Url(leaf),
    proof: proveInclusion(node, index, size).map(toBase64Url),
    checkpoint: fromUtf8(note),
  };
}

/** What a receipt must hold for. */
export interface ReceiptSubject {
  readonly manifest: ManifestBody;
  /** The published bytes of the entry that was sent. */
  readonly bytes: Bytes;
  /** The voter number from the letter; null for an entry of a role. */
  readonly voter: number | null;
}

/**
 * Verifies that the log's checkpoint in the receipt covers the entry with these bytes, and that everything the
 * receipt says besides is true of it. Whether witnesses have cosigned is not asked.
 * @returns the checkpoint, for the reader to keep.
 * @throws RecordError `bad-receipt` with the field; as `parseEntry` does for the reader's own bytes.
 */
export function verifyReceipt(given: Receipt, { manifest, bytes, voter }: ReceiptSubject): Checkpoint {
  const entry = parseEntry(bytes);
  const leaf = entryLeaf(bytes);
  const expected = {
    origin: manifest.origin,
    ctx: contextOf(entry),
    voter,
    type: entry.type,
    leaf: toBase64Url(leaf),
  };
  for (const field of ['origin', 'ctx', 'voter', 'type', 'leaf'] as const) {
    if (given[field] !== expected[field]) {
      throw new RecordError('bad-receipt', field, `${given[field]} instead of ${expected[field]}`);
    }
  }
  return verifyInLog(given, manifest);
}

/**
 * Verifies that the log's checkpoint in the receipt covers the leaf that it names. What it says of that leaf besides is
 * not verified: whoever has the entry's bytes uses `verifyReceipt`.
 * @throws RecordError `bad-receipt` with the field.
 */
export function verifyInLog(
  given: Pick<Receipt, 'leaf' | 'index' | 'proof' | 'checkpoint'>,
  manifest: ManifestBody,
): Checkpoint {
  const proof = given.proof.map((text) => fromBase64Url(text));
  const checkpoint = verifying('checkpoint', () => openOnce(given.checkpoint, manifest.log));
  const leaf = fromBase64Url(given.leaf);
  verifying('proof', () => verifyInclusion(leaf, given.index, checkpoint.size, checkpoint.root, proof));
  return checkpoint;
}

/** The log that was asked about last, and the checkpoint of it that was opened: one covers many receipts of a rush. */
interface KnownLog {
  readonly name: string;
  readonly key: VerifierKey;
  readonly opened: { readonly note: string; readonly checkpoint: Checkpoint } | null;
}
let known: KnownLog | null = null;

/** The checkpoint in a note. The signature under one and the same text is verified once. @param name the log's key. */
function openOnce(note: string, name: string): Checkpoint {
  if (known?.name !== name) known = { name, key: parseVerifierKey(name), opened: null };
  if (known.opened?.note === note) return known.opened.checkpoint;
  const checkpoint = openCheckpoint(toUtf8(note), known.key);
  known = { ...known, opened: { note, checkpoint } };
  return checkpoint;
}

/** What `verify` returns, errors of the rooms below turned into `bad-receipt`. */
function verifying<T>(where: string, verify: () => T): T {
  try {
    return verify();
  } catch (error) {
    if (error instanceof BoardError || error instanceof CryptoError) {
      throw new RecordError('bad-receipt', where, error.message);
    }
    throw error;
  }
}

/**
 * Verifies that the log that a reader saw earlier is a prefix of the one it sees now. Both checkpoints have been
 * opened under the log's key.
 * @throws RecordError `split-view` for two roots of one size, both signed by the log; `not-extended` for another
 * log, a shorter one, or a proof that does not hold.
 */
export function verifyNewerCheckpoint(older: Checkpoint, newer: Checkpoint, proof: readonly Bytes[]): void {
  if (older.origin !== newer.origin) {
    throw new RecordError('not-extended', 'origin', `${newer.origin} is another log than ${older.origin}`);
  }
  if (older.size === newer.size && !equalBytes(older.root, newer.root)) {
    throw new RecordError('split-view', 'root', `two roots of the log at size ${older.size}`);
  }
  if (older.size === 0) return;
  try {
    verifyConsistency(older.size, newer.size, older.root, newer.root, proof);
  } catch (error) {
    if (error instanceof BoardError) throw new RecordError('not-extended', error.where, error.message);
    throw error;
  }
}
