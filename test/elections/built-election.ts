/** An election that was made for tests, and a voter's next ballot in it. */

import type { BallotContext } from '../../src/ballot/ballot-context.ts';
import type { Previous } from '../../src/ballot/ballot-entry.ts';
import type { Choices } from '../../src/ballot/choices.ts';
import type { Credential } from '../../src/ballot/credential.ts';
import { type PreparedBallot, prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import type { Token } from '../../src/ballot/token.ts';
import type { Scalar } from '../../src/crypto/scalar.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import type { MemoryBallotBox } from '../../src/record/memory-ballot-box.ts';
import type { MemoryRecord } from '../../src/record/memory-record.ts';
import type { ResultDocument } from '../../src/record/outcome-document.ts';
import type { RollDocument } from '../../src/roll/roll-document.ts';
import type { ElectionPlan, VoterPlan } from './election-plan.ts';

export interface BuiltVoter extends VoterPlan {
  readonly token: Token;
  readonly credential: Credential;
  /** Place on the roll, from 1. */
  readonly voter: number;
  /** The credential that takes the place of this one, or might. */
  readonly heir: Credential;
  readonly ballots: PreparedBallot[];
  /** Opened to be checked, and never cast. */
  readonly opened: PreparedBallot[];
}

export interface BuiltElection {
  readonly plan: ElectionPlan;
  readonly box: MemoryBallotBox;
  readonly record: MemoryRecord;
  readonly election: string;
  readonly manifest: EntryOf<'manifest'>;
  readonly context: BallotContext;
  readonly roll: RollDocument;
  readonly voters: readonly BuiltVoter[];
  /** s_i of every trustee. */
  readonly secrets: readonly Scalar[];
  /** As declared: what its blob says, and the seed. */
  readonly result: (ResultDocument & { readonly seed: string | null }) | null;
}

/** A voter's next ballot. */
export function prepare(
  context: BallotContext,
  { college, weight = 1, credential, ballots }: BuiltVoter,
  choices: Choices,
  prev: Previous = previousOf(ballots),
): PreparedBallot {
  return prepareBallot({ context, college, weight, credential, prev, choices });
}

function previousOf(ballots: readonly PreparedBallot[]): Previous {
  const last = ballots.at(-1);
  return last === undefined ? { kind: 'none' } : { kind: 'ballot', leaf: last.leaf };
}
