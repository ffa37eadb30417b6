/**
 * Verdicts on a chunk of entries: ballots of a known form in batches of bytes (regular-ballots.ts), other ballots and
 * checks one by one. It runs in any thread, of a server, a command line or a browser. Entries are hostile.
 */
import { verifyCheckEntry } from '../../ballot/ballot-check.ts';
import { type BallotContext, type BallotSetting, ballotContext } from '../../ballot/ballot-context.ts';
import {
  type BallotProblem,
  ballotStatement,
  type StatedBallot,
  verifyBallots,
} from '../../ballot/check-ballot.ts';
import { BallotError } from '../../ballot/errors.ts';
import { type CheckedBallots, type PackedEntries, RegularBallots } from '../../ballot/regular-ballots.ts';
import { type Bytes, fromBase64Url } from '../../crypto/bytes.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import type { EntryOf } from '../../record/entries.ts';
import { entryLeaf, parseEntry } from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';
import { type CountedPart, type CountPart, countPart } from '../count-part.ts';

export type VoteEntry = EntryOf<'ballot'> | EntryOf<'check'>;

/** A ballot or check that is in no group. Plain data. */
export interface OtherVote {
  readonly place: number;
  readonly leaf: Bytes;
  readonly entry: VoteEntry;
  /** F of a ballot that could be hashed. */
  readonly fingerprint: Bytes | undefined;
  readonly problem: BallotProblem | null;
}

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

interface ReadVote {
  readonly place: number;
  readonly bytes: Bytes;
  readonly entry: VoteEntry;
}

function readVote(place: number, bytes: Bytes): ReadVote | undefined {
  try {
    const entry = parseEntry(bytes);
    return entry.type === 'ballot' || entry.type === 'check' ? { place, bytes, entry } : undefined;
  } catch (error) {
    // Whoever takes the entries in order reads it again, and reports it.
    if (error instanceof RecordError) return undefined;
    throw error;
  }
}

/** What could be stated of a ballot, or what is wrong with a ballot or check. */
interface Stated {
  readonly ballot?: StatedBallot;
  readonly problem?: BallotProblem;
}

function plain({ code, where, message }: BallotProblem): BallotProblem {
  return { code, where, message };
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

  check(entries: PackedEntries): CheckedEntries {
    const groups = this.#regular.check(entries);
    const settled = new Uint8Array(entries.starts.length - 1);
    for (const { places } of groups) for (const place of places) settled[place] = 1;
    const votes: ReadVote[] = [];
    settled.forEach((isSettled, place) => {
      const vote = isSettled === 1 ? undefined : readVote(place, entryAt(entries, place));
      if (vote !== undefined) votes.push(vote);
    });
    return { entries, groups, others: this.#checkOthers(votes) };
  }

  #checkOthers(votes: readonly ReadVote[]): OtherVote[] {
    const stated = votes.map(({ entry }) => this.#state(entry));
    const ballots = stated.flatMap(({ ballot }) => ballot ?? []);
    const verdicts = new Map(
      verifyBallots(ballots, this.#context, this.#kernel).map((problem, i) => [ballots[i], problem]),
    );
    return votes.map(({ place, bytes, entry }, i) => {
      const { ballot, problem } = stated[i] ?? {};
      const found = problem ?? (ballot && verdicts.get(ballot)) ?? null;
      return {
        place,
        leaf: entryLeaf(bytes),
        entry,
        fingerprint: ballot && fromBase64Url(ballot.fingerprint),
        problem: found && plain(found),
      };
    });
  }

  #state(entry: VoteEntry): Stated {
    try {
      if (entry.type === 'ballot') return { ballot: ballotStatement(entry, this.#context) };
      verifyCheckEntry(entry, this.#context);
      return {};
    } catch (error) {
      if (error instanceof BallotError) return { problem: error };
      throw error;
    }
  }
}

/** Checks entries in this thread. @throws BallotError as `ballotContext` does. */
export function checkerHere(setting: BallotSetting, kernel: Kernel): EntryChecker {
  const check = new EntryCheck(setting, kernel);
  return {
    width: 1,
    isBusy: true,
    // oxlint-disable-next-line require-await
    check: async (entries) => check.check(entries),
    stop: () => Promise.resolve(),
    // oxlint-disable-next-line require-await
    count: async (part) => countPart(kernel, part),
  };
}
