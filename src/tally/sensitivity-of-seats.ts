/** How many votes would have to be otherwise for others to be elected, or for another order. */
import type { Contest } from '../ballot/manifest.ts';
import type { SeatsRule } from '../ballot/rules.ts';
import type { OutcomeOf } from '../record/outcome-document.ts';
import { combine } from './shares-of-a-whole.ts';
import { ALONE, type Standing, toCarry, toFall } from './what-it-takes.ts';

export interface Sensitivity {
  /** 0: a lot or a casting vote decided. A card counts as many as it weighs. */
  readonly votes: number;
  /** Otherwise it is at least so many. */
  readonly exact: boolean;
}

type Seats = OutcomeOf<'seats'>;

export function smallest(values: readonly (number | null)[]): number | null {
  return values.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}

/** The most that one vote, cast otherwise, brings one option nearer to another. */
function reachOf({ shape }: Contest): number {
  if (shape.kind === 'score') return 2 * shape.max;
  return shape.kind === 'ranking' ? 2 * Math.max(...shape.points) : 2;
}

const isChoice = ({ shape }: Contest): boolean => shape.kind === 'choose';

/** One vote for one option at most. */
const isSingle = ({ shape }: Contest): boolean =>
  shape.kind === 'split' || (shape.kind === 'choose' && shape.max === 1);

const isElected = ({ elected }: Seats, option: string): boolean => elected.includes(option);

/** The order of votes alone decides: nothing changes until one who is elected and one who is not change places. */
function byVotes(rule: SeatsRule, found: Seats, contest: Contest): number | null {
  const elected = found.votes.filter(({ option }) => isElected(found, option));
  const others = found.votes.filter(({ option }) => !isElected(found, option));
  // One vote elects an option that has none.
  if (others.length > 0 && found.unfilled > 0) return 1;
  if (others.length === 0) {
    const last = smallest(elected.map(({ votes }) => votes));
    return last === null ? null : Math.ceil((2 * last) / reachOf(contest));
  }
  const gaps = elected.flatMap(({ votes }) =>
    others.map((other) => Math.max(1, Math.ceil(Math.abs(votes - other.votes) / reachOf(contest)))),
  );
  return smallest([...gaps, ...ofGroups(rule, found)]);
}

/** Whoever has a vote may fill a reserved place: to have the first, or none any more, may change who else is elected. */
function ofGroups({ reserved }: SeatsRule, found: Seats): number[] {
  return found.votes
    .filter(
      ({ option }) => !isElected(found, option) && reserved.some(({ options }) => options.includes(option)),
    )
    .map(({ votes }) => Math.max(1, votes));
}

/** The votes that bring an option below what it needs, or up to it. */
function ofNeeds(rule: SeatsRule, found: Seats, contest: Contest): (bigint | null)[] {
  const { needs } = rule;
  if (needs === null) return [];
  const threshold = { ...needs, of: needs.of === 'votes' ? ('for-and-against' as const) : needs.of };
  return contest.options.map((option, i) => {
    const colleges = found.colleges.map(({ roll, ballots, votes }, j) => ({
      share: rule.colleges[j]?.share ?? null,
      standing: {
        roll: BigInt(roll),
        ballots: BigInt(ballots),
        for: BigInt(votes[i] ?? 0),
        against: votes.reduce((sum, n, k) => (k === i ? sum : sum + BigInt(n)), 0n),
        quorum: { p: 0, q: 1 },
      },
    }));
    const shared = colleges.flatMap(({ share, standing }) => (share === null ? [] : [{ share, standing }]));
    const all = shared.length > 0 ? shared : [{ share: ALONE, standing: together(colleges) }];
    return isElected(found, option) ? toFall(threshold, all) : toCarry(threshold, all, false);
  });
}

function together(colleges: readonly { readonly standing: Standing }[]): Standing {
  const sum = (field: 'roll' | 'ballots' | 'for' | 'against'): bigint =>
    colleges.reduce((total, { standing }) => total + standing[field], 0n);
  return {
    roll: sum('roll'),
    ballots: sum('ballots'),
    for: sum('for'),
    against: sum('against'),
    quorum: { p: 0, q: 1 },
  };
}

/** On the scale of the whole; null where a college without votes would get its say with the first one. */
function byShares(rule: SeatsRule, found: Seats, { options }: Contest): bigint | null {
  const contributions = found.colleges.map(({ votes }, i) => ({
    share: rule.colleges[i]?.share ?? null,
    base: votes.reduce((sum, n) => sum + BigInt(n), 0n),
    parts: votes.map(BigInt),
  }));
  if (contributions.some(({ base }) => base === 0n)) return null;
  const { parts, units } = combine(contributions, options.length);
  // A vote taken from one and given to another, in the college in which votes count for most.
  const most = 2n * units.reduce((a, b) => (a > b ? a : b), 1n);
  const strength = (option: string): bigint => parts[options.indexOf(option)] ?? 0n;
  const gaps = found.elected.flatMap((one) =>
    options
      .filter((other) => !isElected(found, other))
      .map((other) => (strength(one) - strength(other) + most - 1n) / most),
  );
  return gaps.reduce<bigint | null>((a, b) => (a === null || b < a ? b : a), null);
}

export function ofSeats(
  rule: SeatsRule,
  found: Seats,
  contest: Contest,
  byHead: boolean,
): Sensitivity | null {
  if (found.tied.length > 0) {
    const drawn = rule.ties === 'lot' && found.tied.some((option) => isElected(found, option));
    return { votes: drawn ? 0 : 1, exact: true };
  }
  const isPlain = rule.needs === null && rule.colleges.every(({ share }) => share === null);
  if (isPlain) {
    const votes = byVotes(rule, found, contest);
    const exact = byHead && isChoice(contest) && rule.reserved.length === 0;
    return votes === null ? null : { votes, exact };
  }
  if (!isSingle(contest) || rule.reserved.length > 0) return null;
  if (rule.needs === null && found.unfilled > 0) return { votes: 1, exact: false };
  const needed = ofNeeds(rule, found, contest).map((n) => (n === null ? null : Number(n)));
  const between = found.elected.length === 0 ? null : byShares(rule, found, contest);
  if (found.elected.length > 0 && between === null) return null;
  const votes = smallest([...needed, between === null ? null : Math.max(1, Number(between))]);
  return votes === null ? null : { votes, exact: false };
}

/** Two neighbours change places, or come to share one. */
export function ofOrder(
  { votes }: OutcomeOf<'order'>,
  contest: Contest,
  byHead: boolean,
): Sensitivity | null {
  const gaps = votes.flatMap((one, i) => {
    const next = votes[i + 1];
    return next === undefined ? [] : [Math.max(1, Math.ceil((one.votes - next.votes) / reachOf(contest)))];
  });
  const fewest = smallest(gaps);
  return fewest === null ? null : { votes: fewest, exact: byHead && isChoice(contest) };
}
