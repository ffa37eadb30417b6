/** What the benchmark prints and writes. */
export type Unit = 'µs' | 'ms' | 's' | '1/s' | 'MB' | 'kB';

export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  /** The median of the runs. */
  readonly value: number;
  readonly runs: number;
}

/** A case that this machine cannot run, or that failed, and why: it is left out of the file. */
export interface Skipped {
  readonly name: string;
  readonly skipped: string;
}

export type Finding = Figure | Skipped;

/** What a case finds; and if it fails, that it did, so that others go on. */
export async function* orWhy(name: string, found: AsyncIterable<Finding>): AsyncGenerator<Finding> {
  try {
    yield* found;
  } catch (error) {
    process.exitCode = 1;
    yield { name, skipped: `it failed: ${String(error)}` };
  }
}

/** To three significant digits, and whole above that: more would be noise. */
export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new RangeError('the median of nothing');
  return middle;
}

/** The figure of one value for each run. */
export function figureOf(name: string, unit: Unit, values: readonly number[]): Figure {
  return { name, unit, value: rounded(median(values)), runs: values.length };
}

export function lineOf(finding: Finding): string {
  const name = finding.name.padEnd(40);
  if ('skipped' in finding) return `${name} left out: ${finding.skipped}\n`;
  const value = finding.value.toLocaleString('en-GB', { maximumSignificantDigits: 7 });
  return `${name} ${value.padStart(12)} ${finding.unit.padEnd(4)} ${String(finding.runs).padStart(6)} runs\n`;
}
