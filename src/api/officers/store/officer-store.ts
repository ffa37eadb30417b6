/**
 * The database of officers (schema.ts): one SQLite file, migrated when it is opened. What a method writes has reached the
 * disk when it returns.
 */
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { and, asc, desc, eq, lte, notInArray, or } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { passkeys, proposedEntries, sessions } from './schema.ts';

export type Passkey = typeof passkeys.$inferSelect;
export type StoredProposal = typeof proposedEntries.$inferSelect;
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

  /** Those of an officer but for so many that were used last. */
  endOldestSessionsOf(officer: string, kept: number): void {
    const own = eq(sessions.officer, officer);
    const last = this.#db
      .select({ sha256: sessions.sha256 })
      .from(sessions)
      .where(own)
      .orderBy(desc(sessions.used), desc(sessions.started))
      .limit(kept);
    this.#db
      .delete(sessions)
      .where(and(own, notInArray(sessions.sha256, last)))
      .run();
  }

  /** Those that were started or used so long ago. */
  endSessionsBefore(started: number, used: number): void {
    this.#db
      .delete(sessions)
      .where(or(lte(sessions.started, started), lte(sessions.used, used)))
      .run();
  }

  passkey(id: string): Passkey | undefined {
    return this.#db.select().from(passkeys).where(eq(passkeys.id, id)).get();
  }

  /** The oldest first. */
  passkeysOf(officer: string): Passkey[] {
    return this.#db
      .select()
      .from(passkeys)
      .where(eq(passkeys.officer, officer))
      .orderBy(asc(passkeys.added))
      .all();
  }

  /** Whether it is new. */
  addPasskey(passkey: Passkey): boolean {
    return this.#db.insert(passkeys).values(passkey).onConflictDoNothing().run().changes === 1;
  }

  /** Whether the passkey is still there, with the counter that it had. */
  usePasskey({ id, counter }: Passkey, next: number, used: number): boolean {
    const unchanged = and(eq(passkeys.id, id), eq(passkeys.counter, counter));
    return this.#db.update(passkeys).set({ counter: next, used }).where(unchanged).run().changes === 1;
  }

  /** Removes it with the sessions that it started. @returns whether it was there. */
  removePasskey(officer: string, id: string): boolean {
    return this.#db.transaction(() => {
      const own = and(eq(passkeys.id, id), eq(passkeys.officer, officer));
      if (this.#db.delete(passkeys).where(own).run().changes === 0) return false;
      this.#db.delete(sessions).where(eq(sessions.passkey, id)).run();
      return true;
    });
  }

  /** The oldest first. */
  proposalsOf(election: string): StoredProposal[] {
    return this.#db
      .select()
      .from(proposedEntries)
      .where(eq(proposedEntries.election, election))
      .orderBy(asc(proposedEntries.proposed))
      .all();
  }

  addProposal(proposal: StoredProposal): void {
    this.#db.insert(proposedEntries).values(proposal).onConflictDoNothing().run();
  }

  /** Whether it was there. */
  dropProposal(election: string, proposal: string): boolean {
    const named = and(eq(proposedEntries.election, election), eq(proposedEntries.proposal, proposal));
    return this.#db.delete(proposedEntries).where(named).run().changes === 1;
  }

  dropProposalsBefore(proposed: number): void {
    this.#db.delete(proposedEntries).where(lte(proposedEntries.proposed, proposed)).run();
  }

  close(): void {
    this.#sqlite.close();
  }
}
