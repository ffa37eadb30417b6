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
  ['Whole recounts', /^recount\./],
  ['In a browser', /^browser\./],
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

function tables(report: Report): string {
  const own = SECTIONS.map(([title, pattern]) => {
    const rows = report.figures
      .filter(({ name }) => pattern.test(name))
      .map(({ name, value, unit, runs }) => [
        `\`${name}\``,
        `${value.toLocaleString('en-GB', { maximumSignificantDigits: 7 })} ${unit}`,
        String(runs),
      ]);
    return rows.length === 0 ? '' : `### ${title}\n\n${table(['Figure', 'Median', 'Runs'], rows)}\n`;
  });
  const goals = table(['What', 'Needed', 'Measured', 'Reached'], goalRows(report));
  return [`Machine: ${report.machine}.\n`, `${goals}\n`, ...own.filter((text) => text !== '')].join('\n');
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
