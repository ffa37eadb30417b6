/**
 * What counts no ballots add up to, whatever they say (docs/protocol.md §9.5): every ballot satisfies the clauses of
 * its contest, so its columns add up to what the shape allows.
 */
import type { Cell } from './cells.ts';

const total = (counts: Iterable<number>): number => {
  let sum = 0;
  for (const n of counts) sum += n;
  return sum;
};

/** What this many of the cards weigh at most. */
export function heaviest(cards: Uint32Array, ballots: number): number {
  return total(cards.toSorted().slice(Math.max(0, cards.length - ballots)));
}

/** And at least. */
function lightest(cards: Uint32Array, ballots: number): number {
  return total(cards.toSorted().slice(0, ballots));
}

/** Of each ballot that is not blank, the options together get `least` … `most`. */
function wrongTotal(votes: number, ballots: number, least: number, most: number): string | undefined {
  if (least * ballots <= votes && votes <= most * ballots) return undefined;
  return `${votes} votes on ${ballots} ballots with ${least} to ${most} each`;
}

/** Why no `ballots` ballots have these counts, one for each column; undefined if some have. */
export function impossibleCounts(
  { contest: { options, shape }, cards }: Pick<Cell, 'contest' | 'cards'>,
  ballots: number,
  counts: readonly number[],
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
      const own = cards ?? new Uint32Array();
      const [least, most] = [lightest(own, ballots), heaviest(own, ballots)];
      const all = total(counts);
      return least <= all && all <= most ? undefined : `${all} of cards that weigh ${least} to ${most}`;
    }
    case 'score':
    case 'support':
      return undefined;
  }
}
