/** By which address requests are counted: one for each sender, however the sender or a proxy writes it. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { addressOf } from '../../src/api/address.ts';

const app = new Hono().get('/', (c) => c.text(addressOf(c)));
const counted = async (forwarded: string): Promise<string> =>
  await (await app.request('/', { headers: { 'x-forwarded-for': forwarded } })).text();

test.each([
  ['what the client claims before the proxy’s word', '192.0.2.1', '203.0.113.7, 192.0.2.1'],
  ['another port', '192.0.2.1', '192.0.2.1:50123'],
  ['another port of IPv6', '2001:db8:1:2:0:0:0:1', '[2001:db8:1:2::1]:50123'],
  ['another address of its network', '2001:db8:1:2:0:0:0:1', '2001:db8:1:2:ffff:1:2:3'],
  ['one written short', '2001:db8:0:0:1:2:3:4', '2001:db8::5'],
  ['one written short at other places', '2001:db8::1:2:3:4', '2001:db8::a:b:c:d'],
  ['one that is short in its network', '2001:db8:1:0:1:2:3:4', '2001:db8:1::1'],
])('%s is the same sender', async (_, one, other) => {
  expect(await counted(one)).toBe(await counted(other));
});

test.each([
  ['192.0.2.1', '192.0.2.2'],
  ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
])('%s is not %s', async (one, other) => {
  expect(await counted(one)).not.toBe(await counted(other));
});
