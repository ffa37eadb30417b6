/** An officer's own passkeys: listed, made and removed by whoever is signed in. Requests are hostile. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { limitJson, newRouter } from '../application.ts';
import { Problem } from '../problem.ts';
import { answers, jsonBody } from '../routes/answers.ts';
import { OFFICERS_ONLY, type OfficerOf, officerIn, requireOfficer, sessionToken } from '../sign-in.ts';
import * as documents from './passkey-documents.ts';
import type { Passkeys } from './passkeys.ts';
import type { Sessions } from './sessions.ts';
import type { Passkey } from './store/officer-store.ts';

const MAX_JSON_BYTES = 32 * 2 ** 10;

const listPasskeys = createRoute({
  method: 'get',
  path: '/passkeys',
  summary: 'The officer’s passkeys',
  security: OFFICERS_ONLY,
  responses: answers('The passkeys, oldest first', documents.passkeyList),
});

const askRegistration = createRoute({
  method: 'post',
  path: '/passkeys/challenge',
  summary: 'What a browser needs to make a passkey for an officer who has just signed in',
  security: OFFICERS_ONLY,
  responses: answers('Options of `navigator.credentials.create`', documents.browserOptions),
});

const addPasskey = createRoute({
  method: 'post',
  path: '/passkeys',
  summary: 'Keep a passkey that a browser has made',
  security: OFFICERS_ONLY,
  request: {
    body: jsonBody(z.strictObject({ label: documents.label, response: documents.registrationResponse })),
  },
  responses: answers('From now on it signs in', documents.passkey),
});

const removePasskey = createRoute({
  method: 'delete',
  path: '/passkeys/{passkey}',
  summary: 'Remove a passkey, and end the sessions that it started',
  security: OFFICERS_ONLY,
  request: { params: z.object({ passkey: documents.credentialId }) },
  responses: answers('Those that are left', documents.passkeyList),
});

const shown = ({ id, label, added, used }: Passkey): z.infer<typeof documents.passkey> => ({
  id,
  label,
  added,
  used,
});

export interface PasskeyRoutes {
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  readonly officerOf: OfficerOf;
}

export function passkeyRoutes({ sessions, passkeys, officerOf }: PasskeyRoutes): OpenAPIHono {
  const router = newRouter();
  const json = limitJson(MAX_JSON_BYTES);
  const officersOnly = requireOfficer((c) => officerOf(c) !== null);
  /** Or who sends the officer's key itself. */
  const justSignedIn: MiddlewareHandler = async (c, next) => {
    const token = c.req.header('authorization') === undefined ? sessionToken(c) : undefined;
    const session = token === undefined ? null : sessions.use(token);
    if (session !== null && !sessions.isFresh(session)) throw new Problem('sign-in-again');
    await next();
  };
  const all = (officer: string): z.infer<typeof documents.passkeyList> => ({
    passkeys: passkeys.of(officer).map(shown),
  });
  router.openapi({ ...listPasskeys, middleware: [officersOnly] as const }, (c) =>
    c.json(all(officerIn(c, officerOf)), 200),
  );
  router.openapi({ ...askRegistration, middleware: [officersOnly, justSignedIn, json] as const }, async (c) =>
    c.json(documents.plain(await passkeys.registrationOptions(officerIn(c, officerOf))), 200),
  );
  router.openapi({ ...addPasskey, middleware: [officersOnly, justSignedIn, json] as const }, async (c) => {
    const { label, response } = c.req.valid('json');
    return c.json(shown(await passkeys.register(officerIn(c, officerOf), label, response)), 200);
  });
  router.openapi({ ...removePasskey, middleware: [officersOnly, json] as const }, (c) => {
    const officer = officerIn(c, officerOf);
    passkeys.remove(officer, c.req.valid('param').passkey);
    return c.json(all(officer), 200);
  });
  return router;
}
