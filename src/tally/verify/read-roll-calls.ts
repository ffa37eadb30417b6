/** Who voted how, from the ballots of a recount. */
import { keyOf } from '../../record/replacements.ts';
import { openLines, type RollCall, rollCalls } from '../roll-call.ts';
import { parseChoices } from '../sums.ts';
import type { EntryWalk } from './walk-entries.ts';

/** Of the ballots that were valid; empty where there is no roll. */
export function readRollCalls({ state, roll, ballots }: EntryWalk): RollCall[] {
  if (roll === null || ballots === null) return [];
  return rollCalls(state.manifest, openLines(state.manifest, roll.lines), {
    valuesOf: (voter, contest) =>
      state.chains.head(voter) === undefined
        ? undefined
        : parseChoices(ballots.content(voter, contest), voter).map(Number),
    substituteOf: (voter) => state.voters?.substitute(keyOf(state, voter) ?? '')?.name ?? null,
  });
}
