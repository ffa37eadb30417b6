/** `teller officer draft`: an election from a template, with keys, dates and earlier elections filled in. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { hash, publicKey } from '../codec/fields.ts';
import { parseDraft } from '../officer/election-draft.ts';
import { type ElectionTemplate, fillTemplate, parseTemplate } from '../officer/election-template.ts';
import { CannotRun } from './exit.ts';
import { eachTime, readSmallFile, timeOf } from './options.ts';
import { EXAMPLES } from './scenario/scenario-file.ts';

interface DraftOptions {
  readonly opens: number;
  readonly trustee?: readonly string[];
  readonly link?: readonly string[];
  readonly rehearsal?: true;
}

/** A file, or `example` or `example/file` for a template of `examples/`. */
async function readTemplate(named: string): Promise<ElectionTemplate> {
  const [example = '', file = 'manifest'] = named.split('/');
  const inExamples = join(EXAMPLES, example, `${file}.json`);
  const place = await access(named).then(
    () => named,
    () => inExamples,
  );
  return parseTemplate(await readSmallFile(place, 'the template'), place);
}

/** `conference=HASH`: the word of the template, and the election. */
function parseLinks(links: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    links.map((link) => {
      const [word = '', election] = link.split('=');
      if (!hash.safeParse(election).success) throw new CannotRun(`--link ${link}: it is WORD=ELECTION`);
      return [word, election ?? ''];
    }),
  );
}

async function draft(
  named: string,
  { opens, trustee = [], link = [], rehearsal }: DraftOptions,
): Promise<void> {
  const keys = z.array(publicKey).safeParse(trustee);
  if (!keys.success) throw new CannotRun('--trustee: a public key, as teller trustee new prints it');
  const filled = JSON.stringify(
    fillTemplate(await readTemplate(named), {
      keys: keys.data,
      opens,
      elections: parseLinks(link),
      rehearsal: rehearsal ?? false,
    }),
    null,
    2,
  );
  parseDraft(filled, named);
  process.stdout.write(`${filled}\n`);
}

export function addDraft(officer: Command): void {
  officer
    .command('draft')
    .description('print a draft to publish, made from a template')
    .argument('<template>', 'a file, or an example such as hybrid-concurrent or run-off/convention')
    .requiredOption('--opens <moment>', 'when voting opens, such as 2027-03-01T09:00Z', timeOf)
    .option('--trustee <key>', "a trustee's public key; once for each, in order", eachTime)
    .option('--link <word=election>', 'the earlier election that the template has a word for', eachTime)
    .option('--rehearsal', 'without notice, and closed by hand')
    .action(draft);
}
