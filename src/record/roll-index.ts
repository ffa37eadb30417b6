/**
 * The roll as the log's rules need it: who has which voter number, college and weight (docs/protocol.md §4.2).
 * About 36 bytes a voter, so that a million fit beside a running ballot box.
 */
import { type Bytes, equalBytes, fromBase64Url } from '../crypto/bytes.ts';
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

export class RollIndex {
  /** The number of voters. */
  readonly size: number;
  readonly #lines: FlatLines;
  /** By P; made when somebody asks. */
  #substitutes: Map<string, Substitute> | undefined;

  /** @throws RecordError `bad-field` with the first line whose P is not above the one before. */
  constructor({ lines }: Pick<Roll, 'lines'>) {
    this.#lines = FlatLines.of(lines);
    this.size = lines.length;
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
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (compareBytes(this.#lines.keyAt(middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low < this.size && equalBytes(this.#lines.keyAt(low), key) ? this.at(low + 1) : undefined;
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
