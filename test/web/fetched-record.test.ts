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

test('after a lost connection it is asked for again, as long as there is patience, and an answer is an answer', async () => {
  const answers = [
    null,
    null,
    new Response(Uint8Array.of(7)),
    new Response(null, { status: 503 }),
    null,
    null,
  ];
  const asked = vi.fn(() => {
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('Failed to fetch'));
  });
  vi.stubGlobal('fetch', asked);
  const failures: number[] = [];
  const record = fetchedRecord('https://x.example/record', 100, async (n) => {
    failures.push(n);
    return n < 2 || answers.length > 2;
  });
  expect(await record.read('checkpoint')).toEqual(Uint8Array.of(7));
  await expect(record.read('checkpoint')).rejects.toThrow('status 503');
  await expect(record.read('checkpoint')).rejects.toThrow('Failed to fetch');
  expect(failures).toEqual([1, 2, 1, 2]);
  expect(asked).toHaveBeenCalledTimes(6);
});
