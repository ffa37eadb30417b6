/** Runs the benchmark and prints a table. Figures of a shared machine: trust ratios more than absolute times. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { ballots } from './ballots.ts';
import { booth } from './booth.ts';
import { browser } from './browser.ts';
import { bundles } from './bundles.ts';
import { casting } from './casting.ts';
import { type Effort, FULL, QUICK } from './effort.ts';
import { type Figure, type Finding, lineOf, orWhy } from './figure.ts';
import { type Case, measure } from './measure.ts';
import { primitives } from './primitives.ts';
import { recounts } from './recounts.ts';
import { trustees } from './trustees.ts';

async function* here(cases: readonly Case[], effort: Effort): AsyncGenerator<Finding> {
  for (const each of cases) yield await measure(each, effort);
}

/** In this order: what needs a process of its own comes before this one has grown. */
const PARTS: Readonly<Record<string, (effort: Effort) => AsyncIterable<Finding>>> = {
  recounts,
  browser,
  booth,
  casting,
  primitives: (effort) => here(primitives(effort), effort),
  ballots: (effort) => here(ballots(effort), effort),
  trustees: (effort) => here(trustees(effort), effort),
  bundles,
};

export const PART_NAMES = Object.keys(PARTS);

export interface Report {
  readonly machine: string;
  readonly figures: readonly Figure[];
}

/** With the load that others made in the last minute: where there is any, times say little. */
function describeMachine(): string {
  const model = cpus()[0]?.model ?? 'unknown';
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${model}, ${availableParallelism()} cores, Node ${process.versions.node}, load ${load} before`;
}

/** @param only some of `PART_NAMES`; all without it. @param say is given each line of the table. */
export async function measureAll(
  effort: Effort,
  say: (line: string) => void,
  only: readonly string[] = PART_NAMES,
): Promise<Report> {
  const figures: Figure[] = [];
  const machine = describeMachine();
  say(`${machine}\n`);
  for (const [name, part] of Object.entries(PARTS)) {
    if (!only.includes(name)) continue;
    for await (const finding of orWhy(name, part(effort))) {
      say(lineOf(finding));
      if (!('skipped' in finding)) figures.push(finding);
    }
  }
  return { machine, figures };
}

/** @param file where to write {machine, figures} as JSON. */
export async function runBench({
  quick,
  file,
  only,
}: {
  readonly quick: boolean;
  readonly file: string | undefined;
  readonly only: readonly string[] | undefined;
}): Promise<void> {
  const say = (line: string): void => void process.stdout.write(line);
  say('Each figure is the median of its runs; docs/performance.md says what they mean.\n');
  const report = await measureAll(quick ? QUICK : FULL, say, only);
  if (file !== undefined) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}
