/** Measures what runs in this process. */
import { Bench } from 'tinybench';
import { type Figure, rounded } from './figure.ts';

export interface Case {
  readonly name: string;
  /** What one run is divided by. */
  readonly per: number;
  readonly run: () => Promise<void> | void;
}

/** `make` is called when it is first needed, and then no more. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The median, in µs for each of what a run does. @param effort milliseconds and runs, at least. */
export async function measure(
  { name, per, run }: Case,
  effort: { readonly time: number; readonly runs: number },
): Promise<Figure> {
  // What is made lazily is made here, and the code is warm.
  await run();
  const bench = new Bench({ time: effort.time, iterations: effort.runs, warmup: false });
  bench.add(name, run);
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (result?.state !== 'completed') throw new Error(`${name} could not be measured`);
  const { p50, samplesCount } = result.latency;
  return { name, unit: 'µs', value: rounded((1000 * p50) / per), runs: samplesCount };
}
