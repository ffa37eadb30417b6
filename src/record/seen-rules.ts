/** What a signer says to have seen of the log (docs/protocol.md §5.1): that it is true, and that it is enough. */
import { toBase64Url } from '../crypto/bytes.ts';
import type { ElectionState } from './election-state.ts';
import type { SignedEntry } from './entries.ts';
import { type Problem, problem } from './problem.ts';

export type SeenEntry = Exclude<SignedEntry, { type: 'manifest' }>;

/** The root is that of the log's first `size` entries. */
export function examineSeen({ tree }: ElectionState, { seen }: SeenEntry): Problem[] {
  if (seen.size > tree.size) {
    return [
      problem('authority', 'false-seen', 'seen.size', `${seen.size}; there are ${tree.size} entries before`),
    ];
  }
  if (toBase64Url(tree.root(seen.size)) === seen.root) return [];
  return [problem('authority', 'false-seen', 'seen.root', `not the root of the first ${seen.size} entries`)];
}

/** The signer has seen the entry at index `last`. */
export function examineCoverage({ seen }: SeenEntry, last: number, what: string): Problem[] {
  if (seen.size > last) return [];
  return [
    problem('grammar', 'seen-too-small', 'seen.size', `${seen.size} does not cover ${what}, up to ${last}`),
  ];
}
