/** Officers sign in and out at the desk. Requests are hostile, and refusals of sign-in are all alike. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { hash, unixTime } from '../../codec/fields.ts';
import { addressOf } from '../address.ts';
import { limitJson, newRouter } from '../application.ts';
import { Problem } from '../problem.ts';
import { answers, jsonBody } from '../routes/answers.ts';
import {
  giveSession,
  OFFICERS_ONLY,
  type OfficerOf,
  officerIn,
  officerWith,
  requireOfficer,
  sessionToken,
  takeSession,
} from '../sign-in.ts';
import { WindowLimit } from '../window-limit.ts';
import { FailureLimit } from './failure-limit.ts';
import * as documents from './passkey-documents.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import type { Passkeys } from './passkeys.ts';
import { LONGEST_SECONDS, type Sessions } from './sessions.ts';

const MAX_JSON_BYTES = 32 * 2 ** 10;
/** How many challenges one address gets: each costs little, and none pushes out another. */
export const CHALLENGES = { most: 60, seconds: 60 };

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

const askPasskey = createRoute({
  method: 'post',
  path: '/session/challenge',
  summary: 'What a browser needs to sign in with a passkey; the same for everybody',
  responses: answers('Options of `navigator.credentials.get`', documents.browserOptions),
});

const startWithPasskey = createRoute({
  method: 'post',
  path: '/session/passkey',
  summary: 'Sign in at the desk with a passkey; the answer sets a cookie',
  request: { body: jsonBody(z.strictObject({ response: documents.authenticationResponse })) },
  responses: answers('Signed in; the session ends at the latest when it says', startedSession),
});

export interface OfficerRoutes {
  /** The hashes of the officers' keys. */
  readonly keyHashes: readonly string[];
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  readonly officerOf: OfficerOf;
  /** Unix seconds. */
  readonly clock: () => number;
}

/** A router to be mounted at `/officers`. */
export function officerRoutes({
  keyHashes,
  sessions,
  passkeys,
  officerOf,
  clock,
}: OfficerRoutes): OpenAPIHono {
  const router = newRouter();
  const failures = new FailureLimit(clock);
  const challenges = new WindowLimit<string>(CHALLENGES, clock);
  const json = limitJson(MAX_JSON_BYTES);
  const officersOnly = requireOfficer((c) => officerOf(c) !== null);
  const begin = (c: Context, officer: string, passkey: string | null): { officer: string; ends: number } => {
    giveSession(c, sessions.start(officer, passkey, sessionToken(c)));
    return { officer, ends: clock() + LONGEST_SECONDS };
  };
  router.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  router.openapi({ ...show, middleware: [officersOnly] as const }, (c) =>
    c.json({ officer: officerIn(c, officerOf) }, 200),
  );
  router.openapi({ ...start, middleware: [json] as const }, async (c) => {
    const { key } = c.req.valid('json');
    const officer = await failures.judge(c, () => officerWith(key.trim(), keyHashes));
    return c.json(begin(c, officer, null), 200);
  });
  router.openapi({ ...askPasskey, middleware: [json] as const }, async (c) => {
    const retryAfter = challenges.count(addressOf(c));
    if (retryAfter !== null) throw new Problem('too-many-challenges', { retryAfter });
    return c.json(documents.plain(await passkeys.signInOptions()), 200);
  });
  router.openapi({ ...startWithPasskey, middleware: [json] as const }, async (c) => {
    const { response } = c.req.valid('json');
    const { officer, id } = await failures.judge(c, async () => {
      const signed = await passkeys.signIn(response);
      return signed !== null && keyHashes.includes(signed.officer) ? signed : null;
    });
    return c.json(begin(c, officer, id), 200);
  });
  router.openapi({ ...end, middleware: [officersOnly] as const }, (c) => {
    const officer = officerIn(c, officerOf);
    const token = sessionToken(c);
    if (token !== undefined) sessions.end(token);
    takeSession(c);
    return c.json({ officer }, 200);
  });
  router.openapi({ ...endAll, middleware: [officersOnly] as const }, (c) => {
    const officer = officerIn(c, officerOf);
    sessions.endAllOf(officer);
    takeSession(c);
    return c.json({ officer }, 200);
  });
  router.route('/', passkeyRoutes({ sessions, passkeys, officerOf }));
  return router;
}
