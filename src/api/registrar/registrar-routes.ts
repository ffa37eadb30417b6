/**
 * The registrar over HTTP. Requests are hostile; all but the public key is for whoever passes `officersOnly`.
 * Nothing here is shared with the ballot box but the form of problems.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { count, element, hash, id, positive, publicKey, unixTime } from '../../codec/fields.ts';
import { toBase64Url } from '../../crypto/bytes.ts';
import { proposedRoll, rollNumbers } from '../../officer/proposed-roll.ts';
import { manifestEntry, replacementEntry, rollEntry } from '../../record/entries.ts';
import { VOTER_SOURCES } from '../../roll/membership.ts';
import { rollBody } from '../../roll/roll-document.ts';
import { limitBody, limitJson, newRouter } from '../application.ts';
import { Problem } from '../problem.ts';
import { answers, bytesOf, electionParam, jsonBody } from '../routes/answers.ts';
import { OFFICERS_ONLY, type OfficerOf, officerIn, requireOfficer } from '../sign-in.ts';
import type { Registrar } from './registrar.ts';
import { MAX_FILE_BYTES } from './roll-csv.ts';

const MAX_JSON_BYTES = 512 * 2 ** 10;

const rollSummary = z.strictObject({ roll: positive, ...rollNumbers }).openapi('ImportedRoll');

const proposalSummary = z.strictObject(proposedRoll.shape).openapi('ProposedRoll');

const issueSummary = z
  .strictObject({
    election: hash,
    roll: positive,
    colleges: z.array(z.strictObject({ id, size: count })),
    issued: count,
    exported: count.nullable(),
    deleted: count.nullable(),
  })
  .openapi('IssuedTokens');

const issueRequest = z.strictObject({
  manifest: manifestEntry,
  roll: positive,
  /** What each college of the manifest is filled from: the members, or the delegates, of all bodies or of one. */
  colleges: z
    .array(z.strictObject({ college: id, of: z.enum(VOTER_SOURCES), body: id.nullable() }))
    .min(1)
    .max(1000),
});

/** What the ballot box takes at `/elections/{election}/entries`. */
const handedOver = z.strictObject({ entry: rollEntry, blobs: z.array(z.string()) }).openapi('HandedOverRoll');

const changeList = z.strictObject({
  changes: z.array(
    z.strictObject({ seq: positive, at: count, what: z.string(), subject: z.string(), detail: z.string() }),
  ),
});

const showKey = createRoute({
  method: 'get',
  path: '/key',
  summary: 'The key that a manifest names as registrar',
  responses: answers('Ed25519, base64url', z.strictObject({ key: publicKey })),
});

const membershipFile = {
  query: z.strictObject({
    /** Unix seconds of the day whose members these are; now, if nothing is said. */
    frozen: z.coerce.number().pipe(unixTime).optional(),
  }),
  body: { required: true, content: { 'text/csv': { schema: z.string() } } },
};

const importRoll = createRoute({
  method: 'post',
  path: '/rolls',
  summary:
    'Import the first membership file: all of it, or nothing and every problem with its line and column',
  security: OFFICERS_ONLY,
  request: membershipFile,
  responses: answers('The roll is stored', rollSummary),
});

const propose = createRoute({
  method: 'post',
  path: '/proposal',
  summary: 'Propose a later membership file: what it changes, in place of a file proposed before',
  security: OFFICERS_ONLY,
  request: membershipFile,
  responses: answers('It waits for approval', proposalSummary),
});

const showProposal = createRoute({
  method: 'get',
  path: '/proposal',
  summary: 'The membership file that waits for approval, and what it changes',
  security: OFFICERS_ONLY,
  responses: answers('The proposal', proposalSummary),
});

const approve = createRoute({
  method: 'post',
  path: '/proposal/{proposal}/approval',
  summary: 'Make the proposed file the roll; once tokens exist, by another officer than its importer',
  security: OFFICERS_ONLY,
  request: { params: z.object({ proposal: hash }) },
  responses: answers('The roll is stored', rollSummary),
});

const withdraw = createRoute({
  method: 'delete',
  path: '/proposal/{proposal}',
  summary: 'Forget the proposed file',
  security: OFFICERS_ONLY,
  request: { params: z.object({ proposal: hash }) },
  responses: answers('It is deleted', z.strictObject({ proposal: hash })),
});

