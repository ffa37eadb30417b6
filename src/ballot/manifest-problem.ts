/** The form in which `check-manifest.ts` and `check-rules.ts` report what is wrong with a manifest. */

type ManifestProblemCode =
  /** Of a later release. */
  | 'unsupported'
  /** Twice in one list, or one key for two roles. */
  | 'duplicate'
  /** The name of nothing in this manifest. */
  | 'unknown'
  /** Not in the order that the list has. */
  | 'not-sorted'
  /** No public key, or not of the kind that is needed here. */
  | 'bad-key'
  /** The log's key has another name than its origin. */
  | 'wrong-name'
  /** A number that contradicts another one. */
  | 'contradiction'
  /** A rule that nothing can fulfil, or that fulfils itself. */
  | 'impossible'
  /** A rule that leaves something to be decided later. */
  | 'undetermined'
  /** A contest without voters, or voters without a contest. */
  | 'unused'
  /** An entry that this election may need would be over the limit of the log. */
  | 'too-large';

export interface ManifestProblem {
  /** In the body, e.g. `contests[0].shape.max`. */
  readonly field: string;
  readonly code: ManifestProblemCode;
  readonly why: string;
}

export type Problems = Generator<ManifestProblem, void>;

/** @param field the path of the i-th name. */
export function* checkDistinct(field: (i: number) => string, names: readonly string[]): Problems {
  const seen = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const before = seen.get(name);
    if (before !== undefined)
      yield { field: field(i), code: 'duplicate', why: `the same as ${field(before)}` };
    else seen.set(name, i);
  }
}

export const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
