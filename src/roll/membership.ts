/**
 * The membership list, which only the registrar sees: people, the region and branch that they belong to, and the
 * body that a delegate represents. From it come the voters of an election's colleges (docs/protocol.md §4.2).
 */
import type { RollBody, RollLine } from './roll-document.ts';

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
  /** Youth, students, liberation groups: any number, sorted. */
  readonly strands: readonly string[];
  /** The body that this person is a delegate of. */
  readonly represents: string | null;
  /** Votes that a delegate carries; 1 for everybody else. */
  readonly weight: number;
  /** The earlier election that made this person a delegate. */
  readonly chosen: RollLine['chosen'];
  /** How the body told its delegate to vote, sorted by contest. */
  readonly mandates: RollLine['mandates'];
  /** The delegate in whose place this person may be put. */
  readonly substituteFor: string | null;
}

export interface Membership {
  readonly people: readonly Person[];
  /** Sorted by id. */
  readonly bodies: readonly RollBody[];
}

/**
 * members: all of them; outside: those of no branch; delegates: all of them, or those who represent a body of one kind.
 */
export const VOTER_SOURCES = [
  'members',
  'outside',
  'delegates',
  'region-delegates',
  'branch-delegates',
  'strand-delegates',
  'affiliate-delegates',
] as const;
type VoterSource = (typeof VOTER_SOURCES)[number];

/** Who votes in a college: all of a source, or those of one body. */
export interface CollegeSource {
  readonly college: string;
  readonly of: VoterSource;
  readonly body: string | null;
}

/** One person in one college: what one token is issued for. */
export interface Voter {
  readonly person: string;
  readonly name: string;
  readonly college: string;
  readonly weight: number;
  /** Sorted: a member's branch, region and strands; the one body that a delegate represents. */
  readonly bodies: readonly string[];
  readonly chosen: RollLine['chosen'];
  readonly mandates: RollLine['mandates'];
  /** Of a delegate, in the order of the list. */
  readonly substitutes: readonly { readonly person: string; readonly name: string }[];
}

function memberBodies({ region, branch, strands }: Person): string[] {
  return [region, branch, ...strands].filter((body) => body !== null).sort();
}

function asMember(entry: Person): Omit<Voter, 'college'> | null {
  const { person, name, member } = entry;
  if (!member) return null;
  return {
    person,
    name,
    weight: 1,
    bodies: memberBodies(entry),
    chosen: null,
    mandates: null,
    substitutes: [],
  };
}

function asDelegate(entry: Person, substitutes: readonly Person[]): Omit<Voter, 'college'> | null {
  const { person, name, represents, weight, chosen, mandates } = entry;
  if (represents === null) return null;
  return {
    person,
    name,
    weight,
    bodies: [represents],
    chosen,
    mandates,
    substitutes: substitutes.map((other) => ({ person: other.person, name: other.name })),
  };
}

/** The voters of each college, in the order of `sources` and of the list. */
export function votersOf({ people, bodies }: Membership, sources: readonly CollegeSource[]): Voter[] {
  const substitutes = Map.groupBy(people, ({ substituteFor }) => substituteFor);
  const kinds = new Map(bodies.map(({ id, kind }) => [id, kind]));
  const voterOf = (entry: Person, of: VoterSource): Omit<Voter, 'college'> | null => {
    if (of === 'members') return asMember(entry);
    if (of === 'outside') return entry.branch === null ? asMember(entry) : null;
    const kind = entry.represents === null ? undefined : kinds.get(entry.represents);
    if (of !== 'delegates' && of !== `${kind}-delegates`) return null;
    return asDelegate(entry, substitutes.get(entry.person) ?? []);
  };
  return sources.flatMap(({ college, of, body }) =>
    people.flatMap((entry): Voter[] => {
      const voter = voterOf(entry, of);
      if (voter === null || (body !== null && !voter.bodies.includes(body))) return [];
      return [{ ...voter, college }];
    }),
  );
}
