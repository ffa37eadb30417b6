/**
 * The tables of officers: passkeys, sessions by the hash of their cookie, and proposed entries. They are apart from the ballot box's database,
 * which holds what the record publishes and nothing besides.
 */
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Public keys of authenticators (WebAuthn §5.8), each of one officer. */
export const passkeys = sqliteTable('passkeys', {
  /** The credential's id, base64url, as the authenticator chose it. */
  id: text().primaryKey(),
  /** The hash of the officer's key. */
  officer: text().notNull(),
  /** What the officer calls it. */
  label: text().notNull(),
  /** COSE_Key (RFC 9052 §7). */
  publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
  /** How often it has signed, as it says; a copy of it is behind (WebAuthn §6.1.1). */
  counter: integer().notNull(),
  /** Unix seconds, as all times here. */
  added: integer().notNull(),
  used: integer(),
});

export const sessions = sqliteTable('sessions', {
  /** base64url of the SHA-256 of the cookie's value. */
  sha256: text().primaryKey(),
  /** The hash of the officer's key. */
  officer: text().notNull(),
  started: integer().notNull(),
  /** When it was last used, within a minute. */
  used: integer().notNull(),
  /** The passkey that started it; null for the officer's key. */
  passkey: text(),
});

/** Entries that wait for the signature of a second officer. */
export const proposedEntries = sqliteTable(
  'proposed_entries',
  {
    election: text().notNull(),
    /** The leaf hash of the entry as it was proposed. */
    proposal: text().notNull(),
    proposed: integer().notNull(),
    /** What was sent: the entry, and the blobs that it names. */
    sent: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.election, table.proposal] })],
);
