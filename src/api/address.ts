/** Whose request it is, as far as a network tells: to count requests by, never to keep. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

function peerOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    // Without a socket.
    return '';
  }
}

/** Half of an IPv6 address is its holder's to choose. */
function network(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}

/** Behind a proxy on this machine, the address that the proxy has added last to `X-Forwarded-For`. */
export function addressOf(c: Context): string {
  const peer = peerOf(c);
  const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return network(told !== '' && (peer === '' || LOOPBACK.test(peer)) ? told : peer);
}
