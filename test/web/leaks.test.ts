/** The search for secrets finds what it is to find. */
import { describe, expect, test } from 'vitest';
import { holds } from './leaks.ts';

describe('looking for secrets', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256);

  test.each([
    ['as it is', Buffer.from(secret)],
    ['in hexadecimal', Buffer.from(`{"x":"${Buffer.from(secret).toString('hex')}"}`)],
    ['in base64url', Buffer.from(`?x=${Buffer.from(secret).toString('base64url')}`)],
    [
      'in base64 within JSON within base64',
      Buffer.from(Buffer.from(`{"x":"${Buffer.from(secret).toString('base64')}"}`).toString('base64url')),
    ],
  ])('finds one %s', (_, sent) => expect(holds(sent, secret)).toBe(true));

  test('finds none in other bytes', () => expect(holds(Buffer.alloc(1000, 'abc'), secret)).toBe(false));
});
