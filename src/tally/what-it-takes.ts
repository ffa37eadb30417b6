/**
 * The fewest votes that carry a motion, or bring it down: how many of those on the roll would have had to vote
 * otherwise, to vote at all, or to stay away (docs/protocol.md §10). A card counts as so many votes as it weighs, as if
 * each could be cast by itself. All exact: a vote taken from one answer and given to the other is the most that one
 * vote can do, until none is left; then those who gave neither, then those who stayed away.
 */
import type { Share, Threshold } from '../ballot/rules.ts';

export interface Standing {
  readonly roll: bigint;
  readonly ballots: bigint;
  readonly for: bigint;
  readonly against: bigint;
  readonly quorum: { readonly p: number; readonly q: number };
}

/** Votes of one kind: what each of them does to the comparison, and how many there are. */
interface Moves {
  readonly gain: bigint;
  readonly many: bigint;
}

const least = (values: readonly (bigint | null)[]): bigint | null =>
  values.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);

const ceiling = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** The fewest moves that gain so much, the best ones first; null if all of them do not. */
function fewest(moves: readonly Moves[], wanted: bigint): bigint | null {
  let [taken, missing] = [0n, wanted];
  const best = moves
    .filter(({ gain, many }) => gain > 0n && many > 0n)
    .toSorted((a, b) => (a.gain > b.gain ? -1 : 1));
  for (const { gain, many } of best) {
    if (missing <= 0n) break;
    const own = ceiling(missing, gain);
    const used = own < many ? own : many;
    taken += used;
    missing -= used * gain;
  }
  return missing <= 0n ? taken : null;
}

/** Ballots that the quorum asks for. */
const quorumOf = ({ quorum, roll }: Standing): bigint => ceiling(BigInt(quorum.p) * roll, BigInt(quorum.q));

/** So many stay away that the quorum is missed; null without one. */
function missQuorum(standing: Standing): bigint | null {
  const needed = quorumOf(standing);
  return needed > 0n ? standing.ballots - needed + 1n : null;
}

/** So many votes for are added that the quorum is reached. */
function reachQuorum(standing: Standing): { readonly standing: Standing; readonly added: bigint } {
  const short = quorumOf(standing) - standing.ballots;
  const added = short > 0n ? short : 0n;
  return {
    standing: { ...standing, ballots: standing.ballots + added, for: standing.for + added },
    added,
  };
}

function baseOf(of: Threshold['of'], { roll, ballots, for: votesFor, against }: Standing): bigint {
  return { 'for-and-against': votesFor + against, ballots, roll }[of];
}

/**
 * How far Σ share·for/base is from its threshold, over a common denominator, and what single votes do about it.
 * Without shares there is one college, or several whose votes are added up by the caller.
 */
function weigh(
  { p, q, of }: Threshold,
  colleges: readonly { readonly share: Share; readonly standing: Standing }[],
) {
  const [P, Q] = [BigInt(p), BigInt(q)];
  const bases = colleges.map(({ standing }) => baseOf(of, standing));
  const denominator = colleges.reduce(
    (product, { share }, i) => product * BigInt(share.q) * (bases[i] || 1n),
    1n,
  );
  let excess = 0n;
  const up: Moves[] = [];
  const down: Moves[] = [];
  for (const [i, { share, standing }] of colleges.entries()) {
    const base = bases[i] ?? 0n;
    const unit = (denominator / (BigInt(share.q) * (base || 1n))) * BigInt(share.p);
    if (base > 0n) {
      excess += unit * (Q * standing.for - P * base);
      up.push({ gain: Q * unit, many: base - standing.for });
      down.push({ gain: Q * unit, many: standing.for });
    } else if (standing.roll > 0n) {
      // The first vote gives a college its say.
      up.push({ gain: (Q - P) * unit, many: 1n });
      down.push({ gain: P * unit, many: 1n });
    }
  }
  return { excess, up, down };
}

/** The votes that bring a carried motion down, or to a tie. */
export function toFall(
  threshold: Threshold,
  colleges: readonly { readonly share: Share; readonly standing: Standing }[],
): bigint | null {
  const { excess, down } = weigh(threshold, colleges);
  // more-than holds while the excess is above 0, at-least while it is not below.
  const wanted = threshold.compare === 'more-than' ? excess : excess + 1n;
  return least([fewest(down, wanted), ...colleges.map(({ standing }) => missQuorum(standing))]);
}

/** The votes that carry a motion, or, where a tie is left open, bring it to a tie; null if none do. */
export function toCarry(
  threshold: Threshold,
  colleges: readonly { readonly share: Share; readonly standing: Standing }[],
  tieIsOpen: boolean,
): bigint | null {
  const quorate = colleges.map(({ share, standing }) => ({ share, ...reachQuorum(standing) }));
  const added = quorate.reduce((sum, one) => sum + one.added, 0n);
  const { excess, up } = weigh(threshold, quorate);
  const mayEqual = threshold.compare === 'at-least' || tieIsOpen;
  const none = quorate.every(({ standing }) => standing.for === 0n);
  const rest = fewest(up, mayEqual ? -excess : 1n - excess);
  if (rest === null) return null;
  if (!none || rest > 0n) return added + rest;
  // Nothing is carried without a vote for it, and by nobody where nobody has one.
  return quorate.some(({ standing }) => standing.roll > 0n) ? added + 1n : null;
}

/** Of a college that decides by itself. */
export const ALONE: Share = { p: 1, q: 1 };
