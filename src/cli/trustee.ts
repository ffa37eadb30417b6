/** `teller trustee`: a trustee's client in a process, with its key file in a folder of the trustee's own. */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { receipt } from '../api/documents.ts';
import { parseCanonical } from '../codec/canonical-json.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import { bigintKernel } from '../crypto/kernel/bigint.ts';
import { nameBlob } from '../record/record-source.ts';
import { verifyRecord } from '../tally/verify/verify-record.ts';
import { TrusteeError } from '../trustee/errors.ts';
import type { BallotBox, Recount, SecretStore } from '../trustee/interfaces.ts';
import { loadKeyFile, publicKeyIn, type Safe, TRUSTEE_STEPS, type TrusteeStep } from '../trustee/key-file.ts';
import { createTrustee, type Progress as StepProgress, step, type Trustee } from '../trustee/trustee.ts';
import { CannotRun, CheckedFalse } from './exit.ts';
import { electionName, readSmallFile, wholeNumber } from './options.ts';
import { startProgress } from './progress.ts';
import { json, ServerClient, ServerRefusal } from './server-client.ts';

const KEY_FILE = 'trustee-key.age';
const SECONDS_BETWEEN_LOOKS = 2;

interface Whose {
  readonly folder: string;
  readonly passphraseFile?: string;
  readonly workFactor?: number;
}

interface Where extends Whose {
  readonly server: string;
  readonly election: string;
}

interface Run extends Where {
  readonly until?: TrusteeStep;
  readonly poll: number;
}

/** Documents in a folder that only its owner can read; each is replaced as a whole and on disk. */
export function folderStore(folder: string): SecretStore {
  return {
    async read(name) {
      try {
        return new Uint8Array(await readFile(join(folder, name)));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(name, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, name);
      const partial = await open(`${file}.partial`, 'w', 0o600);
      try {
        await partial.writeFile(bytes);
        await partial.sync();
      } finally {
        await partial.close();
      }
      await rename(`${file}.partial`, file);
      const directory = await open(folder, 'r');
      try {
        await directory.sync();
      } finally {
        await directory.close();
      }
    },
  };
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
  try {
    const { checks, tally } = await verifyRecord(record, {
      anchor: { manifest: election },
      until: 'tally',
      onProgress: ({ stage, done, total }) => stage === 'entries' && bar.update(done, total),
    });
    const failures = checks.flatMap((check) =>
      check.failures.map(({ where, why }) => `${check.id}: ${where}: ${why}`),
    );
    if (tally === null && failures.length === 0) failures.push('size: there are no closed ballots to count');
    return { failures, tally: tally?.bytes ?? new Uint8Array() };
  } finally {
    bar.stop();
  }
};

async function readPassphrase(file: string | undefined): Promise<string> {
  if (file !== undefined) return (await readSmallFile(file, 'the passphrase')).replace(/\r?\n$/, '');
  if (!process.stdin.isTTY)
    throw new CannotRun('there is nobody to ask for the passphrase: use --passphrase-file');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question('Passphrase of the key file (it is shown as you type): ');
  } finally {
    terminal.close();
  }
}

async function safeOf({ folder, passphraseFile, workFactor }: Whose): Promise<Safe> {
  const passphrase = await readPassphrase(passphraseFile);
  if (passphrase.length < 8) throw new CannotRun('a passphrase has at least 8 characters');
  const safe = { store: folderStore(folder), name: KEY_FILE, passphrase };
  return workFactor === undefined ? safe : { ...safe, workFactor };
}

async function create(options: Whose & { readonly json?: true }): Promise<void> {
  const key = await createTrustee(await safeOf(options));
  if (options.json) process.stdout.write(`${JSON.stringify({ key })}\n`);
  else
    process.stdout.write(
      `The key for the manifest's list of trustees: ${key}\nKeep ${options.folder} and its passphrase; there is no copy.\n`,
    );
}

/** One step; what must stop a trustee is "checked and false", what can be mended is not. */
async function takeStep(trustee: Trustee): Promise<StepProgress> {
  try {
    return await step(trustee);
  } catch (error) {
    if (!(error instanceof TrusteeError)) throw error;
    const mendable = ['key-file-exists', 'no-key-file', 'bad-key-file', 'not-a-trustee'];
    const message = `this trustee stops: ${error.message} (${error.code})`;
    throw mendable.includes(error.code) ? new CannotRun(message) : new CheckedFalse(message);
  }
}

const AWAITED: Readonly<Record<Extract<StepProgress, { kind: 'waiting' }>['for'], string>> = {
  join: 'the other trustees to join',
  commit: 'the other trustees to commit',
  reveal: 'the other trustees to reveal',
  dealt: 'the other trustees to deal their shares',
  mail: 'the shares that the other trustees have dealt',
  confirm: 'the other trustees to confirm the key',
  opening: 'the officer to open the election',
  closing: 'voting to close',
  tally: 'the tally',
  agreement: 'enough trustees to agree to the tally',
  shares: 'the other trustees to decrypt',
  result: 'the officer to declare the result',
};

/** What others than trustees do takes days: `run` ends there, and is run again. */
const LATER: readonly string[] = ['opening', 'closing', 'tally', 'result'];

async function run(options: Run): Promise<void> {
  const { server, election, until } = options;
  const client = new ServerClient(server);
  const trustee: Trustee = {
    safe: await safeOf(options),
    box: httpBallotBox(client, election),
    election,
    kernel: bigintKernel,
    recount,
  };
  let said = '';
  const say = (line: string): void => {
    if (line !== said) process.stdout.write(`${line}\n`);
    said = line;
  };
  for (;;) {
    const progress = await takeStep(trustee);
    if (progress.kind === 'done') return say('The result is declared; nothing is left to do.');
    if (progress.kind === 'sent') {
      say(`sent: ${progress.step}`);
      if (progress.step === until) return;
      continue;
    }
    say(`waiting for ${AWAITED[progress.for]}`);
    if (progress.for === 'opening') say(`compare with the other trustees: ${progress.transcript}`);
    if (LATER.includes(progress.for)) return;
    await setTimeout(options.poll);
  }
}

async function status(options: Where & { readonly json?: true }): Promise<void> {
  const file = await loadKeyFile(await safeOf(options));
  const done = file.signed.map(({ type }) => type);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ key: publicKeyIn(file), election: file.election, signed: done })}\n`,
    );
  else {
    process.stdout.write(`key ${publicKeyIn(file)}\nelection ${file.election ?? 'none yet'}\n`);
    process.stdout.write(`signed: ${done.length === 0 ? 'nothing yet' : done.join(', ')}\n`);
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
    .action(run);
  own(trustee.command('status')).description('what this key file has signed').option('--json').action(status);
}

function stepName(text: string): TrusteeStep {
  const found = TRUSTEE_STEPS.find((step) => step === text);
  if (found === undefined) throw new CannotRun(`--until takes one of: ${TRUSTEE_STEPS.join(', ')}`);
  return found;
}
