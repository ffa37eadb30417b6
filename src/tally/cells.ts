/**
 * Cells: what is counted together and, in a secret college, decrypted together (docs/protocol.md §9.1).
 * The manifest and the roll have been checked before.
 */
import type { College, Contest, ManifestBody } from '../ballot/manifest.ts';
import type { RollLine } from '../roll/roll-document.ts';

export interface Cell {
  /** `contest/college/weight`. */
  readonly id: string;
  readonly contest: Contest;
  readonly college: College;
  readonly weight: number;
  /** The voter numbers of its roll lines, ascending. */
  readonly voters: readonly number[];
}

/** The cells of an election in the order of the tally: by contest, then college, then weight. */
export function cellsOf(
  manifest: Pick<ManifestBody, 'colleges' | 'contests'>,
  lines: readonly Pick<RollLine, 'college' | 'weight'>[],
): Cell[] {
  const voters = Map.groupBy(
    lines.map((line, place) => ({ key: `${line.college}/${line.weight}`, voter: place + 1 })),
    ({ key }) => key,
  );
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
        voters: (voters.get(`${college.id}/${weight}`) ?? []).map(({ voter }) => voter),
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
