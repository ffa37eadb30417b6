/** `teller cast`: a voter's device on the command line. Choices and token never leave it. */
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { openBallot, proveCheckEntry, readOpenedBallot } from '../ballot/ballot-check.ts';
import type { Choices } from '../ballot/choices.ts';
import { type PreparedBallot, prepareBallot } from '../ballot/prepare-ballot.ts';
import { parseToken } from '../ballot/token.ts';
import { encodeEntry, parseDocument } from '../record/envelope.ts';
import { readPublishedTexts } from '../record/published-texts.ts';
import type { Receipt } from '../record/receipt.ts';
import { readBlob } from '../record/record-source.ts';
import { rollDocument } from '../roll/roll-document.ts';
import { choiceInWords } from '../web/choice-in-words.ts';
import { Titles } from '../web/texts/titles.ts';
import { type BallotMemory, memoryFile, readMemory, writeMemory } from './ballot-memory.ts';
import { CHOICE_HELP, choicesFor, parseChoice } from './cast-choices.ts';
import { CannotRun, CheckedFalse } from './exit.ts';
import { type OpenElection, readOpenElection } from './open-election.ts';
import { electionName, readSmallFile } from './options.ts';
import { ServerClient } from './server-client.ts';
import { Conflict, findPlace, type Head, type Place, previousOf, sendBallot, sendCheck } from './voter.ts';

interface CastOptions {
  readonly server: string;
  readonly election: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly choice?: Choices;
  readonly blank?: readonly string[];
  readonly keep: string;
  readonly check?: true;
  readonly again?: true;
  readonly json?: true;
}

interface Device {
  readonly server: ServerClient;
  readonly open: OpenElection;
  readonly options: CastOptions;
}

async function readToken({ token, tokenFile }: CastOptions) {
  if (token !== undefined) return parseToken(token);
  if (tokenFile !== undefined) return parseToken((await readSmallFile(tokenFile, 'the token')).trim());
  throw new CannotRun('this needs the token of your letter: --token or --token-file');
}

function prepare({ open, options }: Device, place: Place, head: Head | null): PreparedBallot {
  const { college, weight, credential } = place;
  return prepareBallot({
    context: open.context,
    college,
    weight,
    credential,
    prev: previousOf(head),
    choices: choicesFor(open.context.manifest.contests, options),
  });
}

/** What a conflict says; the voter alone can judge it. */
export function conflictInWords({ receipt: { index }, leaf }: Head): string {
  return (
    `A ballot that was not sent from here is recorded under this token: entry ${index}, ${leaf}. Was this you? ` +
    'If so, say so and the new ballot replaces it. If not, somebody else has your token: tell the returning officer.'
  );
}

/** @throws CannotRun unless the voter owns up to that ballot. */
async function askWhether(head: Head, { again }: CastOptions): Promise<void> {
  process.stderr.write(`${conflictInWords(head)}\n`);
  if (again) return;
  if (!process.stdin.isTTY)
    throw new CannotRun('nothing was cast. If that ballot was yours, run again with --again');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Was this you? (yes/no) ');
    if (answer.trim().toLowerCase() !== 'yes') throw new CannotRun('nothing was cast');
  } finally {
    terminal.close();
  }
}

/** The head, once it is known to be the voter's own; fills in the receipt of a ballot whose answer was lost. */
async function ownHead(memory: BallotMemory, head: Head | null, options: CastOptions): Promise<void> {
  if (head === null) {
    if (memory.ballots.some(({ receipt }) => receipt !== null)) {
      throw new CheckedFalse(
        'the ballot box denies a ballot for which you hold a receipt: show it to the returning officer',
      );
    }
    return;
  }
  if (head.kind === 'replacement') {
    process.stderr.write(
      `This token took the place of another: entry ${head.receipt.index}. What was cast with that one counts until you vote.\n`,
    );
    return;
  }
  const known = memory.ballots.find(({ leaf }) => leaf === head.leaf);
  if (known === undefined) return await askWhether(head, options);
  known.receipt ??= head.receipt;
  process.stderr.write(`You have voted: entry ${head.receipt.index}. The new ballot replaces it.\n`);
}

