/**
 * What the ballot box keeps on disk: entries, checkpoints, blobs and mail, in SQLite. Writes are transactions
 * that have reached the disk when they return (WAL, synchronous=FULL). What is read back is judged by
 * `load-log.ts`, not here.
 */
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Bytes } from '../../crypto/bytes.ts';
import type { StoredDispute } from '../../record/filed-disputes.ts';
import type { Moment } from '../../record/moments.ts';
import { blobs, checkpoints, disputes, elections, entries, mail, moments, officerKeys } from './schema.ts';

export interface StoredEntry {
  readonly index: number;
  /** base64url of the leaf hash. */
  readonly leaf: string;
  readonly type: string;
  readonly bytes: Bytes;
}

export interface StoredBlob {
  /** base64url of SHA-256. */
  readonly sha256: string;
  readonly bytes: Bytes;
}

export interface StoredCheckpoint {
  readonly size: number;
  /** The signed note. */
  readonly note: Bytes;
}

/** What one transaction appends: entries, the blobs that they name, the checkpoint that covers them, and what is noted of the time. */
export interface Batch {
  readonly entries: readonly StoredEntry[];
  readonly blobs: readonly StoredBlob[];
  readonly checkpoint: StoredCheckpoint;
  readonly moments: readonly Moment[];
}

export interface StoredElection {
  readonly election: string;
  /** Unix seconds. */
  readonly published: number;
}

/** An interface, so that tests can make each write fail with and without having persisted. */
export interface RecordStore {
  elections(): StoredElection[];
  /** Writes a new election and its first batch. */
  create(election: StoredElection, batch: Batch): void;
  append(election: string, batch: Batch): void;
  /** Every entry in order of index, a page in memory at a time. */
  entries(election: string): Generator<StoredEntry, void, void>;
  /** The bytes of the entries from `first` up to, not including, `end`. */
  entryBytes(election: string, first: number, end: number): Bytes[];
  entryOf(election: string, leaf: string): StoredEntry | undefined;
  /** Every checkpoint in order of size. */
  checkpoints(election: string): StoredCheckpoint[];
  latestCheckpoint(election: string): StoredCheckpoint | undefined;
  /** The first checkpoint that was signed with this entry under it. */
  checkpointOver(election: string, index: number): StoredCheckpoint | undefined;
  /** In order. */
  moments(election: string): Moment[];
  blob(election: string, sha256: string): Bytes | undefined;
  putMail(election: string, letter: StoredBlob): void;
  mail(election: string, sha256: string): Bytes | undefined;
  dropMail(election: string): void;
  putDispute(election: string, dispute: StoredDispute): void;
  /** In the order in which they were filed. */
  disputes(election: string): StoredDispute[];
  /** The same, without their bytes. */
  disputeNames(election: string): Omit<StoredDispute, 'bytes'>[];
  dispute(election: string, sha256: string): StoredDispute | undefined;
  officerKeys(): string[];
  addOfficerKey(sha256: string): void;
  close(): void;
}

const MIGRATIONS = fileURLToPath(new URL('../../../migrations/sqlite', import.meta.url));
const PAGE = 1000;
/** How long to wait for a service that is just stopping. */
const LOCK_MILLISECONDS = 500;

/**
 * Opens the database, made and migrated where needed. The file is locked while it is open: two servers on one
 * log would sign two histories.
 * @param options.maxPages how far the file may grow, in pages; beyond, writes fail as they do on a full disk.
 * @throws Error if the file is not a database, cannot be written, or is open elsewhere.
 */
