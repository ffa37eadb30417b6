/**
 * Verdicts on what the quick way leaves (regular-ballots.ts): ballots of no known form and checks, one by one. Threads
 * load this when they first meet such an entry, for its schemas take longer to load than all the rest. Entries are hostile.
 */
import { verifyCheckEntry } from '../../ballot/ballot-check.ts';
import type { BallotContext } from '../../ballot/ballot-context.ts';
import {
  type BallotProblem,
  ballotStatement,
  type StatedBallot,
  verifyBallots,
} from '../../ballot/check-ballot.ts';
import { BallotError } from '../../ballot/errors.ts';
import { type Bytes, fromBase64Url } from '../../crypto/bytes.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import type { EntryOf } from '../../record/entries.ts';
import { entryLeaf, parseEntry } from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';

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

/** An entry, and its place among others. */
export interface PlacedEntry {
  readonly place: number;
  readonly bytes: Bytes;
}

interface ReadVote extends PlacedEntry {
  readonly entry: VoteEntry;
}

function readVote({ place, bytes }: PlacedEntry): ReadVote | undefined {
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

function state(entry: VoteEntry, context: BallotContext): Stated {
  try {
    if (entry.type === 'ballot') return { ballot: ballotStatement(entry, context) };
    verifyCheckEntry(entry, context);
    return {};
  } catch (error) {
    if (error instanceof BallotError) return { problem: error };
    throw error;
  }
}

/** What is said of the ballots and checks among entries. */
export function otherVotes(
  context: BallotContext,
  kernel: Kernel,
  entries: readonly PlacedEntry[],
): OtherVote[] {
  const votes = entries.flatMap((entry) => readVote(entry) ?? []);
  const stated = votes.map(({ entry }) => state(entry, context));
  const ballots = stated.flatMap(({ ballot }) => ballot ?? []);
  const verdicts = new Map(
    verifyBallots(ballots, context, kernel).map((problem, i) => [ballots[i], problem]),
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
