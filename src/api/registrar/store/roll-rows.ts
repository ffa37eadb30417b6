/** One imported membership in the registrar's tables: written whole inside a transaction, read in the file's order. */
import { asc, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Membership } from '../../../roll/membership.ts';
import { bodies, people, rolls } from './schema.ts';

/** A membership as it was at one time. */
export interface FrozenMembership extends Membership {
  /** Unix seconds. */
  readonly frozen: number;
}

/** The number of the new roll. */
export function insertRoll(
  db: BetterSQLite3Database,
  membership: FrozenMembership,
  sha256: string,
  at: number,
): number {
  const insertPerson = db
    .insert(people)
    .values({
      roll: sql.placeholder('roll'),
      place: sql.placeholder('place'),
      person: sql.placeholder('person'),
      name: sql.placeholder('name'),
      contact: sql.placeholder('contact'),
      member: sql.placeholder('member'),
      region: sql.placeholder('region'),
      branch: sql.placeholder('branch'),
      strands: sql.placeholder('strands'),
      represents: sql.placeholder('represents'),
      weight: sql.placeholder('weight'),
      chosen: sql.placeholder('chosen'),
      mandates: sql.placeholder('mandates'),
      substituteFor: sql.placeholder('substituteFor'),
    })
    .prepare();
  const { frozen } = membership;
  const { id: roll } = db.insert(rolls).values({ imported: at, frozen, sha256 }).returning().get();
  for (const body of membership.bodies)
    db.insert(bodies)
      .values({ roll, ...body })
      .run();
  for (const [place, entry] of membership.people.entries()) insertPerson.run({ roll, place, ...entry });
  return roll;
}

export function selectRoll(db: BetterSQLite3Database, roll: number): FrozenMembership | undefined {
  const stored = db.select().from(rolls).where(eq(rolls.id, roll)).get();
  if (!stored) return undefined;
  return {
    frozen: stored.frozen,
    people: db
      .select({
        person: people.person,
        name: people.name,
        contact: people.contact,
        member: people.member,
        region: people.region,
        branch: people.branch,
        strands: people.strands,
        represents: people.represents,
        weight: people.weight,
        chosen: people.chosen,
        mandates: people.mandates,
        substituteFor: people.substituteFor,
      })
      .from(people)
      .where(eq(people.roll, roll))
      .orderBy(asc(people.place))
      .all(),
    bodies: db
      .select({ id: bodies.id, kind: bodies.kind, region: bodies.region, size: bodies.size })
      .from(bodies)
      .where(eq(bodies.roll, roll))
      .orderBy(asc(bodies.id))
      .all(),
  };
}