export function openRecordStore(
  file: string,
  { maxPages }: { readonly maxPages?: number } = {},
): RecordStore {
  const sqlite = new Database(file, { timeout: LOCK_MILLISECONDS });
  try {
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    if (maxPages !== undefined) sqlite.pragma(`max_page_count = ${maxPages}`);
    const db = drizzle(sqlite);
    migrate(db, { migrationsFolder: MIGRATIONS });
    return new SqliteStore(sqlite, db);
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

const entryColumns = { index: entries.index, leaf: entries.leaf, type: entries.type, bytes: entries.bytes };
const disputeColumns = { sha256: disputes.sha256, filed: disputes.filed, bytes: disputes.bytes };
const checkpointColumns = { size: checkpoints.size, note: checkpoints.note };

/** The statements that every cast ballot needs. */
function prepareHot(db: BetterSQLite3Database) {
  const value = sql.placeholder;
  const ofElection = eq(entries.election, value('election'));
  return {
    insertEntry: db
      .insert(entries)
      .values({
        election: value('election'),
        index: value('index'),
        leaf: value('leaf'),
        type: value('type'),
        bytes: value('bytes'),
      })
      .prepare(),
    entryOf: db
      .select(entryColumns)
      .from(entries)
      .where(and(ofElection, eq(entries.leaf, value('leaf'))))
      .prepare(),
    entryBytes: db
      .select({ bytes: entries.bytes })
      .from(entries)
      .where(and(ofElection, gte(entries.index, value('first')), lt(entries.index, value('end'))))
      .orderBy(asc(entries.index))
      .prepare(),
    checkpointOver: db
      .select(checkpointColumns)
      .from(checkpoints)
      .where(and(eq(checkpoints.election, value('election')), gt(checkpoints.size, value('index'))))
      .orderBy(asc(checkpoints.size))
      .limit(1)
      .prepare(),
  };
}

class SqliteStore implements RecordStore {
  readonly #sqlite: Database.Database;
  readonly #db: BetterSQLite3Database;
  readonly #prepared: ReturnType<typeof prepareHot>;

  constructor(sqlite: Database.Database, db: BetterSQLite3Database) {
    this.#sqlite = sqlite;
    this.#db = db;
    this.#prepared = prepareHot(db);
  }

  elections(): StoredElection[] {
    return this.#db.select().from(elections).orderBy(asc(elections.published)).all();
  }

  create(election: StoredElection, batch: Batch): void {
    this.#db.transaction(
      () => {
        this.#db.insert(elections).values(election).run();
        this.#write(election.election, batch);
      },
      { behavior: 'immediate' },
    );
  }

  append(election: string, batch: Batch): void {
    this.#db.transaction(() => this.#write(election, batch), { behavior: 'immediate' });
  }

  #write(election: string, batch: Batch): void {
    for (const { index, leaf, type, bytes } of batch.entries) {
      this.#prepared.insertEntry.run({ election, index, leaf, type, bytes: buffer(bytes) });
    }
    for (const { sha256, bytes } of batch.blobs) {
      // Two entries may name the same blob.
      this.#db
        .insert(blobs)
        .values({ election, sha256, bytes: buffer(bytes) })
        .onConflictDoNothing()
        .run();
    }
    for (const { size, time } of batch.moments) {
      this.#db.insert(moments).values({ election, size, time }).run();
    }
    const { size, note } = batch.checkpoint;
    this.#db
      .insert(checkpoints)
      .values({ election, size, note: buffer(note) })
      .run();
  }

  *entries(election: string): Generator<StoredEntry, void, void> {
    for (let after = -1; ; ) {
      const page = this.#db
        .select(entryColumns)
        .from(entries)
        .where(and(eq(entries.election, election), gt(entries.index, after)))
        .orderBy(asc(entries.index))
        .limit(PAGE)
        .all();
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.index;
    }
  }

  entryBytes(election: string, first: number, end: number): Bytes[] {
    return this.#prepared.entryBytes.all({ election, first, end }).map(({ bytes }) => bytes);
  }

  entryOf(election: string, leaf: string): StoredEntry | undefined {
    return this.#prepared.entryOf.get({ election, leaf });
  }

  checkpoints(election: string): StoredCheckpoint[] {
    return this.#checkpoints(election).orderBy(asc(checkpoints.size)).all();
  }

  latestCheckpoint(election: string): StoredCheckpoint | undefined {
    return this.#checkpoints(election).orderBy(desc(checkpoints.size)).limit(1).get();
  }

  checkpointOver(election: string, index: number): StoredCheckpoint | undefined {
    return this.#prepared.checkpointOver.get({ election, index });
  }

  #checkpoints(election: string) {
    return this.#db.select(checkpointColumns).from(checkpoints).where(eq(checkpoints.election, election));
  }

  moments(election: string): Moment[] {
    return this.#db
      .select({ size: moments.size, time: moments.time })
      .from(moments)
      .where(eq(moments.election, election))
      .orderBy(asc(moments.size), asc(moments.time))
      .all();
  }

  blob(election: string, sha256: string): Bytes | undefined {
    const named = and(eq(blobs.election, election), eq(blobs.sha256, sha256));
    return this.#db.select({ bytes: blobs.bytes }).from(blobs).where(named).get()?.bytes;
  }

  putMail(election: string, { sha256, bytes }: StoredBlob): void {
    this.#db
      .insert(mail)
      .values({ election, sha256, bytes: buffer(bytes) })
      .onConflictDoNothing()
      .run();
  }

  mail(election: string, sha256: string): Bytes | undefined {
    const named = and(eq(mail.election, election), eq(mail.sha256, sha256));
    return this.#db.select({ bytes: mail.bytes }).from(mail).where(named).get()?.bytes;
  }

  dropMail(election: string): void {
    this.#db.delete(mail).where(eq(mail.election, election)).run();
  }

  putDispute(election: string, { sha256, filed, bytes }: StoredDispute): void {
    this.#db
      .insert(disputes)
      .values({ election, sha256, filed, bytes: buffer(bytes) })
      .onConflictDoNothing()
      .run();
  }

  disputes(election: string): StoredDispute[] {
    return this.#db
      .select(disputeColumns)
      .from(disputes)
      .where(eq(disputes.election, election))
      .orderBy(asc(disputes.filed), sql`rowid`)
      .all();
  }

  disputeNames(election: string): Omit<StoredDispute, 'bytes'>[] {
    const { sha256, filed } = disputeColumns;
    return this.#db
      .select({ sha256, filed })
      .from(disputes)
      .where(eq(disputes.election, election))
      .orderBy(asc(disputes.filed), sql`rowid`)
      .all();
  }

  dispute(election: string, sha256: string): StoredDispute | undefined {
    const named = and(eq(disputes.election, election), eq(disputes.sha256, sha256));
    return this.#db.select(disputeColumns).from(disputes).where(named).get();
  }

  officerKeys(): string[] {
    return this.#db
      .select()
      .from(officerKeys)
      .all()
      .map(({ sha256 }) => sha256);
  }

  addOfficerKey(sha256: string): void {
    this.#db.insert(officerKeys).values({ sha256 }).onConflictDoNothing().run();
  }

  close(): void {
    this.#sqlite.close();
  }
}

/** The same memory as the Buffer that the driver takes. */
function buffer(bytes: Bytes): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
