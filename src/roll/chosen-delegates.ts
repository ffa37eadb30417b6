/**
 * Delegates from the declared result of an earlier election (docs/protocol.md §4.2, `chosen`): who was elected for
 * which body, which seats stayed open, and whether a roll's lines say the same. The result has been verified.
 */
import type { RollProblem } from './check-roll.ts';
import type { RollDocument, RollLine } from './roll-document.ts';

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

type ChosenProblem = Omit<RollProblem, 'code'> & { readonly code: 'not-chosen' | 'wrong-body' };

/**
 * What is wrong with the delegates of a college: every line with `chosen` in an election that is declared here names
 * somebody who was elected, for the body that the line lists. A body too small to be listed cannot be compared.
 */
export function* checkChosen(
  { lines }: Pick<RollDocument, 'lines'>,
  college: string,
  declared: readonly DeclaredSeats[],
): Generator<ChosenProblem, void> {
  const elections = new Set(declared.map(({ election }) => election));
  const bodyOf = new Map(
    declared.flatMap(({ election, contest, body, elected }) =>
      elected.map((option) => [[election, contest, option].join('/'), body]),
    ),
  );
  for (const [i, { college: own, chosen, bodies }] of lines.entries()) {
    if (own !== college || chosen === null || !elections.has(chosen.election)) continue;
    const { election, contest, option } = chosen;
    const body = bodyOf.get([election, contest, option].join('/'));
    if (body === undefined)
      yield { where: `lines[${i}].chosen`, code: 'not-chosen', why: `${contest} did not elect ${option}` };
    else if (bodies.some((listed) => listed !== body))
      yield {
        where: `lines[${i}].bodies`,
        code: 'wrong-body',
        why: `${contest} elected ${option} for ${body}`,
      };
  }
}
