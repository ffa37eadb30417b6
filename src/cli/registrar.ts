/** `teller registrar`: membership file, tokens and roll, over the registrar's own routes. */
import { open, readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import * as documents from '../api/documents.ts';
import { count, hash, id, positive } from '../codec/fields.ts';
import { type ProposedRoll, proposalInWords, proposedRoll } from '../officer/proposed-roll.ts';
import { rollEntry } from '../record/entries.ts';
import { readManifest } from '../record/record-source.ts';
import { VOTER_SOURCES } from '../roll/membership.ts';
import { readElection, seenOf } from '../trustee/read-election.ts';
import { writeDelegates } from './chosen-delegates.ts';
import { CannotRun, messageOf } from './exit.ts';
import { eachTime, electionName, readBearerKey, timeOf, wholeNumber } from './options.ts';
import { type ReplaceOptions, replaceCredential } from './replace-credential.ts';
import { json, ServerClient, ServerRefusal } from './server-client.ts';

interface Service {
  readonly server: string;
  readonly registrar?: string;
  readonly keyFile?: string;
  readonly json?: true;
}

interface OfElection extends Service {
  readonly election: string;
}

const importedRoll = z.looseObject({ roll: positive, people: count, members: count, delegates: count });
const issued = z.looseObject({ election: hash, colleges: z.array(z.strictObject({ id, size: count })) });
const handedOver = z.strictObject({ entry: rollEntry, blobs: z.array(z.string()) });
const problems = z.array(
  z.looseObject({ line: z.int().optional(), column: z.string().nullish(), why: z.string() }),
);

const MOST_SHOWN = 20;

/** The registrar may be another service than the ballot box. */
async function registrarOf({ server, registrar, keyFile }: Service): Promise<ServerClient> {
  return new ServerClient(
    registrar ?? `${server.replace(/\/+$/, '')}/registrar`,
    await readBearerKey(keyFile),
  );
}

function say(options: Service, line: string, value: object): void {
  process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : `${line}\n`);
}

/** The refusal of a file, with the lines and columns at fault. */
function withPlaces(error: unknown): unknown {
  if (!(error instanceof ServerRefusal)) return error;
  const listed = problems.safeParse(error.document['problems']);
  if (!listed.success) return error;
  const lines = listed.data.slice(0, MOST_SHOWN).map(({ line, column, why }) => {
    const place = [line === undefined ? '' : `line ${line}`, column ?? '']
      .filter((part) => part !== '')
      .join(', ');
    return `\n  ${place}: ${why}`;
  });
  const more = listed.data.length - MOST_SHOWN;
  return new CannotRun(`${error.message}${lines.join('')}${more > 0 ? `\n  and ${more} more` : ''}`);
}

async function importCsv(file: string, options: Service & { readonly frozen?: number }): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    throw new CannotRun(`cannot read ${file}: ${messageOf(error)}`);
  }
  const registrar = await registrarOf(options);
  const query = options.frozen === undefined ? '' : `?frozen=${options.frozen}`;
  const sent = { type: 'text/csv', bytes };
  try {
    sayRoll(options, await registrar.post(`/rolls${query}`, sent, importedRoll));
  } catch (error) {
    if (!(error instanceof ServerRefusal) || error.code !== 'roll-exists') throw withPlaces(error);
    try {
      sayProposal(options, await registrar.post(`/proposal${query}`, sent, proposedRoll));
    } catch (refused) {
      throw withPlaces(refused);
    }
  }
}

function sayRoll(options: Service, summary: z.infer<typeof importedRoll>): void {
  const { roll, people, members, delegates } = summary;
  say(
    options,
    `Roll ${roll}: ${people} people, ${members} of them members, ${delegates} delegates.`,
    summary,
  );
}

function sayProposal(options: Service, proposal: ProposedRoll): void {
  say(options, proposalInWords(proposal), proposal);
}

async function showProposal(options: Service): Promise<void> {
  const registrar = await registrarOf(options);
  sayProposal(options, await registrar.get('/proposal', proposedRoll));
}

async function approve(proposal: string, options: Service): Promise<void> {
  const registrar = await registrarOf(options);
  sayRoll(options, await registrar.post(`/proposal/${proposal}/approval`, json({}), importedRoll));
}

async function withdraw(proposal: string, options: Service): Promise<void> {
  const registrar = await registrarOf(options);
  await registrar.request('DELETE', `/proposal/${proposal}`);
  say(options, 'The proposed file is forgotten.', { proposal });
}

/** `members=delegates:north`: college, whether members or delegates, and a body if not all. */
function parseSource(text: string, before: readonly object[] = []): object[] {
  const { college, of, body } = /^(?<college>[^=]+)=(?<of>[^:]+)(?::(?<body>.+))?$/.exec(text)?.groups ?? {};
  const source = VOTER_SOURCES.find((one) => one === of);
  if (college === undefined || source === undefined) {
    const sources = VOTER_SOURCES.join(', ');
    throw new CannotRun(`--college ${text}: it is COLLEGE=SOURCE or COLLEGE=SOURCE:BODY, of ${sources}`);
  }
  return [...before, { college, of: source, body: body ?? null }];
}

