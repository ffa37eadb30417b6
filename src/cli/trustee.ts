/** `teller trustee`: a trustee's client in a process, with its key file in a folder of the trustee's own. */
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { receipt } from '../api/documents.ts';
import { parseCanonical } from '../codec/canonical-json.ts';
import { fromUtf8, toBase64Url } from '../crypto/bytes.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { nameBlob, type RecordSource } from '../record/record-source.ts';
import { recountClosed } from '../tally/verify/verify-record.ts';
import { nodeCheckers } from '../tally/workers/node-checkers.ts';
import { copyKeyFile, type ProvedCopy } from '../trustee/backup.ts';
import { TrusteeError } from '../trustee/errors.ts';
import type { BallotBox, Recount } from '../trustee/interfaces.ts';
import { type Safe, TRUSTEE_STEPS, type TrusteeStep } from '../trustee/key-file.ts';
import {
  createTrustee,
  type Progress as StepProgress,
  step,
  type Trustee,
  type Waiting,
} from '../trustee/trustee.ts';
import { CannotRun, CheckedFalse, messageOf } from './exit.ts';
import { electionName, wholeNumber } from './options.ts';
import { startProgress } from './progress.ts';
import { json, ServerClient, ServerRefusal } from './server-client.ts';
import { copyAt, safeOf, type Whose, withLock } from './trustee-folder.ts';
import { type StatusOptions, showStatus } from './trustee-status.ts';
import { showWords, type WordOptions, wordComparison } from './trustee-words.ts';
import { printable } from './verify.ts';

const SECONDS_BETWEEN_LOOKS = 2;

interface Where extends Whose {
  readonly server: string;
  readonly election: string;
}

interface Run extends Where, WordOptions {
  readonly until?: TrusteeStep;
  readonly poll: number;
}

export function httpBallotBox(server: ServerClient, election: string): BallotBox {
  return {
    record: server.record(election),
    async submit(bytes, blobs) {
      const entry = json({ entry: parseCanonical(bytes), blobs: blobs.map(toBase64Url) });
      await server.post(`/elections/${election}/entries`, entry, receipt);
    },
    async deliver(bytes) {
      const path = `/elections/${election}/mail/${nameBlob(bytes).sha256}`;
      await server.request('PUT', path, { type: 'application/octet-stream', bytes });
    },
    async mail(sha256) {
      try {
        return (await server.request('GET', `/elections/${election}/mail/${sha256}`)).bytes;
      } catch (error) {
        if (error instanceof ServerRefusal && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}

/** The trustee's own recount of the closed ballots. */
const recount: Recount = async (record, election) => {
  const bar = startProgress('Recounting', 1);
  const checkers = nodeCheckers();
  try {
    return await recountClosed(record, election, {
      checking: checkers.checking,
      scratch: checkers.scratch,
      onProgress: ({ stage, done, total }) => stage === 'entries' && bar.update(done, total),
    });
  } finally {
    bar.stop();
    await checkers.stop();
  }
};

async function create(options: Whose & { readonly json?: true }): Promise<void> {
  const safe = await safeOf(options);
  const key = await withLock(options.folder, () => createTrustee(safe));
  if (options.json) process.stdout.write(`${JSON.stringify({ key })}\n`);
  else
    process.stdout.write(
      `The key for the manifest's list of trustees: ${key}\nKeep ${options.folder} and its passphrase; there is no copy yet.\n`,
    );
}

interface Copy extends Whose {
  readonly json?: true;
}

function sayCopied(where: string, copy: ProvedCopy, options: Copy): void {
  if (options.json) process.stdout.write(`${JSON.stringify({ file: where, ...copy })}\n`);
  else {
    const share = copy.hasShare
      ? 'Its share of the key has been read back and checked: this file and its passphrase can decrypt.'
      : 'It holds no share yet. Make another copy once the key is confirmed.';
    process.stdout.write(`${where}: the key file of trustee ${copy.key}.\n${share}\n`);
  }
}

/** The key file to a file of its own. */
async function backup(file: string, options: Copy): Promise<void> {
  const safe = await safeOf(options);
  sayCopied(file, await refusing(() => copyKeyFile(safe, copyAt(safe, file))), options);
}

/** The key file from a copy, into a folder that has none. */
async function restore(file: string, options: Copy): Promise<void> {
  const safe = await safeOf(options);
  await withLock(options.folder, async () => {
    sayCopied(options.folder, await refusing(() => copyKeyFile(copyAt(safe, file), safe)), options);
  });
}

const MENDABLE = ['key-file-exists', 'no-key-file', 'bad-key-file', 'not-a-trustee'];

/** What must stop a trustee is "checked and false", what can be mended is not. */
async function refusing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof TrusteeError)) throw error;
    if (MENDABLE.includes(error.code)) throw new CannotRun(`${error.message} (${error.code})`);
    throw new CheckedFalse(`this trustee stops: ${error.message} (${error.code})`);
  }
}

const AWAITED: Readonly<Record<Extract<StepProgress, { kind: 'waiting' }>['for'], string>> = {
  join: 'the other trustees to join',
  commit: 'the other trustees to commit',
  reveal: 'the other trustees to reveal',
  dealt: 'the other trustees to deal their shares',
  mail: 'the shares that the other trustees have dealt',
  words: 'the words to be compared',
  void: 'the officer to void this attempt',
  confirm: 'the other trustees to confirm the key',
  opening: 'the officer to open the election',
  closing: 'voting to close',
  tally: 'the tally',
  agreement: 'enough trustees to agree to the tally',
  shares: 'the other trustees to decrypt',
  result: 'the officer to declare the result',
};

