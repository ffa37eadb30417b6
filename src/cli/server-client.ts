/**
 * The HTTP API as the commands use it. What the server answers is hostile: it passes a schema, and whatever is
 * proved is proved by the caller. A request is sent once; nothing is retried.
 */
import { z } from 'zod';
import { encodeCanonical, type Json } from '../codec/canonical-json.ts';
import { firstProblem } from '../codec/fields.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { RecordSource } from '../record/record-source.ts';
import { CannotRun } from './exit.ts';
import { freshFetch, networkMessage } from './fresh-fetch.ts';
import { urlSource } from './sources.ts';

const problem = z.looseObject({
  title: z.string(),
  code: z.string(),
  field: z.string().optional(),
  detail: z.string().optional(),
});

/** The server said no, in the words of its problem document. */
export class ServerRefusal extends CannotRun {
  override readonly name = 'ServerRefusal';
  readonly status: number;
  /** One of docs/api-errors.md. */
  readonly code: string;
  /** The whole problem document. */
  readonly document: Readonly<Record<string, unknown>>;

  constructor(status: number, document: z.infer<typeof problem>) {
    const { title, code, field, detail } = document;
    const place = field === undefined ? code : `${code}, ${field}`;
    super(`the server refuses: ${title} (${place})${detail === undefined ? '' : `: ${detail}`}`);
    this.status = status;
    this.code = code;
    this.document = document;
  }
}

export interface Answer {
  readonly status: number;
  readonly bytes: Bytes;
}

export interface Sent {
  readonly type: string;
  readonly bytes: Bytes;
}

export function json(value: Json): Sent {
  return { type: 'application/json', bytes: encodeCanonical(value) };
}

export class ServerClient {
  readonly address: string;
  readonly #officerKey: string | undefined;
  readonly #fetch: typeof fetch;

  /** @param officerKey the bearer key of officers' and registrars' requests. */
  constructor(address: string, officerKey?: string, fetcher: typeof fetch = freshFetch) {
    if (!/^https?:\/\/[^/]/.test(address)) throw new CannotRun(`${address} is no http or https address`);
    this.address = address.replace(/\/+$/, '');
    this.#officerKey = officerKey;
    this.#fetch = fetcher;
  }

  /** @throws CannotRun if the server cannot be reached; ServerRefusal for anything but 2xx. */
  async request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, sent?: Sent): Promise<Answer> {
    const url = `${this.address}${path}`;
    let response: Response;
    let bytes: Bytes;
    try {
      response = await this.#fetch(url, {
        method,
        redirect: 'error',
        headers: {
          accept: 'application/json',
          ...(this.#officerKey === undefined ? {} : { authorization: `Bearer ${this.#officerKey}` }),
          ...(sent === undefined ? {} : { 'content-type': sent.type }),
        },
        ...(sent === undefined ? {} : { body: new Uint8Array(sent.bytes) }),
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new CannotRun(`cannot reach ${url}: ${networkMessage(error)}`);
    }
    if (response.ok) return { status: response.status, bytes };
    throw refusal(url, response.status, bytes);
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.#parse(path, schema, await this.request('GET', path));
  }

  async post<T>(path: string, sent: Sent | undefined, schema: z.ZodType<T>): Promise<T> {
    return this.#parse(path, schema, await this.request('POST', path, sent));
  }

  #parse<T>(path: string, schema: z.ZodType<T>, { bytes }: Answer): T {
    const parsed = schema.safeParse(parseJson(bytes));
    if (parsed.success) return parsed.data;
    const { path: field, message } = firstProblem(parsed.error);
    throw new CannotRun(
      `${this.address}${path} answers with something else than expected: ${field}: ${message}`,
    );
  }

  /** The published record of an election. */
  record(election: string): RecordSource {
    return urlSource(`${this.address}/elections/${election}/record`, this.#fetch);
  }
}

function parseJson(bytes: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function refusal(url: string, status: number, bytes: Bytes): CannotRun {
  const parsed = problem.safeParse(parseJson(bytes));
  return parsed.success ? new ServerRefusal(status, parsed.data) : new CannotRun(`${url} answers ${status}`);
}
