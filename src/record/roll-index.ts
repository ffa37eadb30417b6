/**
 * The roll as the log's rules need it: who has which voter number, college and weight (docs/protocol.md §4.2).
 * About 36 bytes a voter and 256 kB, so that a million fit beside a running ballot box.
 */
import { type Bytes, fromBase64Url } from '../crypto/bytes.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import { FlatLines, type Roll } from '../roll/flat-lines.ts';
import { compareBytes } from '../roll/order.ts';
import { RecordError } from './errors.ts';

export interface Voter {
  /** The place on the roll, from 1. */
  readonly voter: number;
  readonly college: string;
  readonly weight: number;
}

/** Who may be put in a voter's place. */
export interface Substitute {
  readonly voter: number;
  readonly name: string | null;
}

const prefixAt = (bytes: Bytes, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

/** Compares the key at a place among others with one, which may have another length. */
function compareAt(keys: Bytes, at: number, key: Bytes): number {
  for (let i = 0; i < ELEMENT_BYTES; i += 1) {
    const difference = (keys[at + i] ?? 0) - (key[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return ELEMENT_BYTES - key.length;
}

export class RollIndex {
  /** The number of voters. */
  readonly size: number;
  readonly #lines: FlatLines;
  /** Of the first two bytes of P: the first line that begins with them, or with more. */
  readonly #starts = new Uint32Array(2 ** 16 + 1);
  /** By P; made when somebody asks. */
  #substitutes: Map<string, Substitute> | undefined;

  /** @throws RecordError `bad-field` with the first line whose P is not above the one before. */
  constructor({ lines }: Pick<Roll, 'lines'>) {
    this.#lines = FlatLines.of(lines);
    this.size = lines.length;
    const { keys } = this.#lines;
    for (let i = 0, next = 0; i <= this.size; i += 1) {
      const prefix = i < this.size ? prefixAt(keys, i * ELEMENT_BYTES) : 2 ** 16;
      for (; next <= prefix; next += 1) this.#starts[next] = i;
    }
    for (let i = 1; i < this.size; i += 1) {
      if (compareBytes(this.#lines.keyAt(i - 1), this.#lines.keyAt(i)) >= 0) {
        throw new RecordError('bad-field', `lines[${i}].P`, 'not above the one before');
      }
    }
  }

  /** The line of a voter number. */
  at(voter: number): Voter | undefined {
    const kind = this.#lines.kindAt(voter - 1);
    return kind && { voter, college: kind.college, weight: kind.weight };
  }

  /** The bodies that a voter's line names. */
  bodiesOf(voter: number): readonly string[] {
    return this.#lines.kindAt(voter - 1)?.bodies ?? [];
  }

  /** P of a voter number, as a view. */
  keyOf(voter: number): Bytes | undefined {
    return voter >= 1 && voter <= this.size ? this.#lines.keyAt(voter - 1) : undefined;
  }

  /** The line of a public key, in base64url of 32 bytes. */
  find(P: string): Voter | undefined {
    return this.findKey(fromBase64Url(P, 'P'));
  }

  /** The line of a public key of 32 bytes. */
  findKey(key: Bytes): Voter | undefined {
    const { keys } = this.#lines;
    const prefix = prefixAt(key, 0);
    let low = this.#starts[prefix] ?? 0;
    let high = this.#starts[prefix + 1] ?? 0;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const order = compareAt(keys, middle * ELEMENT_BYTES, key);
      if (order === 0) return this.at(middle + 1);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  /** Whose substitute holds a key, in base64url. */
  substitute(P: string): Substitute | undefined {
    if (this.#substitutes === undefined) {
      this.#substitutes = new Map();
      for (let voter = 1; voter <= this.size; voter += 1) {
        for (const { P: key, name } of this.#lines.kindAt(voter - 1)?.substitutes ?? []) {
          this.#substitutes.set(key, { voter, name });
        }
      }
    }
    return this.#substitutes.get(P);
  }
}
