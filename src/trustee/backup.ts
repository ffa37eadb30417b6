/**
 * Copies of a key file that are proved (docs/scrutineers.md): whatever was written is read back, opened with the
 * passphrase, and its share checked against the S_i that the trustee itself confirmed. No server is needed.
 */
import { equalBytes, fromBase64Url } from '../crypto/bytes.ts';
import { parseEntry } from '../record/envelope.ts';
import { checkShare } from './ceremony-steps.ts';
import { TrusteeError } from './errors.ts';
import { type KeyFile, loadKeyFile, publicKeyIn } from './key-file.ts';
import { refuseSecond, type Safe } from './sealed-file.ts';

export interface ProvedCopy {
  /** The trustee's public key, in base64url. */
  readonly key: string;
  /** In base64url; null before the first entry. */
  readonly election: string | null;
  readonly attempt: number;
  /** Whether it holds a confirmed share: without one, it cannot help to decrypt. */
  readonly hasShare: boolean;
}

/**
 * What a key file holds, once its share has been checked.
 * @throws TrusteeError `no-key-file`, `bad-key-file`.
 */
export async function proveKeyFile(safe: Safe): Promise<ProvedCopy> {
  const file = await loadKeyFile(safe);
  return { ...describe(file), hasShare: hasConfirmedShare(safe, file) };
}

function describe(file: KeyFile) {
  return { key: publicKeyIn(file), election: file.election, attempt: file.attempt };
}

function hasConfirmedShare(safe: Safe, file: KeyFile): boolean {
  const signed = file.signed.find(({ type }) => type === 'confirm');
  if (signed === undefined) return false;
  const confirm = parseEntry(fromBase64Url(signed.entry));
  if (confirm.type !== 'confirm') throw new TrusteeError('bad-key-file', safe.name, 'confirms nothing');
  const { key, shares, i } = confirm.body;
  checkShare(safe, file, { key: fromBase64Url(key), shares: shares.map((S) => fromBase64Url(S)) }, i);
  return true;
}

/**
 * Copies a key file, byte for byte, to where there is none, and proves the copy. Both open with one passphrase.
 * @throws TrusteeError `key-file-exists`, `no-key-file`, `bad-key-file`.
 */
export async function copyKeyFile(from: Safe, to: Safe): Promise<ProvedCopy> {
  await refuseSecond(to);
  await proveKeyFile(from);
  const bytes = await from.store.read(from.name);
  if (bytes === undefined) throw new TrusteeError('no-key-file', from.name, 'is not there');
  await to.store.write(to.name, bytes);
  const copy = await to.store.read(to.name);
  if (copy === undefined || !equalBytes(copy, bytes)) {
    throw new TrusteeError('bad-key-file', to.name, 'is not what was written');
  }
  return await proveKeyFile(to);
}
