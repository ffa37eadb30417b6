/**
 * Who is to blame when a trustee complains (docs/protocol.md §7): from published entries alone, so that everybody
 * comes to the same answer. The entries have passed the grammar; what they say is hostile.
 */
import { identityToRecipient } from 'age-encryption';
import { type Bytes, fromBase64Url } from '../crypto/bytes.ts';
import { verifyDealtShare } from '../crypto/dkg.ts';
import { CryptoError } from '../crypto/errors.ts';
import { type Attempt, round1Of } from './ceremony.ts';
import { RecordError } from './errors.ts';
import { decryptShare } from './share-file.ts';

export interface Judgement {
  /** The trustee at fault, from 1: the one accused, or the one who complained. */
  readonly blamed: number;
  /** For people to read. */
  readonly why: string;
}

/**
 * The judgement on an attempt's complaint, null without one. The accused is at fault unless the identity is that of
 * the complainer's recipient and opens the file to a share on the polynomial that the accused revealed.
 */
export async function judgeComplaint(election: string, attempt: Attempt): Promise<Judgement | null> {
  if (attempt.complaint === null) return null;
  const { i, against, identity, ciphertext } = attempt.complaint.body;
  const recipient = attempt.join.find(({ body }) => body.i === i)?.body.recipient;
  if ((await recipientOf(identity)) !== recipient) {
    return { blamed: i, why: `trustee ${i} shows an identity that is not the one of its join` };
  }
  const address = { election, attempt: attempt.attempt, from: against, to: i };
  const reveal = attempt.reveal.find(({ body }) => body.i === against);
  try {
    const share: Bytes = await decryptShare(address, fromBase64Url(ciphertext), identity);
    if (reveal !== undefined) verifyDealtShare(round1Of(reveal.body), i, share);
  } catch (error) {
    if (!(error instanceof RecordError || error instanceof CryptoError)) throw error;
    return {
      blamed: against,
      why: `trustee ${against} dealt no good share to trustee ${i}: ${error.message}`,
    };
  }
  return { blamed: i, why: `trustee ${against} dealt trustee ${i} a good share` };
}

/** The recipient of an age identity; undefined if it is none. */
async function recipientOf(identity: string): Promise<string | undefined> {
  try {
    return await identityToRecipient(identity);
  } catch {
    return undefined;
  }
}
