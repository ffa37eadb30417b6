/** Signing what another officer proposes (docs/protocol.md §5.1): only what this officer's own reading of the record bears out. */
import { encodeCanonical } from '../codec/canonical-json.ts';
import { equalBytes, toBase64Url } from '../crypto/bytes.ts';
import { publicKeyOf, type SigningKey } from '../crypto/ed25519.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import { encodeEntry, entryLeaf, signatureOf } from '../record/envelope.ts';
import { examine, examineSignatures } from '../record/grammar.ts';
import type { RecordSource } from '../record/record-source.ts';
import { citeLinks } from './cite-links.ts';
import { computeResult } from './compute-result.ts';
import { OfficerError } from './errors.ts';
import { type OfficersType, officerWith } from './sign-entry.ts';

/** What a manifest can have two officers sign. */
export type Proposed = EntryOf<OfficersType | 'replacement'>;

const refuse = (why: string): never => {
  throw new OfficerError('false-proposal', `what is proposed is not right: ${why}`);
};

/** Another officer's signature is under it, and it has its turn. A replacement's rules need the roll: the service and every recount look at them. */
function checkPlace(state: ElectionState, entry: Proposed): void {
  const item = { index: state.tree.size, leaf: entryLeaf(encodeEntry(entry)), entry };
  const [problem] = [
    ...examineSignatures(state.manifest, entry, 1),
    ...(entry.type === 'replacement' ? [] : examine(state, item)),
  ];
  if (problem !== undefined) refuse(`${problem.field}: ${problem.why}`);
}

/**
 * The last signature of an entry, by another officer than the first.
 * @param record for what is worked out again: what an opening cites, and a result.
 * @throws OfficerError `false-proposal`, `not-an-officer`; as `citeLinks` and `computeResult` do.
 */
export async function signAsSecond(
  kernel: Kernel,
  record: RecordSource,
  state: ElectionState,
  entry: Proposed,
  key: SigningKey,
): Promise<{ readonly i: number; readonly sig: string }> {
  const own = officerWith(state.manifest, toBase64Url(publicKeyOf(key)));
  checkPlace(state, entry);
  if (entry.sigs.some(({ role, i }) => role === 'officer' && i === own))
    throw new OfficerError('false-proposal', 'you proposed it: another officer has to sign it');
  if (entry.type === 'result') {
    const { body } = await computeResult(kernel, record, state);
    if (!equalBytes(encodeCanonical(body), encodeCanonical(entry.body))) refuse('another result follows');
  }
  if (entry.type === 'opening') {
    const cited = await citeLinks(kernel, record, state.manifest);
    if (!equalBytes(encodeCanonical(cited), encodeCanonical(entry.body.results)))
      refuse('the elections before it declared something else');
  }
  const { sigs: _, ...unsigned } = entry;
  const { i, sig } = signatureOf(unsigned, 'officer', own, key);
  return { i, sig };
}