/** Sends ballots until one is recorded; a conflict is put to the voter every time. */
async function sendOwned(device: Device, place: Place, memory: BallotMemory): Promise<Receipt> {
  const { server, open, options } = device;
  let { head } = place;
  for (;;) {
    await ownHead(memory, head, options);
    const { bytes, leaf } = prepare(device, place, head);
    const sent: BallotMemory['ballots'][number] = { leaf, receipt: null };
    memory.ballots.push(sent);
    await writeMemory(options.keep, memory);
    try {
      sent.receipt = await sendBallot(server, open.context, place, bytes);
      await writeMemory(options.keep, memory);
      return sent.receipt;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      ({ head } = error);
    }
  }
}

async function castBallot(device: Device, place: Place): Promise<void> {
  const { options } = device;
  const { voter, college, credential } = place;
  const memory = await readMemory(options.keep, {
    election: options.election,
    voter,
    college,
    P: credential.P,
  });
  const { index, leaf } = await sendOwned(device, place, memory);
  const file = memoryFile(options.keep, memory);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ recorded: true, voter, college, index, leaf, receipt: file })}\n`
      : `Recorded: voter ${voter} of ${college}, entry ${index}, ${leaf}.\nThe receipt holds and is in ${file}\n`,
  );
}

/** The voter's line, from the roll that the opening names. */
async function rollLine({ state, record }: OpenElection, voter: number) {
  if (state.roll === null) throw new CheckedFalse('an opening without a roll');
  return parseDocument(rollDocument, await readBlob(record, state.roll.body.blob)).lines[voter - 1];
}

/** Opens the ballot to what a second device would show, and has it recorded that it can never be cast. */
async function checkBallot(device: Device, place: Place): Promise<void> {
  const { server, open, options } = device;
  const ballot = prepare(device, place, place.head);
  const opened = openBallot(ballot, place.voter);
  const shown = readOpenedBallot(opened, open.context, await rollLine(open, place.voter));
  if (shown.fingerprint !== ballot.fingerprint)
    throw new CheckedFalse('the fingerprints differ: do not use this booth');
  const entry = proveCheckEntry(open.context, place.credential, ballot.fingerprint);
  const { index } = await sendCheck(server, open.context, place.voter, encodeEntry(entry));
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ recorded: false, checked: true, index, ...shown })}\n`);
    return;
  }
  const titles = new Titles(await readPublishedTexts(open.record, open.context.manifest));
  const lines = Object.entries(shown.choices).map(
    ([contest, choice]) => `  ${titles.contest(contest)}: ${choiceInWords(contest, choice, titles)}`,
  );
  process.stdout.write(
    [
      `A second device would show, for voter ${shown.voter}:`,
      ...lines,
      `  fingerprint ${shown.fingerprint}`,
      `This ballot was opened (entry ${index}) and can never be cast. Run again without --check to vote.\n`,
    ].join('\n'),
  );
}

async function cast(options: CastOptions): Promise<void> {
  const token = await readToken(options);
  const server = new ServerClient(options.server);
  const open = await readOpenElection(server, options.election);
  const place = await findPlace(server, open.context, token);
  await (options.check ? checkBallot : castBallot)({ server, open, options }, place);
}

export function addCast(program: Command): void {
  program
    .command('cast')
    .description('cast a ballot, or open one to check what it holds')
    .requiredOption('--server <url>', 'the ballot box')
    .requiredOption('--election <hash>', 'the election, from your letter', electionName)
    .option('--token <token>', 'the token of your letter')
    .option('--token-file <file>', 'read the token there')
    .option('--choice <contest=options>', CHOICE_HELP, parseChoice)
    .option('--blank <contest...>', 'leave these contests blank')
    .option('--keep <dir>', 'where receipts are kept', 'teller-receipts')
    .option('--check', 'open the ballot instead of casting it')
    .option('--again', 'a ballot that was not sent from here was mine: replace it')
    .option('--json', 'answer in one line of JSON')
    .action(cast);
}
