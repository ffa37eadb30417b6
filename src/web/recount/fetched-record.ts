/** A published record over the browser's `fetch`. What it answers is hostile. */
import type { Bytes } from '../../crypto/bytes.ts';
import type { RecordSource } from '../../record/record-source.ts';

/** Larger than the roll of a million voters, the largest file of a record. */
const FILE_LIMIT = 512 * 2 ** 20;

async function readAtMost({ body }: Response, limit: number, path: string): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let total = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    total += part.value.length;
    if (total > limit) {
      await reader?.cancel();
      throw new Error(`${path} is longer than any file of a record`);
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** @param address of the record folder, without a slash at the end. Reading throws an Error where there is no answer. */
export function fetchedRecord(address: string, limit = FILE_LIMIT): RecordSource {
  return {
    async read(path) {
      const response = await fetch(`${address}/${path}`, { redirect: 'error', credentials: 'omit' });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`${path}: status ${response.status}`);
      return await readAtMost(response, limit, path);
    },
  };
}
