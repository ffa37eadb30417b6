/**
 * fetch for a process that computes for seconds between requests. The server closes connections that are idle for
 * so long; two turns of the event loop let that be noticed before one of them is used again.
 */
import { setImmediate } from 'node:timers/promises';

export const freshFetch: typeof fetch = async (input, init) => {
  await setImmediate();
  await setImmediate();
  return await fetch(input, init);
};
