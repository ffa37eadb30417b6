/** An authenticator in software (WebAuthn §6), and the browser before it: it can be told to lie about anything. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What the authenticator and the browser say; a test changes some of it. */
export interface Said {
  readonly origin: string;
  readonly rpId: string;
  readonly type: string;
  readonly userVerified: boolean;
  readonly counter: number;
}

export interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** CBOR (RFC 8949 §4.2.1) of a short text, and of 24 bytes or more. */
const text = (word: string): Buffer => Buffer.from([0x60 + word.length, ...Buffer.from(word)]);
const bytes = (content: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(
      content.length < 256 ? [0x58, content.length] : [0x59, content.length >> 8, content.length & 255],
    ),
    content,
  ]);

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const HAS_CREDENTIAL = 64;

export class PasskeyDevice {
  readonly id = randomBytes(32);
  readonly origin: string;
  readonly #key: KeyObject;
  readonly #cose: Buffer;
  #user = '';
  /** How often it has signed. */
  counter = 0;

  constructor(origin: string) {
    this.origin = origin;
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} (RFC 9053 §7.1)
    this.#cose = Buffer.concat([
      Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]),
      bytes(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      bytes(Buffer.from(y, 'base64url')),
    ]);
  }

  #said(options: Options, type: string, said: Partial<Said>): { client: Buffer; head: Buffer } {
    const { origin = this.origin, rpId = options.rp?.id ?? options.rpId ?? '', userVerified = true } = said;
    const { counter = ++this.counter } = said;
    const flags = USER_PRESENT + (userVerified ? USER_VERIFIED : 0);
    const times = Buffer.alloc(4);
    times.writeUInt32BE(counter);
    const { challenge } = options;
    return {
      client: Buffer.from(JSON.stringify({ type: said.type ?? type, challenge, origin, crossOrigin: false })),
      head: Buffer.concat([sha256(rpId), Buffer.from([flags]), times]),
    };
  }

  create(options: Options, said: Partial<Said> = {}): object {
    const { client, head } = this.#said(options, 'webauthn.create', said);
    this.#user = options.user?.id ?? '';
    head[32] = (head[32] ?? 0) + HAS_CREDENTIAL;
    const length = Buffer.from([0, this.id.length]);
    const authData = Buffer.concat([head, Buffer.alloc(16), length, this.id, this.#cose]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(authData),
    ]);
    const response = { clientDataJSON: b64(client), attestationObject: b64(attestation), transports: [] };
    return {
      id: b64(this.id),
      rawId: b64(this.id),
      type: 'public-key',
      response,
      clientExtensionResults: {},
    };
  }

  get(options: Options, said: Partial<Said & { readonly user: string }> = {}): object {
    const { client, head } = this.#said(options, 'webauthn.get', said);
    const signature = sign('sha256', Buffer.concat([head, sha256(client)]), this.#key);
    const response = {
      clientDataJSON: b64(client),
      authenticatorData: b64(head),
      signature: b64(signature),
      userHandle: said.user ?? this.#user,
    };
    return {
      id: b64(this.id),
      rawId: b64(this.id),
      type: 'public-key',
      response,
      clientExtensionResults: {},
    };
  }
}
