/**
 * How turnout grew, from the entries and a server's clock: the first ballot of each voter, by the hour in which it came.
 * It says who took part and nothing of how anybody voted (attack R9), and no more than the log does entry by entry.
 */
import type { ElectionState } from '../record/election-state.ts';
import { HOUR, type Moment } from '../record/moments.ts';

/** By the end of an hour or a day. */
export interface Growth {
  /** When it ended, in Unix seconds. */
  readonly until: number;
  /** Voters with a ballot by then, college by college in the manifest's order. */
  readonly voted: readonly number[];
}

const DAY = 24 * HOUR;
/** So many hours are shown as hours, more as days. */
const MOST_HOURS = 48;

/** The hours in which somebody voted for the first time. Empty where nobody noted times. */
export function growthByHour(
  { manifest, voters, chains }: Pick<ElectionState, 'manifest' | 'voters' | 'chains'>,
  moments: readonly Moment[],
): Growth[] {
  const place = new Map(manifest.colleges.map(({ id }, i) => [id, i]));
  const voted = manifest.colleges.map(() => 0);
  const hours = new Map<number, readonly number[]>();
  let at = -1;
  for (const { voter, index } of chains.firstBallots()) {
    // Ballots after a moment and before the next one came in its hour: a later hour would have been noted.
    while ((moments[at + 1]?.size ?? Number.POSITIVE_INFINITY) <= index) at += 1;
    const time = moments[at]?.time;
    if (time === undefined) return [];
    const college = place.get(voters?.at(voter)?.college ?? '');
    if (college === undefined) continue;
    voted[college] = (voted[college] ?? 0) + 1;
    hours.set(time - (time % HOUR) + HOUR, [...voted]);
  }
  return Array.from(hours, ([until, then]) => ({ until, voted: then }));
}

/** Hour by hour, or day by day (in UTC) where that is too long. */
export function growthToShow(hours: readonly Growth[]): {
  readonly by: 'hour' | 'day';
  readonly rows: readonly Growth[];
} {
  if (hours.length <= MOST_HOURS) return { by: 'hour', rows: hours };
  const days = new Map<number, readonly number[]>();
  for (const { until, voted } of hours) days.set(Math.ceil(until / DAY) * DAY, voted);
  return { by: 'day', rows: Array.from(days, ([until, voted]) => ({ until, voted })) };
}

/** How it grew as an SVG path of `width` by `height`, from 0 at `opens` to `ends`; `whole` is the full height. */
export function growthPath(
  hours: readonly Growth[],
  [opens, ends]: readonly [number, number],
  [width, height]: readonly [number, number],
  whole: number,
): string {
  const span = Math.max(ends - opens, 1);
  const x = (time: number): number => Math.round((width * Math.min(Math.max(time - opens, 0), span)) / span);
  const y = (n: number): number => height - Math.round((height * n) / Math.max(whole, 1));
  const lines = hours.map(({ until, voted }) => {
    const total = voted.reduce((sum, n) => sum + n, 0);
    return `H${x(until - HOUR)}L${x(until)} ${y(total)}`;
  });
  return `M0 ${height}${lines.join('')}H${width}`;
}
