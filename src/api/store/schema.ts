/**
 * The ballot box's tables. They hold what is public and nothing besides: no names, no tokens, no
 * time of a vote, no address. What can be computed from the entries (tiles, heads of chains, counts) is not stored.
 */
import { blob, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const elections = sqliteTable('elections', {
  /** base64url of the manifest's leaf. */
  election: text().primaryKey(),
  /** Unix seconds at which the manifest was published: the notice counts from here. */
  published: integer().notNull(),
});

const election = () =>
  text()
    .notNull()
    .references(() => elections.election);

export const entries = sqliteTable(
  'entries',
  {
    election: election(),
    /** From 0, as in RFC 6962. */
    index: integer().notNull(),
    leaf: text().notNull(),
    type: text().notNull(),
    bytes: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.election, table.index] }),
    uniqueIndex('entries_leaf').on(table.election, table.leaf),
  ],
);

/** Every checkpoint that was signed: one a transaction. */
export const checkpoints = sqliteTable(
  'checkpoints',
  {
    election: election(),
    size: integer().notNull(),
    note: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.election, table.size] })],
);

const named = { sha256: text().notNull(), bytes: blob({ mode: 'buffer' }).notNull() };

/** How long the log was when, by this clock (record/moments.ts): never when a vote came. */
export const moments = sqliteTable(
  'moments',
  { election: election(), size: integer().notNull(), time: integer().notNull() },
  (table) => [primaryKey({ columns: [table.election, table.size, table.time] })],
);

/** What entries name by hash. */
export const blobs = sqliteTable('blobs', { election: election(), ...named }, (table) => [
  primaryKey({ columns: [table.election, table.sha256] }),
]);

/** Encrypted shares of a ceremony on their way between trustees; not part of the record. */
export const mail = sqliteTable('mail', { election: election(), ...named }, (table) => [
  primaryKey({ columns: [table.election, table.sha256] }),
]);

/** Disputes as members filed them, by the SHA-256 of their canonical form; public, and not part of the record. */
export const disputes = sqliteTable(
  'disputes',
  {
    election: election(),
    ...named,
    /** Unix seconds. */
    filed: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.election, table.sha256] })],
);

/** SHA-256 of the officers' keys, which are 256 random bits each. */
export const officerKeys = sqliteTable('officer_keys', { sha256: text().primaryKey() });
