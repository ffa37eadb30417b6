/**
 * The tables of officers' sign-in: sessions by the hash of their cookie. They are apart from the ballot box's database,
 * which holds what the record publishes and nothing besides.
 */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const sessions = sqliteTable('sessions', {
  /** base64url of the SHA-256 of the cookie's value. */
  sha256: text().primaryKey(),
  /** The hash of the officer's key. */
  officer: text().notNull(),
  /** Unix seconds, as all times here. */
  started: integer().notNull(),
  /** When it was last used, within a minute. */
  used: integer().notNull(),
});
