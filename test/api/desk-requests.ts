/** Requests of the desk's page: with a cookie, from the service's own origin. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, TestService } from './api-elections.ts';

export const ORIGIN = 'http://service.test';

/** What a browser keeps of an answer, as it sends it again. */
export const cookieOf = ({ headers }: Answer): string =>
  (headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** The sign-in key of the second of the two officers whom a service has from its first start. */
export const secondOfficerKey = ({ dataDir }: TestService): string =>
  readFileSync(join(dataDir, 'second-officer-key'), 'utf8').trim();

/** With the officer's key. */
export const signInWithKey = (
  { send }: TestService,
  key: string,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  send('POST', '/officers/session', JSON.stringify({ key }), { origin: ORIGIN, ...headers });
