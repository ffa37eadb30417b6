/** How near a body is to another delegate, or to one fewer (docs/protocol.md §4.3): the step on either side. */
import { MOST_MEMBERS } from './entitlement-rule.ts';

/** So many members more or fewer, and the seats are these. */
interface Step {
  readonly members: number;
  readonly seats: number;
}

export interface Sensitivity {
  /** Null: however many more there are, the seats stay. */
  readonly more: Step | null;
  readonly fewer: Step | null;
}

/** The least k from `low` to `high` for which `holds`, which never ceases to hold; null if there is none. */
function least(low: number, high: number, holds: (k: number) => boolean): number | null {
  if (low > high || !holds(high)) return null;
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** @param seatsOf more members never have fewer seats. */
export function sensitivityOf(seatsOf: (members: number) => number, n: number): Sensitivity {
  const seats = seatsOf(n);
  const more = least(1, MOST_MEMBERS - n, (k) => seatsOf(n + k) > seats);
  const fewer = least(1, n, (k) => seatsOf(n - k) < seats);
  return {
    more: more === null ? null : { members: more, seats: seatsOf(n + more) },
    fewer: fewer === null ? null : { members: fewer, seats: seatsOf(n - fewer) },
  };
}

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** `3 more members: 4 delegates; 28 fewer: 2 delegates`. */
export function sensitivityInWords({ more, fewer }: Sensitivity): string {
  const parts = [
    more === null
      ? []
      : [
          `${more.members} more ${more.members === 1 ? 'member' : 'members'}: ${count(more.seats, 'delegate')}`,
        ],
    fewer === null ? [] : [`${fewer.members} fewer: ${count(fewer.seats, 'delegate')}`],
  ].flat();
  return parts.join('; ') || 'the same, however many members';
}
