/** What the benchmark prints and writes. */
export interface Figure {
  readonly name: string;
  readonly unit: 'µs' | '1/s';
  /** The median of the runs. */
  readonly value: number;
  readonly runs: number;
}
