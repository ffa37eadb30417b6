/**
 * What counts no ballots add up to, whatever they say (docs/protocol.md §9.5): every ballot satisfies the clauses of
 * its contest, so its columns add up to what the shape allows.
 */
import type { Cell } from './cells.ts';

type Counted = Pick<Cell, 'contest'>;

const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** Of each ballot that is not blank, the options together get `least` … `most`. */
function wrongTotal(votes: number, ballots: number, least: number, most: number): string | undefined {
  if (least * ballots <= votes && votes <= most * ballots) return undefined;
  return `${votes} in all on ${ballots} ballots with ${least} to ${most} each`;
}

/**
 * Why no `ballots` ballots have these counts, one for each column; undefined if some have.
 * @param weights of all voters of the cell, if it is one of split cards.
 */
export function impossibleCounts(
  { contest: { options, shape } }: Counted,
  ballots: number,
  counts: readonly number[],
  weights: readonly number[] = [],
): string | undefined {
  const votes = total(counts.slice(0, options.length));
  const blank = 'blank' in shape && shape.blank ? (counts[options.length] ?? 0) : 0;
  if (blank > ballots) return `${blank} blank of ${ballots} ballots`;
  switch (shape.kind) {
    case 'choose':
      return wrongTotal(votes, ballots - blank, shape.min, shape.max);
    case 'ranking': {
      const each = total(shape.points);
      return wrongTotal(votes, ballots - blank, each, each);
    }
    case 'split': {
      const sorted = [...weights].sort((a, b) => a - b);
      const [least, most] = [total(sorted.slice(0, ballots)), total(sorted.slice(sorted.length - ballots))];
      const all = total(counts);
      return least <= all && all <= most ? undefined : `${all} of cards that weigh ${least} to ${most}`;
    }
    case 'score':
    case 'support':
      return undefined;
  }
}
