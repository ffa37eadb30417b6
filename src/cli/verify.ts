/** `teller verify`: the recount of a published record, for anyone. */
import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Command } from 'commander';
import { z } from 'zod';
import { firstProblem, hash } from '../codec/fields.ts';
import { readPublishedTexts } from '../record/published-texts.ts';
import type { RecordSource } from '../record/record-source.ts';
import type { Check } from '../tally/verify/findings.ts';
import {
  type Anchor,
  type Recount,
  type Progress as RecountProgress,
  verifyRecord,
} from '../tally/verify/verify-record.ts';
import { nodeCheckers } from '../tally/workers/node-checkers.ts';
import { inWords } from '../web/result-in-words.ts';
import { votes as words } from '../web/texts/en/votes.ts';
import { Titles } from '../web/texts/titles.ts';
import { voteLines } from '../web/votes-in-words.ts';
import { CannotRun, CheckedFalse } from './exit.ts';
import { hintFolder } from './hint-folder.ts';
import { readSmallFile } from './options.ts';
import { type Progress, startProgress } from './progress.ts';
import { openSource } from './sources.ts';

interface VerifyOptions {
  readonly anchor?: string;
  readonly strict?: true;
  readonly json?: true;
  readonly hints?: string;
  readonly votes?: true;
}

const anchorDocument = z.strictObject({
  manifest: hash,
  log: z.string().max(300).optional(),
  witnesses: z
    .strictObject({ quorum: z.int().min(0), keys: z.array(z.string().max(300)).max(50) })
    .optional(),
});

const MOST_SHOWN = 10;
const SIGNS = { pass: '✓', fail: '✗', unproven: '–' } as const;

/** The hash itself, or a file with the hash or with {manifest, log?, witnesses?}. */
async function readAnchor(given: string): Promise<Anchor> {
  if (hash.safeParse(given).success && !existsSync(given)) return { manifest: given };
  const text = (await readSmallFile(given, 'the anchor')).trim();
  if (hash.safeParse(text).success) return { manifest: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CannotRun(`${given} holds neither a hash nor JSON`);
  }
  const parsed = anchorDocument.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = firstProblem(parsed.error);
  throw new CannotRun(`${given} is no anchor: ${path}: ${message}`);
}

/** What comes from a record must not reach the terminal's controls. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD');
}

/** One line for a check, and one for each of its failures. */
export function describeCheck({ title, id, status, count, failed, failures, notes }: Check): string[] {
  const more = failed - MOST_SHOWN;
  return [
    `${SIGNS[status]} ${title} (${id}, ${count} checked)`,
    ...failures.slice(0, MOST_SHOWN).map(({ where, why }) => `    ${where}: ${why}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
    ...(status === 'unproven' ? notes.slice(0, 1).map(({ why }) => `    not proved: ${why}`) : []),
    ...(status === 'pass' ? notes.slice(0, MOST_SHOWN).map(({ where, why }) => `    ${where}: ${why}`) : []),
  ].map(printable);
}

export function recountJson({ ok, anchored, result, checks }: Recount): unknown {
  return {
    ok,
    anchored,
    result,
    checks: checks.map(({ id, title, status, count, failed, failures }) => ({
      id,
      title,
      status,
      count,
      failed,
      failures,
    })),
  };
}

function conclusion({ ok, checks }: Recount, strict: boolean): string {
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  if (failed.length > 0) return `THE RECOUNT FAILS: ${failed.join(', ')}.`;
  const open = checks.filter(({ status }) => status === 'unproven').length;
  if (!ok && strict) return `NOT PROVED: ${open} checks are unproven, and --strict asks for all.`;
  return open === 0 ? 'The recount holds.' : `The recount holds; ${open} checks are unproven.`;
}

const UNANCHORED = [
  'UNANCHORED: nothing here says that this is the election you mean. Its name, the hash of its manifest, is in your letter',
  'and in the notice of the election. Run again with --anchor and that name.',
];

/** What was decided, with titles. The record has passed; the texts come by the hash that its manifest names. */
export async function resultLines(
  source: RecordSource,
  { manifest, result }: Pick<Recount, 'manifest' | 'result'>,
): Promise<string[]> {
  if (manifest === null || result === null) return [];
  return inWords(manifest, await readPublishedTexts(source, manifest), result).map(printable);
}

/** Who voted how in recorded colleges. */
async function namedVotes(
  source: RecordSource,
  { manifest, rollCalls }: Pick<Recount, 'manifest' | 'rollCalls'>,
): Promise<string[]> {
  if (manifest === null || rollCalls === null) return [];
  if (rollCalls.length === 0) return ['', words.none];
  const titles = new Titles(await readPublishedTexts(source, manifest));
  return voteLines(rollCalls, manifest, titles).map(printable);
}

function progressBar(): { readonly show: (at: RecountProgress) => void; readonly stop: () => void } {
  let bar: Progress | undefined;
  return {
    show({ stage, done, total }) {
      if (stage !== 'entries') return;
      bar ??= startProgress('Entries', total);
      bar.update(done, total);
    },
    stop: () => bar?.stop(),
  };
}

async function verify(from: string, options: VerifyOptions): Promise<void> {
  const anchor = options.anchor === undefined ? undefined : await readAnchor(options.anchor);
  const source = await openSource(from);
  const strict = options.strict ?? false;
  const bar = progressBar();
  const checkers = nodeCheckers();
  let recount: Recount;
  try {
    recount = await verifyRecord(source, {
      anchor,
      strict,
      votes: options.votes,
      onProgress: bar.show,
      checking: checkers.checking,
      scratch: checkers.scratch,
      hints: options.hints === undefined ? { read: (path) => source.read(path) } : hintFolder(options.hints),
    });
  } finally {
    bar.stop();
    await checkers.stop();
  }
  if (options.json) process.stdout.write(`${JSON.stringify(recountJson(recount))}\n`);
  else {
    const lines = recount.checks.flatMap(describeCheck);
    if (recount.result !== null) lines.push('', ...(await resultLines(source, recount)));
    if (recount.rollCalls !== null) lines.push(...(await namedVotes(source, recount)));
    lines.push('', conclusion(recount, strict));
    if (recount.anchored) lines.push('It is the election that was asked for.');
    if (anchor === undefined) lines.push(...UNANCHORED);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  if (!recount.ok) throw new CheckedFalse('the record does not pass');
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('recount an election from its published record alone')
    .argument(
      '<source>',
      "a folder, a .tar or .tar.gz archive, or the address of an election's page or record",
    )
    .option(
      '--anchor <hash|file>',
      "the election's name from elsewhere, or a file with it: {manifest, log?, witnesses?}",
    )
    .option(
      '--hints <folder>',
      'read square-root hints there, and write those that are missing: a later recount is faster, and no other',
    )
    .option('--votes', 'list who voted how where votes are on the record, and whether mandates were kept')
    .option('--strict', 'count what cannot be proved as failed')
    .option('--json', 'one JSON document: {ok, anchored, result, checks}')
    .action(verify);
}
