/** The demonstration from start to end. Any party that fails makes it fail, and none is left running. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { randomBytes } from '@noble/hashes/utils.js';
import { toHex } from '../../crypto/bytes.ts';
import { readPublishedTexts } from '../../record/published-texts.ts';
import type { Membership } from '../../roll/membership.ts';
import { encodeMembershipCsv } from '../../roll/membership-csv.ts';
import { simulateMembership } from '../../roll/simulated-membership.ts';
import { inWords } from '../../web/result-in-words.ts';
import { CannotRun, CheckedFalse } from '../exit.ts';
import { ServerClient } from '../server-client.ts';
import { folderSource } from '../sources.ts';
import { closingReport, type DemoSummary } from './closing-report.ts';
import { demoDraft } from './demo-election.ts';
import type { DemoOptions } from './demo-options.ts';
import { intrudersLetters, type Letter, readLetters } from './letters.ts';
import {
  AutomaticTrustee,
  Officer,
  register,
  type Server,
  startServer,
  Trustee,
  type TrusteeParty,
} from './parties.ts';
import { Processes } from './processes.ts';
import { Stages } from './stages.ts';
import { type CountedRecord, readCounted, verifyCounting, verifyKeptReceipt } from './voters-proofs.ts';
import { runVoting, type Setting, type Voted } from './voting.ts';

const CEREMONY_STEPS = 5;
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How many trustees drop out. */
function lost({ lose, trustees, threshold }: DemoOptions): number {
  return lose ?? Math.min(1, trustees - threshold);
}

function checkOptions(options: DemoOptions): void {
  const { trustees, threshold } = options;
  if (2 * threshold <= trustees || threshold > trustees) {
    throw new CannotRun('--threshold: more than half of the trustees, and not more than all');
  }
  if (trustees - lost(options) < threshold)
    throw new CannotRun('--lose: fewer would be left than have to decrypt');
}

