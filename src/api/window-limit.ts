/** How much of something is taken in a while: fixed windows of the clock, in memory. */

export interface Window {
  /** How many of one key, and of all together. */
  readonly most: number;
  readonly mostInAll?: number;
  readonly seconds: number;
}

export class WindowLimit<Key> {
  readonly #window: Window;
  /** Unix seconds. */
  readonly #clock: () => number;
  #current = 0;
  #all = 0;
  readonly #counts = new Map<Key, number>();

  constructor(window: Window, clock: () => number) {
    this.#window = window;
    this.#clock = clock;
  }

  /** In how many seconds there is room for one more; null if there is now. */
  wait(key: Key): number | null {
    const { most, mostInAll = Number.POSITIVE_INFINITY, seconds } = this.#window;
    const now = this.#clock();
    const current = Math.floor(now / seconds);
    if (current !== this.#current) {
      this.#current = current;
      this.#all = 0;
      this.#counts.clear();
    }
    if ((this.#counts.get(key) ?? 0) < most && this.#all < mostInAll) return null;
    return Math.max(1, Math.ceil((current + 1) * seconds - now));
  }

  /** Counts one. @returns as `wait`, and unless that is null nothing is counted. */
  count(key: Key): number | null {
    const wait = this.wait(key);
    if (wait !== null) return wait;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#all += 1;
    return null;
  }
}
