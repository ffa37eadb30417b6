/** The stage in which members vote: as many processes as cores, and an intruder's among them. */
import { availableParallelism } from 'node:os';
import { CheckedFalse } from '../exit.ts';
import type { DemoOptions } from './demo-options.ts';
import { fateOf } from './fate.ts';
import { intrudersLetters, type Letter } from './letters.ts';
import { VOTING_AS_IN_A_BOOTH } from './members.ts';
import type { Server } from './parties.ts';
import type { Processes } from './processes.ts';
import { type IntruderReport, type KeptReceipt, type MembersReport, parseReport } from './reports.ts';
import type { Stages } from './stages.ts';

/** The intruder begins when so many of the ballots are in. */
const INTRUDER_AFTER = 0.2;
/** A process is worth its start for so many ballots. */
const BALLOTS_PER_PROCESS = 10;

/** Everything that the stages share. */
export interface Setting {
  readonly options: DemoOptions;
  readonly seed: string;
  /** The folder of all parties' folders. */
  readonly data: string;
  readonly processes: Processes;
  readonly stages: Stages;
  readonly say: (line: string) => void;
}

export interface Voted {
  readonly cast: number;
  /** Of those cast, second ones. */
  readonly twice: number;
  /** Ballots opened for a check. */
  readonly checked: number;
  readonly refused: IntruderReport['refused'];
  /** One voter's; null if nobody voted. */
  readonly kept: KeptReceipt | null;
}

interface Booths {
  readonly args: readonly string[];
  /** Ballots that the seed lets be cast. */
  readonly expected: number;
}

function boothsOf(
  { options, seed }: Setting,
  server: Server,
  election: string,
  letters: readonly Letter[],
  file: string,
): Booths {
  const intruders = intrudersLetters(letters);
  const voting = letters
    .filter((letter) => !intruders.includes(letter))
    .map((letter) => fateOf(seed, letter, options.turnout))
    .filter(({ votes }) => votes);
  const turnout = String(options.turnout);
  return {
    args: [
      '--server',
      server.url,
      '--election',
      election,
      '--letters',
      file,
      '--seed',
      seed,
      '--turnout',
      turnout,
    ],
    expected: voting.length + voting.filter(({ twice }) => twice).length,
  };
}

async function intrude(
  { options, processes }: Setting,
  { args }: Booths,
): Promise<IntruderReport['refused']> {
  const attempts = String(3 + Math.floor(options.members / 2000));
  const told = parseReport(await processes.run(['demo-intruder', ...args, '--attempts', attempts]));
  if (told.kind !== 'refused') throw new CheckedFalse('the intruder reports nothing');
  return told.refused;
}

function sumOf(reports: readonly MembersReport[], field: 'cast' | 'twice' | 'checked'): number {
  return reports.reduce((sum, report) => sum + report[field], 0);
}

export async function runVoting(
  setting: Setting,
  server: Server,
  election: string,
  letters: readonly Letter[],
  file: string,
): Promise<Voted> {
  const booths = boothsOf(setting, server, election, letters, file);
  const { args, expected } = booths;
  const parts = Math.max(1, Math.min(availableParallelism(), Math.ceil(expected / BALLOTS_PER_PROCESS)));
  if (expected > VOTING_AS_IN_A_BOOTH) {
    setting.say(
      `  Some ${VOTING_AS_IN_A_BOOTH} voters encrypt as in a booth. The others are simulated: a generator makes their ballots, which are valid and sent like all others, and hide nothing.`,
    );
  }
  return await setting.stages.run('Members and delegates vote', expected, async (bar) => {
    const castBy = Array.from({ length: parts }, () => 0);
    const begun = Promise.withResolvers<void>();
    const workers = castBy.map(async (_, i): Promise<MembersReport[]> => {
      const reports: MembersReport[] = [];
      const part = ['--part', String(i), '--of', String(parts)];
      await setting.processes.run(['demo-members', ...args, ...part], (line) => {
        const told = parseReport(line);
        if (told.kind === 'done') reports.push(told);
        if (told.kind !== 'refused') castBy[i] = told.cast;
        const sum = castBy.reduce((a, b) => a + b, 0);
        bar.update(sum);
        if (sum > 0 && sum >= INTRUDER_AFTER * expected) begun.resolve();
      });
      return reports;
    });
    const intruding = begun.promise.then(() => intrude(setting, booths));
    const reports = (await Promise.all([...workers, intruding.then(() => [])])).flat();
    const kept = reports.find((report) => report.kept !== null)?.kept ?? null;
    const sums = {
      cast: sumOf(reports, 'cast'),
      twice: sumOf(reports, 'twice'),
      checked: sumOf(reports, 'checked'),
    };
    return { ...sums, refused: await intruding, kept };
  });
}
