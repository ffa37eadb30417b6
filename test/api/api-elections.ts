/**
 * Small elections driven through the HTTP API alone, as their officer, registrar, trustees and members do it.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openService, type Service, type ServiceOptions } from '../../src/api/service.ts';
import { type BallotContext, ballotContext } from '../../src/ballot/ballot-context.ts';
import type { Previous } from '../../src/ballot/ballot-entry.ts';
import { type Credential, deriveCredential } from '../../src/ballot/credential.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { type PreparedBallot, prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { drawToken } from '../../src/ballot/token.ts';
import { openCheckpoint } from '../../src/board/checkpoint.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, parseVerifierKey, verifierKey } from '../../src/board/note.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import {
  generateSigningKey,
  parsePublicKey,
  publicKeyOf,
  type SigningKey,
} from '../../src/crypto/ed25519.ts';
import { proveReplacement } from '../../src/crypto/proofs/replacement-proof.ts';
import type { Entry, EntryOf, Role } from '../../src/record/entries.ts';
import {
  type SignedType,
  signatureOf,
  signEntry,
  unsignedEntry,
  withSignatures,
} from '../../src/record/envelope.ts';
import type { Receipt } from '../../src/record/receipt.ts';
import { nameBlob, type RecordSource } from '../../src/record/record-source.ts';
import { buildRoll, publishRoll } from '../../src/roll/build-roll.ts';
import { oneMotion } from '../ballot/one-motion.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Bytes;
  /** The body, if it is JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

export type Send = (
  method: string,
  path: string,
  body?: Bytes | string,
  headers?: Record<string, string>,
) => Promise<Answer>;

async function answerOf(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const json = isJson ? (JSON.parse(new TextDecoder().decode(bytes)) as Answer['json']) : {};
  return { status: response.status, headers: response.headers, bytes, json };
}

/** Requests at an address, or straight to an application. */
export function sender(to: string | Service['app']): Send {
  return async (method, path, body, headers = {}) => {
    const request = {
      method,
      headers: {
        // A connection that is kept can be closed by the server just as it is used again.
        ...(typeof to === 'string' ? { connection: 'close' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
    };
    const response = await (typeof to === 'string'
      ? fetch(`${to}${path}`, request)
      : to.request(path, request));
    return answerOf(response);
  };
}

/** A directory of its own, and how to remove it. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'teller-api-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A clock that a test sets. */
class FakeClock {
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  readonly read = (): number => this.now;
}

export interface TestService {
  readonly service: Service;
  readonly send: Send;
  readonly officerKey: string;
  readonly dataDir: string;
  readonly clock: FakeClock;
  readonly reports: string[];
}

export const OPENS = 1_000_000;

/** A service on a directory, without a socket. */
export function testService(
  dataDir: string,
  officerKey = '',
  options: Partial<ServiceOptions> = {},
): TestService {
  const clock = new FakeClock(OPENS);
  const reports: string[] = [];
  const service = openService(
    { dataDir, clock: clock.read, report: (line) => reports.push(line), ...options },
    () => 'http://service.test',
  );
  return {
    service,
    send: sender(service.app),
    officerKey: service.officerKey ?? officerKey,
    dataDir,
    clock,
    reports,
  };
}

const key = (secret: SigningKey): string => toBase64Url(publicKeyOf(secret));

export interface ElectionPlan {
  readonly mode: 'secret' | 'recorded';
  readonly voters: number;
  readonly trustees?: { readonly threshold: number; readonly keys: readonly string[] };
  readonly change?: (body: ManifestBody) => ManifestBody;
}

const TEXTS = encodeCanonical({
  v: 1,
  lang: 'en',
  title: 'A vote',
  intro: '',
  colleges: { members: 'Members' },
  contests: { motion: { title: 'The motion', text: '', options: { for: 'For', against: 'Against' } } },
});

export class ApiElection {
  readonly send: Send;
  readonly officerKey: string;
  readonly officer = generateSigningKey();
  readonly registrar = generateSigningKey();
  election = '';
  manifest: ManifestBody | undefined;
  credentials: Credential[] = [];
  context: BallotContext | undefined;
  /** By place among the credentials: voter numbers go by the order of keys. */
  rollBlob: Bytes = new Uint8Array();

  constructor(send: Send, officerKey: string) {
    this.send = send;
    this.officerKey = officerKey;
  }

  get bearer(): Record<string, string> {
    return { authorization: `Bearer ${this.officerKey}` };
  }

  /** The manifest's body for this service. */
  async plan({ mode, trustees, change = (body) => body }: ElectionPlan): Promise<ManifestBody> {
    const { json } = await this.send('GET', '/service');
    const origin = `vote.example/${randomBytes(18).toString('base64url')}`;
    const logKey = parsePublicKey(fromBase64Url(String(json['log'])));
    return change({
      kind: 'rehearsal',
      suite: 'ristretto255-SHA512',
      origin,
      log: encodeVerifierKey(verifierKey(origin, NOTE_SIGNATURE, logKey)),
      texts: [{ lang: 'en', blob: nameBlob(TEXTS) }],
      roles: {
        officers: [key(this.officer)],
        registrars: [key(this.registrar)],
        boxes: [String(json['box'])],
        observers: [],
      },
      trustees: trustees
        ? {
            threshold: trustees.threshold,
            count: trustees.keys.length,
            agreements: trustees.threshold,
            keys: [...trustees.keys],
          }
        : null,
      issuers: 1,
      ...oneMotion('members', mode),
      cells: { requiredMin: 3, optional: null },
      roll: { mergeBelow: 3 },
      revoting: true,
      times: { notice: 0, opens: OPENS, closes: null, grace: 0, extension: 0, disputes: 0 },
      witnesses: { quorum: 0, keys: [] },
      booth: [],
      links: [],
      caps: { replacements: 0 },
      features: [],
    });
  }

  manifestEntry(body: ManifestBody): EntryOf<'manifest'> {
    return signEntry<'manifest'>({ v: 1, type: 'manifest', body, ext: {} }, 'officer', 1, this.officer);
  }

  async publish(body: ManifestBody): Promise<Answer> {
    const entry = this.manifestEntry(body);
    const sent = encodeCanonical({ entry, blobs: [toBase64Url(TEXTS)] });
    const answer = await this.send('POST', '/elections', sent, this.bearer);
    if (answer.status < 300) {
      this.election = String(answer.json['leaf']);
      this.manifest = body;
    }
    return answer;
  }

  path(rest: string): string {
    return `/elections/${this.election}${rest}`;
  }

  /** The log as its checkpoint has it, verified. */
  async seen(): Promise<{ size: number; root: string }> {
    const { bytes } = await this.send('GET', this.path('/record/checkpoint'));
    const { size, root } = openCheckpoint(bytes, parseVerifierKey(this.manifest?.log ?? ''));
    return { size, root: toBase64Url(root) };
  }

  async sign<T extends Exclude<SignedType, 'manifest'>>(
    type: T,
    role: Role,
    body: EntryOf<T>['body'],
  ): Promise<EntryOf<T>> {
    const unsigned = unsignedEntry<T>({ election: this.election, seen: await this.seen() }, type, body);
    const secret = role === 'registrar' ? this.registrar : this.officer;
    return signEntry<T>(unsigned, role, 1, secret);
  }

  submit(entry: Entry, blobs: readonly Bytes[] = []): Promise<Answer> {
    const sent = encodeCanonical({ entry, blobs: blobs.map((blob) => toBase64Url(blob)) });
    return this.send('POST', this.path('/entries'), sent);
  }

  /** Draws tokens and publishes the roll. @param mandates of the first voters. */
  async enrol(voters: number, mandates: readonly ('for' | 'against' | null)[] = []): Promise<Answer> {
    this.credentials = Array.from({ length: voters }, () =>
      deriveCredential(drawToken(), this.election, 'members'),
    );
    const terms = this.manifest ?? (await this.plan({ mode: 'recorded', voters }));
    const registered = this.credentials.map(({ P }, i) => ({
      P: fromBase64Url(P),
      college: 'members',
      weight: 1,
      bodies: [],
      name: `Member ${i}`,
      chosen: null,
      mandates: mandates[i] ? [{ contest: 'motion', option: mandates[i] }] : null,
      substitutes: [],
    }));
    const { blob, body } = publishRoll(
      buildRoll(this.election, terms, { frozen: 0, bodies: [] }, registered),
      terms,
    );
    this.rollBlob = blob;
    return this.submit(await this.sign('roll', 'registrar', { ...body, colleges: [...body.colleges] }), [
      blob,
    ]);
  }

  async open(
    key: string | null,
    shares: string[],
    transcript: string | null,
    opens = OPENS,
    attempt = 1,
  ): Promise<Answer> {
    const roll = await this.rollEntryBody();
    const entry = await this.sign('opening', 'officer', {
      manifest: this.election,
      attempt: key === null ? null : attempt,
      opens,
      results: [],
      key,
      shares,
      transcript,
      roll,
      notice: null,
    });
    const answer = await this.submit(entry);
    if (answer.status < 300 && this.manifest) {
      this.context = ballotContext({
        election: this.election,
        ctx: String(answer.json['leaf']),
        key,
        manifest: this.manifest,
      });
    }
    return answer;
  }

  /** Of the credential that a voter has now, signed by registrar and officer. */
  async replacement(old: string, heir: Credential): Promise<EntryOf<'replacement'>> {
    const { json } = await this.send('GET', this.path(`/heads/${old}`));
    const [voter, ctx] = [Number(json['voter']), this.context?.ctx ?? ''];
    const [before, after] = [fromBase64Url(old), fromBase64Url(heir.P)];
    const statement = { ctx: fromBase64Url(ctx), voter, before, after };
    const proof = toBase64Url(proveReplacement(statement, heir.x));
    const unsigned = {
      v: 1,
      type: 'replacement',
      election: this.election,
      seen: await this.seen(),
      body: { ctx, voter, old, new: heir.P, name: null, reason: 'lost', proof },
      ext: {},
    } as const;
    return withSignatures<'replacement'>(unsigned, [
      signatureOf<'replacement'>(unsigned, 'registrar', 1, this.registrar),
      signatureOf<'replacement'>(unsigned, 'officer', 1, this.officer),
    ]);
  }

  async rollEntryBody(): Promise<{ root: string; size: number }> {
    const entry = (await this.entries()).find(({ type }) => type === 'roll');
    return entry?.type === 'roll'
      ? { root: entry.body.root, size: entry.body.size }
      : { root: 'A'.repeat(43), size: 1 };
  }

  /** All entries of the published record. */
  async entries(): Promise<Entry[]> {
    const { size } = await this.seen();
    const entries: Entry[] = [];
    for (let first = 0; first < size; first += 256) {
      const width = Math.min(256, size - first);
      const path = `/record/tile/entries/${String(first / 256).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
      const { bytes } = await this.send('GET', this.path(path));
      for (let at = 0; at < bytes.length; ) {
        const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
        entries.push(JSON.parse(new TextDecoder().decode(bytes.subarray(at + 2, at + 2 + length))) as Entry);
        at += 2 + length;
      }
    }
    return entries;
  }

  /** From a plan to an open election whose colleges are all recorded. */
  static async openRecorded(
    { send, officerKey }: Pick<TestService, 'send' | 'officerKey'>,
    voters: number,
    change?: ElectionPlan['change'],
    opens = (): number => OPENS,
  ): Promise<ApiElection> {
    const election = new ApiElection(send, officerKey);
    const plan: ElectionPlan = { mode: 'recorded', voters, ...(change ? { change } : {}) };
    expectCreated(await election.publish(await election.plan(plan)));
    expectCreated(await election.enrol(voters));
    expectCreated(await election.open(null, [], null, opens()));
    return election;
  }

  ballot(place: number, option: 'for' | 'against', prev: Previous = { kind: 'none' }): PreparedBallot {
    const credential = this.credentials[place];
    if (credential === undefined || this.context === undefined) throw new Error('not open, or no such voter');
    const choices = { motion: [option] };
    return prepareBallot({ context: this.context, college: 'members', weight: 1, credential, prev, choices });
  }

  cast({ bytes }: Pick<PreparedBallot, 'bytes'>): Promise<Answer> {
    return this.send('POST', this.path('/ballots'), bytes);
  }

  close(): Promise<Answer> {
    return this.send('POST', this.path('/close'), undefined, this.bearer);
  }

  /** Starts the tally and waits for it; its receipt. */
  async tally(): Promise<Receipt> {
    await this.send('POST', this.path('/tally'), undefined, this.bearer);
    for (;;) {
      const { json } = await this.send('GET', this.path('/tally'));
      if (json['state'] === 'done') return json['receipt'] as Receipt;
      if (json['state'] !== 'running') throw new Error(`the tally is ${String(json['state'])}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  get record(): RecordSource {
    return {
      read: async (path) => {
        const { status, bytes } = await this.send('GET', this.path(`/record/${path}`));
        return status === 200 ? bytes : undefined;
      },
    };
  }
}

/** Throws with the problem unless the answer is a success. */
export function expectCreated({ status, json }: Answer): Receipt {
  if (status >= 300) throw new Error(JSON.stringify(json));
  return json as unknown as Receipt;
}
