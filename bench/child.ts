/** Programs of the benchmark that run in processes of their own. */
import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { FRUGAL } from '../src/cli/frugal.ts';
import type { RecountWay } from './effort.ts';

/** How Node is started. */
interface Start {
  readonly flags: readonly string[];
  /** The command that starts it, with its arguments. */
  readonly by?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * What a program of this folder answers, in JSON, to a task in JSON.
 * @throws Error if it fails; it has said why.
 */
async function ask(program: string, task: unknown, { flags, by = [], environment }: Start): Promise<unknown> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const [command, ...args] = [...by, process.execPath, ...flags, file, JSON.stringify(task)];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...environment, ...process.env },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [answer, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`${program} ended with exit code ${code}`);
  return JSON.parse(answer);
}

/** Options, and how many of them a ballot may choose. */
const MOST = { 3: 1, 12: 7 } as const;

/** A large record needs room. */
const SIMULATING: Start = { flags: ['--max-old-space-size=12000'] };

export interface BenchRecord {
  readonly directory: string;
  readonly election: string;
  readonly ballots: number;
}

/** @param directory a new folder. */
export async function simulateRecord(
  ballots: number,
  options: 3 | 12,
  directory: string,
): Promise<BenchRecord> {
  const task = { members: ballots, options, most: MOST[options], seed: 'bench', directory };
  const made = (await ask('simulate-child.ts', task, SIMULATING)) as Pick<BenchRecord, 'election'>;
  return { directory, ballots, election: made.election };
}

export interface RecountTask {
  /** Of the record, and of its hints. */
  readonly directory: string;
  readonly election: string;
  readonly way: RecountWay;
}

/** Seconds, one after another, and the most memory that the process had resident, all threads. */
export interface RecountTimes {
  /** Reading, parsing, hashing, decoding, multi-scalar sums, and the rules of the log. */
  readonly ballots: number;
  readonly countTree: number;
  /** Tally, shares, totals and outcome. */
  readonly decryption: number;
  readonly megabytes: number;
  /** Of the time for `ballots`, what the processor worked, all threads together. */
  readonly work: number;
}

/** What binds a program to one processor, V8's own threads with it; undefined where the system has nothing that does. */
export async function bindingToOne(): Promise<readonly string[] | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const first = /^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1] ?? '0';
  const bind = ['-c', first];
  return spawnSync('taskset', [...bind, 'true']).status === 0 ? ['taskset', ...bind] : undefined;
}

/** @param by the command that starts it, where it is not started directly. */
export async function recountRecord(task: RecountTask, by: readonly string[] = []): Promise<RecountTimes> {
  return (await ask('recount-child.ts', task, { ...FRUGAL, by })) as RecountTimes;
}
