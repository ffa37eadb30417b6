/**
 * Cells: what is counted together and, in a secret college, decrypted together (docs/protocol.md §9.1).
 * The manifest and the roll have been checked before.
 */
import type { College, Contest, ManifestBody } from '../ballot/manifest.ts';
import { kindsOf } from '../roll/flat-lines.ts';
import type { RollLine } from '../roll/roll-document.ts';

/** What tells the cells of a roll line. */
export type CellLine = Pick<RollLine, 'college' | 'weight'>;

export interface Cell {
  /** `contest/college/weight`; of split cards `contest/college/split`. */
  readonly id: string;
  readonly contest: Contest;
  readonly college: College;
  /** What its counts are multiplied by: 1 for split cards, whose counts are of weights. */
  readonly weight: number;
  /** The voter numbers of its roll lines, ascending. */
  readonly voters: Uint32Array;
  /** Of split cards the weight of each voter, in the same order; null in other cells. */
  readonly cards: Uint32Array | null;
  /** Of a body's part of a cell (body-cells.ts); null for a whole cell, which alone decides. */
  readonly body: string | null;
}

/** The voter numbers of a college or of one weight of it, and their weights. */
interface Voters {
  readonly numbers: Uint32Array;
  readonly weights: Uint32Array;
}

const NOBODY: Voters = { numbers: new Uint32Array(), weights: new Uint32Array() };

/** The voters of every key: 8 bytes a voter, in twice as many passes. */
function votersBy(all: Iterable<CellLine>, nameOf: (line: CellLine) => string): Map<string, Voters> {
  const lines: Iterable<CellLine> = kindsOf(all);
  let [last, name]: [CellLine | undefined, string] = [undefined, ''];
  // Neighbours are often of one kind.
  const keyOf = (line: CellLine): string => {
    if (line !== last) [last, name] = [line, nameOf(line)];
    return name;
  };
  const sizes = new Map<string, number>();
  for (const line of lines) sizes.set(keyOf(line), (sizes.get(keyOf(line)) ?? 0) + 1);
  const voters = new Map(
    Array.from(sizes, ([key, size]) => [
      key,
      { numbers: new Uint32Array(size), weights: new Uint32Array(size) },
    ]),
  );
  const filled = new Map<string, number>();
  let voter = 0;
  for (const line of lines) {
    voter += 1;
    const key = keyOf(line);
    const at = filled.get(key) ?? 0;
    const own = voters.get(key);
    if (own !== undefined) {
      own.numbers[at] = voter;
      own.weights[at] = line.weight;
    }
    filled.set(key, at + 1);
  }
  return voters;
}

const isSplit = ({ shape }: Contest): boolean => shape.kind === 'split';

/** The cells of an election in the order of the tally: by contest, then college, then weight. */
export function cellsOf(
  manifest: Pick<ManifestBody, 'colleges' | 'contests'>,
  lines: Iterable<CellLine>,
): Cell[] {
  const ofWeight = votersBy(lines, ({ college, weight }) => `${college}/${weight}`);
  const ofCollege = manifest.contests.some(isSplit) ? votersBy(lines, ({ college }) => college) : null;
  const colleges = new Map(manifest.colleges.map((college) => [college.id, college]));
  return manifest.contests.flatMap((contest) =>
    contest.colleges.flatMap((name): Cell[] => {
      const college = colleges.get(name);
      if (college === undefined) return [];
      if (isSplit(contest)) {
        const { numbers, weights } = ofCollege?.get(college.id) ?? NOBODY;
        const id = `${contest.id}/${college.id}/split`;
        return [{ id, contest, college, weight: 1, voters: numbers, cards: weights, body: null }];
      }
      return college.weights.map((weight) => {
        const voters = ofWeight.get(`${college.id}/${weight}`)?.numbers ?? NOBODY.numbers;
        return {
          id: `${contest.id}/${college.id}/${weight}`,
          contest,
          college,
          weight,
          voters,
          cards: null,
          body: null,
        };
      });
    }),
  );
}

/** The weights of all its voters together: what a share of the roll is a share of. */
export function rollWeight({ weight, voters, cards }: Pick<Cell, 'weight' | 'voters' | 'cards'>): number {
  return cards === null ? weight * voters.length : cards.reduce((sum, card) => sum + card, 0);
}

/** The weights of all its ballots together. Split cards say them: every part of a card is counted, used or not. */
export function ballotWeight(
  { weight, cards }: Pick<Cell, 'weight' | 'cards'>,
  { ballots, counts }: { readonly ballots: number; readonly counts: readonly number[] },
): number {
  return cards === null ? weight * ballots : counts.reduce((sum, n) => sum + n, 0);
}

/** The most that split cards may weigh together to be decrypted: discrete logarithms up to here are found in time. */
const MOST_CARDS = 2 ** 36;

export interface CellProblem {
  /** The cell. */
  readonly where: string;
  readonly code: 'cell-too-small' | 'cell-too-heavy';
  readonly why: string;
}

/** The secret cells that must not be decrypted, with some voters but fewer than the minimum, or that cannot be. */
export function cellProblems(
  { cells: { requiredMin } }: Pick<ManifestBody, 'cells'>,
  cells: readonly Cell[],
) {
  return cells.flatMap((cell): CellProblem[] => {
    const { id, college, voters, cards } = cell;
    if (college.mode === 'recorded' || voters.length === 0) return [];
    if (voters.length < requiredMin) {
      const why = `${voters.length} voters; a secret cell has at least ${requiredMin}`;
      return [{ where: id, code: 'cell-too-small', why }];
    }
    if (cards === null || rollWeight(cell) <= MOST_CARDS) return [];
    const why = `its cards weigh ${rollWeight(cell)} in all; a secret cell has at most ${MOST_CARDS}`;
    return [{ where: id, code: 'cell-too-heavy', why }];
  });
}

/** One card outweighs all others together: whoever knows the counts knows most of how it was spent. */
export function isDominated({ cards }: Pick<Cell, 'cards'>): boolean {
  const heaviest = cards?.reduce((a, b) => Math.max(a, b), 0) ?? 0;
  return cards !== null && 2 * heaviest > cards.reduce((sum, card) => sum + card, 0);
}

/** Fewer ballots than the minimum, which is about voters: who knows some of them can guess the others. */
export function isFew({ cells }: Pick<ManifestBody, 'cells'>, ballots: number): boolean {
  return ballots > 0 && ballots < cells.requiredMin;
}

/**
 * All ballots are alike, one alone with itself: their sum tells each of them. So it is where the sum is as far out as
 * any can be: every option has all or nothing of what the ballots could give, every card went to one option, every
 * option has the points of one place.
 */
export function isUnanimous(
  { options, shape }: Pick<Contest, 'options' | 'shape'>,
  ballots: number,
  counts: readonly number[],
): boolean {
  if (ballots === 0) return false;
  const blank = counts[options.length] ?? 0;
  switch (shape.kind) {
    case 'split':
      return counts.filter((n) => n > 0).length === 1;
    case 'ranking': {
      if (shape.blank && blank > 0) return blank === ballots;
      const places = options.map((_, i) => ballots * (shape.points[i] ?? 0));
      const own = counts.slice(0, options.length).sort((a, b) => b - a);
      return own.every((n, i) => n === places[i]);
    }
    case 'score':
      return counts.every((n) => n === 0 || n === shape.max * ballots);
    case 'choose':
    case 'support':
      return counts.every((n) => n === 0 || n === ballots);
  }
}
