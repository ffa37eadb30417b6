/**
 * The record as static files (docs/protocol.md §8.2), and the mail of a ceremony. Anybody may read the record
 * from anywhere.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { hash } from '../../codec/fields.ts';
import { limitBody, newRouter } from '../application.ts';
import type { BallotBox } from '../ballot-box.ts';
import { Problem } from '../problem.ts';
import { bytesOf, electionParam } from './answers.ts';

const MAX_MAIL_BYTES = 10_000;

const file = createRoute({
  method: 'get',
  path: '/elections/{election}/record/{path}',
  summary:
    'A file of the record: `checkpoint`, `tile/…` or `blob/…`; of an election before it: the same below `linked/…`. `moments`: when, by the clock of this server; `disputes`, `dispute/…`: reports of problems as they were filed',
  request: { params: electionParam.extend({ path: z.string() }) },
  responses: bytesOf('The file', 'application/octet-stream'),
});

const mailParam = electionParam.extend({ sha256: hash });

const putMail = createRoute({
  method: 'put',
  path: '/elections/{election}/mail/{sha256}',
  summary: 'Deliver an encrypted share that a `dealt` entry names by its SHA-256',
  request: {
    params: mailParam,
    body: { required: true, content: { 'application/octet-stream': { schema: z.string() } } },
  },
  responses: bytesOf('Delivered', 'text/plain'),
});

const getMail = createRoute({
  method: 'get',
  path: '/elections/{election}/mail/{sha256}',
  summary: 'Fetch an encrypted share',
  request: { params: mailParam },
  responses: bytesOf('The age file', 'application/octet-stream'),
});

export function recordRoutes(box: BallotBox): OpenAPIHono {
  const router = newRouter();
  router.openAPIRegistry.registerPath(file);
  router.get('/elections/:election/record/*', (c) => {
    const election = c.req.param('election');
    const path = c.req.path.slice(`/elections/${election}/record/`.length);
    const { bytes, type, immutable } = box.file(election, path);
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': type,
      'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      'access-control-allow-origin': '*',
    });
  });
  router.openAPIRegistry.registerPath(putMail);
  router.put('/elections/:election/mail/:sha256', limitBody(MAX_MAIL_BYTES), async (c) => {
    if (c.req.header('content-type') !== 'application/octet-stream')
      throw new Problem('unsupported-media-type');
    const { election, sha256 } = c.req.param();
    box.election(election).putMail(sha256, new Uint8Array(await c.req.arrayBuffer()));
    return c.body(null, 204);
  });
  router.openapi(getMail, (c) => {
    const { election, sha256 } = c.req.valid('param');
    return c.body(Uint8Array.from(box.election(election).mail(sha256)), 200, {
      'content-type': 'application/octet-stream',
    });
  });
  return router;
}
