/** Opening a service's database behind its back, and stores that fail. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  type Batch,
  openRecordStore,
  type RecordStore,
  type StoredElection,
} from '../../src/api/store/record-store.ts';

/** Runs SQL on the database of a service that is not running. */
export function tamper(dataDir: string, act: (sqlite: Database.Database) => void): void {
  const sqlite = new Database(join(dataDir, 'ballot-box.sqlite'));
  try {
    act(sqlite);
  } finally {
    sqlite.close();
  }
}

/** When the next write fails: before it has persisted anything, or after it has persisted everything. */
export type Failure = 'before' | 'after';

/** A store whose next write fails once. */
export interface FailingStore extends RecordStore {
  failNext: Failure | null;
}

export function failingStore(dataDir: string): FailingStore {
  const inner = openRecordStore(join(dataDir, 'ballot-box.sqlite'));
  const failing = (write: () => void): void => {
    const failure = store.failNext;
    store.failNext = null;
    if (failure === 'before') throw new Error('disk I/O error');
    write();
    if (failure === 'after') throw new Error('disk I/O error');
  };
  const store: FailingStore = {
    failNext: null,
    elections: () => inner.elections(),
    create: (election: StoredElection, batch: Batch) => failing(() => inner.create(election, batch)),
    append: (election: string, batch: Batch) => failing(() => inner.append(election, batch)),
    entries: (election) => inner.entries(election),
    entryBytes: (election, first, end) => inner.entryBytes(election, first, end),
    entryOf: (election, leaf) => inner.entryOf(election, leaf),
    checkpoints: (election) => inner.checkpoints(election),
    latestCheckpoint: (election) => inner.latestCheckpoint(election),
    checkpointOver: (election, index) => inner.checkpointOver(election, index),
    moments: (election) => inner.moments(election),
    blob: (election, sha256) => inner.blob(election, sha256),
    putMail: (election, letter) => inner.putMail(election, letter),
    mail: (election, sha256) => inner.mail(election, sha256),
    dropMail: (election) => inner.dropMail(election),
    disputeNames: (election) => inner.disputeNames(election),
    putDispute: (election, dispute) => failing(() => inner.putDispute(election, dispute)),
    disputes: (election) => inner.disputes(election),
    dispute: (election, sha256) => inner.dispute(election, sha256),
    officerKeys: () => inner.officerKeys(),
    addOfficerKey: (sha256) => inner.addOfficerKey(sha256),
    close: () => inner.close(),
  };
  return store;
}
