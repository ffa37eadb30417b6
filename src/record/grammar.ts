/**
 * The grammar of the log (docs/protocol.md §5): what an entry may be at its place, given those before. The ballot
 * box refuses an entry with any problem; a recount collects the problems of all entries. Entries are hostile.
 *
 * Not here: proofs of ballots and checks, decryption shares, and what rolls, tallies and results say; the rules
 * for those are batched or need blobs.
 */
import type { ManifestBody } from '../ballot/manifest.ts';
import { examineAct, examineRecount } from './act-rules.ts';
import { isStepEntry } from './ceremony.ts';
import { examineComplaint, examineStep, examineVoid } from './ceremony-rules.ts';
import { examineAgreement, examineResult, examineShares, examineTally } from './counting-rules.ts';
import { apply, checkIndex, type ElectionState, phaseOf } from './election-state.ts';
import type { Entry } from './entries.ts';
import { isSigned, verifyEntrySignatures } from './envelope.ts';
import { RecordError } from './errors.ts';
import type { Item } from './item.ts';
import { type Problem, problem } from './problem.ts';
import { examineReplacement } from './replacement-rules.ts';
import { examineSeen } from './seen-rules.ts';
import { examineOpening, examineRoll } from './setup-rules.ts';
import { examineBallot, examineCheck, examineClosing } from './voting-rules.ts';

/**
 * The problem of an entry's role signature, if any; ballots and checks have none.
 * @param missing how many signatures are still to come.
 */
export function examineSignatures(manifest: ManifestBody, entry: Entry, missing = 0): Problem[] {
  if (!isSigned(entry)) return [];
  try {
    verifyEntrySignatures(entry, manifest, missing);
    return [];
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    const code = error.code === 'wrong-signer' ? 'wrong-signer' : 'bad-signature';
    return [problem('authority', code, error.where, error.message)];
  }
}

/**
 * The problems of the next entry, but for its signature. The state is not changed.
 * @throws RecordError `wrong-index` unless it is the next one.
 */
export function examine(state: ElectionState, item: Item): Problem[] {
  checkIndex(state, item);
  const { entry } = item;
  if (entry.type === 'manifest') return [problem('grammar', 'duplicate', 'type', 'there is a manifest')];
  if (entry.election !== state.election) {
    return [problem('context', 'wrong-election', 'election', 'not the leaf of the manifest')];
  }
  if (phaseOf(state) === 'abandoned' && entry.type !== 'act') {
    return [problem('grammar', 'too-late', 'type', 'the election was abandoned')];
  }
  const seen = 'seen' in entry ? examineSeen(state, entry) : [];
  return [...seen, ...examineByType(state, item, entry)];
}

function examineByType(
  state: ElectionState,
  item: Item,
  entry: Exclude<Entry, { type: 'manifest' }>,
): Problem[] {
  if (isStepEntry(entry)) return examineStep(state, entry);
  if (entry.type === 'complaint') return examineComplaint(state, entry);
  if (entry.type === 'void') return examineVoid(state, entry);
  if (entry.type === 'roll') return examineRoll(state);
  if (entry.type === 'opening') return examineOpening(state, entry);
  if (entry.type === 'ballot') return examineBallot(state, item, entry);
  if (entry.type === 'check') return examineCheck(state, item, entry);
  if (entry.type === 'closing') return examineClosing(state, item, entry);
  if (entry.type === 'tally') return examineTally(state, item.leaf, entry);
  if (entry.type === 'agreement') return examineAgreement(state, entry);
  if (entry.type === 'shares') return examineShares(state, entry);
  if (entry.type === 'result') return examineResult(state, entry);
  if (entry.type === 'act') return examineAct(state, item, entry);
  if (entry.type === 'recount') return examineRecount(state, entry);
  return examineReplacement(state, entry);
}

/** Examines the next entry, signature and all, and takes it into the log whatever its problems: for a recount. */
export function advance(state: ElectionState, item: Item): Problem[] {
  const problems = [...examineSignatures(state.manifest, item.entry), ...examine(state, item)];
  apply(state, item, problems);
  return problems;
}
