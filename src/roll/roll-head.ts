/**
 * The head of the Merkle tree over the lines of a roll (docs/protocol.md §4.2), as roll-tree.ts has it, by some hundred
 * hashes at a time: for rolls of millions.
 */
import { hashPairs } from '../board/hash-pairs.ts';
import { EMPTY_ROOT, HASH_BYTES } from '../board/merkle.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, concat, writeBase64Url } from '../crypto/bytes.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { FlatLines, type Roll } from './flat-lines.ts';

const LEAF = Uint8Array.of(0x00);
const BATCH = 512;
/** Of a leaf: 0x00, then `{"P":"`, then the digits of P. */
const DIGITS_AT = 7;

/** Lines of one kind, which differ in P alone. */
class Leaves {
  readonly #size: number;
  readonly #keys: Bytes;
  readonly #hashes: Bytes;
  readonly #places: number[] = [];
  #messages: Bytes;

  constructor(template: Bytes, keys: Bytes, hashes: Bytes) {
    this.#size = template.length;
    this.#keys = keys;
    this.#hashes = hashes;
    this.#messages = template;
  }

  add(place: number): void {
    const n = this.#places.push(place);
    if (n * this.#size > this.#messages.length) this.#makeRoom();
    writeBase64Url(
      this.#keys,
      place * ELEMENT_BYTES,
      ELEMENT_BYTES,
      this.#messages,
      (n - 1) * this.#size + DIGITS_AT,
    );
    if (n === BATCH) this.settle();
  }

  /** For twice as many: the digits of P are overwritten. */
  #makeRoom(): void {
    this.#messages = concat(this.#messages, this.#messages);
  }

  settle(): void {
    const n = this.#places.length;
    if (n === 0) return;
    const hashes = wasmKernel.hashEach(this.#messages.subarray(0, n * this.#size), this.#size, 'sha256');
    this.#places.forEach((place, i) =>
      this.#hashes.set(hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES), place * HASH_BYTES),
    );
    this.#places.length = 0;
  }
}

/** The leaf hashes of all lines in order, 32 bytes each. */
export function lineHashes({ lines: all }: Pick<Roll, 'lines'>): Bytes {
  const lines = FlatLines.of(all);
  const hashes = new Uint8Array(lines.length * HASH_BYTES);
  const kinds = new Map<number, Leaves>();
  lines.kindOf.forEach((kind, place) => {
    const line = kinds.has(kind) ? undefined : lines.at(place);
    if (line !== undefined)
      kinds.set(kind, new Leaves(concat(LEAF, encodeCanonical(line)), lines.keys, hashes));
    kinds.get(kind)?.add(place);
  });
  for (const leaves of kinds.values()) leaves.settle();
  return hashes;
}

/** Hashes pairs of neighbours, in place; one left over at the end goes up as it is. @returns how many there are now. */
function halve(hashes: Bytes, count: number): number {
  const pairs = Math.floor(count / 2);
  for (let at = 0; at < pairs; at += BATCH) {
    const end = Math.min(pairs, at + BATCH);
    hashes.set(hashPairs(hashes.subarray(2 * HASH_BYTES * at, 2 * HASH_BYTES * end)), at * HASH_BYTES);
  }
  if (count % 2 === 1) hashes.copyWithin(pairs * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES);
  return pairs + (count % 2);
}

/** 32 bytes. */
export function rollHead(roll: Pick<Roll, 'lines'>): Bytes {
  const hashes = lineHashes(roll);
  let count = roll.lines.length;
  while (count > 1) count = halve(hashes, count);
  return count === 0 ? EMPTY_ROOT : hashes.slice(0, HASH_BYTES);
}
