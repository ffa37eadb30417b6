/** What the page and its worker say to each other. The passphrase and key files go to the worker, and nowhere else. */
import type { Bytes } from '../../../crypto/bytes.ts';
import type { Failure } from './failures.ts';
import type { Standing } from './session.ts';

/** What the page asks of the worker. Every answer can be a `Failure` instead. */
export interface Client {
  /** The public keys of the key files in this browser. */
  keys(): Promise<string[]>;
  /** Makes a key file. @returns its public key. */
  make(passphrase: string): Promise<string>;
  /** Takes a backup of one of these keys, or of any if there are none, into the browser. @returns its public key. */
  restore(bytes: Bytes, passphrase: string, listed: readonly string[]): Promise<string>;
  /** The key file, still locked. */
  copy(key: string): Promise<Bytes>;
  /** Opens a key file and goes on with the election until the page is closed. */
  open(key: string, passphrase: string, election: string): Promise<void>;
  compareWords(text: string): Promise<boolean>;
  proveBackup(bytes: Bytes): Promise<void>;
  recount(): Promise<void>;
  /** Looks again now. */
  look(): Promise<void>;
}

export type Method = keyof Client;

export interface Call {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

export type Told =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'recounting'; readonly done: number; readonly total: number }
  /** The client has stopped, or cannot reach the ballot box. */
  | { readonly kind: 'trouble'; readonly failure: Failure };