async function issue(
  options: OfElection & { readonly roll: number; readonly college: readonly object[] },
): Promise<void> {
  const { entry, election } = await readManifest(new ServerClient(options.server).record(options.election));
  if (election !== options.election)
    throw new CannotRun('the server publishes another manifest under that name');
  const registrar = await registrarOf(options);
  const request = json(
    JSON.parse(JSON.stringify({ manifest: entry, roll: options.roll, colleges: options.college })),
  );
  try {
    const summary = await registrar.post('/elections', request, issued);
    const sizes = summary.colleges.map(({ id: college, size }) => `${college} ${size}`);
    say(options, `Tokens are issued: ${sizes.join(', ')}.`, summary);
  } catch (error) {
    throw withPlaces(error);
  }
}

async function exportTokens(file: string, options: OfElection & { readonly again?: true }): Promise<void> {
  const registrar = await registrarOf(options);
  // The place is made first: an export that cannot be kept is not asked for.
  const output = await open(file, 'wx', 0o600).catch((error: unknown) => {
    throw new CannotRun(`cannot write ${file}: ${messageOf(error)}`);
  });
  try {
    const path = `/elections/${options.election}/tokens/export`;
    const request = json({ again: options.again ?? false, box: options.server });
    const { bytes } = await registrar.request('POST', path, request);
    await output.writeFile(bytes);
    await output.sync();
  } finally {
    await output.close();
  }
  say(options, `The letters are in ${file}. Who reads it can vote: deliver, then delete it.`, { file });
}

async function handOver(options: OfElection): Promise<void> {
  const registrar = await registrarOf(options);
  const box = new ServerClient(options.server);
  const state = await readElection(box.record(options.election), options.election, null);
  const path = `/elections/${options.election}`;
  const roll = await registrar.post(`${path}/roll`, json({ seen: { ...seenOf(state) } }), handedOver);
  const receipt = await box.post(`${path}/entries`, json(roll), documents.receipt);
  const { size, root } = roll.entry.body;
  say(options, `The roll of ${size} voters is published; its root is ${root}`, {
    size,
    root,
    leaf: receipt.leaf,
  });
}

async function replace(file: string, options: OfElection & ReplaceOptions): Promise<void> {
  say(options, await replaceCredential(await registrarOf(options), file, options), { file });
}

export function addRegistrar(program: Command): void {
  const registrar = program
    .command('registrar')
    .description("the registrar's part: membership, tokens, roll");
  const command = (name: string, description: string): Command =>
    registrar
      .command(name)
      .description(description)
      .requiredOption('--server <url>', 'the ballot box')
      .option('--registrar <url>', 'the registrar, where it is not the server’s own')
      .option('--key-file <file>', 'the key of the service (or TELLER_OFFICER_KEY)')
      .option('--json', 'answer in one line of JSON');
  const ofElection = (name: string, description: string): Command =>
    command(name, description).requiredOption('--election <hash>', 'the election', electionName);
  command('import', 'import a membership file, all of it or nothing; a later one waits for approval')
    .argument('<csv>')
    .option('--frozen <day>', 'the day whose members these are; now, if nothing is said', timeOf)
    .action(importCsv);
  command('proposal', 'the membership file that waits for approval, and what it changes').action(
    showProposal,
  );
  command('approve', 'make it the roll; once tokens exist, with the key of another officer')
    .argument('<proposal>', 'as shown with what it changes')
    .action(approve);
  command('withdraw', 'forget it').argument('<proposal>').action(withdraw);
  ofElection('issue', 'issue one token to each person in each college')
    .requiredOption('--roll <n>', 'the imported roll', wholeNumber(1, 1_000_000_000))
    .requiredOption(
      '--college <source>',
      'COLLEGE=members or COLLEGE=delegates, with :BODY for one body alone',
      parseSource,
    )
    .action(issue);
  ofElection('tokens', 'write the letters of a mail merge to a new file, once')
    .argument('<csv>')
    .option('--again', 'repeat an export whose answer was lost')
    .action(exportTokens);
  registrar
    .command('delegates')
    .description('rows for a membership file from an election that chose delegates')
    .argument('<source>', 'its record, as for teller verify')
    .argument('<csv>', 'a new file')
    .requiredOption('--election <hash>', 'its name', electionName)
    .requiredOption(
      '--of <contest=body>',
      'whose delegates a contest elected, such as elmford=branch:elmford; again for each contest',
      eachTime,
    )
    .option('--json', 'answer in one line of JSON')
    .action(writeDelegates);
  ofElection('replace', 'another credential for a voter, for an officer to sign too')
    .argument('<file>', 'a new file, for the officer')
    .requiredOption('--person <id>', 'of the membership file')
    .requiredOption('--college <id>', 'in which the person votes')
    .option('--substitute <id>', 'who stands in; without it, a token was lost, and there is a new one')
    .option('--old <P>', 'the credential until now, if it was replaced before')
    .action(replace);
  ofElection('hand-over', 'sign the pseudonymous roll and give it to the ballot box').action(handOver);
}
