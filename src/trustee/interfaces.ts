/** What a trustee's client needs from outside: in a process, files and HTTP; in a page, the browser's own. */
import type { Bytes } from '../crypto/bytes.ts';
import type { RecordSource } from '../record/record-source.ts';

/** The trustee's own store. */
export interface SecretStore {
  /** A document by its name; undefined if there is none. */
  read(name: string): Promise<Bytes | undefined>;
  /** Replaces the document as a whole and resolves once it is durable: after a crash it is the old or the new one. */
  write(name: string, bytes: Bytes): Promise<void>;
}

/** The ballot box, which is hostile. */
export interface BallotBox {
  readonly record: RecordSource;
  /**
   * Hands in an entry with the blobs (of `shares`) or age files (of `dealt`) that it names. Resolves once it is in
   * the log. The trustee may hand in the same bytes more than once.
   */
  submit(entry: Bytes, files: readonly Bytes[]): Promise<void>;
  /** The age file of this name that was handed in with a `dealt` entry, by its SHA-256 in base64url. */
  mail(sha256: string): Promise<Bytes | undefined>;
}

/** What the trustee's own recount of a closed election found. */
export interface Recounted {
  /** Everything that failed, for people to read; what cannot be proved yet is no failure. */
  readonly failures: readonly string[];
  /** The tally blob (docs/protocol.md §9.4), made from the record alone. */
  readonly tally: Bytes;
}

/** Recounts a record up to its closing. @param election the manifest's leaf, in base64url: the anchor. */
export type Recount = (record: RecordSource, election: string) => Promise<Recounted>;