/** What others than trustees do, or people, takes time: `run` ends there, and is run again. */
const LATER: readonly string[] = ['words', 'void', 'opening', 'closing', 'tally', 'result'];

/** The same thing is said once, however long it stays true. */
function speaker(): (text: string) => void {
  let said = '';
  return (text) => {
    if (text !== said) process.stdout.write(`${text}\n`);
    said = text;
  };
}

/** Whom or what the trustee waits for. */
function describeWaiting({ for: what, awaited, words, judgement, attempt, voided }: Waiting): string[] {
  const lines: string[] = [];
  if (voided !== null) lines.push(`This is attempt ${attempt}: the officer voided the one before. ${voided}`);
  if (judgement !== null) {
    const { blamed, why } = judgement;
    lines.push(`Attempt ${attempt} has ended in a complaint. Trustee ${blamed} is to blame: ${why}`);
  }
  const who = awaited.length === 0 ? '' : `: ${awaited.map((i) => `trustee ${i}`).join(', ')}`;
  lines.push(`waiting for ${AWAITED[what]}${who}`);
  if (what === 'confirm' || what === 'opening') {
    lines.push('The words of this key, which every trustee has to read alike:', ...showWords(words ?? []));
  }
  return lines.map(printable);
}

async function run(options: Run): Promise<void> {
  const safe = await safeOf(options);
  await withLock(options.folder, () => runSteps(options, safe));
}

async function runSteps(options: Run, safe: Safe): Promise<void> {
  const { server, election, until } = options;
  const say = speaker();
  const box = httpBallotBox(new ServerClient(server), election);
  const compare = wordComparison(options, say);
  const trustee: Trustee = { safe, box, election, kernel: wasmKernel, recount, compare };
  let refusal = '';
  for (;;) {
    const read = await checkpointOf(trustee.box.record);
    let progress: StepProgress;
    try {
      progress = await refusing(() => step(trustee));
      refusal = '';
    } catch (error) {
      // Something came into the log while this was made: what is to be done now may be another thing.
      if (!(error instanceof ServerRefusal) || error.message === refusal) throw error;
      refusal = error.message;
      continue;
    }
    if (progress.kind === 'done') return say('The result is declared; nothing is left to do.');
    if (progress.kind === 'sent') {
      say(`sent: ${progress.step}`);
      if (progress.step === until) return;
      continue;
    }
    say(describeWaiting(progress).join('\n'));
    if (LATER.includes(progress.for)) return;
    // Mail is not in the log.
    if (progress.for === 'mail') await setTimeout(options.poll);
    else await logGrown(trustee.box.record, read, options.poll, say);
  }
}

/** The checkpoint as the server gives it now. */
async function checkpointOf(record: RecordSource): Promise<string> {
  return fromUtf8((await record.read('checkpoint')) ?? new Uint8Array());
}

/** Waits for another checkpoint than the one before, so that a long log is not read again for nothing. */
async function logGrown(
  record: RecordSource,
  before: string,
  poll: number,
  say: (text: string) => void,
): Promise<void> {
  for (;;) {
    await setTimeout(poll);
    try {
      if ((await checkpointOf(record)) !== before) return;
    } catch (error) {
      say(`still trying: ${messageOf(error)}`);
    }
  }
}

export function addTrustee(program: Command): void {
  const trustee = program
    .command('trustee')
    .description("a trustee's part: making the key, agreeing, decrypting");
  const own = (command: Command): Command =>
    command
      .requiredOption('--folder <dir>', "the trustee's own folder")
      .option('--passphrase-file <file>', 'read the passphrase there instead of asking')
      .option('--work-factor <n>', 'scrypt work of the key file as a power of two (18)', wholeNumber(1, 20));
  own(trustee.command('new')).description('make a key file').option('--json').action(create);
  own(trustee.command('run'))
    .description('do all that is this trustee’s to do now; run it again after opening and closing')
    .requiredOption('--server <url>', 'the ballot box')
    .requiredOption('--election <hash>', 'the election, as the trustee was told it', electionName)
    .option('--until <step>', `stop after one of: ${TRUSTEE_STEPS.join(', ')}`, stepName)
    .option(
      '--poll <ms>',
      'milliseconds between two looks',
      wholeNumber(50, 600_000),
      SECONDS_BETWEEN_LOOKS * 1000,
    )
    .option('--words <text>', 'the twelve words as another trustee reads them')
    .option('--words-compared', 'the words have been compared: for scripts')
    .action(run);
  own(trustee.command('backup'))
    .description('write a second copy of the key file and prove it')
    .argument('<file>', 'on another disk, such as a memory stick')
    .option('--json')
    .action(backup);
  own(trustee.command('restore'))
    .description('go on from a copy, in a folder without a key file')
    .argument('<file>', 'made by backup')
    .option('--json')
    .action(restore);
  own(trustee.command('status'))
    .description('what this key file has signed; with --server and --election, where the ceremony stands')
    .option('--server <url>', 'the ballot box')
    .option('--election <hash>', 'the election, as the trustee was told it', electionName)
    .option('--json')
    .action(async (options: StatusOptions) => await refusing(() => showStatus(options)));
}

function stepName(text: string): TrusteeStep {
  const found = TRUSTEE_STEPS.find((step) => step === text);
  if (found === undefined) throw new CannotRun(`--until takes one of: ${TRUSTEE_STEPS.join(', ')}`);
  return found;
}
