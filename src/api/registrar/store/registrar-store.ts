/**
 * The registrar's database: one SQLite file, migrated when it is opened. Each method is one transaction that has
 * reached the disk when it returns (WAL, synchronous=FULL); what is deleted is overwritten.
 */
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Bytes } from '../../../crypto/bytes.ts';
import { generateSigningKey, parseSigningKey, type SigningKey } from '../../../crypto/ed25519.ts';
import type { CollegeSource } from '../../../roll/membership.ts';
import { type FrozenMembership, insertRoll, selectRoll } from './roll-rows.ts';
import { changes, credentials, elections, people, proposals, rolls, signingKeys } from './schema.ts';

export type ChangeKind = (typeof changes.$inferSelect)['what'];
export type Change = typeof changes.$inferSelect;

export interface IssuedElection {
  readonly election: string;
  readonly roll: number;
  /** The manifest's entry, as published. */
  readonly manifest: Bytes;
  readonly sources: readonly CollegeSource[];
  /** Unix seconds. */
  readonly issued: number;
  readonly exported: number | null;
  readonly deleted: number | null;
}

export interface IssuedCredential {
  readonly person: string;
  readonly college: string;
  /** base64url. */
  readonly P: string;
  /** Null once deleted. */
  readonly token: string | null;
}

export interface Import {
  /** Of the file, base64url. */
  readonly sha256: string;
  /** Unix seconds. */
  readonly at: number;
  /** The hash of an officer's key. */
  readonly officer: string;
}

/** A file that waits for approval. */
export interface Proposal extends Import {
  readonly id: string;
  /** The roll that it would take the place of. */
  readonly base: number;
  readonly frozen: number;
  readonly file: Bytes;
}

/** SQLite's name for a database without a file. */
const IN_MEMORY = ':memory:';
const MIGRATIONS = fileURLToPath(new URL('../../../../migrations/registrar', import.meta.url));

export class RegistrarStore {
  readonly #sqlite: Database.Database;
  readonly #db: BetterSQLite3Database;
  /** Signs rolls; made when the file was. */
  readonly signingKey: SigningKey;

  /** @throws Error if the file is not a database of the registrar, cannot be written, or is open elsewhere. */
  constructor(file: string) {
    // Names, addresses and tokens: for the service's own account alone. SQLite gives its other files the same mode.
    if (file !== IN_MEMORY) closeSync(openSync(file, 'a', 0o600));
    this.#sqlite = new Database(file);
    try {
      this.#sqlite.pragma('locking_mode = EXCLUSIVE');
      this.#sqlite.pragma('journal_mode = WAL');
      this.#sqlite.pragma('synchronous = FULL');
      this.#sqlite.pragma('foreign_keys = ON');
      this.#sqlite.pragma('secure_delete = ON');
      this.#db = drizzle(this.#sqlite);
      migrate(this.#db, { migrationsFolder: MIGRATIONS });
      this.signingKey = this.#loadSigningKey();
    } catch (error) {
      this.#sqlite.close();
      throw error;
    }
  }

  #loadSigningKey(): SigningKey {
    const stored = this.#db.select().from(signingKeys).get();
    if (stored) return parseSigningKey(stored.seed, 'signing_keys.seed');
    const key = generateSigningKey();
    this.#db
      .insert(signingKeys)
      .values({ id: 1, seed: Buffer.from(key) })
      .run();
    return key;
  }

