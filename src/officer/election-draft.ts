/**
 * A draft of an election: what people decide. The rest of a manifest (keys, origin, what this version fixes) is
 * filled in from the service when it is published. The file is hostile only in that it may be wrong.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { SUITE } from '../ballot/ballot-limits.ts';
import { checkManifest } from '../ballot/check-manifest.ts';
import { type ManifestBody, manifestBody, type TextsDocument, textsDocument } from '../ballot/manifest.ts';
import { checkTexts } from '../ballot/texts.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../board/note.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { fieldProblems, firstProblem, publicKey } from '../codec/fields.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { parsePublicKey } from '../crypto/ed25519.ts';
import { nameBlob } from '../record/record-source.ts';
import { OfficerError } from './errors.ts';

const { times, links, caps, witnesses, booth, roles } = manifestBody.shape;

/** What a draft may leave to the service, or out. */
export const OPTIONAL = {
  links: links.default([]),
  caps: caps.default({ replacements: 0 }),
  witnesses: witnesses.default({ quorum: 0, keys: [] }),
  /** The scripts that members' pages may run; those of this release without it. */
  booth: booth.optional(),
  /** The registrars' keys; that of the service's own registrar without them. */
  registrars: z.array(publicKey).optional(),
  /** The officers' keys, in order; that of the officer who publishes comes first where it is not among them. */
  officers: z.array(publicKey).default([]),
  /** Keys of those who may enter certificates of their recounts. */
  observers: z.array(publicKey).default([]),
  /** What two officers sign. */
  second: roles.shape.second,
} as const;

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
    })
    .extend({
      times: times.extend({ extension: times.shape.extension.default(0) }),
      ...OPTIONAL,
    }),
});
export type ElectionDraft = z.input<typeof electionDraft>;
type ReadDraft = z.infer<typeof electionDraft>;

/** What a manifest has of the service that it is published by. */
export interface ServiceKeys {
  readonly log: string;
  readonly box: string;
  readonly registrar: string | null;
  readonly url: string;
}

/** Whose signature a manifest gets, and what members' pages may run. */
export interface Publisher {
  readonly service: ServiceKeys;
  /** The public key of the officer who signs it. */
  readonly officer: string;
  /** Scripts of the members' pages, SHA-256 in base64url. */
  readonly scripts: readonly string[];
}

/** What keeps a draft from being published; `field` as `manifest.times.opens` or `texts[0].title`. */
export interface DraftProblem {
  readonly field: string;
  readonly code: string;
  readonly why: string;
}

/** @throws OfficerError with the field at fault. */
export function parseDraft(text: string, file: string): ReadDraft {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new OfficerError('bad-file', `${file} is not JSON`);
  }
  const parsed = electionDraft.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = firstProblem(parsed.error);
  throw new OfficerError('bad-file', `${file}: ${path}: ${message}`);
}

/** Host, path, and a random part, so that no two logs share an origin. */
function newOrigin(url: string): string {
  return `${new URL(url).host}/elections/${toBase64Url(randomBytes(24))}`;
}

export interface Completed {
  readonly body: ManifestBody;
  /** The texts that it names, in its order. */
  readonly blobs: readonly Bytes[];
}

/** The manifest that a draft stands for, whether or not it keeps the rules of manifests. */
function complete({ texts, manifest }: ReadDraft, { service, officer, scripts }: Publisher): Completed {
  const { log, box, registrar, url } = service;
  const {
    registrars = registrar === null ? [] : [registrar],
    officers,
    observers,
    booth = [...scripts],
    second,
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
    roles: {
      officers: officers.includes(officer) ? officers : [officer, ...officers],
      registrars,
      boxes: [box],
      observers,
      ...(second === undefined ? {} : { second }),
    },
    issuers: 1,
    revoting: true,
    booth,
    features: [],
  };
  return { body, blobs };
}

/** The service gathers no cosignatures: with a quorum every recount would fail, and no trustee would open the totals. */
function* checkGathered({ witnesses }: ManifestBody): Generator<DraftProblem, void> {
  if (witnesses.quorum > 0)
    yield {
      field: 'manifest.witnesses.quorum',
      code: 'not-gathered',
      why: 'the service gathers no signatures of witnesses, so none can have to sign',
    };
}

function problemsOf(body: ManifestBody, texts: readonly TextsDocument[]): DraftProblem[] {
  return [
    ...checkManifest(body).map((problem) => ({ ...problem, field: `manifest.${problem.field}` })),
    ...checkGathered(body),
    ...texts.flatMap((text, i) =>
      checkTexts(text, body, text.lang).map((problem) => ({
        ...problem,
        field: `texts[${i}].${problem.field}`,
      })),
    ),
  ];
}

/** Everything that keeps a draft from being published: what is not in its form, or else every rule that it breaks. */
export function draftProblems(draft: unknown, publisher: Publisher): DraftProblem[] {
  const parsed = electionDraft.safeParse(draft);
  if (!parsed.success)
    return fieldProblems(parsed.error).map(({ path, message }) => ({
      field: path,
      code: 'bad-form',
      why: message,
    }));
  return problemsOf(complete(parsed.data, publisher).body, parsed.data.texts);
}

/** The whole manifest, and its texts as blobs. @throws OfficerError `bad-draft` with every rule that it breaks. */
export function completeDraft(draft: ReadDraft, publisher: Publisher): Completed {
  const completed = complete(draft, publisher);
  const problems = problemsOf(completed.body, draft.texts);
  if (problems.length === 0) return completed;
  const lines = problems.map(({ field, why }) => `${field}: ${why}`);
  throw new OfficerError('bad-draft', `the election cannot be published:\n  ${lines.join('\n  ')}`);
}
