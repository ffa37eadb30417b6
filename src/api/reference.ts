/** The OpenAPI document, and a page to read it that loads nothing from elsewhere and runs under a strict policy. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { COOKIE_NAME, OFFICER_KEY, OFFICER_SESSION } from './sign-in.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Teller API</title>
<link rel="stylesheet" href="/reference/swagger-ui.css">
<script src="/reference/swagger-ui-bundle.js" defer></script>
<script src="/reference/start.js" defer></script>
</head>
<body><div id="reference"></div></body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', validatorUrl: null, deepLinking: true });
`;

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const FILES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const;

/** Adds `/openapi.json` and `/reference` for every route that the application has by then. */
export function mountReference(app: OpenAPIHono, version: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', OFFICER_KEY, {
    type: 'http',
    scheme: 'bearer',
    description:
      'Made on first start, for two officers, and written to `officer-key` and `second-officer-key` in the data directory.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', OFFICER_SESSION, {
    type: 'apiKey',
    in: 'cookie',
    name: COOKIE_NAME,
    description: 'For pages of this service alone.',
  });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Teller',
      version,
      description:
        'Ballots and counts that anyone can check. Formats: docs/protocol.md; errors: docs/api-errors.md.',
      license: { name: 'Apache-2.0' },
    },
  });
  app.get('/reference', (c) => c.html(PAGE));
  app.get('/reference/start.js', (c) =>
    c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  for (const [name, type] of Object.entries(FILES)) {
    app.get(`/reference/${name}`, (c) =>
      c.body(readFileSync(join(swagger, name)), 200, {
        'content-type': type,
        'cache-control': 'max-age=3600',
      }),
    );
  }
}