  #write(work: () => void): void {
    this.#db.transaction(work, { behavior: 'immediate' });
  }

  #log(at: number, what: ChangeKind, subject: string, detail: string): void {
    this.#db.insert(changes).values({ at, what, subject, detail }).run();
  }

  /** The number of the new roll. */
  addRoll(membership: FrozenMembership, { sha256, at, officer }: Import): number {
    let roll = 0;
    this.#write(() => {
      roll = insertRoll(this.#db, membership, sha256, at);
      const { length } = membership.people;
      this.#log(at, 'roll-imported', String(roll), `${length} people, file ${sha256}, by ${officer}`);
    });
    return roll;
  }

  latestRoll(): { readonly id: number; readonly sha256: string } | undefined {
    return this.#db.select().from(rolls).orderBy(desc(rolls.id)).limit(1).get();
  }

  proposal(): Proposal | undefined {
    return this.#db.select().from(proposals).get();
  }

  /** In place of the one before. */
  keepProposal(proposal: Proposal): void {
    const { id, base, sha256, officer, at } = proposal;
    this.#write(() => {
      this.#db.delete(proposals).run();
      this.#db
        .insert(proposals)
        .values({ ...proposal, file: Buffer.from(proposal.file) })
        .run();
      this.#log(at, 'roll-proposed', id, `in place of roll ${base}, file ${sha256}, by ${officer}`);
    });
    this.#forget();
  }

  /** The number of the new roll. */
  acceptProposal(membership: FrozenMembership, proposal: Proposal, approver: string, at: number): number {
    const { id, sha256, officer } = proposal;
    let roll = 0;
    this.#write(() => {
      roll = insertRoll(this.#db, membership, sha256, at);
      this.#db.delete(proposals).run();
      this.#log(at, 'roll-approved', id, `roll ${roll}, imported by ${officer}, approved by ${approver}`);
    });
    this.#forget();
    return roll;
  }

  dropProposal({ id }: Proposal, officer: string, at: number): void {
    this.#write(() => {
      this.#db.delete(proposals).run();
      this.#log(at, 'roll-withdrawn', id, `by ${officer}`);
    });
    this.#forget();
  }

  /** What was deleted is overwritten in the file; the write-ahead log holds earlier pages until it is emptied. */
  #forget(): void {
    this.#sqlite.pragma('wal_checkpoint(TRUNCATE)');
  }

  membership(roll: number): FrozenMembership | undefined {
    return selectRoll(this.#db, roll);
  }

  hasElections(): boolean {
    return this.#db.select({ n: count() }).from(elections).get()?.n !== 0;
  }

  election(election: string): IssuedElection | undefined {
    const row = this.#db.select().from(elections).where(eq(elections.election, election)).get();
    return row && { ...row, sources: JSON.parse(row.sources) as CollegeSource[] };
  }

  /** All credentials of an election, at once or not at all. */
  issue(election: Omit<IssuedElection, 'exported' | 'deleted'>, issued: readonly IssuedCredential[]): void {
    const insertCredential = this.#db
      .insert(credentials)
      .values({
        election: sql.placeholder('election'),
        person: sql.placeholder('person'),
        college: sql.placeholder('college'),
        P: sql.placeholder('P'),
        token: sql.placeholder('token'),
      })
      .prepare();
    const { manifest, sources } = election;
    this.#write(() => {
      this.#db
        .insert(elections)
        .values({ ...election, manifest: Buffer.from(manifest), sources: JSON.stringify(sources) })
        .run();
      for (const credential of issued) insertCredential.run({ election: election.election, ...credential });
      this.#log(
        election.issued,
        'tokens-issued',
        election.election,
        `${issued.length} from roll ${election.roll}`,
      );
    });
  }

  /** By college, then in the order of the roll's file. */
  credentials(election: string): IssuedCredential[] {
    return this.#db
      .select({
        person: credentials.person,
        college: credentials.college,
        P: credentials.P,
        token: credentials.token,
      })
      .from(credentials)
      .innerJoin(elections, eq(credentials.election, elections.election))
      .innerJoin(people, and(eq(people.roll, elections.roll), eq(people.person, credentials.person)))
      .where(eq(credentials.election, election))
      .orderBy(asc(credentials.college), asc(people.place))
      .all();
  }

  /** How many credentials each college has. */
  countCredentials(election: string): Map<string, number> {
    const rows = this.#db
      .select({ college: credentials.college, n: count() })
      .from(credentials)
      .where(eq(credentials.election, election))
      .groupBy(credentials.college)
      .all();
    return new Map(rows.map(({ college, n }) => [college, n]));
  }

  markExported(election: string, at: number, tokens: number, again: boolean): void {
    this.#write(() => {
      this.#db.update(elections).set({ exported: at }).where(eq(elections.election, election)).run();
      this.#log(at, 'tokens-exported', election, `${tokens}${again ? ', again' : ''}`);
    });
  }

  deleteTokens(election: string, at: number): void {
    this.#write(() => {
      this.#db.update(credentials).set({ token: null }).where(eq(credentials.election, election)).run();
      this.#db.update(elections).set({ deleted: at }).where(eq(elections.election, election)).run();
      this.#log(at, 'tokens-deleted', election, '');
    });
    this.#forget();
  }

  logSigned(election: string, at: number, root: string): void {
    this.#log(at, 'roll-signed', election, `root ${root}`);
  }

  logReplaced(election: string, at: number, voter: number): void {
    this.#log(at, 'credential-replaced', election, `voter ${voter}`);
  }

  changes(): Change[] {
    return this.#db.select().from(changes).orderBy(asc(changes.seq)).all();
  }

  close(): void {
    this.#sqlite.close();
  }
}
