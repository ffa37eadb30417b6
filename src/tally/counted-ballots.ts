/**
 * What the counting ballots of a recount say, by voter number, without an object for any of them. Each voter has a
 * place in one long row of bytes, which may be kept outside of memory: the contents of the ballot, and if it is secret
 * as many bytes of hints for decoding them again (docs/protocol.md §8.2), which are not trusted.
 */
import type { ManifestBody } from '../ballot/manifest.ts';
import { valueCount } from '../ballot/values.ts';
import { type Bytes, concat } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { RollIndex } from '../record/roll-index.ts';
import { CHOICE_BYTES } from './sums.ts';

/** Bytes at places that a program chooses: what was written there is read again. */
export interface Scratch {
  write(at: number, bytes: Bytes): void;
  read(at: number, length: number): Bytes;
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
    read: (at, length) => {
      const bytes = new Uint8Array(length);
      each(at, length, (number, within, from, to) => {
        const block = blocks.get(number);
        if (block !== undefined) bytes.set(block.subarray(within, within + to - from), from);
      });
      return bytes;
    },
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
    const bytes = hints.length === contents.length ? concat(contents, hints) : contents;
    this.#scratch.write(this.#starts[voter] ?? 0, bytes);
  }

  /** The bytes of what a ballot of the voter says in a contest. */
  lengthOf(voter: number, contest: string): number {
    return this.#layout(voter)?.contests.get(contest)?.length ?? 0;
  }

  /** What the voter's ballot says in a contest; some bytes or other where there is no ballot. */
  content(voter: number, contest: string): Bytes {
    return this.#read(voter, contest, 0);
  }

  /** As many bytes of hints for it; none where it is open. */
  hints(voter: number, contest: string): Bytes {
    const { size, isSecret } = this.#layout(voter) ?? { size: 0, isSecret: false };
    return isSecret ? this.#read(voter, contest, size) : NOTHING;
  }

  #read(voter: number, contest: string, from: number): Bytes {
    const place = this.#layout(voter)?.contests.get(contest);
    if (place === undefined) return NOTHING;
    return this.#scratch.read((this.#starts[voter] ?? 0) + from + place.start, place.length);
  }
}
