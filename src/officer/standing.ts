/**
 * Where an election stands and what comes next: the steps from publishing to the end of the time for disputes, each
 * with who is awaited. Pure: what only the service knows is passed in.
 */
import { closesOf } from '../record/acts.ts';
import { type CeremonyStatus, ceremonyStatus, trusteesWithout } from '../record/ceremony-status.ts';
import { agreementsTo } from '../record/counting-rules.ts';
import { type ElectionState, phaseOf } from '../record/election-state.ts';
import { isDecrypted } from './possible-acts.ts';

export const STEPS = [
  'published',
  'roll',
  'key',
  'tokens',
  'notice',
  'open',
  'closed',
  'counted',
  'agreed',
  'decrypted',
  'declared',
  'disputes',
] as const;
export type StepName = (typeof STEPS)[number];

/** Who has to do something for a step to be done; `clock`: nobody, until then (Unix seconds). */
export type Awaited =
  | { readonly who: 'officer' | 'registrar' | 'service' | 'nobody' }
  | { readonly who: 'trustees'; readonly trustees: readonly number[] }
  | { readonly who: 'clock'; readonly until: number };

export interface Step {
  readonly name: StepName;
  /** `now`: it can be done; `later`: something before it is missing; `never`: the election was abandoned. */
  readonly state: 'done' | 'now' | 'later' | 'never';
  readonly awaited: Awaited;
}

/** What the record does not tell. */
export interface Known {
  /** When the manifest was published, Unix seconds; and what time it is. */
  readonly published: number;
  readonly now: number;
  /** Where the registrar has got with the tokens; null where that is not known. */
  readonly tokens: 'none' | 'issued' | 'exported' | 'deleted' | null;
  readonly isCounting: boolean;
  /** When no dispute can be filed any more, null before there is a result; and how many have no answer. */
  readonly disputes: { readonly until: number | null; readonly open: number };
}

const NOBODY: Awaited = { who: 'nobody' };
const OFFICER: Awaited = { who: 'officer' };

type Told = Pick<Step, 'state' | 'awaited'>;
const done: Told = { state: 'done', awaited: NOBODY };
const later: Told = { state: 'later', awaited: NOBODY };
const now = (awaited: Awaited): Told => ({ state: 'now', awaited });
const until = (time: number): Told => now({ who: 'clock', until: time });

function keyStep(ceremony: CeremonyStatus): Told {
  if (ceremony.step === 'done') return done;
  return now(ceremony.step === 'void' ? OFFICER : { who: 'trustees', trustees: ceremony.awaited });
}

function openStep(state: ElectionState, time: number, isReady: boolean): Told {
  const { opening } = state;
  if (opening === null) return isReady ? now(OFFICER) : later;
  return time < opening.body.opens ? until(opening.body.opens) : done;
}

/** The service closes by itself when the time has come; where there is no time, an officer does. */
function closedStep(state: ElectionState, time: number): Told {
  const { opening, closing } = state;
  if (closing !== null) return done;
  if (opening === null || time < opening.body.opens) return later;
  const closes = closesOf(state);
  if (closes === null) return now(OFFICER);
  return time < closes ? until(closes) : now({ who: 'service' });
}

function agreedStep(state: ElectionState): Told {
  const { tallies, manifest } = state;
  if (tallies.length === 0) return later;
  const needed = manifest.trustees?.agreements ?? 0;
  if (tallies.some(({ leaf }) => agreementsTo(state, leaf).length >= needed)) return done;
  return now({ who: 'trustees', trustees: trusteesWithout(state, 'agreement') });
}

function decryptedStep(state: ElectionState): Told {
  if (isDecrypted(state)) return done;
  if (agreedStep(state).state !== 'done') return later;
  return now({ who: 'trustees', trustees: trusteesWithout(state, 'shares') });
}

function disputesStep({ result }: ElectionState, { now: time, disputes }: Known): Told {
  if (result === null) return later;
  if (disputes.open > 0) return now(OFFICER);
  return disputes.until !== null && time < disputes.until ? until(disputes.until) : done;
}

/** Each step on its own, whether or not the election was abandoned. */
function told(state: ElectionState, known: Known, ceremony: CeremonyStatus | null): Record<StepName, Told> {
  const { roll, opening, closing, tallies, result, manifest } = state;
  const notice = known.published + manifest.times.notice;
  const isReady = roll !== null && (ceremony === null || ceremony.step === 'done');
  const out = known.tokens === 'exported' || known.tokens === 'deleted';
  const tally = tallies.length > 0;
  return {
    published: done,
    roll: roll === null ? now({ who: 'registrar' }) : done,
    key: ceremony === null ? done : keyStep(ceremony),
    // Whoever cannot tell does not hold anybody up: voting is what shows that tokens are out.
    tokens: out || opening !== null ? done : now({ who: 'registrar' }),
    notice: known.now < notice ? until(notice) : done,
    open: openStep(state, known.now, isReady),
    closed: closedStep(state, known.now),
    counted: tally ? done : closing === null ? later : now(known.isCounting ? { who: 'service' } : OFFICER),
    agreed: agreedStep(state),
    decrypted: decryptedStep(state),
    declared: result !== null ? done : isDecrypted(state) ? now(OFFICER) : later,
    disputes: disputesStep(state, known),
  };
}

/** The steps of this election, in order; those of trustees only where there are some. */
export function standing(state: ElectionState, known: Known): Step[] {
  const ceremony = ceremonyStatus(state);
  const steps = told(state, known, ceremony);
  const secret: readonly StepName[] = ['key', 'agreed', 'decrypted'];
  const isOver = phaseOf(state) === 'abandoned';
  return STEPS.filter((name) => ceremony !== null || !secret.includes(name)).map((name) => {
    const { state: own, awaited } = steps[name];
    if (isOver && own !== 'done') return { name, state: 'never', awaited: NOBODY };
    return { name, state: own, awaited };
  });
}

/** What comes next: the first step that waits for the officer, or else the first that waits at all. */
export function nextStep(steps: readonly Step[]): Step | null {
  const under = steps.filter(({ state }) => state === 'now');
  return under.find(({ awaited }) => awaited.who === 'officer') ?? under[0] ?? null;
}
