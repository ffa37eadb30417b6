/**
 * The lines of a large roll without an object for each: keys side by side, and once each what many lines have in
 * common. Some 40 bytes a voter.
 */
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import type { RollDocument, RollLine } from './roll-document.ts';

/** All of a line but P. */
export type LineKind = Omit<RollLine, 'P'>;

/** Lines by their place, from 0: an array of them, or `FlatLines`. */
export interface RollLines extends Iterable<RollLine> {
  readonly length: number;
  at(place: number): RollLine | undefined;
  entries(): Iterable<[number, RollLine]>;
}

/** A roll document, however its lines are kept. */
export interface Roll extends Omit<RollDocument, 'lines'> {
  readonly lines: RollLines;
}

/** All of each line but P, whose text takes most of the time of making a line. */
export function kindsOf<T extends object>(lines: Iterable<T>): Iterable<T | LineKind> {
  return lines instanceof FlatLines ? lines.eachKind : lines;
}

export class FlatLines implements RollLines {
  /** P of each line, 32 bytes each. */
  readonly keys: Bytes;
  readonly kinds: readonly LineKind[];
  /** Of each line, its place among the kinds. */
  readonly kindOf: Uint32Array;

  constructor(keys: Bytes, kinds: readonly LineKind[], kindOf: Uint32Array) {
    this.keys = keys;
    this.kinds = kinds;
    this.kindOf = kindOf;
  }

  /** @throws CryptoError `bad-encoding` for a P that is not base64url. */
  static of(lines: RollLines): FlatLines {
    if (lines instanceof FlatLines) return lines;
    const keys = new Uint8Array(lines.length * ELEMENT_BYTES);
    const kindOf = new Uint32Array(lines.length);
    const kinds: LineKind[] = [];
    const places = new Map<string, number>();
    for (const [i, { P, ...kind }] of lines.entries()) {
      keys.set(fromBase64Url(P), i * ELEMENT_BYTES);
      const name = JSON.stringify(kind);
      const place = places.get(name) ?? kinds.push(kind) - 1;
      places.set(name, place);
      kindOf[i] = place;
    }
    return new FlatLines(keys, kinds, kindOf);
  }

  get length(): number {
    return this.kindOf.length;
  }

  /** P of a line, as a view. */
  keyAt(place: number): Bytes {
    return this.keys.subarray(place * ELEMENT_BYTES, (place + 1) * ELEMENT_BYTES);
  }

  kindAt(place: number): LineKind | undefined {
    return this.kinds[this.kindOf[place] ?? -1];
  }

  /** The kind of each line, in order. */
  readonly eachKind: Iterable<LineKind> = { [Symbol.iterator]: () => this.#eachKind() };

  *#eachKind(): Generator<LineKind, void, void> {
    for (let i = 0; i < this.length; i += 1) {
      const kind = this.kindAt(i);
      if (kind !== undefined) yield kind;
    }
  }

  at(place: number): RollLine | undefined {
    const kind = this.kindAt(place);
    return kind && { P: toBase64Url(this.keyAt(place)), ...kind };
  }

  *entries(): Generator<[number, RollLine], void, void> {
    for (let i = 0; i < this.length; i += 1) {
      const line = this.at(i);
      if (line !== undefined) yield [i, line];
    }
  }

  *[Symbol.iterator](): Generator<RollLine, void, void> {
    for (const [, line] of this.entries()) yield line;
  }
}
