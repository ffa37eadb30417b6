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
   * Hands in an entry with the blobs that it names, and resolves once it is in the log. The same bytes may come
   * more than once.
   */
  submit(entry: Bytes, blobs: readonly Bytes[]): Promise<void>;
  /** Delivers an age file that a `dealt` entry of the log names. */
  deliver(letter: Bytes): Promise<void>;
  /** An age file that was delivered, by its SHA-256 in base64url. */
  mail(sha256: string): Promise<Bytes | undefined>;
}

/** What the trustee's own recount of a closed election found. */
interface Recounted {
  /** Everything that failed, for people to read; what cannot be proved yet is no failure. */
  readonly failures: readonly string[];
  /** The tally blob (docs/protocol.md §9.4), made from the record alone. */
  readonly tally: Bytes;
}

/** Recounts a record up to its closing. @param election the manifest's leaf, in base64url: the anchor. */
export type Recount = (record: RecordSource, election: string) => Promise<Recounted>;

/**
 * Asks the people: do all trustees read the same words? Called once the share is kept, before the key is confirmed.
 * False: not compared yet. It throws if they differ.
 */
export type CompareWords = (words: readonly string[]) => Promise<boolean>;
