/**
 * The membership file that a registrar imports: docs/roll-csv.md. RFC 4180 in UTF-8, one row a line, so that each
 * line is read by itself and one bad line hides no other. Bytes are hostile.
 */
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse/sync';
import type { Bytes } from '../../crypto/bytes.ts';
import type { Membership } from '../../roll/membership.ts';
import {
  MEMBERSHIP_COLUMNS,
  type MembershipColumn,
  type MembershipRow,
  NO_CELLS,
} from '../../roll/membership-columns.ts';
import { type RowProblem, readMembership } from '../../roll/membership-rows.ts';

export const MAX_FILE_BYTES = 64 * 2 ** 20;
const MAX_ROWS = 200_000;
const MAX_LINE_BYTES = 8192;
/** What a header has at least. */
const REQUIRED: readonly MembershipColumn[] = ['person', 'name', 'contact', 'member', 'region'];
/** Lines between two pauses in which the server does other work. */
const STRIDE = 1000;

export type FileProblemCode =
  | RowProblem['code']
  | 'empty-file'
  | 'not-utf8'
  | 'bad-quotes'
  | 'line-too-long'
  | 'wrong-header'
  | 'wrong-cells'
  | 'too-many-rows';

interface FileProblem {
  /** From 1. */
  readonly line: number;
  /** Null: the line as a whole. */
  readonly column: MembershipColumn | null;
  readonly code: FileProblemCode;
  readonly why: string;
  /** The line that said it first. */
  readonly also?: number;
}

type FileReading =
  | { readonly membership: Membership; readonly problems: readonly [] }
  | { readonly membership: null; readonly problems: readonly FileProblem[] };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BOM = '\uFEFF';

function* linesOf(bytes: Bytes): Generator<Bytes, void> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    yield bytes.subarray(start, bytes[end - 1] === 0x0d && end > start ? end - 1 : end);
    start = end + 1;
  }
}

const wholeLine = (line: number, code: FileProblemCode, why: string): FileProblem => ({
  line,
  column: null,
  code,
  why,
});

/** The cells of one line, or what is wrong with it; an empty line has none. */
function cellsOf(bytes: Bytes, line: number): readonly string[] | FileProblem {
  if (bytes.length > MAX_LINE_BYTES) return wholeLine(line, 'line-too-long', `over ${MAX_LINE_BYTES} bytes`);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return wholeLine(line, 'not-utf8', 'not UTF-8; export the file again as "CSV UTF-8"');
  }
  if (line === 1 && text.startsWith(BOM)) text = text.slice(1);
  try {
    // A carriage return inside the line stays in its cell, and is refused there.
    const [cells = []] = parse(text, { recordDelimiter: '\n', trim: true, skipEmptyLines: true });
    return cells;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return wholeLine(line, 'bad-quotes', 'a quote that is not closed, or stands inside a cell');
  }
}

type Header = readonly MembershipColumn[];

function headerOf(cells: readonly string[]): Header | FileProblem {
  const columns = cells.flatMap((cell) => MEMBERSHIP_COLUMNS.find((column) => column === cell) ?? []);
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  const faultless =
    columns.length === cells.length && new Set(columns).size === cells.length && missing.length === 0;
  return faultless
    ? columns
    : wholeLine(1, 'wrong-header', `the columns are ${MEMBERSHIP_COLUMNS.join(',')}`);
}

function rowOf(header: Header, line: number, cells: readonly string[]): MembershipRow | FileProblem {
  if (cells.length !== header.length)
    return wholeLine(line, 'wrong-cells', `${cells.length} cells under ${header.length} columns`);
  return {
    line,
    cells: { ...NO_CELLS, ...Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ''])) },
  };
}

const isProblem = (value: object): value is FileProblem => 'code' in value;

/** The membership of a file, or everything that is wrong with it, by line. */
export async function readRollCsv(bytes: Bytes, maxRows = MAX_ROWS): Promise<FileReading> {
  const problems: FileProblem[] = [];
  const rows: MembershipRow[] = [];
  let header: Header | null = null;
  let line = 0;
  for (const lineBytes of linesOf(bytes)) {
    line += 1;
    if (line % STRIDE === 0) await setImmediate();
    if (rows.length >= maxRows) {
      return { membership: null, problems: [wholeLine(line, 'too-many-rows', `over ${maxRows} rows`)] };
    }
    const cells = cellsOf(lineBytes, line);
    if (isProblem(cells)) {
      if (header === null) return { membership: null, problems: [cells] };
      problems.push(cells);
    } else if (header === null) {
      const found = headerOf(cells);
      if (isProblem(found)) return { membership: null, problems: [found] };
      header = found;
    } else if (cells.length > 0) {
      const row = rowOf(header, line, cells);
      if (isProblem(row)) problems.push(row);
      else rows.push(row);
    }
  }
  if (rows.length === 0 && problems.length === 0)
    problems.push(wholeLine(Math.max(line, 1), 'empty-file', 'no row'));
  const reading = readMembership(rows);
  const all = [...problems, ...reading.problems].sort((a, b) => a.line - b.line);
  if (reading.membership === null || all.length > 0) return { membership: null, problems: all };
  return { membership: reading.membership, problems: [] };
}
