/**
 * What the counts decide: one pure function of the manifest's rules and exact integers (docs/protocol.md §10).
 * A verifier runs it again on counts that it has proved; counts may be hostile until then.
 */
import type { ManifestBody, MotionRule, SeatsRule, Threshold } from '../ballot/manifest.ts';
import { type Bytes, toHex, toUtf8 } from '../crypto/bytes.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';
import type { DecisionOutcome, Outcome } from '../record/entries.ts';
import type { Cell } from './cells.ts';
import { TallyError } from './errors.ts';

/** The count of one cell, as the result publishes it. */
export interface CellCount {
  readonly cell: string;
  readonly ballots: number;
  /** One number for each option of the contest. */
  readonly counts: readonly number[];
}

/** Weighted sums over the cells of one contest in one college. */
interface Totals {
  readonly roll: bigint;
  readonly ballots: bigint;
  /** In option order. */
  readonly votes: readonly bigint[];
}

type MotionOutcome = Extract<DecisionOutcome, { kind: 'motion' }>;
type SeatsOutcome = Extract<DecisionOutcome, { kind: 'seats' }>;

function published(total: bigint, where: string): number {
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) throw new TallyError('out-of-range', where, 'above 2^53 − 1');
  return Number(total);
}

/** Counts stand in the order of the cells, one for each. */
function checkCounts(cells: readonly Cell[], counts: readonly CellCount[]): void {
  if (counts.length !== cells.length) {
    throw new TallyError('mismatch', 'counts', `${counts.length} counts for ${cells.length} cells`);
  }
  cells.forEach((cell, i) => {
    const count = counts[i];
    if (count?.cell !== cell.id) throw new TallyError('mismatch', `counts[${i}].cell`, `not ${cell.id}`);
    if (count.counts.length !== cell.contest.options.length) {
      throw new TallyError('mismatch', `counts[${i}].counts`, 'not one count for each option');
    }
    for (const n of [count.ballots, ...count.counts]) {
      if (!Number.isSafeInteger(n) || n < 0) {
        throw new TallyError('out-of-range', `counts[${i}]`, `${n} is not a count`);
      }
    }
  });
}

/** Σ weight × … over the cells of the contest in the college. */
function totalsOf(
  cells: readonly Cell[],
  counts: readonly CellCount[],
  contest: string,
  college: string,
): Totals {
  let roll = 0n;
  let ballots = 0n;
  let votes: bigint[] = [];
  cells.forEach((cell, i) => {
    const count = counts[i];
    if (cell.contest.id !== contest || cell.college.id !== college || count === undefined) return;
    const weight = BigInt(cell.weight);
    roll += weight * BigInt(cell.voters.length);
    ballots += weight * BigInt(count.ballots);
    votes = count.counts.map((n, option) => (votes[option] ?? 0n) + weight * BigInt(n));
  });
  return { roll, ballots, votes };
}

/** F·q > p·base or F·q ≥ p·base, and F > 0. */
function reaches(threshold: Threshold, votesFor: bigint, votesAgainst: bigint, totals: Totals): boolean {
  const base = {
    'for-and-against': votesFor + votesAgainst,
    ballots: totals.ballots,
    roll: totals.roll,
  }[threshold.of];
  const reached = votesFor * BigInt(threshold.q);
  const needed = BigInt(threshold.p) * base;
  return votesFor > 0n && (threshold.compare === 'more-than' ? reached > needed : reached >= needed);
}

type TotalsIn = (contest: string, college: string) => Totals;

function decideMotion(rule: MotionRule, options: readonly string[], totalsIn: TotalsIn): MotionOutcome {
  const colleges = rule.colleges.map(({ college, threshold, quorum }) => {
    const totals = totalsIn(rule.contest, college);
    const votesFor = totals.votes[options.indexOf(rule.for)] ?? 0n;
    const votesAgainst = totals.votes[options.indexOf(rule.against)] ?? 0n;
    const quorate = totals.ballots * BigInt(quorum.q) >= BigInt(quorum.p) * totals.roll;
    const where = `${rule.id}.${college}`;
    return {
      college,
      roll: published(totals.roll, `${where}.roll`),
      ballots: published(totals.ballots, `${where}.ballots`),
      for: published(votesFor, `${where}.for`),
      against: published(votesAgainst, `${where}.against`),
      quorate,
      carried: quorate && reaches(threshold, votesFor, votesAgainst, totals),
    };
  });
  const divided = colleges.some(({ carried }) => carried !== colleges[0]?.carried);
  const prevailing = rule.divided.kind === 'prevails' ? rule.divided.college : undefined;
  const carried = divided
    ? colleges.some((one) => one.college === prevailing && one.carried)
    : colleges.every((one) => one.carried);
  return { id: rule.id, kind: 'motion', carried, divided, colleges };
}

/** The tied options by H256(lot-order, seed, decision, option), ascending (§9.6). */
function drawLot(tied: readonly string[], decision: string, seed: Bytes | null): string[] {
  if (seed === null) throw new TallyError('no-seed', decision, 'a tie is to be drawn by lot');
  return tied
    .map((option) => ({
      option,
      lot: toHex(hash256(TAGS.lotOrder, seed, toUtf8(decision), toUtf8(option))),
    }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ option }) => option);
}

function decideSeats(
  rule: SeatsRule,
  options: readonly string[],
  totalsIn: TotalsIn,
  seed: Bytes | null,
): SeatsOutcome {
  const { votes } = totalsIn(rule.contest, rule.college);
  const ranked = options
    .map((option, i) => ({ option, votes: votes[i] ?? 0n }))
    // Array.prototype.sort is stable: equal votes stay in manifest order.
    .sort((a, b) => (a.votes === b.votes ? 0 : a.votes > b.votes ? -1 : 1));
  const chosen = ranked.filter((one) => one.votes > 0n);
  const last = chosen[rule.seats - 1]?.votes;
  const isTied = last !== undefined && chosen[rule.seats]?.votes === last;
  const tied = isTied ? chosen.filter((one) => one.votes === last).map(({ option }) => option) : [];
  const elected = chosen
    .slice(0, rule.seats)
    .map(({ option }) => option)
    .filter((option) => !tied.includes(option));
  const inOrder = isTied && rule.ties === 'lot' ? drawLot(tied, rule.id, seed) : tied;
  if (rule.ties === 'lot') elected.push(...inOrder.slice(0, rule.seats - elected.length));
  return {
    id: rule.id,
    kind: 'seats',
    votes: ranked.map((one) => ({
      option: one.option,
      votes: published(one.votes, `${rule.id}.${one.option}`),
    })),
    elected,
    tied: inOrder,
    unfilled: rule.seats - elected.length,
  };
}

/**
 * The outcome of every rule, in manifest order.
 * @param cells those of the manifest and roll, in order.
 * @param counts one for each cell, in the same order.
 * @param seed of the lot (§9.6); null where there are no trustees.
 * @throws TallyError `mismatch` or `out-of-range` for counts that no such election has, `no-seed`.
 */
export function outcome(
  manifest: Pick<ManifestBody, 'contests' | 'rules'>,
  cells: readonly Cell[],
  counts: readonly CellCount[],
  seed: Bytes | null,
): Outcome {
  checkCounts(cells, counts);
  const totalsIn: TotalsIn = (contest, college) => totalsOf(cells, counts, contest, college);
  return manifest.rules.map((rule) => {
    const options = manifest.contests.find(({ id }) => id === rule.contest)?.options ?? [];
    return rule.kind === 'motion'
      ? decideMotion(rule, options, totalsIn)
      : decideSeats(rule, options, totalsIn, seed);
  });
}
