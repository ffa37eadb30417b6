/** Entries of a returning officer: made on the log as it stands, signed, and promised by the log (docs/protocol.md §5.1). */
import type { ManifestBody } from '../ballot/manifest.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import { publicKeyOf, type SigningKey } from '../crypto/ed25519.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import { encodeEntry, signatureOf, signEntry, unsignedEntry, withSignatures } from '../record/envelope.ts';
import { type Receipt, verifyReceipt } from '../record/receipt.ts';
import { seenOf } from '../trustee/read-election.ts';
import { OfficerError } from './errors.ts';

/** What an officer signs alone, beside the manifest. */
export type OfficersType = 'opening' | 'result' | 'void' | 'act';

/** Which of the manifest's officers has this public key (base64url), from 1. @throws OfficerError `not-an-officer`. */
export function officerWith({ roles }: Pick<ManifestBody, 'roles'>, publicKey: string): number {
  const at = roles.officers.indexOf(publicKey);
  if (at < 0) throw new OfficerError('not-an-officer', `the manifest lists no officer ${publicKey}`);
  return at + 1;
}

/** @throws OfficerError `not-an-officer`. */
export function signManifest(body: ManifestBody, key: SigningKey): EntryOf<'manifest'> {
  const i = officerWith(body, toBase64Url(publicKeyOf(key)));
  return signEntry<'manifest'>({ v: 1, type: 'manifest', body, ext: {} }, 'officer', i, key);
}

/** An entry whose `seen` is the log as it stands. @throws OfficerError `not-an-officer`. */
export function signAsOfficer<T extends OfficersType>(
  state: ElectionState,
  type: T,
  body: EntryOf<T>['body'],
  key: SigningKey,
): EntryOf<T> {
  const i = officerWith(state.manifest, toBase64Url(publicKeyOf(key)));
  const unsigned = unsignedEntry<T>({ election: state.election, seen: seenOf(state) }, type, body);
  return signEntry<T>(unsigned, 'officer', i, key);
}

/** @throws OfficerError `false-receipt` unless the log promises this very entry. */
export function checkReceipt(
  receipt: Receipt,
  entry: EntryOf<'manifest' | 'replacement' | OfficersType>,
  { manifest }: Pick<ElectionState, 'manifest'>,
): void {
  try {
    verifyReceipt(receipt, { manifest, bytes: encodeEntry(entry), voter: null });
  } catch (error) {
    throw new OfficerError('false-receipt', `the server's receipt does not hold: ${String(error)}`);
  }
}

/** Adds the officer's signature to a replacement that the registrar has signed. @throws OfficerError `not-an-officer`. */
export function signReplacement(
  { sigs, ...unsigned }: EntryOf<'replacement'>,
  manifest: Pick<ManifestBody, 'roles'>,
  key: SigningKey,
): EntryOf<'replacement'> {
  const i = officerWith(manifest, toBase64Url(publicKeyOf(key)));
  const own = signatureOf<'replacement'>(unsigned, 'officer', i, key);
  return withSignatures<'replacement'>(unsigned, [...sigs.slice(0, 1), own]);
}
