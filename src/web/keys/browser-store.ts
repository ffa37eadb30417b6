/**
 * Key files in the browser's IndexedDB, each under its public key. They are age files under a passphrase: nothing is
 * stored that opens without it.
 */
import type { Bytes } from '../../crypto/bytes.ts';
import type { SecretStore } from '../../trustee/interfaces.ts';

/** Key files by public key. */
export interface KeyFiles extends SecretStore {
  names(): Promise<string[]>;
}

const FILES = 'key-files';

function openDatabase(database: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database, 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(FILES));
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
}

/** Runs one request, and resolves once its transaction is complete: for a write, once it is on disk. */
async function transact<T>(
  name: string,
  mode: IDBTransactionMode,
  act: (files: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase(name);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(FILES, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(FILES));
      transaction.addEventListener('complete', () => resolve(request.result));
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error('nothing was stored')),
      );
    });
  } finally {
    database.close();
  }
}

/** @param database one for each kind of key. */
export function browserStore(database: string): KeyFiles {
  return {
    async names() {
      return (await transact(database, 'readonly', (files) => files.getAllKeys())).map(String);
    },
    async read(name) {
      const found: unknown = await transact(database, 'readonly', (files) => files.get(name));
      return found instanceof Uint8Array ? new Uint8Array(found) : undefined;
    },
    async write(name: string, bytes: Bytes) {
      await transact(database, 'readwrite', (files) => files.put(new Uint8Array(bytes), name));
    },
  };
}
