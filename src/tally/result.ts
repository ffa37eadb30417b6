/** The `result` entry and its blob (docs/protocol.md §10). */
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import type { ResultDocument } from '../record/outcome-document.ts';
import { nameBlob } from '../record/record-source.ts';
import type { Cell } from './cells.ts';
import { type CellCount, outcome } from './outcome.ts';
import { inputsOf } from './outcome-inputs.ts';

export interface Result {
  readonly body: EntryOf<'result'>['body'];
  readonly document: ResultDocument;
  /** The document as it is published. */
  readonly bytes: Bytes;
}

/**
 * @param tally its leaf, in base64url.
 * @param drawn the seed that the trustees' shares give; null without trustees.
 * @throws TallyError as `outcome` does.
 */
export function resultOf(
  state: Pick<ElectionState, 'acts' | 'manifest' | 'opening'>,
  tally: string,
  cells: readonly Cell[],
  counts: readonly CellCount[],
  drawn: Bytes | null,
): Result {
  const inputs = inputsOf(state, drawn);
  const document: ResultDocument = {
    v: 1,
    tally,
    counts: counts.map(({ cell, ballots, counts: own }) => ({ cell, ballots, counts: [...own] })),
    outcome: outcome(state.manifest, cells, counts, inputs),
  };
  const bytes = encodeCanonical(document);
  const seed = inputs.seed === null ? null : toBase64Url(inputs.seed);
  return { body: { tally, seed, blob: nameBlob(bytes) }, document, bytes };
}
