/**
 * The roll's blob, line by line (docs/protocol.md §4.2): what it refuses is what its schema would, but a roll of a
 * million lines is never a million objects. The bytes are hostile.
 */
import { z } from 'zod';
import { type Bytes, concat, fromBase64Url, readBase64Url } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/errors.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import { FlatLines, type LineKind, type Roll } from '../roll/flat-lines.ts';
import { rollDocument, rollLine } from '../roll/roll-document.ts';
import { parseDocument } from './envelope.ts';
import { RecordError } from './errors.ts';

/** All but the lines. */
const frame = rollDocument.extend({ lines: z.array(rollLine).max(0) });
const MOST_LINES = 5_000_000;

const [QUOTE, BACKSLASH, COMMA, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [
  0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d,
];
const ascii = new TextEncoder();
const LINES_KEY = ascii.encode('"lines":[');
/** In RFC 8785 form a line begins with its key, since P sorts before what has small letters. */
const KEY_START = ascii.encode('{"P":"');
const KEY_DIGITS = 43;
/** A text for any bytes, and no two the same. */
const latin1 = new TextDecoder('latin1');

function startsWith(bytes: Bytes, at: number, text: Bytes): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text[i]) return false;
  return true;
}

/** Past the text that begins at a quote. */
function skipText(bytes: Bytes, at: number): number {
  let i = at + 1;
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i + 1;
}

/** Past the object or list that begins here. */
function skipValue(bytes: Bytes, at: number): number {
  let depth = 0;
  let i = at;
  while (i < bytes.length) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      i = skipText(bytes, i);
      continue;
    }
    i += 1;
    if (byte === OPEN || byte === OPEN_LIST) depth += 1;
    if (byte === CLOSE || byte === CLOSE_LIST) depth -= 1;
    if (depth <= 0) break;
  }
  return i;
}

/** Where the first line begins; −1 if there is no list of lines. */
function findLines(bytes: Bytes): number {
  for (let i = 1; i < bytes.length; ) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      if (startsWith(bytes, i, LINES_KEY)) return i + LINES_KEY.length;
      i = skipText(bytes, i);
    } else {
      i = byte === OPEN || byte === OPEN_LIST ? skipValue(bytes, i) : i + 1;
    }
  }
  return -1;
}

/** Where each line ends: after its comma, but for the last, after which the list does. */
function lineEnds(bytes: Bytes, from: number): Float64Array {
  // Memory that is not written to is not taken.
  const ends = new Float64Array(Math.min(MOST_LINES + 1, bytes.length));
  let lines = 0;
  for (let at = from; ; at += 1) {
    at = skipValue(bytes, at);
    ends[lines] = at;
    lines += 1;
    if (bytes[at] !== COMMA || lines > MOST_LINES) return ends.subarray(0, lines);
  }
}

class LineReader {
  readonly #bytes: Bytes;
  readonly #keys: Bytes;
  readonly #kindOf: Uint32Array;
  readonly #kinds: LineKind[] = [];
  /** The kind of a line by what comes after its key: read once for all lines that have the same. */
  readonly #known = new Map<string, number>();
  /** The latest of each length: most lines are like one that is near. */
  readonly #latest = new Map<number, { readonly rest: Bytes; readonly kind: number }>();

  constructor(bytes: Bytes, lines: number) {
    this.#bytes = bytes;
    this.#keys = new Uint8Array(lines * ELEMENT_BYTES);
    this.#kindOf = new Uint32Array(lines);
  }

  read(i: number, from: number, to: number): void {
    const bytes = this.#bytes;
    const keyAt = from + KEY_START.length;
    this.#kindOf[i] = this.#kindAfter(i, from, keyAt + KEY_DIGITS, to);
    if (readBase64Url(bytes, keyAt, KEY_DIGITS, this.#keys, i * ELEMENT_BYTES)) return;
    throw badKey(bytes.subarray(keyAt, keyAt + KEY_DIGITS), i);
  }

  /** The kind of the line whose rest begins at `at`. */
  #kindAfter(i: number, from: number, at: number, to: number): number {
    const bytes = this.#bytes;
    const isRegular = startsWith(bytes, from, KEY_START);
    const latest = isRegular ? this.#latest.get(to - at) : undefined;
    if (latest !== undefined && startsWith(bytes, at, latest.rest)) return latest.kind;
    const rest = bytes.subarray(at, to);
    const name = latin1.decode(rest);
    let kind = isRegular ? this.#known.get(name) : undefined;
    if (kind === undefined) {
      const { P: _, ...own } = readLine(bytes.subarray(from, to), i);
      kind = this.#kinds.push(own) - 1;
      this.#known.set(name, kind);
    }
    this.#latest.set(to - at, { rest, kind });
    return kind;
  }

  get lines(): FlatLines {
    return new FlatLines(this.#keys, this.#kinds, this.#kindOf);
  }
}

function readLine(bytes: Bytes, i: number) {
  try {
    return parseDocument(rollLine, bytes, `lines[${i}]`);
  } catch (error) {
    if (error instanceof RecordError && error.code === 'bad-field') {
      const why = error.message.slice(error.where.length + ': '.length);
      throw new RecordError('bad-field', `lines[${i}].${error.where}`.replace(/\.$/, ''), why);
    }
    throw error;
  }
}

/** What is wrong with digits that are not base64url. */
function badKey(digits: Bytes, i: number): RecordError {
  try {
    fromBase64Url(latin1.decode(digits));
  } catch (error) {
    if (error instanceof CryptoError) return new RecordError('bad-field', `lines[${i}].P`, error.message);
    throw error;
  }
  return new RecordError('bad-field', `lines[${i}].P`, 'cannot be read');
}

/** @throws RecordError `not-canonical`; `bad-field` with the path of the field. */
export function parseRoll(bytes: Bytes, where = 'roll'): Roll {
  const from = findLines(bytes);
  if (from < 0 || bytes[from] === CLOSE_LIST) return parseDocument(rollDocument, bytes, where);
  const ends = lineEnds(bytes, from);
  const end = ends.at(-1) ?? from;
  const around = concat(bytes.subarray(0, from), bytes.subarray(end));
  const rest = parseDocument(frame, around, where);
  if (ends.length > MOST_LINES) throw new RecordError('bad-field', 'lines', `more than ${MOST_LINES}`);
  const reader = new LineReader(bytes, ends.length);
  let start = from;
  ends.forEach((to, i) => {
    reader.read(i, start, to);
    start = to + 1;
  });
  return { ...rest, lines: reader.lines };
}
