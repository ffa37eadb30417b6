/** The one error of the tally room: whatever hostile input does here, it surfaces as this. */

export type TallyErrorCode =
  /** Counts, cells or shares that are not those of the manifest and its tally. */
  | 'mismatch'
  /** A total beyond 2^53 − 1, or no count within what the ballots allow. */
  | 'out-of-range'
  /** A tie that a lot has to settle, and no seed to draw it from. */
  | 'no-seed'
  /** Fewer valid shares than the threshold. */
  | 'too-few-shares'
  /** A path of a count tree that does not lead to its root. */
  | 'bad-path'
  /** A point of a counted ballot or of a tally that does not decode. */
  | 'bad-encoding'
  /** A record of a version, feature or entry type that this program does not know: it cannot say yes or no. */
  | 'unsupported'
  /** A source that has no record. */
  | 'unreadable';

export class TallyError extends Error {
  override readonly name = 'TallyError';
  readonly code: TallyErrorCode;
  /** The argument or field at fault, e.g. `counts[2].counts`. */
  readonly where: string;

  constructor(code: TallyErrorCode, where: string, why: string) {
    super(`${where}: ${why}`);
    this.code = code;
    this.where = where;
  }
}
