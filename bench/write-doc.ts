/**
 * Writes the tables of docs/performance.md from a report of the benchmark: `node bench/write-doc.ts [FILE]`, with
 * docs/performance.json where no file is named.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { goalRows } from './goals.ts';
import type { Report } from './run.ts';

const DOCUMENT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const REPORT = fileURLToPath(new URL('../docs/performance.json', import.meta.url));

/** Headings, and the names of the figures below them, in the order of the document. */
const SECTIONS: readonly (readonly [string, RegExp])[] = [
  ['In a browser', /^browser\./],
  ['The booth in a browser', /^booth\./],
  ['Casting over HTTP', /^cast\./],
  ['At the door, in batches', /^door\./],
  ['From bytes to verdicts, in batches', /^batch\./],
  ['One ballot with @noble', /^(encrypt|verify)\./],
  ['Points, scalars and hashes', /^(decode|encode|add|sum|multiply|hash|reduce)\./],
  ['Trustees', /^(ceremony|decrypt)\./],
  ['Making simulated ballots', /^simulate\./],
  ['What pages load', /^bundle\./],
];

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, i) => (i === 0 ? '---' : '---:'));
  return [heads, rule, ...rows].map(line).join('\n');
}

const shown = (value: number): string => value.toLocaleString('en-GB', { maximumSignificantDigits: 7 });

/** One line for each record and way; what a figure's name says beyond them is its column. */
const RECOUNT = /^recount\.(\d+)x(\d+)\.((?:nohints|making|hints|bigint)\.\d+c(?:ores?|pu))(?:\.(.*))?$/;
const COLUMNS = ['', 'work', 'count_tree', 'decryption_ms', 'seconds', 'rss_mb'];
const RECOUNT_HEADS = [
  'Ballots',
  'Options',
  'Way',
  'µs per ballot',
  'work, µs',
  'count tree, µs',
  'decryption, ms',
  'all, s',
  'memory, MB',
];

function recountTable({ figures }: Report): string {
  const rows = new Map<string, string[]>();
  for (const { name, value } of figures) {
    const [, ballots, options = '', way = '', column = ''] = RECOUNT.exec(name) ?? [];
    if (ballots === undefined) continue;
    const key = `${ballots}x${options}.${way}`;
    const row = rows.get(key) ?? [
      Number(ballots).toLocaleString('en-GB'),
      options,
      way,
      ...COLUMNS.map(() => ''),
    ];
    row[3 + COLUMNS.indexOf(column)] = shown(value);
    rows.set(key, row);
  }
  return rows.size === 0 ? '' : `### Whole recounts\n\n${table(RECOUNT_HEADS, [...rows.values()])}\n`;
}

function tables(report: Report): string {
  const own = SECTIONS.map(([title, pattern]) => {
    const rows = report.figures
      .filter(({ name }) => pattern.test(name))
      .map(({ name, value, unit, runs }) => [`\`${name}\``, `${shown(value)} ${unit}`, String(runs)]);
    return rows.length === 0 ? '' : `### ${title}\n\n${table(['Figure', 'Median', 'Runs'], rows)}\n`;
  });
  const goals = table(['What', 'Needed', 'Measured', 'Reached'], goalRows(report));
  const parts = [recountTable(report), ...own].filter((text) => text !== '');
  return [`Machine: ${report.machine}.\n`, `${goals}\n`, ...parts].join('\n');
}

const [BEGIN, END] = ['<!-- figures: bench/write-doc.ts -->', '<!-- end of figures -->'];

/** The document with the tables of this report in place of those that it has. */
export function withFigures(document: string, report: Report): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('docs/performance.md has no place for figures');
  return `${before}${BEGIN}\n\n${tables(report)}\n${END}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = JSON.parse(await readFile(process.argv[2] ?? REPORT, 'utf8')) as Report;
  await writeFile(DOCUMENT, withFigures(await readFile(DOCUMENT, 'utf8'), report));
}
