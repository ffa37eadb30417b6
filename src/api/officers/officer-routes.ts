/** Officers sign in and out at the desk. Requests are hostile, and refusals of sign-in are all alike. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { hash, unixTime } from '../../codec/fields.ts';
import { limitBody, newRouter } from '../application.ts';
import { Problem } from '../problem.ts';
import { answers, jsonBody } from '../routes/answers.ts';
import {
  giveSession,
  OFFICERS_ONLY,
  type OfficerOf,
  officerWith,
  requireOfficer,
  sessionToken,
  takeSession,
} from '../sign-in.ts';
import { FailureLimit } from './failure-limit.ts';
import { LONGEST_SECONDS, type Sessions } from './sessions.ts';

const MAX_JSON_BYTES = 16 * 2 ** 10;

/** Who is signed in: an officer is named by the SHA-256 of the officer's key. */
const signedInOfficer = z.strictObject({ officer: hash }).openapi('Officer');
const startedSession = z.strictObject({ officer: hash, ends: unixTime }).openapi('OfficerSession');

const show = createRoute({
  method: 'get',
  path: '/session',
  summary: 'Which officer is signed in',
  security: OFFICERS_ONLY,
  responses: answers('The officer', signedInOfficer),
});

const start = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Sign in at the desk with the officer’s key; the answer sets a cookie',
  request: { body: jsonBody(z.strictObject({ key: z.string().max(100) })) },
  responses: answers('Signed in; the session ends at the latest when it says', startedSession),
});

const end = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  security: OFFICERS_ONLY,
  responses: answers('Signed out', signedInOfficer),
});

const endAll = createRoute({
  method: 'delete',
  path: '/sessions',
  summary: 'Sign out everywhere',
  security: OFFICERS_ONLY,
  responses: answers('No session of this officer is left', signedInOfficer),
});

export interface OfficerRoutes {
  /** The hashes of the officers' keys. */
  readonly keyHashes: readonly string[];
  readonly sessions: Sessions;
  readonly officerOf: OfficerOf;
  /** Unix seconds. */
  readonly clock: () => number;
}

export function officerRoutes({ keyHashes, sessions, officerOf, clock }: OfficerRoutes): OpenAPIHono {
  const router = newRouter();
  const failures = new FailureLimit(clock);
  const json = limitBody(MAX_JSON_BYTES);
  const officersOnly = requireOfficer((c) => officerOf(c) !== null);
  const officer = (c: Context): string => {
    const found = officerOf(c);
    if (found === null) throw new Problem('not-signed-in');
    return found;
  };
  const begin = (c: Context, of: string): { officer: string; ends: number } => {
    giveSession(c, sessions.start(of));
    return { officer: of, ends: clock() + LONGEST_SECONDS };
  };
  router.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  router.openapi({ ...show, middleware: [officersOnly] as const }, (c) =>
    c.json({ officer: officer(c) }, 200),
  );
  router.openapi({ ...start, middleware: [json] as const }, (c) => {
    const found = failures.judge(c, () => officerWith(c.req.valid('json').key.trim(), keyHashes));
    return c.json(begin(c, found), 200);
  });
  router.openapi({ ...end, middleware: [officersOnly] as const }, (c) => {
    const of = officer(c);
    const token = sessionToken(c);
    if (token !== undefined) sessions.end(token);
    takeSession(c);
    return c.json({ officer: of }, 200);
  });
  router.openapi({ ...endAll, middleware: [officersOnly] as const }, (c) => {
    const of = officer(c);
    sessions.endAllOf(of);
    takeSession(c);
    return c.json({ officer: of }, 200);
  });
  return router;
}
