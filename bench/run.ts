/** Runs the benchmark and prints a table. Figures of a shared machine: trust ratios more than absolute times. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { Bench } from 'tinybench';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import { allCases, type Case } from './cases.ts';
import { castsPerSecond } from './casting.ts';
import type { Figure } from './figure.ts';
import { trusteeFigures } from './trustees.ts';

async function measure({ name, ballots, run }: Case, quick: boolean): Promise<Figure> {
  // What is made lazily is made here, and the code is warm.
  run();
  const bench = new Bench({ time: quick ? 200 : 2000, iterations: quick ? 2 : 3, warmup: false });
  bench.add(name, run);
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (result?.state !== 'completed') throw new Error(`${name} could not be measured`);
  const { p50, samplesCount } = result.latency;
  return { name, unit: 'µs', value: Math.round((1000 * p50) / ballots), runs: samplesCount };
}

function line({ name, unit, value, runs }: Figure): string {
  return `${name.padEnd(36)} ${value.toLocaleString('en-GB').padStart(12)} ${unit.padEnd(4)} ${String(runs).padStart(6)} runs\n`;
}

/** @param file where to write {machine, figures} as JSON. */
export async function runBench({
  quick,
  file,
}: {
  readonly quick: boolean;
  readonly file: string | undefined;
}): Promise<void> {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.versions.node}`;
  process.stdout.write(`${machine}\nµs are per ballot; the number at the end is that of the options.\n`);
  const figures: Figure[] = [];
  const add = (figure: Figure): void => {
    figures.push(figure);
    process.stdout.write(line(figure));
  };
  for (const each of allCases(quick)) add(await measure(each, quick));
  for await (const figure of trusteeFigures(wasmKernel, quick)) add(figure);
  const ballots = quick ? 60 : 1000;
  add({
    name: 'cast.3 (through the API, on disk)',
    unit: '1/s',
    value: Math.round(await castsPerSecond(ballots)),
    runs: ballots,
  });
  if (file !== undefined) await writeFile(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}
