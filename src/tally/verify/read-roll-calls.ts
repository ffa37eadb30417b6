/** Who voted how, from the ballots of a recount. */
import { keyOf } from '../../record/replacements.ts';
import { openLines, type RollCall, rollCalls } from '../roll-call.ts';
import { parseChoices } from '../sums.ts';
import type { EntryWalk } from './walk-entries.ts';

/** Of the ballots that were valid; empty where there is no roll. */
export function readRollCalls({ state, roll, ballots }: EntryWalk): RollCall[] {
  if (roll === null || ballots === null) return [];
  return rollCalls(state.manifest, openLines(state.manifest, roll.lines), {
    valuesOf: (voter, contest) => {
      if (state.chains.head(voter) === undefined) return undefined;
      const content = new Uint8Array(ballots.lengthOf(voter, contest));
      ballots.readContent(voter, contest, content);
      return parseChoices(content, voter).map(Number);
    },
    substituteOf: (voter) => state.voters?.substitute(keyOf(state, voter) ?? '')?.name ?? null,
  });
}
