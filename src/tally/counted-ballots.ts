/**
 * What the counting ballots of a recount say, by voter number, without an object for any of them. Each voter has a
 * place in one long row of bytes, which may be kept outside of memory: the contents of the ballot, and if it is secret
 * as many bytes of hints for decoding them again (docs/protocol.md §8.2), which are not trusted.
 */
import type { ManifestBody } from '../ballot/manifest.ts';
import { valueCount } from '../ballot/values.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { RollIndex } from '../record/roll-index.ts';
import { CHOICE_BYTES } from './sums.ts';

/** Bytes at places that a program chooses: what was written there is read again. */
export interface Scratch {
  write(at: number, bytes: Bytes): void;
  /** Fills bytes with those that begin at a place: small buffers, two for each of a million ballots, would be much to collect. */
  read(at: number, into: Bytes): void;
}

const BLOCK = 2 ** 18;

/** In memory, as far as it is written to. */
export function memoryScratch(): Scratch {
  const blocks = new Map<number, Bytes>();
  /** Calls `act` for every block that the bytes are in: from `at` in it, `from` to `to` of the bytes. */
  const each = (
    at: number,
    length: number,
    act: (block: number, at: number, from: number, to: number) => void,
  ) => {
    for (let from = 0; from < length; ) {
      const block = Math.floor((at + from) / BLOCK);
      const within = at + from - block * BLOCK;
      const to = Math.min(length, from + BLOCK - within);
      act(block, within, from, to);
      from = to;
    }
  };
  return {
    write: (at, bytes) =>
      each(at, bytes.length, (number, within, from, to) => {
        const block = blocks.get(number) ?? new Uint8Array(BLOCK);
        blocks.set(number, block);
        block.set(bytes.subarray(from, to), within);
      }),
    read: (at, into) =>
      each(at, into.length, (number, within, from, to) => {
        const block = blocks.get(number);
        if (block === undefined) into.fill(0, from, to);
        else into.set(block.subarray(within, within + to - from), from);
      }),
  };
}

/** The ballots of a college and weight: their contests in manifest order, one after another. */
interface Layout {
  readonly isSecret: boolean;
  readonly size: number;
  readonly contests: ReadonlyMap<string, { readonly start: number; readonly length: number }>;
}

function layoutOf(
  { colleges, contests }: Pick<ManifestBody, 'colleges' | 'contests'>,
  name: string,
  weight: number,
) {
  const college = colleges.find(({ id }) => id === name);
  const isSecret = college?.mode !== 'recorded';
  const unit = isSecret ? CIPHERTEXT_BYTES : CHOICE_BYTES;
  let size = 0;
  const places = contests
    .filter((contest) => contest.colleges.includes(name))
    .map((contest) => {
      const start = size;
      const length = valueCount(contest, weight) * unit;
      size += length;
      return [contest.id, { start, length }] as const;
    });
  return { isSecret, size, contests: new Map(places) };
}

const NOTHING: Bytes = new Uint8Array();

export class CountedBallots {
  readonly #manifest: Pick<ManifestBody, 'colleges' | 'contests'>;
  readonly #voters: RollIndex;
  readonly #scratch: Scratch;
  readonly #layouts = new Map<string, Layout>();
  /** Where each voter's ballot begins, by voter number. */
  readonly #starts: Float64Array;
  /** What is being written. */
  #row = new Uint8Array(512);

  constructor(
    manifest: Pick<ManifestBody, 'colleges' | 'contests'>,
    voters: RollIndex,
    scratch: (bytes: number) => Scratch = memoryScratch,
  ) {
    this.#manifest = manifest;
    this.#voters = voters;
    this.#starts = new Float64Array(voters.size + 2);
    for (let voter = 1; voter <= voters.size; voter += 1) {
      const { size, isSecret } = this.#layout(voter) ?? { size: 0, isSecret: false };
      this.#starts[voter + 1] = (this.#starts[voter] ?? 0) + (isSecret ? 2 * size : size);
    }
    this.#scratch = scratch(this.#starts[voters.size + 1] ?? 0);
  }

  #layout(voter: number): Layout | undefined {
    const line = this.#voters.at(voter);
    if (line === undefined) return undefined;
    const name = `${line.college}/${line.weight}`;
    const known = this.#layouts.get(name) ?? layoutOf(this.#manifest, line.college, line.weight);
    this.#layouts.set(name, known);
    return known;
  }

  /**
   * The voter's ballot is this one.
   * @param contents of all its contests, one after another.
   * @param hints of all its points, where there are any.
   */
  set(voter: number, contents: Bytes, hints: Bytes = NOTHING): void {
    const length = hints.length === contents.length ? 2 * contents.length : contents.length;
    if (length > this.#row.length) this.#row = new Uint8Array(2 * length);
    this.#row.set(contents);
    if (length > contents.length) this.#row.set(hints, contents.length);
    this.#scratch.write(this.#starts[voter] ?? 0, this.#row.subarray(0, length));
  }

  /** The bytes of what a ballot of the voter says in a contest. */
  lengthOf(voter: number, contest: string): number {
    return this.#layout(voter)?.contests.get(contest)?.length ?? 0;
  }

  /** What the voter's ballot says in a contest; some bytes or other where there is no ballot. @param into `lengthOf` bytes. */
  readContent(voter: number, contest: string, into: Bytes): void {
    this.#read(voter, contest, 0, into);
  }

  /** As many bytes of hints for it, where it is secret. */
  readHints(voter: number, contest: string, into: Bytes): void {
    const { size, isSecret } = this.#layout(voter) ?? { size: 0, isSecret: false };
    if (isSecret) this.#read(voter, contest, size, into);
  }

  #read(voter: number, contest: string, from: number, into: Bytes): void {
    const place = this.#layout(voter)?.contests.get(contest);
    if (place !== undefined) this.#scratch.read((this.#starts[voter] ?? 0) + from + place.start, into);
  }
}
