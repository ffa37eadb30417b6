/** Requests to the service of this page. What it answers is hostile. */
import { encodeCanonical, type Json, parseCanonical } from '../../../codec/canonical-json.ts';
import type { Bytes } from '../../../crypto/bytes.ts';

/** No answer, or one that says to come again: it is not known whether anything has happened. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The service said no: docs/api-errors.md. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  /** The problem document. */
  readonly document: Readonly<Record<string, unknown>>;

  constructor(code: string, document: Readonly<Record<string, unknown>>) {
    super(code);
    this.code = code;
    this.document = document;
  }
}

/** How long an answer may take. */
const PATIENCE = 30_000;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function refusal(status: number, bytes: Bytes): Refused | Unreachable {
  if (status >= 500) return new Unreachable(`status ${status}`);
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isRecord(document) && typeof document['code'] === 'string')
      return new Refused(document['code'], document);
  } catch {
    // An answer of something between here and the service.
  }
  return new Unreachable(`status ${status}`);
}

/** The body of the answer. @throws Unreachable, Refused. */
async function request(path: string, body?: Bytes): Promise<Bytes> {
  let response: Response;
  let bytes: Bytes;
  try {
    response = await fetch(path, {
      credentials: 'omit',
      redirect: 'error',
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body && { method: 'POST', body: new Uint8Array(body) }),
    });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (response.ok) return bytes;
  throw refusal(response.status, bytes);
}

/** JSON, in any spelling, as a value that has a canonical form. */
function parse(bytes: Bytes): Json {
  try {
    return parseCanonical(encodeCanonical(JSON.parse(new TextDecoder().decode(bytes)) as Json));
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

export async function get(path: string): Promise<Json> {
  return parse(await request(path));
}

export const getBytes = (path: string): Promise<Bytes> => request(path);

export async function post(path: string, body: Bytes): Promise<Json> {
  return parse(await request(path, body));
}
