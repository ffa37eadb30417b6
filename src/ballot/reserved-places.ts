/**
 * Whether reserved places can be filled (docs/protocol.md §10, seats): groups of options that may overlap, each with a
 * minimum, and the fewest options that meet all minimums together. Exact, by a table over everything that may still
 * be missing: the product of (minimum + 1), which check-rules.ts bounds.
 */

/** Of the table: the product of (minimum + 1). */
export const MAX_STATES = 20_000;

/** The states of a table for these minimums. */
export const statesOf = (leasts: readonly number[]): number =>
  leasts.reduce((product, least) => product * (least + 1), 1);

/** More options than there ever are: the minimums cannot be met. */
const NEVER = 255;

/** The groups, by number, that an option is in. */
export type Groups = readonly number[];

/** What is missing of each group's minimum, as one number in mixed radix. */
export type Missing = number;

export class Minimums {
  readonly #leasts: readonly number[];
  readonly #strides: readonly number[];
  readonly #states: number;
  readonly #steps = new Map<string, Uint16Array>();

  /** At most `MAX_STATES` states: nobody could keep more. */
  constructor(leasts: readonly number[]) {
    this.#leasts = leasts;
    const strides: number[] = [];
    let states = 1;
    for (const least of leasts) {
      strides.push(states);
      states *= least + 1;
    }
    this.#strides = strides;
    this.#states = states;
  }

  missing(each: readonly number[]): Missing {
    return each.reduce((sum, n, group) => sum + n * (this.#strides[group] ?? 0), 0);
  }

  /** What is missing once an option of these groups is elected. */
  after(missing: Missing, groups: Groups): Missing {
    return groups.reduce((rest, group) => {
      const [stride = 1, least = 0] = [this.#strides[group], this.#leasts[group]];
      return Math.floor(missing / stride) % (least + 1) > 0 ? rest - stride : rest;
    }, missing);
  }

  /** The fewest options that supply what is missing, where there are none. */
  none(): Uint8Array {
    return new Uint8Array(this.#states).fill(NEVER).fill(0, 0, 1);
  }

  /** The same, with one option more: min(without it, 1 + the fewest for the rest). */
  with(fewest: Uint8Array, groups: Groups): Uint8Array {
    const steps = this.#stepsOf(groups);
    const table = new Uint8Array(fewest);
    for (let missing = 0; missing < table.length; missing += 1) {
      const own = fewest[steps[missing] ?? 0] ?? NEVER;
      if (own < NEVER - 1 && own + 1 < (table[missing] ?? 0)) table[missing] = own + 1;
    }
    return table;
  }

  /** `after` of everything that may be missing. */
  #stepsOf(groups: Groups): Uint16Array {
    const key = groups.join();
    const known = this.#steps.get(key);
    if (known !== undefined) return known;
    const steps = Uint16Array.from({ length: this.#states }, (_, missing) => this.after(missing, groups));
    this.#steps.set(key, steps);
    return steps;
  }

  all(options: readonly Groups[], fewest = this.none()): Uint8Array {
    return options.reduce((table, groups) => this.with(table, groups), fewest);
  }

  /** Group after group, the largest minimum that so many places allow together with those before it. */
  lowered(options: readonly Groups[], places: number): number[] {
    const fewest = this.all(options);
    const lowered = this.#leasts.map(() => 0);
    for (const [group, least] of this.#leasts.entries()) {
      lowered[group] = least;
      while ((fewest[this.missing(lowered)] ?? NEVER) > places) lowered[group] -= 1;
    }
    return lowered;
  }
}
