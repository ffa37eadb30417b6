/**
 * Signing in as an officer with the bearer key of the service (RFC 6750 §2.1). It says who may ask; what an
 * entry may do is decided by the role keys that sign it.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { fromBase64Url } from '../crypto/bytes.ts';
import { Problem } from './problem.ts';
import { hashOfficerKey } from './service-keys.ts';

/** The name of the security scheme in the OpenAPI document. */
export const OFFICER_KEY = 'officerKey';
/** For the routes that need an officer. */
export const OFFICERS_ONLY = [{ [OFFICER_KEY]: [] }];

const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/i;

export type IsOfficer = (c: Context) => boolean;
/** The officer who sent a request, as the SHA-256 hash of the key that it carries; null for anybody else. */
export type OfficerOf = (c: Context) => string | null;

/** @param keyHashes those of the officers' keys. */
export function signedIn(keyHashes: readonly string[]): OfficerOf {
  return (c) => {
    const key = BEARER.exec(c.req.header('authorization') ?? '')?.[1];
    if (key === undefined) return null;
    const presented = fromBase64Url(hashOfficerKey(key));
    return keyHashes.find((hash) => timingSafeEqual(fromBase64Url(hash), presented)) ?? null;
  };
}

/** Lets officers pass. */
export function requireOfficer(isOfficer: IsOfficer): MiddlewareHandler {
  return async (c, next) => {
    if (!isOfficer(c)) throw new Problem('not-signed-in');
    await next();
  };
}
