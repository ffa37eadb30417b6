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

/** After a lost connection: resolves when it is time to try again, to false where that is given up. */
export type Patience = (failures: number) => Promise<boolean>;

const NO_PATIENCE: Patience = () => Promise.resolve(false);

/**
 * @param address of the record folder, without a slash at the end. Reading throws an Error where there is no answer.
 * @param patience a file is asked for again as long as it says so.
 */
export function fetchedRecord(
  address: string,
  limit = FILE_LIMIT,
  patience: Patience = NO_PATIENCE,
): RecordSource {
  const readOnce = async (path: string): Promise<Bytes | undefined> => {
    const response = await fetch(`${address}/${path}`, { redirect: 'error', credentials: 'omit' });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${path}: status ${response.status}`);
    return await readAtMost(response, limit, path);
  };
  return {
    async read(path) {
      for (let failures = 1; ; failures += 1) {
        try {
          return await readOnce(path);
        } catch (error) {
          // Fetch's word for a network that failed (WHATWG Fetch §5.6); anything else would fail again.
          if (!(error instanceof TypeError) || !(await patience(failures))) throw error;
        }
      }
    },
  };
}
