/** A record that a page fetches: what its host answers is hostile. */
import { afterEach, expect, test, vi } from 'vitest';
import { fetchedRecord } from '../../src/web/recount/fetched-record.ts';

afterEach(() => void vi.unstubAllGlobals());

const answering = (make: () => Response) => vi.stubGlobal('fetch', () => Promise.resolve(make()));

test('a file, and one that is not there', async () => {
  answering(() => new Response(Uint8Array.of(1, 2, 3)));
  expect(await fetchedRecord('https://x.example/record').read('checkpoint')).toEqual(Uint8Array.of(1, 2, 3));
  answering(() => new Response(null, { status: 404 }));
  expect(await fetchedRecord('https://x.example/record').read('checkpoint')).toBeUndefined();
});

test('a file without end is given up at the limit', async () => {
  let sent = 0;
  const body = () =>
    new ReadableStream({
      pull(stream) {
        sent += 1000;
        stream.enqueue(new Uint8Array(1000));
        if (sent > 100_000) stream.error(new Error('all of it was read'));
      },
    });
  answering(() => new Response(body()));
  await expect(fetchedRecord('https://x.example/record', 5000).read('blob/x')).rejects.toThrow(
    'longer than any',
  );
  expect(sent).toBeLessThan(10_000);
});
