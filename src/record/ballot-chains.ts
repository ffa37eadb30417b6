/**
 * Which ballots each voter has cast, in log order (docs/protocol.md §6.5): 48 bytes a ballot and 4 a voter.
 * Ballots that do not continue their voter's chain are not kept.
 */
import type { Bytes } from '../crypto/bytes.ts';

const FINGERPRINT_BYTES = 32;
const LEAST_ROOM = 64;

/** The array, or one of twice its length with its elements, so that element `i` has room. */
function withRoom<A extends Uint8Array | Uint32Array | Float64Array>(
  array: A,
  length: number,
  make: (n: number) => A,
): A {
  if (length <= array.length) return array;
  const larger = make(2 * array.length);
  larger.set(array);
  return larger;
}

export interface CastBallot {
  /** Its index in the log. */
  readonly index: number;
  readonly fingerprint: Bytes;
}

export class BallotChains {
  #ballots = 0;
  /** Per voter: the number of the latest ballot, from 1; 0: none. */
  readonly #heads: Uint32Array;
  /** Per ballot number: the number of the voter's ballot before it; 0: none. */
  #previous = new Uint32Array(64);
  #voters = new Uint32Array(64);
  #indexes = new Float64Array(64);
  #fingerprints = new Uint8Array(64 * FINGERPRINT_BYTES);

  /** @param voters the number of lines on the roll. */
  constructor(voters: number) {
    this.#heads = new Uint32Array(voters + 1);
    // Room for a ballot of each: memory that is not written to is not taken.
    const room = Math.max(LEAST_ROOM, voters + 1);
    this.#previous = new Uint32Array(room);
    this.#indexes = new Float64Array(room);
    this.#fingerprints = new Uint8Array(room * FINGERPRINT_BYTES);
  }

  /** The ballots in all chains. */
  get size(): number {
    return this.#ballots;
  }

  /** Makes the ballot at `index` of the log the head of the voter's chain. */
  append(voter: number, index: number, fingerprint: Bytes): void {
    this.#ballots += 1;
    const n = this.#ballots;
    this.#previous = withRoom(this.#previous, n + 1, (length) => new Uint32Array(length));
    this.#voters = withRoom(this.#voters, n + 1, (length) => new Uint32Array(length));
    this.#indexes = withRoom(this.#indexes, n + 1, (length) => new Float64Array(length));
    this.#fingerprints = withRoom(
      this.#fingerprints,
      (n + 1) * FINGERPRINT_BYTES,
      (length) => new Uint8Array(length),
    );
    this.#previous[n] = this.#heads[voter] ?? 0;
    this.#voters[n] = voter;
    this.#indexes[n] = index;
    this.#fingerprints.set(fingerprint, n * FINGERPRINT_BYTES);
    this.#heads[voter] = n;
  }

  /** The log index of the voter's counting ballot. */
  head(voter: number): number | undefined {
    const n = this.#heads[voter] ?? 0;
    return n === 0 ? undefined : this.#indexes[n];
  }

  /** The first ballot of each voter, by log index, that is none of the first `known` ballots of all chains, in log order. */
  *firstBallots(known = 0): Generator<{ readonly voter: number; readonly index: number }, void, void> {
    for (let n = known + 1; n <= this.#ballots; n += 1) {
      if (this.#previous[n] === 0) yield { voter: this.#voters[n] ?? 0, index: this.#indexes[n] ?? 0 };
    }
  }

  /** The voter's ballots, latest first. */
  *of(voter: number): Generator<CastBallot, void, void> {
    for (let n = this.#heads[voter] ?? 0; n !== 0; n = this.#previous[n] ?? 0) {
      const at = n * FINGERPRINT_BYTES;
      yield {
        index: this.#indexes[n] ?? 0,
        fingerprint: this.#fingerprints.slice(at, at + FINGERPRINT_BYTES),
      };
    }
  }
}
