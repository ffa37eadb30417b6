/**
 * Delegates from the declared result of an earlier election (docs/protocol.md §4.2, `chosen`): who was elected for
 * which body, and which seats stayed open. The result has been recounted.
 */
import type { RollLine } from './roll-document.ts';

/** One decision of the kind `seats`: its rule, and what came out (docs/protocol.md §10). */
export interface DeclaredSeats {
  /** The earlier election, by its name. */
  readonly election: string;
  readonly contest: string;
  /** The body whose delegates they are. */
  readonly body: string;
  readonly elected: readonly string[];
  readonly unfilled: number;
  /** Titles of the options, from the texts. */
  readonly titles: Readonly<Record<string, string>>;
}

export interface ChosenDelegate {
  readonly body: string;
  readonly name: string;
  readonly chosen: NonNullable<RollLine['chosen']>;
}

export interface DelegateCollege {
  /** By body as declared, then in the order of their election. */
  readonly delegates: readonly ChosenDelegate[];
  readonly vacancies: readonly { readonly body: string; readonly seats: number }[];
}

/** The delegate college that declared results make. */
export function chosenDelegates(declared: readonly DeclaredSeats[]): DelegateCollege {
  return {
    delegates: declared.flatMap(({ election, contest, body, elected, titles }) =>
      elected.map((option) => ({
        body,
        name: titles[option] ?? option,
        chosen: { election, contest, option },
      })),
    ),
    vacancies: declared.flatMap(({ body, unfilled }) => (unfilled > 0 ? [{ body, seats: unfilled }] : [])),
  };
}
