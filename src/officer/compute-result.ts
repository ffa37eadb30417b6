/** The result of a decrypted election: shares verified and combined, counts found, rules applied (docs/protocol.md §9.5, §10). */
import { fromBase64Url } from '../crypto/bytes.ts';
import { makeDiscreteLog } from '../crypto/discrete-log.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { type VerifiedShares, verifyShares } from '../crypto/threshold.ts';
import { sharesOf as sharesFor } from '../record/counting-rules.ts';
import type { ElectionState } from '../record/election-state.ts';
import { sharesDocument, type TallyDocument, tallyDocument } from '../record/entries.ts';
import { parseDocument } from '../record/envelope.ts';
import type { Placed } from '../record/item.ts';
import { type RecordSource, readBlob } from '../record/record-source.ts';
import { rollDocument } from '../roll/roll-document.ts';
import { cellsOfTally } from '../tally/body-cells.ts';
import { encryptedCells, sharesOf } from '../tally/decryption.ts';
import { type Result, resultOf } from '../tally/result.ts';
import { countTally, NOTHING_SECRET, openTally } from '../tally/totals.ts';
import { OfficerError } from './errors.ts';

/** The tally that enough trustees have decrypted; the first one where there are no trustees. */
function decryptedTally(state: ElectionState): Placed<'tally'> {
  const threshold = state.manifest.trustees?.threshold ?? 0;
  const found = state.tallies.find(({ leaf }) => sharesFor(state, leaf).length >= threshold);
  if (found !== undefined) return found;
  throw new OfficerError('not-decrypted', `there is no tally that ${threshold} trustees have decrypted yet`);
}

async function verifiedShares(
  kernel: Kernel,
  record: RecordSource,
  state: ElectionState,
  leaf: string,
  document: TallyDocument,
): Promise<VerifiedShares[]> {
  const verified: VerifiedShares[] = [];
  for (const { body } of sharesFor(state, leaf)) {
    const shares = sharesOf(parseDocument(sharesDocument, await readBlob(record, body.blob)));
    const statement = {
      ctx: fromBase64Url(state.opening?.leaf ?? ''),
      tally: fromBase64Url(leaf),
      i: body.i,
      shareKey: fromBase64Url(state.opening?.body.shares[body.i - 1] ?? ''),
      cells: encryptedCells(document),
    };
    verifyShares(kernel, statement, shares);
    verified.push({ i: body.i, shares });
  }
  return verified;
}

/**
 * The `result` entry's body and blob. The ballots are not recounted here: that is what the trustees agreed to.
 * @throws OfficerError `not-decrypted`, `no-roll`; CryptoError for false shares; TallyError for a tally that
 * no counts explain.
 */
export async function computeResult(
  kernel: Kernel,
  record: RecordSource,
  state: ElectionState,
): Promise<Result> {
  const { manifest, roll } = state;
  if (roll === null) throw new OfficerError('no-roll', 'there is no roll');
  const { leaf, body } = decryptedTally(state);
  const document = parseDocument(tallyDocument, await readBlob(record, body.blob));
  const voters = parseDocument(rollDocument, await readBlob(record, roll.body.blob));
  const cells = cellsOfTally(
    manifest,
    voters,
    document.cells.map(({ id }) => id),
  );
  const opened =
    manifest.trustees === null
      ? NOTHING_SECRET
      : openTally(
          kernel,
          document,
          manifest.trustees.threshold,
          await verifiedShares(kernel, record, state, leaf, document),
        );
  const counts = countTally(makeDiscreteLog(kernel), document, cells, opened);
  return resultOf(state, leaf, cells, counts, opened.seed);
}
