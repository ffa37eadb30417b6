/** The ballot box over the browser's `fetch`, at the origin of the page. What it answers is hostile. */
import { encodeCanonical, parseCanonical } from '../../../codec/canonical-json.ts';
import { type Bytes, toBase64Url } from '../../../crypto/bytes.ts';
import { nameBlob } from '../../../record/record-source.ts';
import type { BallotBox } from '../../../trustee/interfaces.ts';

/** No answer, or one that says to come again: nothing is wrong with what was asked. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The ballot box said no, in the words of its problem document (RFC 9457). */
export class Refused extends Error {
  override readonly name = 'Refused';
}

interface Sent {
  readonly method: 'POST' | 'PUT';
  readonly type: string;
  readonly body: Bytes;
}

async function reasonOf(response: Response): Promise<string> {
  const document: unknown = await response.json().catch(() => null);
  if (typeof document !== 'object' || document === null) return `status ${response.status}`;
  const parts = ['title', 'field', 'detail'].map((name) => Reflect.get(document, name) as unknown);
  return parts.filter((part) => typeof part === 'string').join(': ') || `status ${response.status}`;
}

/** The body; undefined for 404 to a question. @throws Unreachable, Refused. */
async function request(url: string, sent?: Sent): Promise<Bytes | undefined> {
  try {
    const response = await fetch(url, {
      redirect: 'error',
      credentials: 'omit',
      ...(sent === undefined
        ? {}
        : { method: sent.method, headers: { 'content-type': sent.type }, body: new Uint8Array(sent.body) }),
    });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    if (response.status === 404 && sent === undefined) return undefined;
    if (response.status < 500) throw new Refused(await reasonOf(response));
    throw new Unreachable(`status ${response.status}`);
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) throw error;
    throw new Unreachable(String(error));
  }
}

/** @param origin of the service, without a slash at the end. */
export function fetchBallotBox(origin: string, election: string): BallotBox {
  const base = `${origin}/elections/${election}`;
  return {
    record: { read: (path) => request(`${base}/record/${path}`) },
    async submit(bytes, blobs) {
      const body = encodeCanonical({ entry: parseCanonical(bytes), blobs: blobs.map(toBase64Url) });
      await request(`${base}/entries`, { method: 'POST', type: 'application/json', body });
    },
    async deliver(body) {
      const url = `${base}/mail/${nameBlob(body).sha256}`;
      await request(url, { method: 'PUT', type: 'application/octet-stream', body });
    },
    mail: (sha256) => request(`${base}/mail/${sha256}`),
  };
}
