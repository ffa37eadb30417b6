/**
 * Every error that a client can get, as RFC 9457 problem details with a stable code from one closed list
 * (docs/api-errors.md). A problem names the field at fault and never repeats a vote, a token or a key.
 */
import { z } from '@hono/zod-openapi';

interface Kind {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly title: string;
}

export const PROBLEMS = {
  // The request as such.
  'bad-json': { status: 400, title: 'The body is not JSON' },
  'not-canonical': { status: 400, title: 'The body is not the RFC 8785 form of what it says' },
  'bad-field': { status: 400, title: 'A field is missing, unknown or has a value that it cannot have' },
  'not-signed-in': { status: 401, title: 'This needs an officer who is signed in' },
  'sign-in-failed': { status: 401, title: 'This does not sign in an officer' },
  'too-many-failures': {
    status: 429,
    title: 'Signing in has failed too often from this address in a minute',
  },
  'too-many-challenges': {
    status: 429,
    title: 'Too many challenges of passkeys were asked for from this address in a minute',
  },
  'sign-in-again': { status: 403, title: 'This needs an officer who has signed in within ten minutes' },
  'no-passkeys': { status: 409, title: 'The address of this service is a number: passkeys need a name' },
  'bad-passkey': { status: 422, title: 'This is not a new passkey for this service and this officer' },
  'too-many-passkeys': { status: 409, title: 'This officer has as many passkeys as there may be' },
  'unknown-passkey': { status: 404, title: 'This officer has no such passkey' },
  'wrong-origin': { status: 403, title: 'A page of another service sent this' },
  'unknown-route': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not know that method' },
  'body-too-large': { status: 413, title: 'The body is larger than this address takes' },
  'unsupported-media-type': { status: 415, title: 'The body has another media type than this address takes' },

  // Elections and the entries that roles sign.
  'unknown-election': { status: 404, title: 'No such election' },
  'bad-manifest': { status: 422, title: 'The manifest breaks a rule' },
  'wrong-keys': { status: 422, title: 'The manifest names keys that are not those of this service' },
  'notice-too-short': { status: 422, title: 'The notice period is not kept' },
  'unsupported-type': { status: 422, title: 'This release does not take entries of that type' },
  'bad-entry': { status: 422, title: 'The entry breaks a rule of the record' },
  'bad-signature': { status: 422, title: 'The entry is not signed by the role that makes it' },
  'second-not-needed': { status: 422, title: 'The manifest lets one officer sign this' },
  'unknown-proposed-entry': { status: 404, title: 'No such entry waits for a second officer' },
  'too-many-proposed': { status: 409, title: 'Too many entries of this election wait for a second officer' },
  'out-of-order': { status: 409, title: 'The entry does not come at this point of the record' },
  'too-early': { status: 409, title: 'The time for this has not come' },
  'bad-blob': { status: 422, title: 'The blobs are not those that the entry names' },
  'bad-roll': { status: 422, title: 'The roll breaks a rule' },
  'bad-shares': { status: 422, title: 'The decryption shares are not valid' },
  'wrong-tally': { status: 422, title: 'The tally is not that of the record' },
  'wrong-result': { status: 422, title: 'The result does not follow from the record' },

  // Ballots and checks.
  'not-open': { status: 409, title: 'Voting has not begun' },
  'voting-closed': { status: 409, title: 'Voting is over' },
  'not-on-roll': { status: 422, title: 'The credential is not on the roll as the ballot says' },
  'stale-link': { status: 409, title: 'The ballot does not follow on the latest one of this credential' },
  'bad-ballot': { status: 422, title: 'The ballot does not prove what it has to' },
  'checked-ballot': { status: 409, title: 'The ballot was opened for a check and cannot be cast' },
  'bad-check': { status: 422, title: 'The check does not prove what it has to' },
  'too-many-votes': {
    status: 429,
    title: 'This credential has sent too many ballots and checks in a minute',
  },

  // Questions.
  'unknown-credential': { status: 404, title: 'No such credential on the roll' },
  'credential-replaced': { status: 410, title: 'Another credential has taken the place of this one' },
  'unknown-voter': { status: 404, title: 'No such voter number on the roll' },
  'unknown-entry': { status: 404, title: 'No such entry in the record' },
  'unknown-resource': { status: 404, title: 'The record has no such file' },
  'not-tallied': { status: 409, title: 'There is no tally yet' },
  'unknown-mail': { status: 404, title: 'The ceremony names no such file, or it has not been delivered' },

  // Disputes.
  'disputes-closed': { status: 409, title: 'The time to report problems is over' },
  'too-many-disputes': { status: 429, title: 'Too many problems were reported' },
  'unknown-dispute': { status: 404, title: 'No such report of a problem' },

  // The registrar.
  'bad-roll-file': { status: 422, title: 'The membership file has errors; nothing of it was stored' },
  'unknown-roll': { status: 404, title: 'No membership file was imported under this number' },
  'roll-exists': {
    status: 409,
    title: 'There is a roll already; another file changes it when it is approved',
  },
  'unknown-proposal': { status: 404, title: 'No such membership file waits for approval' },
  'second-officer-needed': {
    status: 409,
    title: 'Tokens were issued: another officer than the importer approves',
  },
  'not-issued': { status: 404, title: 'No tokens were issued for this election' },
  'issued-otherwise': { status: 409, title: 'Tokens were issued for this election from another roll' },
  'exported-before': { status: 409, title: 'The tokens were exported before' },
  'not-exported': { status: 409, title: 'The tokens were not exported yet' },
  'tokens-deleted': { status: 409, title: 'The tokens were deleted' },

  // The service itself.
  'election-unavailable': { status: 503, title: 'The stored record of this election did not verify' },
  overloaded: { status: 503, title: 'Too many requests are waiting' },
  'store-failed': { status: 503, title: 'The record could not be written' },
  stopping: { status: 503, title: 'The service is stopping' },
  internal: { status: 500, title: 'A fault of the service' },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** The body of every error. `field` is a path such as `body.contests[2].id`; `reason` refines the code. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(PROBLEM_CODES),
    detail: z.string().optional(),
    field: z.string().optional(),
    reason: z.string().optional(),
  })
  .openapi('Problem');

export interface ProblemDetails {
  readonly detail?: string;
  readonly field?: string;
  readonly reason?: string;
  /** In how many seconds to try again. */
  readonly retryAfter?: number;
  /** Members that one code adds, such as `head` of `stale-link`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Thrown wherever a request cannot be met; the application answers with it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(
      `${code}${details.field ? ` at ${details.field}` : ''}${details.detail ? `: ${details.detail}` : ''}`,
    );
    this.code = code;
    this.details = details;
  }
}

const RETRY_SECONDS = 2;

/** The answer that a problem makes. */
export function problemResponse(problem: Problem): Response {
  const { status, title } = PROBLEMS[problem.code];
  const { members, retryAfter = status === 503 ? RETRY_SECONDS : undefined, ...details } = problem.details;
  const type = `urn:teller:problem:${problem.code}`;
  const body = { ...members, type, title, status, code: problem.code, ...details };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
  });
}
