/** Colleges, contests, cells and counts as outcomes go by them, in the fewest words. */
import type { College, Contest } from '../../src/ballot/manifest.ts';
import type { Cell } from '../../src/tally/cells.ts';
import type { CellCount } from '../../src/tally/outcome.ts';

export const college = (id: string, weights: number[] = [1]): College => ({
  id,
  mode: 'secret',
  weights,
  entitlement: null,
});
export const contest = (id: string, options: string[], colleges: string[]): Contest => ({
  id,
  options,
  colleges,
  shape: { kind: 'choose', min: 1, max: 1, blank: false },
});
export const cell = (of: Contest, at: College, weight: number, voters: number): Cell => ({
  id: `${of.id}/${at.id}/${weight}`,
  contest: of,
  college: at,
  weight,
  voters: Uint32Array.from({ length: voters }, (_, i) => i + 1),
  cards: null,
  body: null,
});
export const cellCount = (cell: Cell, ballots: number, counts: number[]): CellCount => ({
  cell: cell.id,
  ballots,
  counts,
});
