/** Elections from manifest to result: what officers and trustees send, and what everybody may ask. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { fromBase64Url } from '../../crypto/bytes.ts';
import { UNSUPPORTED_TYPES } from '../../record/entries.ts';
import { limitJson, newRouter } from '../application.ts';
import type { BallotBox } from '../ballot-box.ts';
import {
  electionList,
  MAX_BODY_BYTES,
  MAX_OPEN_UPLOAD_BYTES,
  MAX_UPLOAD_BYTES,
  publication,
  receipt,
  submission,
  summary,
  tallyState,
  turnout,
} from '../documents.ts';
import { Problem } from '../problem.ts';
import { type IsOfficer, OFFICERS_ONLY, requireOfficer } from '../sign-in.ts';
import { answers, createdOrKnown, electionParam, jsonBody } from './answers.ts';

const publish = createRoute({
  method: 'post',
  path: '/elections',
  summary: 'Publish a manifest: an officer signs it, the service starts its log',
  security: OFFICERS_ONLY,
  request: { body: jsonBody(publication) },
  responses: createdOrKnown('The election exists', receipt),
});

const list = createRoute({
  method: 'get',
  path: '/elections',
  summary: 'All elections of this service',
  responses: answers('The elections, oldest first', electionList),
});

const show = createRoute({
  method: 'get',
  path: '/elections/{election}',
  summary: 'How far an election is',
  request: { params: electionParam },
  responses: answers('Phase, size and colleges', summary),
});

const showTurnout = createRoute({
  method: 'get',
  path: '/elections/{election}/turnout',
  summary: 'How many of each body have voted, as the public record tells',
  request: { params: electionParam },
  responses: answers('Every body that lines of the roll name', turnout),
});

const submit = createRoute({
  method: 'post',
  path: '/elections/{election}/entries',
  summary: 'Append an entry that a role has signed, with the blobs that it names',
  description:
    'The signature is the authority; no key of the service is needed, but for bodies over 8 MiB, such as large rolls.',
  request: { params: electionParam, body: jsonBody(submission) },
  responses: createdOrKnown('The entry is in the record', receipt),
});

const close = createRoute({
  method: 'post',
  path: '/elections/{election}/close',
  summary: 'Close the voting: a rehearsal when the officer says so, a real election once its time has come',
  security: OFFICERS_ONLY,
  request: { params: electionParam },
  responses: createdOrKnown('The closing is in the record', receipt),
});

const startTally = createRoute({
  method: 'post',
  path: '/elections/{election}/tally',
  summary: 'Start the tally of a closed election; asking again changes nothing',
  security: OFFICERS_ONLY,
  request: { params: electionParam },
  responses: answers('How far the tally is', tallyState),
});

const showTally = createRoute({
  method: 'get',
  path: '/elections/{election}/tally',
  summary: 'How far the tally is',
  request: { params: electionParam },
  responses: answers('State and progress', tallyState),
});

const unsupported: readonly string[] = UNSUPPORTED_TYPES;

/** Types that the record reserves get an answer of their own, before the schema refuses them. */
const refuseUnsupported: MiddlewareHandler = async (c, next) => {
  const body: unknown = await c.req.json().catch(() => undefined);
  const type = z.object({ entry: z.object({ type: z.string() }) }).safeParse(body).data?.entry.type;
  if (type !== undefined && unsupported.includes(type)) {
    throw new Problem('unsupported-type', { field: 'entry.type', detail: `${type} is not supported yet` });
  }
  await next();
};

/** Rolls are large and come from those who can sign in; what trustees send is not, and they need no key. */
function limitUpload(isOfficer: IsOfficer): MiddlewareHandler {
  const [large, small] = [limitJson(MAX_UPLOAD_BYTES), limitJson(MAX_OPEN_UPLOAD_BYTES)];
  return (c, next) => (isOfficer(c) ? large(c, next) : small(c, next));
}

export function electionRoutes(box: BallotBox, isOfficer: IsOfficer): OpenAPIHono {
  const officersOnly = requireOfficer(isOfficer);
  const upload = limitUpload(isOfficer);
  const nothing = limitJson(MAX_BODY_BYTES);
  const router = newRouter();
  router.openapi({ ...publish, middleware: [officersOnly, upload] as const }, (c) => {
    const { entry, blobs } = c.req.valid('json');
    const { receipt, again } = box.publish(
      entry,
      blobs.map((blob) => fromBase64Url(blob)),
    );
    return c.json(receipt, again ? 200 : 201);
  });
  router.openapi(list, (c) => c.json(box.list(), 200));
  router.openapi(show, (c) => c.json(box.election(c.req.valid('param').election).summary(), 200));
  router.openapi(showTurnout, (c) => c.json(box.election(c.req.valid('param').election).turnout(), 200));
  router.openapi({ ...submit, middleware: [upload, refuseUnsupported] as const }, (c) => {
    const { entry, blobs } = c.req.valid('json');
    const { receipt, again } = box.election(c.req.valid('param').election).submit(
      entry,
      blobs.map((blob) => fromBase64Url(blob)),
    );
    return c.json(receipt, again ? 200 : 201);
  });
  router.openapi({ ...close, middleware: [officersOnly, nothing] as const }, async (c) => {
    const { receipt, again } = await box.election(c.req.valid('param').election).close();
    return c.json(receipt, again ? 200 : 201);
  });
  router.openapi({ ...startTally, middleware: [officersOnly, nothing] as const }, (c) =>
    c.json(box.election(c.req.valid('param').election).startTally(), 200),
  );
  router.openapi(showTally, (c) => c.json(box.election(c.req.valid('param').election).tallyState(), 200));
  return router;
}
