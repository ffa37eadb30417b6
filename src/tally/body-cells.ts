/**
 * Counts of bodies beside those of whole colleges (docs/protocol.md §9.1): which of them may be published, so that
 * nothing smaller can be told from them, not by subtraction either (attack T9). Manifest and roll have been checked.
 */
import type { ManifestBody } from '../ballot/manifest.ts';
import { FlatLines, type Roll } from '../roll/flat-lines.ts';
import { compareText } from '../roll/order.ts';
import { type Cell, cellsOf } from './cells.ts';

type Terms = Pick<ManifestBody, 'cells' | 'colleges' | 'contests'>;

/** The part of a college that belongs to none of its listed bodies. No body has this id. */
const REST = '-';

/** A body's part of a cell. */
interface Part {
  readonly body: string;
  readonly voters: Uint32Array;
}

/** The body of the kind that each voter's line lists; the rest where it lists none, or several. */
function bodyOfVoters(by: string, { lines, bodies }: Roll): (voter: number) => string {
  const ofKind = new Set(bodies.filter(({ kind }) => kind === by).map(({ id }) => id));
  const { kinds, kindOf } = FlatLines.of(lines);
  const bodyOfKind = kinds.map((line) => {
    const [body, ...others] = line.bodies.filter((id) => ofKind.has(id));
    return body === undefined || others.length > 0 ? REST : body;
  });
  return (voter) => bodyOfKind[kindOf[voter - 1] ?? -1] ?? REST;
}

/** A cell in parts, by the ids of their bodies. */
function partsOf({ voters }: Cell, bodyOf: (voter: number) => string): Part[] {
  const parts = Map.groupBy(voters, bodyOf);
  return Array.from(parts, ([body, own]) => ({ body, voters: Uint32Array.from(own) })).sort((a, b) =>
    compareText(a.body, b.body),
  );
}

/**
 * The parts that may be published beside their whole: those with `min` ballots; but where others are hidden, the whole
 * less the published parts tells what these have together, so there must be two of them at least, with `min` ballots.
 * @param parts the ballots of each part.
 */
export function publishedParts(parts: ReadonlyMap<string, number>, min: number): ReadonlySet<string> {
  const bySize = [...parts].sort(([a, m], [b, n]) => m - n || compareText(a, b));
  let hidden = bySize.filter(([, ballots]) => ballots < min).length;
  const together = (): number => bySize.slice(0, hidden).reduce((sum, [, ballots]) => sum + ballots, 0);
  while (hidden > 0 && hidden < bySize.length && (hidden === 1 || together() < min)) hidden += 1;
  return new Set(bySize.slice(hidden).map(([body]) => body));
}

/** Every cell, and after each secret one those of its parts that are chosen. */
function withParts(
  { cells: { optional }, ...terms }: Terms,
  roll: Roll,
  choose: (cell: Cell, parts: readonly Part[], min: number) => (part: Part) => boolean,
): Cell[] {
  const cells = cellsOf(terms, roll.lines);
  if (optional === null) return cells;
  const bodyOf = bodyOfVoters(optional.by, roll);
  return cells.flatMap((cell) => {
    if (cell.college.mode === 'recorded' || cell.cards !== null) return [cell];
    const parts = partsOf(cell, bodyOf);
    const own = parts.filter(choose(cell, parts, optional.min));
    return [cell, ...own.map((part) => ({ ...cell, ...part, id: `${cell.id}/${part.body}` }))];
  });
}

/** The cells of a closed election, in the order of the tally. */
export function publishedCells(terms: Terms, roll: Roll, hasVoted: (voter: number) => boolean): Cell[] {
  return withParts(terms, roll, (_, parts, min) => {
    const ballots = parts.map(({ body, voters }) => [body, voters.filter(hasVoted).length] as const);
    const published = publishedParts(new Map(ballots), min);
    return ({ body }) => published.has(body);
  });
}

/** The cells of a tally that is trusted, by their ids. */
export function cellsOfTally(terms: Terms, roll: Roll, ids: Iterable<string>): Cell[] {
  const published = new Set(ids);
  return withParts(
    terms,
    roll,
    (cell) =>
      ({ body }) =>
        published.has(`${cell.id}/${body}`),
  );
}

/** Why the roll has more bodies than the manifest reckons with; undefined if it has not. */
export function tooManyBodies(
  { cells: { optional } }: Terms,
  { bodies }: Pick<Roll, 'bodies'>,
): string | undefined {
  if (optional === null) return undefined;
  const found = bodies.filter(({ kind }) => kind === optional.by).length;
  return found > optional.most
    ? `${found} of kind ${optional.by}; the manifest has ${optional.most} at most`
    : undefined;
}
