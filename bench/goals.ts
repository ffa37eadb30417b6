/** What the figures must come to, and what they came to. */
import type { Report } from './run.ts';

interface Goal {
  readonly what: string;
  /** From the values of these figures. */
  readonly of: readonly string[];
  readonly value: (...values: readonly number[]) => number;
  readonly least?: number;
  readonly most?: number;
  readonly unit: string;
}

const itself = (value = 0): number => value;
const ratio = (a = 0, b = 1): number => a / b;

const NODE = 'recount.20000x3';

const GOALS: readonly Goal[] = [
  {
    what: '20,000 ballots of 3 options, one core, without hints',
    of: [`${NODE}.nohints.1core`],
    value: itself,
    most: 300,
    unit: 'µs per ballot',
  },
  {
    what: 'the same with hints',
    of: [`${NODE}.hints.1core`],
    value: itself,
    most: 150,
    unit: 'µs per ballot',
  },
  {
    what: 'the bigint twin against the kernel, both without hints on one core',
    of: [`${NODE}.bigint.1core`, `${NODE}.nohints.1core`],
    value: ratio,
    least: 8,
    unit: 'times',
  },
  {
    what: 'two cores against one, without hints',
    of: [`${NODE}.nohints.1core`, `${NODE}.nohints.2cores`],
    value: ratio,
    least: 1.7,
    unit: 'times',
  },
  {
    what: 'two cores against one, with hints',
    of: [`${NODE}.hints.1core`, `${NODE}.hints.2cores`],
    value: ratio,
    least: 1.7,
    unit: 'times',
  },
  ...(['nohints', 'hints'] as const).map((way) => ({
    what: `two processors against one, V8’s helpers bound too, ${way === 'hints' ? 'with' : 'without'} hints`,
    of: [`${NODE}.${way}.1cpu`, `${NODE}.${way}.2cores`],
    value: ratio,
    least: 1.7,
    unit: 'times',
  })),
  {
    what: '1,000,000 ballots recounted, everything, two cores',
    of: ['recount.1000000x3.seconds'],
    value: itself,
    most: 180,
    unit: 's',
  },
  {
    what: 'the memory of that',
    of: ['recount.1000000x3.rss_mb'],
    value: itself,
    most: 400,
    unit: 'MB',
  },
  {
    what: 'Chromium against Node, the whole recount of 20,000',
    of: ['browser.recount.20000x3.seconds', `${NODE}.seconds`],
    value: ratio,
    most: 2,
    unit: 'times',
  },
  {
    what: 'sealing a ballot of 12 options and 3 in a browser',
    of: ['booth.seal.15.ms'],
    value: itself,
    most: 200,
    unit: 'ms',
  },
  {
    what: 'the script of the booth, compressed',
    of: ['bundle.member-islands.vote.gzip_kb'],
    value: itself,
    most: 60,
    unit: 'kB',
  },
  { what: 'ballots cast over HTTP', of: ['cast.http.per_second'], value: itself, least: 800, unit: '1/s' },
  {
    what: 'the slowest hundredth of answers',
    of: ['cast.http.p99_ms'],
    value: itself,
    most: 250,
    unit: 'ms',
  },
];

/** Rows of a table: what, needed, measured, reached. */
export function goalRows({ figures }: Report): string[][] {
  const known = new Map(figures.map(({ name, value }) => [name, value]));
  return GOALS.map(({ what, of, value, least, most, unit }) => {
    const needed = least === undefined ? `at most ${most}` : `at least ${least}`;
    const values = of.flatMap((name) => known.get(name) ?? []);
    if (values.length < of.length) return [what, `${needed} ${unit}`, 'not measured', ''];
    const measured = value(...values);
    const holds = measured >= (least ?? 0) && measured <= (most ?? Number.POSITIVE_INFINITY);
    const shown = measured >= 100 ? Math.round(measured).toLocaleString('en-GB') : measured.toPrecision(3);
    return [what, `${needed} ${unit}`, `${shown} ${unit}`, holds ? 'yes' : '**no**'];
  });
}
