/**
 * Signing in as an officer: programs send the bearer key of the service (RFC 6750 §2.1), the desk's pages the cookie of
 * a session. It says who may ask; what an entry may do is decided by the role keys that sign it.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { fromBase64Url } from '../crypto/bytes.ts';
import type { Sessions } from './officers/sessions.ts';
import { Problem } from './problem.ts';
import { isReading, namesOrigin } from './same-origin.ts';
import { hashOfficerKey } from './service-keys.ts';

/** The names of the security schemes in the OpenAPI document. */
export const OFFICER_KEY = 'officerKey';
export const OFFICER_SESSION = 'officerSession';
/** For the routes that need an officer. */
export const OFFICERS_ONLY = [{ [OFFICER_KEY]: [] }, { [OFFICER_SESSION]: [] }];

const KEY = /^[A-Za-z0-9_-]{43}$/;
const BEARER = /^Bearer +(.*)$/i;
/** With the prefix a browser takes it over https alone, for this host alone (RFC 6265bis §4.1.3.2). */
const COOKIE = 'desk';
export const COOKIE_NAME = `__Host-${COOKIE}`;

export type IsOfficer = (c: Context) => boolean;
/** The officer who sent a request, as the SHA-256 hash of that officer's key; null for anybody else. */
export type OfficerOf = (c: Context) => string | null;

/** The hash of an officer's key if it is one of these. */
export function officerWith(key: string, keyHashes: readonly string[]): string | null {
  if (!KEY.test(key)) return null;
  const presented = fromBase64Url(hashOfficerKey(key));
  return keyHashes.find((hash) => timingSafeEqual(fromBase64Url(hash), presented)) ?? null;
}

export const sessionToken = (c: Context): string | undefined => getCookie(c, COOKIE, 'host');

export function giveSession(c: Context, token: string): void {
  setCookie(c, COOKIE, token, {
    prefix: 'host',
    secure: true,
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
  });
}

export function takeSession(c: Context): void {
  deleteCookie(c, COOKIE, { prefix: 'host', secure: true, path: '/' });
}

/** @param keyHashes those of the officers' keys: a session ends with the key of its officer. */
export function signedIn(keyHashes: readonly string[], sessions: Sessions): OfficerOf {
  return (c) => {
    const authorization = c.req.header('authorization');
    if (authorization !== undefined) {
      return officerWith(BEARER.exec(authorization)?.[1] ?? '', keyHashes);
    }
    const token = sessionToken(c);
    const officer = token === undefined ? null : (sessions.use(token)?.officer ?? null);
    if (officer === null || !keyHashes.includes(officer)) return null;
    // A browser names the page that changes something; what names none is no page, and has a key to show.
    if (!isReading(c) && !namesOrigin(c)) throw new Problem('wrong-origin');
    return officer;
  };
}

/** The officer who sent a request that needs one. @throws Problem `not-signed-in`. */
export function officerIn(c: Context, officerOf: OfficerOf): string {
  const officer = officerOf(c);
  if (officer === null) throw new Problem('not-signed-in');
  return officer;
}

/** Lets officers pass. What they are answered is nobody else's, and no cache's: a cookie does not keep one from storing it. */
export function requireOfficer(isOfficer: IsOfficer): MiddlewareHandler {
  return async (c, next) => {
    if (!isOfficer(c)) throw new Problem('not-signed-in');
    await next();
    c.header('cache-control', 'no-store');
  };
}
