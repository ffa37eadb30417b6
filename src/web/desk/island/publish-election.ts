/** Publishing an election that is made at the desk: signed in the page, and promised by the log. */
import { z } from 'zod';
import { publicKey } from '../../../codec/fields.ts';
import { toBase64Url } from '../../../crypto/bytes.ts';
import { completeDraft, type Publisher, type ServiceKeys } from '../../../officer/election-draft.ts';
import { checkReceipt, signManifest } from '../../../officer/sign-entry.ts';
import { finish, type UnfinishedDraft } from '../../../officer/unfinished-draft.ts';
import { electionName, encodeEntry } from '../../../record/envelope.ts';
import { receipt } from '../../../record/receipt.ts';
import type { OpenKey } from '../../keys/signing-keys.ts';
import { ask } from './requests.ts';

const service = z.looseObject({
  log: publicKey,
  box: publicKey,
  registrar: publicKey.nullable(),
  url: z.url(),
});

/** @throws Refused, Unreachable; ZodError for an answer of something else. */
export async function readService(): Promise<ServiceKeys> {
  return service.parse(await ask('GET', '/service'));
}

/**
 * @returns the election's name.
 * @throws Refused, Unreachable; OfficerError for a draft that is not finished, or a promise that does not hold.
 */
export async function publish(
  draft: UnfinishedDraft,
  { secret }: OpenKey,
  publisher: Publisher,
): Promise<string> {
  const { body, blobs } = completeDraft(finish(draft), publisher);
  const entry = signManifest(body, secret);
  const promised = receipt.parse(await ask('POST', '/elections', { entry, blobs: blobs.map(toBase64Url) }));
  checkReceipt(promised, entry, { manifest: body });
  return electionName(encodeEntry(entry));
}