const checkFile = createRoute({
  method: 'post',
  path: '/check',
  summary: 'What a membership file has in it, or every problem with its line and column; nothing is stored',
  security: OFFICERS_ONLY,
  request: membershipFile,
  responses: answers('Its numbers', z.strictObject(rollNumbers).openapi('CheckedRoll')),
});

const showLatest = createRoute({
  method: 'get',
  path: '/rolls',
  summary: 'The roll as it stands; null before the first import',
  security: OFFICERS_ONLY,
  responses: answers('Its numbers', z.strictObject({ latest: rollSummary.nullable() })),
});

const showBodies = createRoute({
  method: 'get',
  path: '/rolls/{roll}/bodies',
  summary: 'The bodies of an imported roll, and how many members and delegates each has',
  security: OFFICERS_ONLY,
  request: { params: z.object({ roll: z.coerce.number().pipe(positive) }) },
  responses: answers(
    'The bodies',
    z.strictObject({
      bodies: z.array(z.strictObject({ ...rollBody.shape, members: count, delegates: count })),
    }),
  ),
});

const showRoll = createRoute({
  method: 'get',
  path: '/rolls/{roll}',
  summary: 'How many people and bodies an imported roll has',
  security: OFFICERS_ONLY,
  request: { params: z.object({ roll: z.coerce.number().pipe(positive) }) },
  responses: answers('Its numbers', rollSummary),
});

const issue = createRoute({
  method: 'post',
  path: '/elections',
  summary: 'Issue one token to each person in each college; the same request again issues nothing',
  security: OFFICERS_ONLY,
  request: { body: jsonBody(issueRequest) },
  responses: answers('The tokens are issued', issueSummary),
});

const showIssued = createRoute({
  method: 'get',
  path: '/elections/{election}',
  summary: 'What was issued for an election',
  security: OFFICERS_ONLY,
  request: { params: electionParam },
  responses: answers('Its numbers', issueSummary),
});

const exportTokens = createRoute({
  method: 'post',
  path: '/elections/{election}/tokens/export',
  summary: 'The tokens as CSV for a mail merge, once',
  description:
    'With `again`, an export whose answer was lost is repeated; the log of changes tells. With `box`, the address of the ballot box, every row has a link to the booth.',
  security: OFFICERS_ONLY,
  request: {
    params: electionParam,
    body: jsonBody(
      z.strictObject({
        again: z.boolean(),
        box: z
          .url({ protocol: /^https?$/ })
          .max(300)
          .optional(),
      }),
    ),
  },
  responses: bytesOf('One row for each person in each college', 'text/csv'),
});

const deleteTokens = createRoute({
  method: 'delete',
  path: '/elections/{election}/tokens',
  summary: 'Forget the tokens once they are delivered',
  security: OFFICERS_ONLY,
  request: { params: electionParam },
  responses: answers('The tokens are deleted', issueSummary),
});

const handOver = createRoute({
  method: 'post',
  path: '/elections/{election}/roll',
  summary: 'The signed, pseudonymous roll, in the form that the ballot box takes',
  security: OFFICERS_ONLY,
  request: { params: electionParam, body: jsonBody(z.strictObject({ seen: rollEntry.shape.seen })) },
  responses: answers('The entry and the blob that it names', handedOver),
});

const replacementRequest = z.strictObject({
  person: z.string().min(1).max(200),
  college: id,
  substitute: z.string().min(1).max(200).nullable(),
  ctx: hash,
  seen: replacementEntry.shape.seen,
  old: element.nullable(),
});

/** For the officer, and the new token where one was lost. */
const signedReplacement = z
  .strictObject({ entry: replacementEntry, token: z.string().nullable() })
  .openapi('SignedReplacement');

const replace = createRoute({
  method: 'post',
  path: '/elections/{election}/replacements',
  summary: 'Another credential for a voter, signed by the registrar; an officer signs it too',
  security: OFFICERS_ONLY,
  request: { params: electionParam, body: jsonBody(replacementRequest) },
  responses: answers('The entry, and the new token if one was lost', signedReplacement),
});

