/**
 * Gives entries to whoever checks them, chunk by chunk, and takes them in the log's order (walk-entries.ts). What is
 * before the opening waits until the other threads have enough to do: an entry that looks like the opening is taken at
 * its word, and if it turns out to be none, whatever was checked by it is checked again.
 */
import { BallotError } from '../../ballot/errors.ts';
import type { CheckedBallots } from '../../ballot/regular-ballots.ts';
import { type Bytes, toBase64Url } from '../../crypto/bytes.ts';
import { entryLeaf, parseEntry } from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';
import {
  type CheckedEntries,
  type EntryChecker,
  entryAt,
  looksLikeOpening,
  packEntries,
} from '../ballots/check-entries.ts';
import type { Hints } from '../ballots/hints.ts';
import type { EntryWalk } from './walk-entries.ts';

/** Entries that are checked together: larger chunks are no cheaper for each. */
const LARGEST_CHUNK = 1024;
/** In smaller ones, every entry costs more. */
const SMALLEST_CHUNK = 128;
/** More than any ceremony has, and little to keep. */
const MOST_WAITING = 512;

export interface FeedOptions {
  /** How many entries there are said to be. */
  readonly total: number;
  readonly hints?: Hints | undefined;
}

/** A chunk that is being checked, or has been, and is not taken yet. */
interface Asked {
  /** The index of its first entry. */
  readonly start: number;
  readonly entries: number;
  readonly checked: Promise<CheckedEntries>;
  isChecked: boolean;
}

/** Notes when it has been checked. What kept it from that is thrown in its turn, which does not come if something fails before. */
async function note(asked: Asked): Promise<void> {
  asked.isChecked = await asked.checked.then(
    () => true,
    () => false,
  );
}

const NO_HINTS = new Uint8Array();

function hintsOf({ hints, encodingsSize }: CheckedBallots, row: number): Bytes {
  return hints.subarray(row * encodingsSize, (row + 1) * encodingsSize);
}

export class EntryFeed {
  readonly #walk: EntryWalk;
  readonly #options: FeedOptions;
  /** Entries that were given, with that of the manifest. */
  #given = 1;
  /** The latest of them up to the opening, not taken yet; null once nothing waits any more. */
  #waiting: Bytes[] | null = [];
  /** Entries that are to be checked together, the latest of those that were given. */
  #chunk: Bytes[] = [];
  #chunkHints: Bytes[] = [];
  #asked: Asked[] = [];

  constructor(walk: EntryWalk, options: FeedOptions) {
    this.#walk = walk;
    this.#options = options;
  }

