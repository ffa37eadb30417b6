/**
 * The field types that manifests, entries, blobs and requests are made of, as strict zod schemas.
 * Everything that comes from outside passes through one of these.
 */
import { z } from 'zod';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** base64url without padding whose unused low bits are zero, so that it re-encodes to itself. */
function isBase64url(text: string): boolean {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return false;
  const rest = text.length % 4;
  if (rest === 0) return true;
  if (rest === 1) return false;
  return ALPHABET.indexOf(text.charAt(text.length - 1)) % (rest === 2 ? 16 : 4) === 0;
}

/** base64url of exactly `length` bytes. */
export const base64urlOf = (length: number) =>
  z
    .string()
    .length(Math.ceil((length * 4) / 3), `must be base64url of ${length} bytes`)
    .refine(isBase64url, `must be base64url of ${length} bytes`);

/** base64url of a multiple of `unit` bytes, at most `maximum` bytes in all. */
export const base64urlOfMany = (unit: number, maximum: number) =>
  z
    .string()
    .max(Math.ceil((maximum * 4) / 3), `must be at most ${maximum} bytes`)
    .refine(isBase64url, 'must be base64url')
    .refine((text) => Math.floor((text.length * 3) / 4) % unit === 0, `must be a multiple of ${unit} bytes`);

/** A SHA-256 hash, a leaf hash or a tree root. */
export const hash = base64urlOf(32);
/** A ristretto255 element; that it decodes is checked where it is used. */
export const element = base64urlOf(32);
/** An Ed25519 public key. */
export const publicKey = base64urlOf(32);
export const signature = base64urlOf(64);

/** Names inside an election: colleges, contests, options, bodies, decisions. */
export const id = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be 1 to 40 of a-z, 0-9 and inner hyphens');

/** A non-negative safe integer. */
/** Words that are to be published: RFC 8785 has no form for half a character. */
export const text = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((words) => words.isWellFormed(), 'has half a character');

export const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** A positive safe integer. */
export const positive = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Whole seconds since 1970-01-01T00:00:00Z. */
export const unixTime = z.int().min(0).max(253_402_300_799);

/** A file published beside the tiles, named by its hash. */
export const blobName = z.strictObject({ sha256: hash, bytes: count });
export type BlobName = z.infer<typeof blobName>;

export type FieldProblem = { readonly path: string; readonly message: string };

/** Every problem of a failed parse, each with the path of the field as `a.b[2].c`. */
export function fieldProblems({ issues }: z.ZodError): FieldProblem[] {
  return issues.map((issue) => {
    const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const path = [...issue.path, ...extra]
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('')
      .replace(/^\./, '');
    return { path, message: issue.message };
  });
}

/** The first of them. */
export function firstProblem(error: z.ZodError): FieldProblem {
  return fieldProblems(error)[0] ?? { path: '', message: 'invalid' };
}
