/** A published record over the browser's `fetch`. What it answers is hostile. */
import type { RecordSource } from '../../record/record-source.ts';

/** Larger than the roll of a million voters, the largest file of a record. */
const FILE_LIMIT = 512 * 2 ** 20;

/** @param address of the record folder, without a slash at the end. Reading throws an Error where there is no answer. */
export function fetchedRecord(address: string): RecordSource {
  return {
    async read(path) {
      const response = await fetch(`${address}/${path}`, { redirect: 'error', credentials: 'omit' });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`${path}: status ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > FILE_LIMIT) throw new Error(`${path} is longer than any file of a record`);
      return bytes;
    },
  };
}
