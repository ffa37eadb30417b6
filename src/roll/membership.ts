/**
 * The membership list, which only the registrar sees: people, the region and branch that they belong to, and the
 * body that a delegate represents. From it come the voters of an election's colleges (docs/protocol.md §4.2).
 */
import type { RollBody } from './roll-document.ts';

export interface Person {
  /** The membership number, or whatever the organisation calls people by. */
  readonly person: string;
  readonly name: string;
  /** Where a token is sent. */
  readonly contact: string;
  /** False for a delegate who is not a member, as those of affiliates. */
  readonly member: boolean;
  /** Of members; null for others. */
  readonly region: string | null;
  /** Null for members outside any branch. */
  readonly branch: string | null;
  /** The body that this person is a delegate of. */
  readonly represents: string | null;
  /** Votes that a delegate carries; 1 for everybody else. */
  readonly weight: number;
}

export interface Membership {
  readonly people: readonly Person[];
  /** Sorted by id. */
  readonly bodies: readonly RollBody[];
}

/** Who votes in a college: all members (or those of one body), or all delegates (or those of one body). */
export interface CollegeSource {
  readonly college: string;
  readonly of: 'members' | 'delegates';
  readonly body: string | null;
}

/** One person in one college: what one token is issued for. */
export interface Voter {
  readonly person: string;
  readonly name: string;
  readonly college: string;
  readonly weight: number;
  /** Sorted: a member's branch and region; the one body that a delegate represents. */
  readonly bodies: readonly string[];
}

function memberBodies({ region, branch }: Person): string[] {
  return [region, branch].filter((body) => body !== null).sort();
}

/** The voters of each college, in the order of `sources` and of the list. */
export function votersOf({ people }: Membership, sources: readonly CollegeSource[]): Voter[] {
  return sources.flatMap(({ college, of, body }) =>
    people.flatMap((entry): Voter[] => {
      const delegate = of === 'delegates';
      if (delegate ? entry.represents === null : !entry.member) return [];
      const bodies = delegate && entry.represents !== null ? [entry.represents] : memberBodies(entry);
      if (body !== null && !bodies.includes(body)) return [];
      return [
        { person: entry.person, name: entry.name, college, weight: delegate ? entry.weight : 1, bodies },
      ];
    }),
  );
}