/** A folder that is not there yet, or empty. */
async function newFolder(folder: string): Promise<string> {
  const present = await readdir(folder).catch(() => []);
  if (present.length > 0) throw new CannotRun(`${folder} is not empty`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return resolve(folder);
}

async function ceremony(
  { stages }: Setting,
  trustees: readonly TrusteeParty[],
  server: Server,
  election: string,
): Promise<void> {
  const steps = CEREMONY_STEPS * trustees.length;
  await stages.run('The trustees make the key', steps, async (bar) => {
    let sent = 0;
    await Promise.all(trustees.map((trustee) => trustee.run(server, election, () => bar.update(++sent))));
  });
}

/** From the last ballot to the result. */
async function count(
  { options, stages, say }: Setting,
  officer: Officer,
  trustees: readonly TrusteeParty[],
  server: Server,
  election: string,
): Promise<void> {
  await stages.run('Closing', 1, () => officer.conduct('close'));
  await stages.run('Tally, still encrypted', 1, () => officer.conduct('tally'));
  await stages.run('The trustees recount and agree', trustees.length, async (bar) => {
    let agreed = 0;
    await Promise.all(
      trustees.map((trustee) => trustee.run(server, election, () => bar.update(++agreed), 'agreement')),
    );
  });
  const left = trustees.slice(0, trustees.length - lost(options));
  for (const trustee of trustees.slice(left.length)) {
    await trustee.lose();
    say(`  ${trustee.name} drops out: the folder with the key is gone`);
  }
  await stages.run('The other trustees decrypt', left.length, async (bar) => {
    let given = 0;
    await Promise.all(left.map((trustee) => trustee.run(server, election, () => bar.update(++given))));
  });
  await stages.run('Declaring the result', 1, () => officer.sign('declare'));
}

type Proofs = Pick<DemoSummary, 'receipt' | 'nonUse'>;

/** One voter's receipt and another's absence, against the exported record. @throws CheckedFalse unless both hold. */
async function proveToVoters(
  { stages }: Setting,
  server: Server,
  counted: CountedRecord,
  { kept }: Voted,
  absent: Letter,
): Promise<Proofs> {
  return await stages.run('A receipt and a proof of non-use', 1, async () => {
    const client = new ServerClient(server.url);
    if ((await verifyCounting(client, counted, absent)) !== null) {
      throw new CheckedFalse(`a ballot is counted for voter ${absent.voter}, who stayed away`);
    }
    const nonUse = { voter: absent.voter, unused: true };
    if (kept === null) return { receipt: null, nonUse };
    await verifyKeptReceipt(counted, kept);
    const isCounted = (await verifyCounting(client, counted, kept)) !== null;
    if (!isCounted)
      throw new CheckedFalse(`no ballot is counted for voter ${kept.voter}, who holds a receipt`);
    return { receipt: { voter: kept.voter, index: kept.receipt.index, counted: isCounted }, nonUse };
  });
}

function membershipNumbers({ people, bodies }: Membership): DemoSummary['membership'] {
  const kinds = (kind: string): number => bodies.filter((body) => body.kind === kind).length;
  return {
    regions: kinds('region'),
    branches: kinds('branch'),
    affiliates: kinds('affiliate'),
    outside: people.filter(({ member, branch }) => member && branch === null).length,
  };
}

interface Conducted {
  readonly summary: DemoSummary;
  /** What `teller verify` printed. */
  readonly recount: string;
}

async function conduct(setting: Setting): Promise<Conducted> {
  const { options, seed, data, processes, stages, say } = setting;
  const server = await stages.run('Starting the server', 1, () => startServer(processes, data, options.port));
  const membership = simulateMembership({ seed, members: options.members });
  const trustees: TrusteeParty[] =
    options.trustees === 1
      ? [new AutomaticTrustee(server)]
      : Array.from({ length: options.trustees }, (_, i) => new Trustee(processes, data, i + 1));
  const officer = new Officer(processes, data, server);

  const election = await stages.run('Manifest: rules, texts and keys', 1, async () => {
    const keys = await Promise.all(trustees.map((trustee) => trustee.create(`${seed}, ${trustee.name}`)));
    return await officer.publish(demoDraft(keys, options.threshold, Math.floor(Date.now() / 1000)));
  });
  const address = `${server.url}/elections/${election}`;
  say(`  It can be followed at ${address}`);

  const file = await stages.run('Roll and letters', 1, () =>
    register(processes, data, server, election, encodeMembershipCsv(membership)),
  );
  const letters = await readLetters(file);
  await ceremony(setting, trustees, server, election);
  await stages.run('Opening', 1, () => officer.sign('open'));
  const voted = await runVoting(setting, server, election, letters, file);
  await count(setting, officer, trustees, server, election);

  const record = options.record === undefined ? join(data, 'record') : resolve(options.record);
  await stages.run('Exporting the record', 1, () => processes.run(['export', address, record]));
  const recount = await stages.run('Recount from the exported files', 1, () =>
    processes.run(['verify', record, '--anchor', election, ...(options.json ? ['--json'] : [])]),
  );
  const [absent] = intrudersLetters(letters);
  if (absent === undefined) throw new CheckedFalse('there are no letters');
  const counted = await readCounted(folderSource(record));
  const proofs = await proveToVoters(setting, server, counted, voted, absent);
  const texts = await readPublishedTexts(counted.source, counted.manifest);
  const { kept: _, ...numbers } = voted;
  const summary: DemoSummary = {
    seed,
    election,
    address,
    record: options.record === undefined && options.data === undefined ? null : record,
    membership: membershipNumbers(membership),
    roll: Object.fromEntries(
      Array.from(
        Map.groupBy(letters, ({ college }) => college),
        ([college, own]) => [college, own.length],
      ),
    ),
    ...numbers,
    outcome: counted.result.outcome,
    result: inWords(counted.manifest, texts, counted.result),
    recount: { ok: true, anchored: true },
    ...proofs,
    stages: stages.times,
    processes: processes.count,
  };
  return { summary, recount };
}

/** Resolves when the person who watches has seen enough. */
function watched(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of STOPPING) process.once(signal, () => resolve());
  });
}

/** Runs it. @throws CheckedFalse if any party fails; CannotRun for options that make no election. */
export async function runDemo(options: DemoOptions): Promise<void> {
  checkOptions(options);
  if (options.record !== undefined) await newFolder(options.record);
  const data =
    options.data === undefined
      ? await mkdtemp(join(tmpdir(), 'teller-demo-'))
      : await newFolder(options.data);
  const seed = options.seed ?? toHex(randomBytes(4));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const processes = new Processes();
  const stages = new Stages(say);
  const serves = !options.once && process.stdout.isTTY;
  let isInterrupted = false;
  const stop = (): void => {
    isInterrupted = true;
    void processes.stopAll();
  };
  for (const signal of STOPPING) process.on(signal, stop);
  try {
    say(`An election of ${options.members} invented members. Seed: ${seed}`);
    const { summary, recount } = await conduct({ options, seed, data, processes, stages, say });
    const report = options.json
      ? [JSON.stringify(summary)]
      : closingReport(summary, recount, stages.table(), serves);
    process.stdout.write(`${report.join('\n')}\n`);
    if (!serves) return;
    say('The server goes on until you press Ctrl-C.');
    await watched();
  } catch (error) {
    throw isInterrupted ? new CannotRun('interrupted; every process has been stopped') : error;
  } finally {
    for (const signal of STOPPING) process.off(signal, stop);
    await processes.stopAll();
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
  }
}
