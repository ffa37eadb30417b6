/**
 * What takes scrypt's second or more with a signing key, done by a worker (key-worker.ts), so that the page answers
 * meanwhile. Each piece of work has a worker of its own, which ends with it and keeps neither passphrase nor key.
 */
import type { Bytes } from '../../crypto/bytes.ts';
import { TrusteeError, type TrusteeErrorCode } from '../../trustee/errors.ts';
import { trustedScript } from '../trusted-script.ts';
import { browserStore, type KeyFiles } from './browser-store.ts';
import type { KeyRole, OpenKey } from './signing-keys.ts';

/** The worker's script, beside this one, set where this is bundled. */
declare const KEY_WORKER_NAME: string;

/** What the worker is asked. */
export type KeyWork = { readonly role: KeyRole; readonly passphrase: string } & (
  | { readonly kind: 'make' }
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'restore'; readonly bytes: Bytes }
);

export type KeyAnswer =
  | { readonly kind: 'opened'; readonly key: OpenKey }
  | { readonly kind: 'refused'; readonly code: TrusteeErrorCode; readonly where: string }
  | { readonly kind: 'failed'; readonly why: string };

const DATABASES: Readonly<Record<KeyRole, string>> = {
  officer: 'teller-officer',
  observer: 'teller-observer',
};

/** The key files of a role in this browser: to the page and its worker the same. */
export const filesOf = (role: KeyRole): KeyFiles => browserStore(DATABASES[role]);

/** @throws TrusteeError as `SigningKeys` does; Error if the worker could not run. */
async function work(asked: KeyWork): Promise<OpenKey> {
  const script = trustedScript('teller-keys', new URL(KEY_WORKER_NAME, import.meta.url).href);
  const worker = new Worker(script, { type: 'module' });
  try {
    const answer = await new Promise<KeyAnswer>((resolve, reject) => {
      worker.addEventListener('error', ({ message }) => reject(new Error(message || 'the worker failed')));
      worker.addEventListener('messageerror', () => reject(new Error('the worker cannot be understood')));
      worker.addEventListener('message', ({ data }: MessageEvent<KeyAnswer>) => resolve(data));
      worker.postMessage(asked);
    });
    if (answer.kind === 'opened') return answer.key;
    if (answer.kind === 'failed') throw new Error(answer.why);
    throw new TrusteeError(answer.code, answer.where, 'does not open');
  } finally {
    worker.terminate();
  }
}

/** The keys of one role in this browser, locked. */
export class LockedKeys {
  readonly #role: KeyRole;
  readonly #files: KeyFiles;

  constructor(role: KeyRole) {
    this.#role = role;
    this.#files = filesOf(role);
  }

  /** The public keys of those that are here. */
  names(): Promise<string[]> {
    return this.#files.names();
  }

  /** The file, still locked, to be kept elsewhere. @throws TrusteeError `no-key-file`. */
  async copy(name: string): Promise<Bytes> {
    const bytes = await this.#files.read(name);
    if (bytes === undefined) throw new TrusteeError('no-key-file', name, 'is not there');
    return bytes;
  }

  /** @see SigningKeys.make */
  make(passphrase: string): Promise<OpenKey> {
    return work({ kind: 'make', role: this.#role, passphrase });
  }

  /** @see SigningKeys.open */
  open(name: string, passphrase: string): Promise<OpenKey> {
    return work({ kind: 'open', role: this.#role, name, passphrase });
  }

  /** @see SigningKeys.restore */
  restore(bytes: Bytes, passphrase: string): Promise<OpenKey> {
    return work({ kind: 'restore', role: this.#role, bytes, passphrase });
  }
}
