/**
 * Pages of other services change nothing here: what a browser sends says where its page is from (Fetch §3.2, Fetch
 * Metadata §2). Programs say nothing of the kind, and are judged by what they sign.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './problem.ts';

const READING: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

function originOf(text: string): string | null {
  try {
    return new URL(text).origin;
  } catch {
    return null;
  }
}

/** The request changes nothing. */
export const isReading = (c: Context): boolean => READING.includes(c.req.method);

/** A browser said where the page is from, as every browser does for what changes something (Fetch §3.2). */
export const namesOrigin = (c: Context): boolean => c.req.header('origin') !== undefined;

/** @param url the address that clients see. @returns what throws Problem `wrong-origin`. */
export function sameOrigin(url: () => string): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const isOurs = origin === undefined || origin === originOf(url()) || origin === originOf(c.req.url);
    if (!isReading(c) && (!isOurs || site === 'cross-site' || site === 'same-site')) {
      throw new Problem('wrong-origin');
    }
    await next();
  };
}
