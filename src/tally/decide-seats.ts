/** Seats, reserved places, and orders by votes (docs/protocol.md §10). */
import { type Groups, MAX_STATES, Minimums, type Missing, statesOf } from '../ballot/reserved-places.ts';
import type { OrderRule, SeatsRule, Share } from '../ballot/rules.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { OutcomeOf } from '../record/outcome-document.ts';
import { type CollegeTotals, published, type TotalsIn } from './college-totals.ts';
import { TallyError } from './errors.ts';
import { drawLot } from './lot.ts';
import { type Combined, combine, reaches } from './shares-of-a-whole.ts';

interface Candidate {
  readonly option: string;
  /** On the scale of the whole: to be compared. */
  readonly strength: bigint;
  /** Of all colleges together: to be published. */
  readonly votes: bigint;
}

interface Part {
  readonly share: Share | null;
  readonly totals: CollegeTotals;
}

const sum = (votes: readonly bigint[]): bigint => votes.reduce((a, b) => a + b, 0n);

/** What each option has, of all votes for options or of all ballots. */
function standings(parts: readonly Part[], options: number, of: 'votes' | 'ballots'): Combined {
  const contributions = parts.map(({ share, totals: { votes, ballots } }) => {
    const own = votes.slice(0, options);
    return { share, base: of === 'votes' ? sum(own) : ballots, parts: own };
  });
  return combine(contributions, options);
}

/** By strength, the strongest first; equal ones in manifest order. */
function ranked(parts: readonly Part[], options: readonly string[]): Candidate[] {
  const { parts: strengths } = standings(parts, options.length, 'votes');
  return (
    options
      .map((option, i) => ({
        option,
        strength: strengths[i] ?? 0n,
        votes: sum(parts.map(({ totals }) => totals.votes[i] ?? 0n)),
      }))
      // Array.prototype.sort is stable.
      .sort((a, b) => (a.strength === b.strength ? 0 : a.strength > b.strength ? -1 : 1))
  );
}

export function publishedColleges(
  rule: Pick<SeatsRule, 'id'>,
  parts: readonly CollegeTotals[],
  options: number,
): OutcomeOf<'seats'>['colleges'] {
  return parts.map(({ college, roll, ballots, votes }) => ({
    college,
    roll: published(roll, `${rule.id}.${college}.roll`),
    ballots: published(ballots, `${rule.id}.${college}.ballots`),
    votes: votes.slice(0, options).map((n, i) => published(n, `${rule.id}.${college}.votes[${i}]`)),
  }));
}

interface Elected {
  readonly elected: string[];
  readonly tied: string[];
}

/** Goes down the ranking, block of equal options by block. */
class Allocation {
  readonly #minimums: Minimums;
  readonly #groupsOf: (option: string) => Groups;
  readonly elected: string[] = [];
  readonly tied: string[] = [];
  #places: number;
  #missing: Missing;

  constructor(
    minimums: Minimums,
    lowered: readonly number[],
    places: number,
    groupsOf: (o: string) => Groups,
  ) {
    this.#minimums = minimums;
    this.#missing = minimums.missing(lowered);
    this.#places = places;
    this.#groupsOf = groupsOf;
  }

