/**
 * The age file in which a trustee gets f_from(to) from another (docs/protocol.md §7), encrypted to the recipient
 * of the `join` of that attempt. What comes from another trustee is hostile.
 */
import { Decrypter, Encrypter } from 'age-encryption';
import { z } from 'zod';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { base64urlOf, hash, positive } from '../codec/fields.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { parseDocument } from './envelope.ts';
import { RecordError } from './errors.ts';

const shareDocument = z.strictObject({
  v: z.literal(1),
  election: hash,
  attempt: positive,
  from: positive,
  to: positive,
  share: base64urlOf(32),
});

/** Whose share for whom, in which ceremony. */
export type ShareAddress = Omit<z.infer<typeof shareDocument>, 'v' | 'share'>;

/** @throws RecordError `bad-recipient`, with the trustee whose recipient it is. */
export async function encryptShare(address: ShareAddress, share: Bytes, recipient: string): Promise<Bytes> {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new RecordError('bad-recipient', `trustees[${address.to}]`, 'no age recipient');
  }
  return await encrypter.encrypt(encodeCanonical({ v: 1, ...address, share: toBase64Url(share) }));
}

/**
 * The 32 bytes that were dealt. That they are on the sender's polynomial is checked by `finishDealing`.
 * @throws RecordError `bad-share`, with the sender, for whatever is not a share of this address.
 */
export async function decryptShare(address: ShareAddress, file: Bytes, identity: string): Promise<Bytes> {
  const refuse = (why: string) => new RecordError('bad-share', `trustees[${address.from}]`, why);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  let document: z.infer<typeof shareDocument>;
  try {
    document = parseDocument(shareDocument, await decrypter.decrypt(file));
  } catch (error) {
    throw refuse(`its file for trustee ${address.to} cannot be read: ${String(error)}`);
  }
  const { election, attempt, from, to } = document;
  const same = election === address.election && attempt === address.attempt;
  if (!same || from !== address.from || to !== address.to) throw refuse('its file is of another address');
  return fromBase64Url(document.share);
}