  /** The next entry after the manifest. */
  async give(bytes: Bytes, hints: Bytes = NO_HINTS): Promise<void> {
    this.#given += 1;
    const { checker } = this.#walk;
    if (checker !== null) {
      this.#chunk.push(bytes);
      this.#chunkHints.push(hints);
      if (this.#chunk.length >= this.#chunkSize(checker)) await this.#ask(checker);
    } else if (this.#waiting === null) {
      await this.#takeUnchecked(this.#given - 1, bytes);
    } else {
      this.#waiting.push(bytes);
      if (looksLikeOpening(bytes)) this.#expect(bytes);
      if (this.#waiting.length >= MOST_WAITING) await this.#takeWaiting();
    }
  }

  /** To be called after the last entry. */
  async finish(): Promise<void> {
    await this.#takeWaiting();
    const { checker } = this.#walk;
    if (checker !== null && this.#chunk.length > 0) await this.#ask(checker);
    while (this.#asked.length > 0) await this.#settle();
    this.#walk.finish();
  }

  /** Opens what checks, if this may be the opening. */
  #expect(bytes: Bytes): void {
    try {
      const entry = parseEntry(bytes);
      if (entry.type !== 'opening') return;
      const ctx = toBase64Url(entryLeaf(bytes));
      this.#walk.checker = this.#walk.openChecker(ctx, entry.body);
      this.#walk.expected = ctx;
    } catch (error) {
      // Whoever takes it in its turn reports it.
      if (!(error instanceof RecordError || error instanceof BallotError)) throw error;
    }
  }

  async #takeUnchecked(index: number, bytes: Bytes): Promise<void> {
    await this.#walk.takeUnchecked(index, bytes);
    await this.#options.hints?.keep();
  }

  async #takeWaiting(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#waiting = null;
    const first = (this.#asked[0]?.start ?? this.#given - this.#chunk.length) - waiting.length;
    for (const [i, bytes] of waiting.entries()) await this.#takeUnchecked(first + i, bytes);
    const { expected, state } = this.#walk;
    if (expected !== null && state.opening?.leaf !== expected) await this.#giveAgain(first + waiting.length);
  }

  /** Everything from an index on, which was checked against an opening that is none. */
  async #giveAgain(index: number): Promise<void> {
    const again: Bytes[] = [];
    for (const { checked } of this.#asked) {
      const { entries } = await checked;
      for (let i = 0; i + 1 < entries.starts.length; i += 1) again.push(entryAt(entries, i));
    }
    again.push(...this.#chunk);
    this.#asked = [];
    this.#chunk = [];
    this.#chunkHints = [];
    this.#given = index;
    // Had there been a true one before it, that would have been expected.
    this.#walk.expected = null;
    this.#walk.checker = null;
    for (const bytes of again) await this.give(bytes);
  }

  /** The last ones are smaller, so that no thread waits for long. */
  #chunkSize({ width }: EntryChecker): number {
    const left = this.#options.total - this.#given + this.#chunk.length;
    const share = Math.ceil(left / (2 * width));
    return Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, share));
  }

  async #ask(checker: EntryChecker): Promise<void> {
    if (checker.isBusy) {
      await this.#takeWaiting();
      // There may be another checker now, or none, and another chunk.
      if (this.#walk.checker !== checker || this.#chunk.length === 0) return;
    }
    const start = this.#given - this.#chunk.length;
    const checked = checker.check(packEntries(this.#chunk, this.#chunkHints));
    const asked: Asked = { start, entries: this.#chunk.length, checked, isChecked: false };
    void note(asked);
    this.#chunk = [];
    this.#chunkHints = [];
    this.#asked.push(asked);
    while (this.#asked[0]?.isChecked === true || this.#isFull(checker)) await this.#settle();
  }

  /** Small chunks, of the last entries, may be many: whoever checks some never waits for a larger one of another. */
  #isFull({ width }: EntryChecker): boolean {
    return this.#asked.reduce((sum, { entries }) => sum + entries, 0) > width * LARGEST_CHUNK;
  }

  /** Takes the entries of the chunk that was asked for first, in log order. */
  async #settle(): Promise<void> {
    await this.#takeWaiting();
    const first = this.#asked.shift();
    if (first === undefined) return;
    const { start, checked } = first;
    const { entries, groups, others } = await checked;
    const count = entries.starts.length - 1;
    /** Of each place: the number of its group and its row, from 1; 0 where it is in none. */
    const groupOf = new Uint32Array(count);
    const rowOf = new Uint32Array(count);
    groups.forEach((group, number) =>
      group.places.forEach((place, row) => {
        groupOf[place] = number + 1;
        rowOf[place] = row;
      }),
    );
    const votes = new Map(others.map((vote) => [vote.place, vote]));
    let regular = 0;
    for (let place = 0; place < count; place += 1) {
      const group = groups[(groupOf[place] ?? 0) - 1];
      const row = rowOf[place] ?? 0;
      const vote = group === undefined ? votes.get(place) : undefined;
      if (group !== undefined)
        regular += this.#walk.takeRow(start + place, entries, place, group, row) ? 1 : 0;
      else if (vote !== undefined) this.#walk.takeChecked(start + place, vote);
      else await this.#walk.takeUnchecked(start + place, entryAt(entries, place));
      if (this.#options.hints?.keeps === true) await this.#options.hints.keep(group && hintsOf(group, row));
    }
    this.#walk.lookedAtRows(regular);
  }
}
