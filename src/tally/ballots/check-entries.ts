/**
 * Verdicts on a chunk of entries: ballots of a known form in batches of bytes (regular-ballots.ts), other ballots and
 * checks one by one. It runs in any thread, of a server, a command line or a browser. Entries are hostile.
 */
import { type BallotContext, type BallotSetting, ballotContext } from '../../ballot/ballot-context.ts';
import { type CheckedBallots, type PackedEntries, RegularBallots } from '../../ballot/regular-ballots.ts';
import { type Bytes, toUtf8 } from '../../crypto/bytes.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { type CountedPart, type CountPart, countPart } from '../count-part.ts';
import type { OtherVote, PlacedEntry } from './other-votes.ts';

/** Entries that are in neither list are no ballots or checks, or cannot be read. Plain data. */
export interface CheckedEntries {
  /** As they were given. */
  readonly entries: PackedEntries;
  readonly groups: readonly CheckedBallots[];
  readonly others: readonly OtherVote[];
}

/** Checks entries, in this thread or another. */
export interface EntryChecker {
  /** How many chunks are worth asking for before the first is answered. */
  readonly width: number;
  /** What is asked now keeps this thread busy: the others, if there are any, have enough to do. */
  readonly isBusy: boolean;
  /** Takes the buffers of the entries, and gives them back. @throws whatever kept it from checking. */
  check(entries: PackedEntries): Promise<CheckedEntries>;
  /** Frees what it holds; nothing is asked after that. */
  stop(): Promise<void>;
  /** Counts a part of a count tree. @throws TallyError, or whatever kept it from counting. */
  count(part: CountPart): Promise<CountedPart>;
}

/**
 * Gets ready to check so many entries, or however many there turn out to be; and, as soon as there is an opening, is
 * told what to check them against. The second throws BallotError as `ballotContext` does.
 */
export type StartChecking = (entries: number) => (setting: BallotSetting) => EntryChecker;

/** One after another, and where each begins. */
function pack(parts: readonly Bytes[]): { bytes: Bytes; starts: Uint32Array } {
  const starts = new Uint32Array(parts.length + 1);
  parts.forEach((part, i) => {
    starts[i + 1] = (starts[i] ?? 0) + part.length;
  });
  const bytes = new Uint8Array(starts[parts.length] ?? 0);
  parts.forEach((part, i) => bytes.set(part, starts[i]));
  return { bytes, starts };
}

/** @param hints of each entry, or none of any; an empty one stands for none. */
export function packEntries(entries: readonly Bytes[], hints: readonly Bytes[] = []): PackedEntries {
  const packed = pack(entries);
  return hints.length === entries.length && hints.some(({ length }) => length > 0)
    ? { ...packed, hints: pack(hints) }
    : packed;
}

/** The bytes of an entry, as a view. */
export function entryAt({ bytes, starts }: PackedEntries, place: number): Bytes {
  return bytes.subarray(starts[place], starts[place + 1]);
}

/** In RFC 8785 form an entry ends in its type and version. */
const endOf = (type: 'ballot' | 'check' | 'opening'): Bytes => toUtf8(`"type":"${type}","v":1}`);
const OPENING_END = endOf('opening');
const VOTE_ENDS = [endOf('ballot'), endOf('check')];

function endsIn(bytes: Bytes, end: Bytes): boolean {
  const from = bytes.length - end.length;
  return end.every((byte, i) => bytes[from + i] === byte);
}

export function looksLikeOpening(bytes: Bytes): boolean {
  return endsIn(bytes, OPENING_END);
}

/** What does not is no ballot or check. */
function looksLikeVote(bytes: Bytes): boolean {
  return VOTE_ENDS.some((end) => endsIn(bytes, end));
}

export class EntryCheck {
  readonly #context: BallotContext;
  readonly #kernel: Kernel;
  readonly #regular: RegularBallots;

  /** @throws BallotError as `ballotContext` does. */
  constructor(setting: BallotSetting, kernel: Kernel) {
    this.#context = ballotContext(setting);
    this.#kernel = kernel;
    this.#regular = new RegularBallots(this.#context, kernel);
  }

  async check(entries: PackedEntries): Promise<CheckedEntries> {
    const groups = this.#regular.check(entries);
    const isSettled = new Uint8Array(entries.starts.length - 1);
    for (const { places } of groups) for (const place of places) isSettled[place] = 1;
    const left: PlacedEntry[] = [];
    isSettled.forEach((settled, place) => {
      const bytes = entryAt(entries, place);
      if (settled === 0 && looksLikeVote(bytes)) left.push({ place, bytes });
    });
    if (left.length === 0) return { entries, groups, others: [] };
    // A thread starts in half the time without it, and most never need it.
    const { otherVotes } = await import('./other-votes.ts');
    return { entries, groups, others: otherVotes(this.#context, this.#kernel, left) };
  }
}

/** Checks entries in this thread. @throws BallotError as `ballotContext` does. */
export function checkerHere(setting: BallotSetting, kernel: Kernel): EntryChecker {
  const check = new EntryCheck(setting, kernel);
  return {
    width: 1,
    isBusy: true,
    check: (entries) => check.check(entries),
    stop: () => Promise.resolve(),
    // oxlint-disable-next-line require-await
    count: async (part) => countPart(kernel, part),
  };
}
