/** What the person who runs the demonstration may choose. */
export interface DemoOptions {
  readonly members: number;
  readonly seed?: string;
  readonly trustees: number;
  readonly threshold: number;
  /** Without it, 1 where one may. */
  readonly lose?: number;
  /** Per cent. */
  readonly turnout: number;
  readonly data?: string;
  readonly record?: string;
  readonly port: number;
  readonly once?: true;
  readonly json?: true;
}
