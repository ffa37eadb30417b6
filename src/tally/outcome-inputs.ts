/** What an outcome needs beside rules and counts (docs/protocol.md §10). */
import type { Bytes } from '../crypto/bytes.ts';
import { type CastingVote, castingVotesOf, officersSeed } from '../record/acts.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { DecisionOutcome } from '../record/outcome-document.ts';

/** What decides beside the counts. */
export interface OutcomeInputs {
  /** Of the lot (§9.6); null where none is drawn. */
  readonly seed: Bytes | null;
  /** Of the chair, logged before the result; the first for a rule and college counts. */
  readonly castingVotes: readonly CastingVote[];
  /** The decisions that the opening cites, one for each link of the manifest, in order. */
  readonly earlier: readonly (DecisionOutcome | null)[];
}

/** An election that nothing decides but its counts. */
export const COUNTS_ALONE: OutcomeInputs = { seed: null, castingVotes: [], earlier: [] };

/**
 * Those of a record.
 * @param drawn the seed that the trustees' shares give; null where there are no trustees, and officers draw the lot.
 */
export function inputsOf(
  state: Pick<ElectionState, 'acts' | 'manifest' | 'opening'>,
  drawn: Bytes | null,
): OutcomeInputs {
  return {
    seed: drawn ?? officersSeed(state),
    castingVotes: castingVotesOf(state),
    earlier: state.opening?.body.results.map(({ decision }) => decision) ?? [],
  };
}
