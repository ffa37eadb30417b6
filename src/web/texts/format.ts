/** Numbers, dates and lists as a language writes them (ECMA-402). */

/** Made when it is first asked for: each takes milliseconds, and few of them are needed at a time. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export class Format {
  readonly #numbers: () => Intl.NumberFormat;
  readonly #tenths: () => Intl.NumberFormat;
  readonly #lists: () => Intl.ListFormat;
  readonly #plurals: () => Intl.PluralRules;
  readonly #locale: string;

  /** @param locale a BCP 47 tag. */
  constructor(locale: string) {
    this.#locale = locale;
    const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    this.#numbers = once(() => new Intl.NumberFormat(locale));
    this.#tenths = once(() => new Intl.NumberFormat(locale, oneDecimal));
    this.#lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
    this.#plurals = once(() => new Intl.PluralRules(locale));
  }

  number(n: number | bigint): string {
    return this.#numbers().format(n);
  }

  /** A number and the noun that goes with it. */
  counted(n: number, one: string, many: string): string {
    return `${this.number(n)} ${this.#plurals().select(n) === 'one' ? one : many}`;
  }

  /** The share of a whole with one decimal, rounded down: 4/9 is 44.4. */
  share(part: number, whole: number): string {
    const tenths = whole === 0 ? 0n : (BigInt(part) * 1000n) / BigInt(whole);
    return this.#tenths().format(Number(tenths) / 10);
  }

  list(words: readonly string[]): string {
    return this.#lists().format(words);
  }

  /** A time that readers in other places compare: in UTC, to the minute. */
  moment(unixSeconds: number): string {
    const time = new Intl.DateTimeFormat(this.#locale, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'UTC',
    }).format(unixSeconds * 1000);
    return `${time} UTC`;
  }

  /** A span of time in days, hours and minutes, and in seconds where it is shorter. */
  duration(seconds: number): string {
    const parts = [
      ['day', Math.floor(seconds / 86_400)],
      ['hour', Math.floor((seconds % 86_400) / 3600)],
      ['minute', Math.floor((seconds % 3600) / 60)],
      ['second', seconds < 60 ? seconds : 0],
    ] as const;
    const said = parts
      .filter(([, n]) => n > 0)
      .map(([unit, n]) =>
        new Intl.NumberFormat(this.#locale, { style: 'unit', unit, unitDisplay: 'long' }).format(n),
      );
    return this.list(said);
  }

  /** A time with its day of the week and its zone. @param zone an IANA time zone; the reader's own where there is none. */
  time(unixSeconds: number, zone?: string): string {
    return new Intl.DateTimeFormat(this.#locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
      ...(zone === undefined ? {} : { timeZone: zone }),
    }).format(unixSeconds * 1000);
  }
}
