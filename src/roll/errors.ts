/** The errors of the roll room, and the form in which its checks report what is wrong. */

export type RollErrorCode =
  /** A voter in a college that the manifest does not have. */
  | 'unknown-college'
  /** Counts that cannot all be true, e.g. a region smaller than its branches. */
  | 'bad-counts'
  /** A rule by size, and an affiliate that has none. */
  | 'no-size'
  /** A line that the roll does not have. */
  | 'no-such-line'
  /** A simulation that nobody can make, e.g. more branches than members. */
  | 'bad-simulation';

export class RollError extends Error {
  override readonly name = 'RollError';
  readonly code: RollErrorCode;
  /** The field at fault, e.g. `voters[3].college`. */
  readonly where: string;

  constructor(code: RollErrorCode, where: string, why: string) {
    super(`${where}: ${why}`);
    this.code = code;
    this.where = where;
  }
}
