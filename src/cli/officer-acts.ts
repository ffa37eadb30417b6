/** `teller officer act`, `lot`, `replace` and `link`: what an officer enters beside the course of an election. */
import type { Command } from 'commander';
import { firstProblem } from '../codec/fields.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { declaredBy } from '../officer/cite-links.ts';
import { lotValue } from '../officer/lot-value.ts';
import { officerWith, signReplacement } from '../officer/sign-entry.ts';
import { lotCommitment } from '../record/acts.ts';
import type { ElectionState } from '../record/election-state.ts';
import { type Act, act as actSchema, replacementEntry } from '../record/entries.ts';
import { readManifest } from '../record/record-source.ts';
import { readElection } from '../trustee/read-election.ts';
import { CannotRun } from './exit.ts';
import { conducted, handIn, type Officer, sayEntered, submit } from './officer-entries.ts';
import { readOfficerSigningKey } from './officer-folder.ts';
import { readSmallFile } from './options.ts';
import { openSource } from './sources.ts';

/** JSON, or a file that holds it. @throws CannotRun with the field at fault. */
async function readAct(given: string): Promise<Act> {
  const text = given.trimStart().startsWith('{') ? given : await readSmallFile(given, 'the act');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CannotRun('the act is not JSON');
  }
  const parsed = actSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = firstProblem(parsed.error);
  throw new CannotRun(`the act: ${path}: ${message}`);
}

async function enter(options: Officer, make: (state: ElectionState) => Act | Promise<Act>): Promise<void> {
  const place = await conducted(options, false);
  const state = await readElection(place.record, place.election, null);
  const act = await make(state);
  sayEntered(options, await submit(place, state, 'act', { act }), ({ index, leaf }) => ({
    lines: [`On the record: ${act.kind}, entry ${index}.`],
    value: { index, leaf, act },
  }));
}

const enterAct = (given: string, options: Officer): Promise<void> => enter(options, () => readAct(given));

/** Commits to the value of the officer's key. */
const commit = (options: Officer): Promise<void> =>
  enter(options, async ({ election, manifest }) => {
    const key = await readOfficerSigningKey(options.folder);
    const i = officerWith(manifest, toBase64Url(publicKeyOf(key)));
    return { kind: 'lot-commitment', hash: lotCommitment(election, i, lotValue(key, election)) };
  });

/** Shows the value that was committed to. */
const reveal = (options: Officer): Promise<void> =>
  enter(options, async ({ election }) => {
    const key = await readOfficerSigningKey(options.folder);
    return { kind: 'lot-reveal', value: toBase64Url(lotValue(key, election)) };
  });

/** Signs a replacement that the registrar has signed, and hands it in. */
async function replace(file: string, options: Officer): Promise<void> {
  const place = await conducted(options, false);
  const parsed = replacementEntry.safeParse(JSON.parse(await readSmallFile(file, 'the replacement')));
  if (!parsed.success) {
    const { path, message } = firstProblem(parsed.error);
    throw new CannotRun(`${file}: ${path}: ${message}`);
  }
  const state = await readElection(place.record, place.election, null);
  const key = await readOfficerSigningKey(options.folder);
  const entry = signReplacement(parsed.data, state.manifest, key);
  const { voter } = entry.body;
  sayEntered(options, await handIn(place, state, entry), ({ index }) => ({
    lines: [`Voter ${voter} has another credential: entry ${index}.`],
    value: { voter, index },
  }));
}

interface LinkOptions {
  readonly relation: string;
  readonly rule?: string;
}

/** Recounts an election, and prints the link to it that a draft may have. */
async function link(from: string, { relation, rule }: LinkOptions): Promise<void> {
  const source = await openSource(from);
  const { election } = await readManifest(source);
  const { outcome } = await declaredBy(wasmKernel, source, election);
  if (rule !== undefined && !outcome.some(({ id }) => id === rule))
    throw new CannotRun(`it has no decision ${rule}, but ${outcome.map(({ id }) => id).join(', ')}`);
  process.stdout.write(`${JSON.stringify({ relation, manifest: election, rule: rule ?? null })}\n`);
}

/** @param command makes a command of `teller officer` that has the officer's folder. */
export function addActs(command: (name: string, description: string) => Command): void {
  command(
    'act',
    'enter an act: an extension, an incident, a report of a problem, an answer, a casting vote, an abandonment',
  )
    .argument('<act>', 'JSON as {"kind":"incident","text":"…"}, or a file with it')
    .action(enterAct);
  command(
    'lot-commit',
    'commit to a value for the lot, before voting opens, where there are no trustees',
  ).action(commit);
  command('lot-reveal', 'show the value for the lot, when voting is closed').action(reveal);
  command('replace', 'sign and enter a replacement that the registrar has signed')
    .argument('<file>', 'as the registrar made it')
    .action(replace);
}

export function addLink(officer: Command): void {
  officer
    .command('link')
    .description('recount an earlier election, and print the link to it for a draft')
    .argument('<source>', 'its record: a folder, an archive, or the address of its page')
    .requiredOption('--relation <relation>', 'follows, repeats, run-off or chooses')
    .option('--rule <id>', 'the decision that the new election goes on from')
    .action(link);
}
