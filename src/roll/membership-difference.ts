/**
 * What a second import of the membership changes (docs/roll-csv.md): for the officers who approve it. It has
 * membership numbers and no names or addresses.
 */
import type { Membership, Person } from './membership.ts';
import { compareText } from './order.ts';
import type { RollBody } from './roll-document.ts';

/** Of a person who is on both lists. */
export type ChangedField = 'moved' | 'contact' | 'strands' | 'role';

export interface BodyDifference {
  readonly body: string;
  readonly kind: RollBody['kind'];
  /** Members before and after. */
  readonly before: number;
  readonly after: number;
  /** Who is here and was not: new members, and those who were members elsewhere. */
  readonly added: number;
  readonly movedIn: number;
  /** Who was here and is not: members no more, and those who are members elsewhere. */
  readonly lapsed: number;
  readonly movedOut: number;
  readonly delegatesBefore: number;
  readonly delegatesAfter: number;
  /** Of an affiliate, by its own account. */
  readonly sizeBefore: number | null;
  readonly sizeAfter: number | null;
}

export interface MembershipDifference {
  /** Membership numbers, in the order of the lists. */
  readonly added: readonly string[];
  readonly lapsed: readonly string[];
  /** Another region or branch. */
  readonly moved: readonly string[];
  /** Another name or address. */
  readonly contact: readonly string[];
  readonly strands: readonly string[];
  /** Member or not, delegate of what, with which weight, mandates and substitutes. */
  readonly role: readonly string[];
  /** Bodies with any change, by id. */
  readonly bodies: readonly BodyDifference[];
}

const roleOf = ({ member, represents, weight, chosen, mandates, substituteFor }: Person): string =>
  JSON.stringify([member, represents, weight, chosen, mandates, substituteFor]);

const CHANGED: Readonly<Record<ChangedField, (a: Person, b: Person) => boolean>> = {
  moved: (a, b) => a.region !== b.region || a.branch !== b.branch,
  contact: (a, b) => a.name !== b.name || a.contact !== b.contact,
  strands: (a, b) => a.strands.join() !== b.strands.join(),
  role: (a, b) => roleOf(a) !== roleOf(b),
};

const byNumber = ({ people }: Membership) => new Map(people.map((entry) => [entry.person, entry]));
const memberBodies = ({ member, region, branch, strands }: Person): string[] =>
  member ? [region, branch, ...strands].filter((body) => body !== null) : [];

const NOBODY = {
  before: 0,
  after: 0,
  added: 0,
  movedIn: 0,
  lapsed: 0,
  movedOut: 0,
  delegatesBefore: 0,
  delegatesAfter: 0,
};

class BodyCounts {
  readonly #counts = new Map<string, typeof NOBODY>();

  add(body: string, column: keyof typeof NOBODY): void {
    const own = this.#counts.get(body) ?? { ...NOBODY };
    own[column] += 1;
    this.#counts.set(body, own);
  }

  of(body: string): typeof NOBODY {
    return this.#counts.get(body) ?? NOBODY;
  }
}

const hasChanged = ({ sizeBefore, sizeAfter, ...n }: BodyDifference): boolean =>
  n.added + n.movedIn + n.lapsed + n.movedOut > 0 ||
  n.delegatesBefore !== n.delegatesAfter ||
  sizeBefore !== sizeAfter;

function countBodies(before: Membership, after: Membership): BodyDifference[] {
  const [old, current] = [byNumber(before), byNumber(after)];
  const counts = new BodyCounts();
  for (const entry of before.people) {
    const then = current.get(entry.person);
    const kept = then === undefined ? [] : memberBodies(then);
    for (const body of memberBodies(entry)) {
      counts.add(body, 'before');
      if (!kept.includes(body)) counts.add(body, then?.member ? 'movedOut' : 'lapsed');
    }
    if (entry.represents !== null) counts.add(entry.represents, 'delegatesBefore');
  }
  for (const entry of after.people) {
    const then = old.get(entry.person);
    const had = then === undefined ? [] : memberBodies(then);
    for (const body of memberBodies(entry)) {
      counts.add(body, 'after');
      if (!had.includes(body)) counts.add(body, then?.member ? 'movedIn' : 'added');
    }
    if (entry.represents !== null) counts.add(entry.represents, 'delegatesAfter');
  }
  const sizes = ({ bodies }: Membership) => new Map(bodies.map(({ id, size }) => [id, size]));
  const [sizeBefore, sizeAfter] = [sizes(before), sizes(after)];
  const kinds = new Map([...before.bodies, ...after.bodies].map(({ id, kind }) => [id, kind]));
  return [...kinds]
    .map(([body, kind]) => ({
      body,
      kind,
      ...counts.of(body),
      sizeBefore: sizeBefore.get(body) ?? null,
      sizeAfter: sizeAfter.get(body) ?? null,
    }))
    .filter(hasChanged)
    .sort((a, b) => compareText(a.body, b.body));
}

export function membershipDifference(before: Membership, after: Membership): MembershipDifference {
  const [old, current] = [byNumber(before), byNumber(after)];
  const changed = (field: ChangedField) =>
    after.people
      .filter((entry) => {
        const then = old.get(entry.person);
        return then !== undefined && CHANGED[field](then, entry);
      })
      .map(({ person }) => person);
  return {
    added: after.people.filter(({ person }) => !old.has(person)).map(({ person }) => person),
    lapsed: before.people.filter(({ person }) => !current.has(person)).map(({ person }) => person),
    moved: changed('moved'),
    contact: changed('contact'),
    strands: changed('strands'),
    role: changed('role'),
    bodies: countBodies(before, after),
  };
}
