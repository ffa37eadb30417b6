/** What can be wrong with an entry at its place in the log, by the named checks of a recount (docs/protocol.md §11). */

/** The named checks, in the order of the document. */
export const CHECKS = [
  'anchor',
  'encoding',
  'authority',
  'log',
  'grammar',
  'rules',
  'time',
  'witnesses',
  'roll',
  'ceremony',
  'context',
  'size',
  'ballots',
  'chains',
  'checked',
  'cells',
  'weights',
  'count-tree',
  'agreement',
  'shares',
  'totals',
  'lot',
  'outcome',
  'links',
] as const;

export type CheckName = (typeof CHECKS)[number];

export type ProblemCode =
  // authority
  | 'wrong-signer'
  | 'bad-signature'
  | 'false-seen'
  // grammar
  | 'seen-too-small'
  | 'duplicate'
  | 'too-early'
  | 'too-late'
  | 'no-trustees'
  | 'wrong-attempt'
  | 'unknown-trustee'
  | 'unknown-entry'
  | 'not-by-officers'
  | 'no-casting-vote'
  // time
  | 'bad-extension'
  // lot
  | 'wrong-value'
  // ceremony
  | 'wrong-reveal'
  | 'wrong-recipients'
  | 'wrong-confirmation'
  | 'wrong-ciphertext'
  // context
  | 'wrong-election'
  | 'wrong-context'
  | 'unknown-closing'
  | 'unknown-tally'
  | 'unlike-ceremony'
  | 'unlike-roll'
  | 'opens-too-early'
  | 'opens-too-late'
  | 'notice-too-large'
  | 'unknown-link'
  | 'unfounded-link'
  | 'unknown-result'
  // roll
  | 'bad-replacement'
  | 'bad-possession'
  | 'too-many-replacements'
  // size
  | 'wrong-size'
  | 'wrong-root'
  // weights, chains, checked
  | 'unknown-voter'
  | 'replaced-key'
  | 'wrong-college'
  | 'wrong-weight'
  | 'wrong-previous'
  | 'was-checked'
  | 'was-cast'
  // agreement
  | 'agreed-before'
  | 'never-agreed'
  | 'too-few-agreements'
  // shares
  | 'too-few-shares';

export interface Problem {
  readonly check: CheckName;
  readonly code: ProblemCode;
  /** The field at fault, e.g. `body.prev`. */
  readonly field: string;
  readonly why: string;
}

export function problem(check: CheckName, code: ProblemCode, field: string, why: string): Problem {
  return { check, code, field, why };
}
