/** Entries that wait for a second officer, over HTTP: for officers who are signed in. Requests are hostile. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { hash } from '../../codec/fields.ts';
import { limitJson, newRouter } from '../application.ts';
import * as documents from '../documents.ts';
import { MAX_BODY_BYTES, MAX_OPEN_UPLOAD_BYTES } from '../documents.ts';
import { answers, createdOrKnown, electionParam, jsonBody } from '../routes/answers.ts';
import { type IsOfficer, OFFICERS_ONLY, requireOfficer } from '../sign-in.ts';
import type { Proposals } from './proposals.ts';

const proposalParam = electionParam.extend({ proposal: hash });

const list = createRoute({
  method: 'get',
  path: '/elections/{election}/proposals',
  summary: 'The entries that wait for a second officer',
  security: OFFICERS_ONLY,
  request: { params: electionParam },
  responses: answers('Those that can still be entered, oldest first', documents.proposedEntries),
});

const propose = createRoute({
  method: 'post',
  path: '/elections/{election}/proposals',
  summary:
    'Propose an entry that the manifest has two officers sign, with the signatures but the second officer’s',
  description:
    'It is checked as far as it goes, and forgotten after a week, or when it cannot come any more.',
  security: OFFICERS_ONLY,
  request: { params: electionParam, body: jsonBody(documents.submission) },
  responses: answers('It waits', documents.proposedEntry),
});

const enter = createRoute({
  method: 'post',
  path: '/elections/{election}/proposals/{proposal}/signature',
  summary: 'Sign a proposed entry as the second officer, and enter it in the record',
  description: 'The signature is of the same bytes as the first: the entry without `sigs`.',
  security: OFFICERS_ONLY,
  request: { params: proposalParam, body: jsonBody(documents.secondSignature) },
  responses: createdOrKnown('The entry is in the record', documents.receipt),
});

const withdraw = createRoute({
  method: 'delete',
  path: '/elections/{election}/proposals/{proposal}',
  summary: 'Forget a proposed entry',
  security: OFFICERS_ONLY,
  request: { params: proposalParam },
  responses: answers('Those that are left', documents.proposedEntries),
});

/** A router to be mounted at `/`. */
export function proposalRoutes(proposals: Proposals, isOfficer: IsOfficer): OpenAPIHono {
  const router = newRouter();
  const officersOnly = requireOfficer(isOfficer);
  const [upload, small] = [limitJson(MAX_OPEN_UPLOAD_BYTES), limitJson(MAX_BODY_BYTES)];
  router.openapi({ ...list, middleware: [officersOnly] as const }, (c) =>
    c.json({ proposals: proposals.of(c.req.valid('param').election) }, 200),
  );
  router.openapi({ ...propose, middleware: [officersOnly, upload] as const }, (c) =>
    c.json(proposals.propose(c.req.valid('param').election, c.req.valid('json')), 200),
  );
  router.openapi({ ...enter, middleware: [officersOnly, small] as const }, (c) => {
    const { election, proposal } = c.req.valid('param');
    const { receipt, again } = proposals.enter(election, proposal, c.req.valid('json'));
    return c.json(receipt, again ? 200 : 201);
  });
  router.openapi({ ...withdraw, middleware: [officersOnly, small] as const }, (c) => {
    const { election, proposal } = c.req.valid('param');
    proposals.withdraw(election, proposal);
    return c.json({ proposals: proposals.of(election) }, 200);
  });
  return router;
}
