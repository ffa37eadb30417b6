/**
 * A draft of an election: what people decide. The rest of a manifest (keys, origin, what this version fixes) is
 * filled in from the service when it is published. The file is hostile only in that it may be wrong.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { service } from '../api/documents.ts';
import { checkManifest } from '../ballot/check-manifest.ts';
import { type ManifestBody, manifestBody, SUITE, textsDocument } from '../ballot/manifest.ts';
import { checkTexts } from '../ballot/texts.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../board/note.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { firstProblem, publicKey } from '../codec/fields.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { parsePublicKey } from '../crypto/ed25519.ts';
import { nameBlob } from '../record/record-source.ts';
import { CannotRun } from './exit.ts';

const electionDraft = z.strictObject({
  texts: z.array(textsDocument).min(1),
  manifest: manifestBody
    .pick({
      kind: true,
      trustees: true,
      colleges: true,
      contests: true,
      cells: true,
      roll: true,
      rules: true,
      times: true,
      links: true,
    })
    .extend({
      times: manifestBody.shape.times.extend({
        extension: manifestBody.shape.times.shape.extension.default(0),
      }),
      links: manifestBody.shape.links.default([]),
      caps: manifestBody.shape.caps.default({ replacements: 0 }),
      witnesses: manifestBody.shape.witnesses.default({ quorum: 0, keys: [] }),
      /** The scripts that members' pages may run; those of this release without it. */
      booth: manifestBody.shape.booth.optional(),
      /** The registrars' keys; that of the service's own registrar without them. */
      registrars: z.array(publicKey).optional(),
      /** Keys of those who may enter certificates of their recounts. */
      observers: z.array(publicKey).default([]),
    }),
});
export type ElectionDraft = z.input<typeof electionDraft>;

/** @throws CannotRun with the field at fault. */
export function parseDraft(text: string, file: string): z.infer<typeof electionDraft> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CannotRun(`${file} is not JSON`);
  }
  const parsed = electionDraft.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = firstProblem(parsed.error);
  throw new CannotRun(`${file}: ${path}: ${message}`);
}

/** Host, path, and a random part, so that no two logs share an origin. */
function newOrigin(url: string): string {
  return `${new URL(url).host}/elections/${toBase64Url(randomBytes(24))}`;
}

/**
 * The whole manifest, and its texts as blobs.
 * @param officer the public key of the officer who signs it.
 * @param scripts of the members' pages, SHA-256 in base64url.
 * @throws CannotRun with every rule that it breaks.
 */
export function completeDraft(
  { texts, manifest }: z.infer<typeof electionDraft>,
  { log, box, registrar, url }: z.infer<typeof service>,
  officer: string,
  scripts: readonly string[],
): { readonly body: ManifestBody; readonly blobs: readonly Bytes[] } {
  const {
    registrars = registrar === null ? [] : [registrar],
    observers,
    booth = [...scripts],
    ...decided
  } = manifest;
  const blobs = texts.map((text) => encodeCanonical(text));
  const origin = newOrigin(url);
  const body: ManifestBody = {
    ...decided,
    suite: SUITE,
    origin,
    log: encodeVerifierKey(verifierKey(origin, NOTE_SIGNATURE, parsePublicKey(fromBase64Url(log)))),
    texts: texts.map(({ lang }, i) => ({ lang, blob: nameBlob(blobs[i] ?? new Uint8Array()) })),
    roles: { officers: [officer], registrars, boxes: [box], observers },
    issuers: 1,
    revoting: true,
    booth,
    features: [],
  };
  const problems = [
    ...checkManifest(body).map(({ field, why }) => `${field}: ${why}`),
    ...texts.flatMap((text) =>
      checkTexts(text, body, text.lang).map(({ field, why }) => `texts ${text.lang} ${field}: ${why}`),
    ),
  ];
  if (problems.length > 0)
    throw new CannotRun(`the election cannot be published:\n  ${problems.join('\n  ')}`);
  return { body, blobs };
}
