/**
 * Cells: what is counted together and, in a secret college, decrypted together (docs/protocol.md §9.1).
 * The manifest and the roll have been checked before.
 */
import type { College, Contest, ManifestBody } from '../ballot/manifest.ts';
import type { RollLine } from '../roll/roll-document.ts';

/** What tells the cells of a roll line. */
export type CellLine = Pick<RollLine, 'college' | 'weight'>;

export interface Cell {
  /** `contest/college/weight`. */
  readonly id: string;
  readonly contest: Contest;
  readonly college: College;
  readonly weight: number;
  /** The voter numbers of its roll lines, ascending. */
  readonly voters: Uint32Array;
}

/** The voter numbers of every college and weight: 4 bytes a voter, in twice as many passes. */
function votersByCollege(lines: Iterable<CellLine>): Map<string, Uint32Array> {
  const sizes = new Map<string, number>();
  const keyOf = ({ college, weight }: CellLine): string => `${college}/${weight}`;
  for (const line of lines) sizes.set(keyOf(line), (sizes.get(keyOf(line)) ?? 0) + 1);
  const voters = new Map(Array.from(sizes, ([key, size]) => [key, new Uint32Array(size)]));
  const filled = new Map<string, number>();
  let voter = 0;
  for (const line of lines) {
    voter += 1;
    const key = keyOf(line);
    const at = filled.get(key) ?? 0;
    const own = voters.get(key);
    if (own !== undefined) own[at] = voter;
    filled.set(key, at + 1);
  }
  return voters;
}

/** The cells of an election in the order of the tally: by contest, then college, then weight. */
export function cellsOf(
  manifest: Pick<ManifestBody, 'colleges' | 'contests'>,
  lines: Iterable<CellLine>,
): Cell[] {
  const voters = votersByCollege(lines);
  const colleges = new Map(manifest.colleges.map((college) => [college.id, college]));
  return manifest.contests.flatMap((contest) =>
    contest.colleges.flatMap((name) => {
      const college = colleges.get(name);
      if (college === undefined) return [];
      return college.weights.map((weight) => ({
        id: `${contest.id}/${college.id}/${weight}`,
        contest,
        college,
        weight,
        voters: voters.get(`${college.id}/${weight}`) ?? new Uint32Array(),
      }));
    }),
  );
}

/** The secret cells that are too small to be decrypted: some voters, but fewer than the manifest's minimum. */
export function cellsBelowMinimum(manifest: Pick<ManifestBody, 'cells'>, cells: readonly Cell[]): Cell[] {
  return cells.filter(
    ({ college, voters }) =>
      college.mode === 'secret' && voters.length > 0 && voters.length < manifest.cells.requiredMin,
  );
}

/** Fewer ballots than the minimum, which is about voters: who knows some of them can guess the others. */
export function isFew({ cells }: Pick<ManifestBody, 'cells'>, ballots: number): boolean {
  return ballots > 0 && ballots < cells.requiredMin;
}

/** All ballots are alike, one alone with itself: their sum tells each of them. */
export function isUnanimous(ballots: number, counts: readonly number[]): boolean {
  return ballots > 0 && counts.every((n) => n === 0 || n === ballots);
}
