/**
 * A trustee's two entries after the closing (docs/protocol.md §9.4, §9.5): one agreement, ever, to a tally that
 * its own recount gives byte for byte, and the decryption shares of that tally alone. So nothing else is ever
 * decrypted: no subset, no single ballot, no second total (attacks T7 and T8).
 */
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, fromBase64Url } from '../crypto/bytes.ts';
import { proveShares } from '../crypto/decryption-shares.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { verifyShares } from '../crypto/threshold.ts';
import { contextOf } from '../record/election-state.ts';
import { type EntryOf, tallyDocument } from '../record/entries.ts';
import { parseDocument } from '../record/envelope.ts';
import type { Placed } from '../record/item.ts';
import { nameBlob, readBlob } from '../record/record-source.ts';
import { encryptedCells, sharesDocumentOf } from '../tally/decryption.ts';
import { checkShare, type StepContext } from './ceremony-steps.ts';
import { TrusteeError } from './errors.ts';
import type { Recount } from './interfaces.ts';
import { type KeyFile, withSigned } from './key-file.ts';
import { signAs } from './sign-as.ts';

/**
 * The key file with the agreement to the first tally that is what the recount gives.
 * @throws TrusteeError `failed-recount`, `wrong-tally`; `bad-key-file` for a file that could not decrypt it.
 */
export async function agree(context: StepContext, recount: Recount): Promise<KeyFile> {
  const { safe, box, file, state, i } = context;
  checkShare(safe, file, publicKeysOf(context), i);
  const { failures, tally } = await recount(box.record, state.election);
  const [first] = failures;
  if (first !== undefined) throw new TrusteeError('failed-recount', 'recount', first);
  checkSubject(context, tally);
  const own = nameBlob(tally);
  const named = state.tallies.find(
    ({ body: { blob } }) => blob.sha256 === own.sha256 && blob.bytes === own.bytes,
  );
  if (named === undefined) {
    const entries = state.tallies.map(({ index }) => `entries[${index}]`).join(', ');
    throw new TrusteeError('wrong-tally', entries, 'not what the recount gives');
  }
  const body = { i, closing: named.body.closing, tally: named.leaf };
  return withSigned(file, 'agreement', signAs(file, state, i, 'agreement', body));
}

/** The recount was of the very record that is signed for. */
function checkSubject({ state }: StepContext, tally: Bytes): void {
  const { election, ctx, closing } = parseDocument(tallyDocument, tally);
  if (election === state.election && ctx === contextOf(state) && closing === state.closing?.leaf) return;
  throw new TrusteeError('failed-recount', 'recount', 'of another election, opening or closing');
}

/**
 * The key file with the shares of the tally that was agreed to, and their blob.
 * @throws TrusteeError `bad-key-file` if the share is not that of the election's key.
 */
export async function decrypt(
  context: StepContext,
  kernel: Kernel,
  agreed: Placed<'tally'>,
): Promise<KeyFile> {
  const { safe, box, file, state, i } = context;
  const keys = publicKeysOf(context);
  const secret = checkShare(safe, file, keys, i);
  // The entry that was agreed to names this blob, so it is the one that the recount gave.
  const tally = parseDocument(tallyDocument, await readBlob(box.record, agreed.body.blob));
  const statement = {
    ctx: fromBase64Url(contextOf(state) ?? ''),
    tally: fromBase64Url(agreed.leaf),
    i,
    shareKey: keys.shares[i - 1] ?? new Uint8Array(),
    cells: encryptedCells(tally),
  };
  const shares = proveShares(statement, secret);
  verifyShares(kernel, statement, shares);
  const blob = encodeCanonical(sharesDocumentOf(agreed.leaf, i, shares));
  const body: EntryOf<'shares'>['body'] = { i, tally: agreed.leaf, blob: nameBlob(blob) };
  return withSigned(file, 'shares', signAs(file, state, i, 'shares', body), [blob]);
}

/** Y and S_1 … S_n as the ceremony made them, which the opening repeats (attack T5). */
function publicKeysOf({ state }: StepContext) {
  const { confirmable } = state.ceremony;
  if (confirmable === null) throw new TrusteeError('bad-record', 'confirm', 'the ceremony made no key');
  return { key: fromBase64Url(confirmable.key), shares: confirmable.shares.map((S) => fromBase64Url(S)) };
}
