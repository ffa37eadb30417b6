/**
 * The database of officers' sign-in: one SQLite file, migrated when it is opened. What a method writes has reached the
 * disk when it returns.
 */
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { eq, lte, or } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { sessions } from './schema.ts';

export type Session = typeof sessions.$inferSelect;

const MIGRATIONS = fileURLToPath(new URL('../../../../migrations/officers', import.meta.url));

export class OfficerStore {
  readonly #sqlite: Database.Database;
  readonly #db: BetterSQLite3Database;

  /** @throws Error if the file is not such a database, cannot be written, or is open elsewhere. */
  constructor(file: string) {
    this.#sqlite = new Database(file);
    try {
      this.#sqlite.pragma('locking_mode = EXCLUSIVE');
      this.#sqlite.pragma('journal_mode = WAL');
      this.#sqlite.pragma('synchronous = FULL');
      this.#sqlite.pragma('secure_delete = ON');
      this.#db = drizzle(this.#sqlite);
      migrate(this.#db, { migrationsFolder: MIGRATIONS });
    } catch (error) {
      this.#sqlite.close();
      throw error;
    }
  }

  session(sha256: string): Session | undefined {
    return this.#db.select().from(sessions).where(eq(sessions.sha256, sha256)).get();
  }

  addSession(session: Session): void {
    this.#db.insert(sessions).values(session).run();
  }

  touchSession(sha256: string, used: number): void {
    this.#db.update(sessions).set({ used }).where(eq(sessions.sha256, sha256)).run();
  }

  endSession(sha256: string): void {
    this.#db.delete(sessions).where(eq(sessions.sha256, sha256)).run();
  }

  endSessionsOf(officer: string): void {
    this.#db.delete(sessions).where(eq(sessions.officer, officer)).run();
  }

  /** Those that were started or used so long ago. */
  endSessionsBefore(started: number, used: number): void {
    this.#db
      .delete(sessions)
      .where(or(lte(sessions.started, started), lte(sessions.used, used)))
      .run();
  }

  close(): void {
    this.#sqlite.close();
  }
}
