/**
 * Square-root hints beside a record (docs/protocol.md §8.2): what a recount calculated, so that later ones decode
 * points in a fraction of the time. They are no part of the record, and are not trusted: whatever is in them, or
 * missing, or wrong, the verdicts are the same.
 */
import { encodeTilePath, entryBundles, type Tile } from '../../board/tiles.ts';
import { type Bytes, concat, equalBytes, u16 } from '../../crypto/bytes.ts';

/** Where hints are kept, by their paths. */
export interface HintStore {
  /** Whatever it throws, there are no hints. */
  read(path: string): Promise<Bytes | undefined>;
  /** Where it is missing, hints are used and not made. */
  readonly write?: ((path: string, bytes: Bytes) => Promise<void>) | undefined;
}

const HINT_BYTES = 32;

/** `hints/<N>[.p/<W>]`, where the entries are in `tile/entries/<N>[.p/<W>]`. */
function hintPath(bundle: Tile): string {
  return encodeTilePath(bundle).replace('tile/entries/', 'hints/');
}

/** For each entry u16(number of hints) ‖ hints. */
function encodeHints(hints: readonly Bytes[]): Bytes {
  return concat(...hints.flatMap((own) => [u16(own.length / HINT_BYTES), own]));
}

/** @returns undefined unless the bytes are exactly so many entries' hints. */
function parseHints(bytes: Bytes, entries: number): Bytes[] | undefined {
  const hints: Bytes[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && hints.length < entries) {
    const end = at + 2 + HINT_BYTES * ((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0));
    hints.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return at === bytes.length && hints.length === entries ? hints : undefined;
}

const NONE = new Uint8Array();

/** The hints of a log's entries, taken and kept in order, bundle by bundle. */
export class Hints {
  readonly #store: HintStore;
  readonly #toRead: Iterator<Tile, void, void>;
  readonly #toWrite: Iterator<Tile, void, void>;
  /** Read and not yet kept, by path: what need not be written again. */
  readonly #read = new Map<string, Bytes>();
  #kept: Bytes[] = [];
  #bundle: Tile | undefined;
  #isMissing = false;

  /** @param size of the log. */
  constructor(store: HintStore, size: number) {
    this.#store = store;
    this.#toRead = entryBundles(size);
    this.#toWrite = entryBundles(size);
    this.#bundle = this.#toWrite.next().value ?? undefined;
  }

  /** Whether `keep` keeps any. */
  get keeps(): boolean {
    return this.#store.write !== undefined;
  }

  /** Of each entry of the next bundle. */
  async next(): Promise<readonly Bytes[]> {
    const bundle = this.#toRead.next().value;
    if (!bundle || this.#isMissing) return [];
    const bytes = await this.#store.read(hintPath(bundle)).catch(() => undefined);
    // Who only reads asks no further where the first are missing.
    this.#isMissing = bytes === undefined && this.#store.write === undefined;
    const hints = bytes && parseHints(bytes, bundle.width);
    if (bytes !== undefined && hints !== undefined && this.#store.write !== undefined) {
      this.#read.set(hintPath(bundle), bytes);
    }
    return hints ?? [];
  }

  /** Keeps those of the next entry, if it has any. */
  async keep(hints: Bytes = NONE): Promise<void> {
    if (this.#store.write === undefined || this.#bundle === undefined) return;
    this.#kept.push(hints.slice());
    if (this.#kept.length < this.#bundle.width) return;
    const path = hintPath(this.#bundle);
    const bytes = encodeHints(this.#kept);
    const known = this.#read.get(path);
    this.#read.delete(path);
    this.#kept = [];
    this.#bundle = this.#toWrite.next().value ?? undefined;
    if (known === undefined || !equalBytes(known, bytes)) await this.#store.write(path, bytes);
  }
}
