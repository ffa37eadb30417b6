/** Whose request it is, as far as a network tells: to count requests by, never to keep. */
import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;
/** Some proxies add the port, which a client chooses anew for every connection. */
const WITH_PORT = /^\[?(.*?)\]?:\d+$/;

function peerOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    // Without a socket.
    return '';
  }
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** Half of an IPv6 address is its holder's to choose; `::` is as many zeros as are missing (RFC 4291 §2.2). */
function network(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address;
  const [left = '', right = ''] = address.split('::');
  const [before, after] = [groupsOf(left), groupsOf(right)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}

/** Behind a proxy on this machine, the address that the proxy has added last to `X-Forwarded-For`. */
export function addressOf(c: Context): string {
  const peer = peerOf(c);
  const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  if (told === '' || !(peer === '' || LOOPBACK.test(peer))) return network(peer);
  return network(isIP(told) === 0 ? told.replace(WITH_PORT, '$1') : told);
}
