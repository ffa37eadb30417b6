/** Casting and checking ballots, and the questions of a voter. Everybody may ask; nobody signs in. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { element, hash } from '../../codec/fields.ts';
import { type Bytes, fromUtf8 } from '../../crypto/bytes.ts';
import type { EntryOf } from '../../record/entries.ts';
import { limitBody, newRouter } from '../application.ts';
import type { BallotBox } from '../ballot-box.ts';
import {
  ballotEntry,
  checkEntry,
  counting,
  head,
  MAX_BODY_BYTES,
  milestones,
  provedLine,
  receipt,
} from '../documents.ts';
import { Problem } from '../problem.ts';
import { publishedBytes } from '../refusals.ts';
import { answers, createdOrKnown, electionParam, jsonBody } from './answers.ts';

const cast = createRoute({
  method: 'post',
  path: '/elections/{election}/ballots',
  summary: 'Cast a ballot',
  description:
    'The body is the entry, byte for byte (RFC 8785). A receipt means that the ballot is on disk; the same bytes get the same receipt. `stale-link` carries the head that the ballot would have to follow on.',
  request: { params: electionParam, body: jsonBody(ballotEntry) },
  responses: createdOrKnown('The ballot is in the record', receipt),
});

const check = createRoute({
  method: 'post',
  path: '/elections/{election}/checks',
  summary: 'Record that a ballot was opened for a check, so that it cannot be cast',
  request: { params: electionParam, body: jsonBody(checkEntry) },
  responses: createdOrKnown('The check is in the record', receipt),
});

const showHead = createRoute({
  method: 'get',
  path: '/elections/{election}/heads/{P}',
  summary: 'The latest link of a credential’s chain',
  request: { params: electionParam.extend({ P: element }) },
  responses: answers('Voter number and head', head),
});

const showReceipt = createRoute({
  method: 'get',
  path: '/elections/{election}/receipts/{leaf}',
  summary: 'The receipt of an entry',
  request: { params: electionParam.extend({ leaf: hash }) },
  responses: answers('The receipt', receipt),
});

const voterParam = electionParam.extend({
  voter: z.string().regex(/^[1-9][0-9]{0,9}$/, 'must be a voter number'),
});

const showCounting = createRoute({
  method: 'get',
  path: '/elections/{election}/voters/{voter}/counting',
  summary: 'Proof that a voter’s ballot is counted, or that nobody voted in the voter’s place',
  request: { params: voterParam },
  responses: answers('One count proof for each contest of the voter’s college', counting),
});

const showLine = createRoute({
  method: 'get',
  path: '/elections/{election}/voters/{voter}/line',
  summary: 'The line of a voter on the roll, with the proof that it is there',
  request: { params: voterParam },
  responses: answers('The line, and the inclusion proof to the root in the `roll` entry', provedLine),
});

const showMilestones = createRoute({
  method: 'get',
  path: '/elections/{election}/milestones',
  summary: 'The entries that a voter’s device needs, with their receipts',
  description:
    'Manifest, roll, confirms of the key, acts, opening, closing, decrypted tally and result, as far as there are any, in the order of the log.',
  request: { params: electionParam },
  responses: answers('The entries', milestones),
});

/** The bytes of the body, which must be the canonical form of the entry in it. */
async function canonicalBody(c: Context, entry: EntryOf<'ballot'> | EntryOf<'check'>): Promise<Bytes> {
  const bytes = publishedBytes(entry);
  // As text it is there already, and compared at once.
  if (fromUtf8(bytes) !== (await c.req.text())) throw new Problem('not-canonical');
  return bytes;
}

export function voteRoutes(box: BallotBox): OpenAPIHono {
  const limit = limitBody(MAX_BODY_BYTES);
  const router = newRouter();
  router.openapi({ ...cast, middleware: [limit] as const }, async (c) => {
    const election = box.election(c.req.valid('param').election);
    const entry = c.req.valid('json');
    const { receipt, again } = await election.cast(entry, await canonicalBody(c, entry));
    return c.json(receipt, again ? 200 : 201);
  });
  router.openapi({ ...check, middleware: [limit] as const }, async (c) => {
    const election = box.election(c.req.valid('param').election);
    const entry = c.req.valid('json');
    const { receipt, again } = await election.check(entry, await canonicalBody(c, entry));
    return c.json(receipt, again ? 200 : 201);
  });
  router.openapi(showHead, (c) => {
    const { election, P } = c.req.valid('param');
    return c.json(box.election(election).head(P), 200);
  });
  router.openapi(showReceipt, (c) => {
    const { election, leaf } = c.req.valid('param');
    return c.json(box.election(election).receipt(leaf), 200);
  });
  router.openapi(showCounting, async (c) => {
    const { election, voter } = c.req.valid('param');
    return c.json(await box.election(election).counting(Number(voter)), 200);
  });
  router.openapi(showLine, (c) => {
    const { election, voter } = c.req.valid('param');
    return c.json(box.election(election).rollLine(Number(voter)), 200);
  });
  router.openapi(showMilestones, (c) =>
    c.json(box.election(c.req.valid('param').election).milestones(), 200),
  );
  return router;
}