  #elect(option: string): void {
    this.elected.push(option);
    this.#places -= 1;
    this.#missing = this.#minimums.after(this.#missing, this.#groupsOf(option));
  }

  /** Whether these may all be elected, and the minimums still be met with `fewest` of the others. */
  #fits(options: readonly string[], fewest: Uint8Array): boolean {
    const missing = options.reduce(
      (rest, option) => this.#minimums.after(rest, this.#groupsOf(option)),
      this.#missing,
    );
    return options.length + (fewest[missing] ?? Infinity) <= this.#places;
  }

  #with(lower: Uint8Array, options: readonly string[]): Uint8Array {
    return this.#minimums.all(options.map(this.#groupsOf), lower);
  }

  /** For each option the table with all of the others: half by half, so that none is made for every pair. */
  #withOthers(lower: Uint8Array, options: readonly string[]): Uint8Array[] {
    if (options.length <= 1) return options.map(() => lower);
    const half = options.length >> 1;
    const [left, right] = [options.slice(0, half), options.slice(half)];
    return [
      ...this.#withOthers(this.#with(lower, right), left),
      ...this.#withOthers(this.#with(lower, left), right),
    ];
  }

  /** For each option the table with all that come after it. */
  #withLater(lower: Uint8Array, options: readonly string[]): Uint8Array[] {
    let table = lower;
    const tables = options.toReversed().map((option) => {
      const later = table;
      table = this.#with(table, [option]);
      return later;
    });
    return tables.reverse();
  }

  /**
   * @param lower the fewest of the options below the block that supply what may be missing.
   * @param order of the lot; null if equal options are not to be parted.
   * @returns false where nobody below can be elected any more.
   */
  take(
    block: readonly string[],
    lower: Uint8Array,
    order: ((tied: readonly string[]) => string[]) | null,
  ): boolean {
    if (this.#fits(block, lower)) {
      for (const option of block) this.#elect(option);
      return true;
    }
    const others = this.#withOthers(lower, block);
    const othersOf = (option: string) => others[block.indexOf(option)] ?? lower;
    const possible = block.filter((option) => this.#fits([option], othersOf(option)));
    if (this.#fits(possible, lower)) {
      for (const option of possible) this.#elect(option);
      return true;
    }
    const tied = order === null ? possible : order(possible);
    this.tied.push(...tied);
    if (order === null) {
      // Those without whom the minimums cannot be met have their place however a tie is settled.
      for (const option of tied.filter((one) => !this.#fits([], othersOf(one)))) this.#elect(option);
      return false;
    }
    const later = this.#withLater(lower, tied);
    for (const [i, option] of tied.entries()) {
      if (this.#fits([option], later[i] ?? lower)) this.#elect(option);
    }
    return true;
  }
}

function blocksOf(candidates: readonly Candidate[]): string[][] {
  return [...Map.groupBy(candidates, ({ strength }) => strength).values()].map((block) =>
    block.map(({ option }) => option),
  );
}

function allocate(
  rule: SeatsRule,
  candidates: readonly Candidate[],
  seed: Bytes | null,
): Elected & { readonly lowered: readonly number[] } {
  const groupsOf = (option: string): number[] =>
    rule.reserved.flatMap(({ options }, group) => (options.includes(option) ? [group] : []));
  const leasts = rule.reserved.map(({ least }) => least);
  if (statesOf(leasts) > MAX_STATES)
    throw new TallyError('out-of-range', `${rule.id}.reserved`, 'more minimums than can be followed');
  const minimums = new Minimums(leasts);
  const lowered = minimums.lowered(
    candidates.map(({ option }) => groupsOf(option)),
    rule.seats,
  );
  const allocation = new Allocation(minimums, lowered, rule.seats, groupsOf);
  const order =
    rule.ties === 'lot' && seed !== null ? (tied: readonly string[]) => drawLot(tied, rule.id, seed) : null;
  const blocks = blocksOf(candidates);
  const lower = [minimums.none()];
  for (const block of blocks.toReversed()) {
    lower.push(minimums.all(block.map(groupsOf), lower.at(-1)));
  }
  for (const [i, block] of blocks.entries()) {
    const below = lower[blocks.length - 1 - i];
    if (below === undefined || !allocation.take(block, below, order)) break;
  }
  return { elected: allocation.elected, tied: allocation.tied, lowered };
}

export function decideSeats(
  rule: SeatsRule,
  options: readonly string[],
  totalsIn: TotalsIn,
  seed: Bytes | null,
): OutcomeOf<'seats'> {
  const parts = rule.colleges.map(({ college, share }) => ({
    share,
    totals: totalsIn(rule.contest, college),
  }));
  const all = ranked(parts, options);
  const { needs } = rule;
  const base = needs === null ? null : standings(parts, options.length, needs.of);
  const reached = (option: string): boolean =>
    needs === null || base === null || reaches(needs, base.parts[options.indexOf(option)] ?? 0n, base.whole);
  const candidates = all.filter(({ option, votes }) => votes > 0n && reached(option));
  const { elected, tied, lowered } = allocate(rule, candidates, seed);
  return {
    id: rule.id,
    kind: 'seats',
    colleges: publishedColleges(
      rule,
      parts.map(({ totals }) => totals),
      options.length,
    ),
    votes: all.map(({ option, votes }) => ({ option, votes: published(votes, `${rule.id}.${option}`) })),
    elected,
    reserved: rule.reserved.map(({ id, options: own }, group) => ({
      id,
      least: lowered[group] ?? 0,
      elected: elected.filter((option) => own.includes(option)).length,
    })),
    tied,
    unfilled: rule.seats - elected.length,
  };
}

export function decideOrder(
  rule: OrderRule,
  options: readonly string[],
  totalsIn: TotalsIn,
): OutcomeOf<'order'> {
  const parts = rule.colleges.map((college) => ({ share: null, totals: totalsIn(rule.contest, college) }));
  const all = ranked(parts, options);
  return {
    id: rule.id,
    kind: 'order',
    colleges: publishedColleges(
      rule,
      parts.map(({ totals }) => totals),
      options.length,
    ),
    votes: all.map(({ option, strength, votes }) => ({
      option,
      votes: published(votes, `${rule.id}.${option}`),
      place: 1 + all.filter((other) => other.strength > strength).length,
    })),
  };
}
