/** A key file that its owner has chosen from a disk, or that is still being made: in memory alone. */
import { type Bytes, equalBytes } from '../../crypto/bytes.ts';
import type { SecretStore } from '../../trustee/interfaces.ts';
import type { Safe } from '../../trustee/sealed-file.ts';

/** How a key file is opened: its passphrase, and scrypt's work for new ones. */
export type Opening = Pick<Safe, 'passphrase' | 'workFactor'>;

export const CHOSEN = 'the file that you chose';
const HEADER = new TextEncoder().encode('age-encryption.org/v1\n');

export function isAgeFile(bytes: Bytes): boolean {
  return equalBytes(bytes.subarray(0, HEADER.length), HEADER);
}

export function memoryStore(initial?: Bytes): SecretStore {
  const documents = new Map(initial === undefined ? [] : [[CHOSEN, initial]]);
  return {
    read: (name) => Promise.resolve(documents.get(name)),
    write: (name, bytes) => Promise.resolve(void documents.set(name, bytes)),
  };
}
