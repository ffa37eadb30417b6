/** Disputes: filed by anybody, read by everybody. Officers enter and answer them as acts (election-routes.ts). */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { hash } from '../../codec/fields.ts';
import { MAX_DISPUTE_BYTES } from '../../record/filed-disputes.ts';
import { addressOf } from '../address.ts';
import { limitJson, newRouter } from '../application.ts';
import type { BallotBox } from '../ballot-box.ts';
import { dispute, disputeList, filedDispute } from '../documents.ts';
import { answers, bytesOf, createdOrKnown, electionParam, jsonBody } from './answers.ts';

const file = createRoute({
  method: 'post',
  path: '/elections/{election}/disputes',
  summary: 'Report a problem (file a dispute): it is public at once',
  description: 'Until the time to report problems is over. `finding` says what the receipt in it is worth.',
  request: { params: electionParam, body: jsonBody(dispute) },
  responses: createdOrKnown('The dispute is filed', filedDispute),
});

const list = createRoute({
  method: 'get',
  path: '/elections/{election}/disputes',
  summary: 'All reports of problems, and what came of them',
  description: '`act` of one that is filed is what an officer signs to enter it in the record.',
  request: { params: electionParam },
  responses: answers('The disputes, oldest first', disputeList),
});

const show = createRoute({
  method: 'get',
  path: '/elections/{election}/disputes/{dispute}',
  summary: 'A dispute as it was filed, with its proof: the bytes that its name is the SHA-256 of',
  request: { params: electionParam.extend({ dispute: hash }) },
  responses: bytesOf('The dispute', 'application/json'),
});

export function disputeRoutes(box: BallotBox): OpenAPIHono {
  const router = newRouter();
  router.openapi({ ...file, middleware: [limitJson(MAX_DISPUTE_BYTES)] as const }, (c) => {
    const { disputes } = box.election(c.req.valid('param').election);
    const { filed, again } = disputes.file(c.req.valid('json'), addressOf(c));
    return c.json(filed, again ? 200 : 201);
  });
  router.openapi(list, (c) => c.json(box.election(c.req.valid('param').election).disputes.list(), 200));
  router.openapi(show, (c) => {
    const { election, dispute: name } = c.req.valid('param');
    const bytes = new Uint8Array(box.election(election).disputes.bytes(name));
    return c.body(bytes, 200, { 'content-type': 'application/json' });
  });
  return router;
}
