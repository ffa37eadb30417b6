/** How far an election is, as its record and the clock say. */
import { closesOf } from '../record/acts.ts';
import { ceremonyStatus } from '../record/ceremony-status.ts';
import { type ElectionState, phaseOf } from '../record/election-state.ts';
import type { Phase, Summary } from './documents.ts';

/** @param now Unix seconds. */
export function phaseAt(state: ElectionState, now: number): Phase {
  const { opening, closing, tallies, result } = state;
  if (result !== null) return 'declared';
  if (tallies.length > 0) return 'tallied';
  if (closing !== null) return 'closed';
  if (opening === null) return phaseOf(state) === 'abandoned' ? 'abandoned' : 'preparing';
  if (now < opening.body.opens) return 'scheduled';
  const closes = closesOf(state);
  return closes !== null && now >= closes ? 'closed' : 'open';
}

function summariseCeremony(state: ElectionState): Summary['ceremony'] {
  const status = ceremonyStatus(state);
  return status && { ...status, awaited: [...status.awaited], voided: [...status.voided] };
}

/** @param published when the manifest was, and `now`, in Unix seconds. */
export function summarise(
  state: ElectionState,
  published: number,
  now: number,
  voted: ReadonlyMap<string, number>,
): Summary {
  const { election, manifest, tree, opening, roll } = state;
  const sizes = new Map(roll?.body.colleges.map(({ id, size }) => [id, size]));
  return {
    election,
    kind: manifest.kind,
    origin: manifest.origin,
    phase: phaseAt(state, now),
    size: tree.size,
    published,
    opens: opening?.body.opens ?? manifest.times.opens,
    closes: closesOf(state),
    ctx: opening?.leaf ?? null,
    ceremony: summariseCeremony(state),
    agreed: state.agreements.map(({ body }) => body.i),
    decrypted: state.shares.map(({ body }) => body.i),
    colleges: manifest.colleges.map(({ id, mode }) => ({
      id,
      mode,
      roll: sizes.get(id) ?? 0,
      voted: voted.get(id) ?? 0,
    })),
  };
}
