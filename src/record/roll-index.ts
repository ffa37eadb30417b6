/**
 * The roll as the log's rules need it: who has which voter number, college and weight (docs/protocol.md §4.2).
 * About 45 bytes a voter, so that a million fit beside a running ballot box.
 */
import { type Bytes, equalBytes, fromBase64Url } from '../crypto/bytes.ts';
import { compareBytes } from '../roll/order.ts';
import type { RollDocument } from '../roll/roll-document.ts';
import { RecordError } from './errors.ts';

const KEY_BYTES = 32;

export interface Voter {
  /** The place on the roll, from 1. */
  readonly voter: number;
  readonly college: string;
  readonly weight: number;
}

export class RollIndex {
  /** The number of voters. */
  readonly size: number;
  readonly #keys: Uint8Array;
  readonly #colleges: readonly string[];
  readonly #collegeOf: Uint16Array;
  readonly #weights: Float64Array;

  /** @throws RecordError `bad-field` with the first line whose P is not above the one before. */
  constructor({ lines }: Pick<RollDocument, 'lines'>) {
    this.size = lines.length;
    this.#keys = new Uint8Array(KEY_BYTES * lines.length);
    this.#collegeOf = new Uint16Array(lines.length);
    this.#weights = new Float64Array(lines.length);
    const places = new Map<string, number>();
    for (const [i, { P, college, weight }] of lines.entries()) {
      this.#keys.set(fromBase64Url(P), KEY_BYTES * i);
      if (i > 0 && compareBytes(this.#key(i - 1), this.#key(i)) >= 0) {
        throw new RecordError('bad-field', `lines[${i}].P`, 'not above the one before');
      }
      const place = places.get(college) ?? places.size;
      places.set(college, place);
      this.#collegeOf[i] = place;
      this.#weights[i] = weight;
    }
    if (places.size > 1000) throw new RecordError('bad-field', 'lines', 'more than 1000 colleges');
    this.#colleges = [...places.keys()];
  }

  #key(i: number): Bytes {
    return this.#keys.subarray(KEY_BYTES * i, KEY_BYTES * (i + 1));
  }

  /** The line of a voter number. */
  at(voter: number): Voter | undefined {
    const college = this.#colleges[this.#collegeOf[voter - 1] ?? -1];
    const weight = this.#weights[voter - 1];
    return college === undefined || weight === undefined ? undefined : { voter, college, weight };
  }

  /** P of a voter number, as a view. */
  keyOf(voter: number): Bytes | undefined {
    return voter >= 1 && voter <= this.size ? this.#key(voter - 1) : undefined;
  }

  /** The line of a public key, in base64url of 32 bytes. */
  find(P: string): Voter | undefined {
    const key = fromBase64Url(P, 'P');
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (compareBytes(this.#key(middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low < this.size && equalBytes(this.#key(low), key) ? this.at(low + 1) : undefined;
  }
}
