/**
 * The registrar's tables: who is a member, and which member has which credential. They are in a database file of
 * their own; the ballot box never reads it.
 */
import {
  blob,
  foreignKey,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Person } from '../../../roll/membership.ts';

/** One row: the key that signs rolls, made on first start. */
export const signingKeys = sqliteTable('signing_keys', {
  id: integer().primaryKey(),
  seed: blob({ mode: 'buffer' }).notNull(),
});

/** One row for each import that was stored. */
export const rolls = sqliteTable('rolls', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** Unix seconds. */
  imported: integer().notNull(),
  /** Unix seconds: the members are those of then. */
  frozen: integer().notNull(),
  /** SHA-256 of the file, base64url. */
  sha256: text().notNull(),
});

/** At most one row: the file that waits for an officer's approval. */
export const proposals = sqliteTable('proposals', {
  id: text().primaryKey(),
  /** The roll that it would take the place of. */
  base: integer()
    .notNull()
    .references(() => rolls.id),
  frozen: integer().notNull(),
  file: blob({ mode: 'buffer' }).notNull(),
  sha256: text().notNull(),
  /** Who imported it: the hash of an officer's key. */
  officer: text().notNull(),
  at: integer().notNull(),
});

const roll = () =>
  integer()
    .notNull()
    .references(() => rolls.id);

export const bodies = sqliteTable(
  'bodies',
  {
    roll: roll(),
    id: text().notNull(),
    kind: text({ enum: ['region', 'branch', 'strand', 'affiliate'] }).notNull(),
    region: text(),
    size: integer(),
  },
  (table) => [primaryKey({ columns: [table.roll, table.id] })],
);

export const people = sqliteTable(
  'people',
  {
    roll: roll(),
    /** Place in the file, from 0. */
    place: integer().notNull(),
    person: text().notNull(),
    name: text().notNull(),
    contact: text().notNull(),
    member: integer({ mode: 'boolean' }).notNull(),
    region: text(),
    branch: text(),
    strands: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    represents: text(),
    weight: integer().notNull(),
    chosen: text({ mode: 'json' }).$type<Person['chosen']>(),
    mandates: text({ mode: 'json' }).$type<Person['mandates']>(),
    substituteFor: text('substitute_for'),
  },
  (table) => [
    primaryKey({ columns: [table.roll, table.place] }),
    uniqueIndex('people_person').on(table.roll, table.person),
  ],
);

/** Elections that tokens were issued for. */
export const elections = sqliteTable('elections', {
  /** base64url of the manifest's leaf. */
  election: text().primaryKey(),
  roll: roll(),
  /** The manifest's entry, as published. */
  manifest: blob({ mode: 'buffer' }).notNull(),
  /** JSON of what each college is filled from. */
  sources: text().notNull(),
  /** Unix seconds. */
  issued: integer().notNull(),
  /** Of the latest export; null until then, as `deleted`. */
  exported: integer(),
  deleted: integer(),
});

/** One row for each person in each college. */
export const credentials = sqliteTable(
  'credentials',
  {
    election: text().notNull(),
    person: text().notNull(),
    college: text().notNull(),
    /** The public key, base64url. */
    P: text().notNull(),
    /** Null once deleted. */
    token: text(),
  },
  (table) => [
    primaryKey({ columns: [table.election, table.college, table.person] }),
    uniqueIndex('credentials_key').on(table.election, table.P),
    foreignKey({ columns: [table.election], foreignColumns: [elections.election] }),
  ],
);

/** What was done, in order; never with a token, a name or an address. */
export const changes = sqliteTable('changes', {
  seq: integer().primaryKey({ autoIncrement: true }),
  /** Unix seconds. */
  at: integer().notNull(),
  what: text({
    enum: [
      'roll-imported',
      'roll-proposed',
      'roll-approved',
      'roll-withdrawn',
      'tokens-issued',
      'tokens-exported',
      'tokens-deleted',
      'roll-signed',
      'credential-replaced',
    ],
  }).notNull(),
  /** The roll's number or the election. */
  subject: text().notNull(),
  detail: text().notNull(),
});