const showChanges = createRoute({
  method: 'get',
  path: '/changes',
  summary: 'What the registrar did, in order; without tokens, names and addresses',
  security: OFFICERS_ONLY,
  responses: answers('The log of changes', changeList),
});

function requireCsv(contentType: string | undefined): void {
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'text/csv')
    throw new Problem('unsupported-media-type');
}

export function registrarRoutes(registrar: Registrar, officerOf: OfficerOf): OpenAPIHono {
  const router = newRouter();
  const officersOnly = requireOfficer((c) => officerOf(c) !== null);
  const officer = (c: Context): string => officerIn(c, officerOf);
  const upload = limitBody(MAX_FILE_BYTES);
  const json = limitJson(MAX_JSON_BYTES);
  router.openapi(showKey, (c) => c.json({ key: registrar.publicKey }, 200));
  router.openapi({ ...importRoll, middleware: [officersOnly, upload] as const }, async (c) => {
    requireCsv(c.req.header('content-type'));
    const file = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await registrar.rolls.import(file, officer(c), c.req.valid('query').frozen), 200);
  });
  router.openapi({ ...checkFile, middleware: [officersOnly, upload] as const }, async (c) => {
    requireCsv(c.req.header('content-type'));
    const file = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await registrar.rolls.check(file, c.req.valid('query').frozen), 200);
  });
  router.openapi({ ...showLatest, middleware: [officersOnly] as const }, (c) =>
    c.json({ latest: registrar.rolls.latest() }, 200),
  );
  router.openapi({ ...showBodies, middleware: [officersOnly] as const }, (c) =>
    c.json({ bodies: registrar.rolls.bodies(c.req.valid('param').roll) }, 200),
  );
  router.openapi({ ...propose, middleware: [officersOnly, upload] as const }, async (c) => {
    requireCsv(c.req.header('content-type'));
    const file = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await registrar.rolls.propose(file, officer(c), c.req.valid('query').frozen), 200);
  });
  router.openapi({ ...showProposal, middleware: [officersOnly] as const }, async (c) =>
    c.json(await registrar.rolls.proposal(), 200),
  );
  router.openapi({ ...approve, middleware: [officersOnly, json] as const }, async (c) =>
    c.json(await registrar.rolls.approve(c.req.valid('param').proposal, officer(c)), 200),
  );
  router.openapi({ ...withdraw, middleware: [officersOnly, json] as const }, (c) => {
    const { proposal } = c.req.valid('param');
    registrar.rolls.withdraw(proposal, officer(c));
    return c.json({ proposal }, 200);
  });
  router.openapi({ ...showRoll, middleware: [officersOnly] as const }, (c) =>
    c.json(registrar.rolls.summary(c.req.valid('param').roll), 200),
  );
  router.openapi({ ...issue, middleware: [officersOnly, json] as const }, async (c) =>
    c.json(await registrar.issue(c.req.valid('json')), 200),
  );
  router.openapi({ ...showIssued, middleware: [officersOnly] as const }, (c) =>
    c.json(registrar.issued(c.req.valid('param').election), 200),
  );
  router.openapi({ ...exportTokens, middleware: [officersOnly, json] as const }, (c) => {
    const { again, box } = c.req.valid('json');
    const csv = registrar.exportTokens(c.req.valid('param').election, again, box);
    return c.body(csv, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="tokens.csv"',
    });
  });
  router.openapi({ ...deleteTokens, middleware: [officersOnly, json] as const }, (c) =>
    c.json(registrar.deleteTokens(c.req.valid('param').election), 200),
  );
  router.openapi({ ...handOver, middleware: [officersOnly, json] as const }, (c) => {
    const { entry, blob } = registrar.handOver(c.req.valid('param').election, c.req.valid('json').seen);
    return c.json({ entry, blobs: [toBase64Url(blob)] }, 200);
  });
  router.openapi({ ...replace, middleware: [officersOnly, json] as const }, (c) =>
    c.json(registrar.replace(c.req.valid('param').election, c.req.valid('json')), 200),
  );
  router.openapi({ ...showChanges, middleware: [officersOnly] as const }, (c) =>
    c.json({ changes: [...registrar.changes()] }, 200),
  );
  return router;
}
