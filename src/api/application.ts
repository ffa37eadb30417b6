/**
 * What every part of the API shares: problems for errors, security headers, body limits. Requests are hostile.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { firstProblem } from '../codec/fields.ts';
import { repeatedKey } from '../codec/repeated-keys.ts';
import { Problem, problemResponse } from './problem.ts';

/** Nothing from elsewhere: scripts, styles, pictures and connections are the service's own. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Told of faults that are the service's own; never of what a request contained. */
export type Report = (line: string) => void;

/** A router whose failed validations are problems; the registrar and the ballot box are made of it. */
export function newRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const { path, message } = firstProblem(result.error);
      throw new Problem('bad-field', { field: path, detail: message });
    },
  });
}

/** The application around all routers. */
export function newApplication(report: Report): OpenAPIHono {
  const app = newRouter();
  app.use(securityHeaders);
  app.notFound(() => problemResponse(new Problem('unknown-route')));
  app.onError((error, c) => withHeaders(problemResponse(toProblem(error, c, report))));
  return app;
}

const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};

function withHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}

function toProblem(error: Error, c: Context, report: Report): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) {
    if (error.status === 415) return new Problem('unsupported-media-type');
    if (error.status === 400) return new Problem('bad-json');
  }
  report(`fault in ${c.req.method} ${c.req.routePath}: ${error.stack ?? error.message}`);
  return new Problem('internal');
}

/** Refuses longer bodies, told by their header or counted as they come. */
export function limitBody(maxSize: number): MiddlewareHandler {
  const tooLarge = () =>
    problemResponse(new Problem('body-too-large', { detail: `at most ${maxSize} bytes` }));
  const counted = bodyLimit({ maxSize, onError: tooLarge });
  return async (c, next) => {
    const told = c.req.header('content-length');
    // HTTP reads no further than told; asking for the stream of a body costs more than reading it.
    if (told === undefined || c.req.header('transfer-encoding') !== undefined) return await counted(c, next);
    return Number(told) > maxSize ? tooLarge() : await next();
  };
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/i;

/** As `limitBody`, and refuses JSON in which a key stands twice: what was checked is what is done. */
export function limitJson(maxSize: number): MiddlewareHandler {
  const limit = limitBody(maxSize);
  return (c, next) =>
    limit(c, async () => {
      const type = c.req.header('content-type')?.split(';')[0]?.trim() ?? '';
      const again = JSON_TYPE.test(type) ? repeatedKey(await c.req.text()) : null;
      if (again !== null) throw new Problem('bad-field', { field: again.path, detail: again.message });
      await next();
    });
}
