/** Requests of an officer who is signed in to the service of this page. The cookie goes along; no key does. */
import { encodeCanonical, type Json } from '../../../codec/canonical-json.ts';
import { Refused, refusal, Unreachable } from '../../member/island/requests.ts';

/** How long an answer may take: rolls are large. */
const PATIENCE = 120_000;

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * The answer of the service.
 * @param body JSON, or a file with the media type that it has.
 * @throws Refused, which has the code of the problem (docs/api-errors.md), Unreachable.
 */
export async function send(method: Method, path: string, body?: Json | Blob): Promise<Response> {
  const isFile = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      redirect: 'error',
      cache: 'no-store',
      headers: {
        accept: 'application/json',
        ...(body === undefined || isFile ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body === undefined ? {} : { body: isFile ? body : Uint8Array.from(encodeCanonical(body)) }),
    });
    if (response.ok) return response;
    throw refusal(response.status, new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) throw error;
    throw new Unreachable(String(error));
  }
}

/** The JSON of the answer. @throws as `send` does. */
export async function ask(method: Method, path: string, body?: Json | Blob): Promise<unknown> {
  const response = await send(method, path, body);
  try {
    return await response.json();
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

/** The code of the problem, or null if the service could not be reached. @throws anything else. */
export function codeOf(error: unknown): string | null {
  if (error instanceof Refused) return error.code;
  if (error instanceof Unreachable) return null;
  throw error;
}
