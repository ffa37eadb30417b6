/** How much is measured: everything, what ends in a few minutes, or the least that says anything at all. */
export interface RecountSize {
  readonly ballots: number;
  readonly options: 3 | 12;
  /** In this order. */
  readonly of: readonly RecountWay[];
  /** The slow twin may recount fewer. */
  readonly bigintBallots?: number;
  readonly runs: number;
}

/** `making`: without hints, and writing them for the ways that have some. `1cpu`: as `1core`, bound to one processor. */
export type RecountWay =
  | 'nohints.1core'
  | 'nohints.1cpu'
  | 'nohints.2cores'
  | 'making.2cores'
  | 'hints.1core'
  | 'hints.1cpu'
  | 'hints.2cores'
  | 'bigint.1core';

export interface Effort {
  /** Milliseconds and runs, at least, of what runs in this process. */
  readonly time: number;
  readonly runs: number;
  /** Points of a multi-scalar multiplication, of the kernels and of what is slower. */
  readonly sums: readonly number[];
  readonly slowSums: readonly number[];
  readonly batches: readonly number[];
  readonly slowBatches: readonly number[];
  readonly doorBatches: readonly number[];
  /** Voters of a tally. */
  readonly tally: number;
  /** Totals that trustees decrypt. */
  readonly totals: readonly number[];
  readonly recounts: readonly RecountSize[];
  /** Ballots cast before the clock starts, and then. */
  readonly casts: { readonly before: number; readonly measured: number };
  /** Ballots recounted in a browser. */
  readonly browser: { readonly ballots: number; readonly runs: number };
}

const ALL = [
  'nohints.1core',
  'nohints.1cpu',
  'nohints.2cores',
  'making.2cores',
  'hints.1core',
  'hints.1cpu',
  'hints.2cores',
  'bigint.1core',
] as const;
const BOTH = ['nohints.2cores', 'making.2cores', 'hints.2cores'] as const;

export const FULL: Effort = {
  time: 1000,
  runs: 5,
  sums: [1, 64, 1024, 16_384, 131_072],
  slowSums: [1, 64, 1024],
  batches: [16, 256, 4096],
  slowBatches: [16, 256],
  doorBatches: [1, 16, 64, 256],
  tally: 1024,
  totals: [20, 200, 2000],
  recounts: [
    { ballots: 1000, options: 3, of: ALL, runs: 3 },
    { ballots: 1000, options: 12, of: ALL, runs: 3 },
    { ballots: 20_000, options: 3, of: ALL, runs: 3 },
    { ballots: 20_000, options: 12, of: BOTH, runs: 1 },
    { ballots: 100_000, options: 3, of: ALL.filter((way) => way !== 'bigint.1core'), runs: 1 },
    { ballots: 100_000, options: 12, of: BOTH, runs: 1 },
    { ballots: 1_000_000, options: 3, of: BOTH, runs: 1 },
  ],
  casts: { before: 1000, measured: 16_000 },
  browser: { ballots: 20_000, runs: 3 },
};

export const QUICK: Effort = {
  time: 200,
  runs: 2,
  sums: [64, 1024, 16_384],
  slowSums: [64],
  batches: [16, 256, 4096],
  slowBatches: [16],
  doorBatches: [16, 64],
  tally: 256,
  totals: [20, 200],
  recounts: [
    { ballots: 1000, options: 3, of: BOTH, runs: 1 },
    { ballots: 1000, options: 12, of: BOTH, runs: 1 },
    { ballots: 20_000, options: 3, of: ALL, bigintBallots: 2000, runs: 1 },
  ],
  casts: { before: 500, measured: 4000 },
  browser: { ballots: 20_000, runs: 1 },
};

export const LEAST: Effort = {
  time: 1,
  runs: 1,
  sums: [8],
  slowSums: [8],
  batches: [2],
  slowBatches: [2],
  doorBatches: [2],
  tally: 8,
  totals: [2],
  recounts: [
    {
      ballots: 40,
      options: 3,
      of: ['nohints.1core', 'nohints.1cpu', 'hints.2cores', 'bigint.1core'],
      runs: 1,
    },
  ],
  casts: { before: 10, measured: 30 },
  browser: { ballots: 40, runs: 1 },
};
