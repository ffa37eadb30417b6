/**
 * fetch for a process that computes for seconds between requests. The server closes connections that are idle for
 * so long; two turns of the event loop let that be noticed before one of them is used again.
 */
import { setImmediate } from 'node:timers/promises';
import { messageOf } from './exit.ts';

export const freshFetch: typeof fetch = async (input, init) => {
  await setImmediate();
  await setImmediate();
  return await fetch(input, init);
};

/** What fetch hides behind "fetch failed". */
export function networkMessage(error: unknown): string {
  return messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
}
