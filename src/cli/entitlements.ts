/**
 * `teller entitlements`: how many delegates each body is entitled to, from published counts, with the working; or rival
 * rules side by side (docs/entitlements.md). It needs no server.
 */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { readRollCsv } from '../api/registrar/roll-csv.ts';
import { firstProblem, id, positive } from '../codec/fields.ts';
import { countVoters } from '../roll/build-roll.ts';
import { compareRules, type RivalRule, type RuleComparison } from '../roll/compare-rules.ts';
import type { Entitlement } from '../roll/entitlement.ts';
import { checkEntitlementRule, entitlementRule } from '../roll/entitlement-rule.ts';
import { RollError } from '../roll/errors.ts';
import { votersOf } from '../roll/membership.ts';
import { type RollBody, type RollCount, rollBody } from '../roll/roll-document.ts';
import { sensitivityInWords } from '../roll/sensitivity.ts';
import { CannotRun } from './exit.ts';
import { eachTime, readSmallFile } from './options.ts';

interface Options {
  readonly roll: string;
  readonly rule: readonly string[];
  readonly json?: true;
}

/** A published roll is one, too; its lines are not needed. */
const countedBodies = z.object({
  bodies: z.array(rollBody),
  counts: z.array(z.strictObject({ college: id, body: id, n: positive })),
});

interface Counted {
  readonly bodies: readonly RollBody[];
  readonly counts: readonly RollCount[];
}

function parsedAs<T>(schema: z.ZodType<T>, text: string, file: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CannotRun(`${file}: not JSON`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = firstProblem(parsed.error);
  throw new CannotRun(`${file}: ${path}: ${message}`);
}

async function readRule(file: string): Promise<RivalRule> {
  const rule = parsedAs(entitlementRule, await readSmallFile(file, 'the rule'), file);
  const [problem] = checkEntitlementRule(rule);
  if (problem) throw new CannotRun(`${file}: ${problem.field}: ${problem.why}`);
  return { name: basename(file, '.json'), rule };
}

/** Counts of a published roll, or of the members of a membership file. */
async function readCounts(file: string, colleges: readonly string[]): Promise<Counted> {
  const text = await readSmallFile(file, 'the roll');
  if (!file.endsWith('.csv')) return parsedAs(countedBodies, text, file);
  const { membership, problems } = await readRollCsv(new TextEncoder().encode(text));
  if (membership === null) {
    const [first] = problems;
    throw new CannotRun(`${file}: line ${first?.line}: ${first?.why}; ${problems.length} in all`);
  }
  const sources = colleges.map((college) => ({ college, of: 'members', body: null }) as const);
  return { bodies: membership.bodies, counts: countVoters(votersOf(membership, sources)) };
}

/** Columns of a table, padded; numbers on the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const padded = (cell: string, i: number) =>
    /^[0-9,]+$/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}

const sensitivityOf = ({ parts }: Entitlement): string =>
  parts
    .flatMap(({ sensitivity }) => (sensitivity === null ? [] : [sensitivityInWords(sensitivity)]))
    .join(' | ');

const reservedOf = ({ reserved }: Entitlement): string =>
  reserved.map(({ group, seats, why }) => `${group} ${seats}: ${why}`).join(' | ');

/** One rule: the working, and how near the next delegate is. */
function workingTable({ rules, bodies, totals }: RuleComparison): string {
  const rows = bodies.flatMap(({ body, kind, entitlements }) =>
    entitlements.map((own) => [body, kind, String(own.seats), own.why, sensitivityOf(own), reservedOf(own)]),
  );
  const reserved = rows.some((row) => row.at(-1) !== '') ? 'reserved' : '';
  const head = ['body', 'kind', rules[0] ?? '', 'working', 'members more or fewer', reserved];
  return table([head, ...rows, ['all', '', String(totals[0] ?? 0), '', '', '']]);
}

/** Several: the seats side by side. */
function rivalTable({ rules, bodies, totals }: RuleComparison): string {
  const rows = bodies.map(({ body, kind, entitlements }) => [
    body,
    kind,
    ...entitlements.map(({ seats }) => String(seats)),
  ]);
  return table([['body', 'kind', ...rules], ...rows, ['all', '', ...totals.map(String)]]);
}

async function showEntitlements({ roll, rule: files, json }: Options): Promise<void> {
  const rivals = await Promise.all(files.map(readRule));
  const counted = await readCounts(roll, [...new Set(rivals.map(({ rule }) => rule.from))]);
  let compared: RuleComparison;
  try {
    compared = compareRules(rivals, counted.bodies, counted.counts);
  } catch (error) {
    if (!(error instanceof RollError)) throw error;
    throw new CannotRun(`${roll}: ${error.message}`);
  }
  const shown = rivals.length === 1 ? workingTable(compared) : rivalTable(compared);
  process.stdout.write(`${json ? JSON.stringify(compared) : shown}\n`);
}

export function addEntitlements(program: Command): void {
  program
    .command('entitlements')
    .description('how many delegates each body is entitled to; with several rules, side by side')
    .requiredOption('--roll <file>', 'a published roll, its counts, or a membership file (.csv)')
    .requiredOption('--rule <file>', 'an entitlement rule; again for each rival', eachTime)
    .option('--json', 'answer in one line of JSON')
    .action(showEntitlements);
}
