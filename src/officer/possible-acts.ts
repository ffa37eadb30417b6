/**
 * What an officer may do now, as the grammar has it (docs/protocol.md §5.2, §5.3): what is offered here is not refused
 * there. What needs figures of the service (closing, counting) is told by `standing.ts`.
 */

import type { ManifestBody } from '../ballot/manifest.ts';
import { actsOf, type CastingVote, closesOf, officersSeed } from '../record/acts.ts';
import { sharesOf } from '../record/counting-rules.ts';
import { type ElectionState, isComplete, phaseOf } from '../record/election-state.ts';
import type { Outcome } from '../record/entries.ts';

export interface PossibleActs {
  /** The opening can be signed, but for what earlier elections have to say. */
  readonly open: boolean;
  readonly abandon: boolean;
  /** The attempt at the ceremony that can be voided. */
  readonly voidAttempt: number | null;
  /** Later than `from`, at most `latest`, Unix seconds. */
  readonly extend: { readonly from: number; readonly latest: number } | null;
  /** How many credentials can still be replaced. */
  readonly replace: number;
  readonly commitLot: boolean;
  readonly revealLot: boolean;
  /** The result can be worked out, and declared. */
  readonly declare: boolean;
}

/** The time for voting can be put off by what the manifest allows in all, while it runs. */
function extension(state: ElectionState, now: number): PossibleActs['extend'] {
  const { times } = state.manifest;
  const from = closesOf(state);
  if (phaseOf(state) !== 'open' || times.closes === null || from === null || now >= from) return null;
  const latest = times.closes + times.extension;
  return latest > from ? { from, latest } : null;
}

function hasActed(state: ElectionState, kind: 'lot-commitment' | 'lot-reveal', officer: number): boolean {
  return actsOf(state, kind).some((placed) => placed.officer === officer);
}

/** Whether a tally is decrypted by enough trustees; where there are none, whether there is one. */
export function isDecrypted(state: ElectionState): boolean {
  const threshold = state.manifest.trustees?.threshold ?? 0;
  return state.tallies.some(({ leaf }) => sharesOf(state, leaf).length >= threshold);
}

/**
 * @param officer which of the manifest's officers asks, from 1.
 * @param now Unix seconds.
 */
export function possibleActs(state: ElectionState, officer: number, now: number): PossibleActs {
  const { manifest, roll, ceremony, replacements } = state;
  const phase = phaseOf(state);
  const setup = phase === 'setup';
  const closed = phase === 'closed';
  const byOfficers = manifest.trustees === null;
  const hasKey = byOfficers || (ceremony.complaint === null && isComplete(state, 'confirm'));
  return {
    open: setup && roll !== null && hasKey,
    abandon: setup,
    voidAttempt: setup && !byOfficers ? ceremony.attempt : null,
    extend: extension(state, now),
    replace: phase === 'open' ? Math.max(0, manifest.caps.replacements - replacements.size) : 0,
    commitLot: setup && byOfficers && drawsLots(manifest) && !hasActed(state, 'lot-commitment', officer),
    revealLot:
      closed && hasActed(state, 'lot-commitment', officer) && !hasActed(state, 'lot-reveal', officer),
    declare: closed && isDecrypted(state),
  };
}

/** Whether a rule may come down to the lot. */
export function drawsLots({ rules }: Pick<ManifestBody, 'rules'>): boolean {
  return rules.some(
    (rule) =>
      (rule.kind === 'motion' && rule.tie === 'lot') || (rule.kind === 'seats' && rule.ties === 'lot'),
  );
}

/** The ties of a provisional outcome that wait for the chair's vote: rule and college, null where they are weighted. */
export function tiesForChair(
  { rules }: Pick<ManifestBody, 'rules'>,
  outcome: Outcome,
): Omit<CastingVote, 'vote'>[] {
  return rules.flatMap((rule, i) => {
    const found = outcome[i];
    if (rule.kind !== 'motion' || rule.tie !== 'chair' || found?.kind !== 'motion') return [];
    const weighted = found.tie?.settled === null ? [{ rule: rule.id, college: null }] : [];
    const each = found.colleges
      .filter(({ tie }) => tie?.settled === null)
      .map(({ college }) => ({ rule: rule.id, college }));
    return [...weighted, ...each];
  });
}

/** Whether a tie of a provisional outcome is open because officers have not all shown their values for the lot. */
export function waitsForLot(state: ElectionState, outcome: Outcome): boolean {
  if (state.manifest.trustees !== null || officersSeed(state) !== null) return false;
  return state.manifest.rules.some((rule, i) => {
    const found = outcome[i];
    if (rule.kind === 'seats' && found?.kind === 'seats') return rule.ties === 'lot' && found.tied.length > 0;
    if (rule.kind !== 'motion' || rule.tie !== 'lot' || found?.kind !== 'motion') return false;
    return [found.tie, ...found.colleges.map(({ tie }) => tie)].some((tie) => tie?.settled === null);
  });
}
