/** The OpenAPI document and its page: complete, self-hosted, and under a strict policy. */
import { describe, expect, test } from 'vitest';
import { fileService } from './file-service.ts';

const api = fileService();

describe('the OpenAPI document', () => {
  test('has every route that the application has', async () => {
    const { json } = await api.send('GET', '/openapi.json');
    const documented = Object.entries(json['paths'] as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = api.service.app.routes
      // Pages are for people.
      .filter(
        ({ method, path }) =>
          method !== 'ALL' &&
          !/reference|openapi|^\/$|style|assets|desk/.test(path) &&
          !(method === 'GET' && /\/(trustee|vote|check|my-vote|votes|recount|dispute)$/.test(path)),
      )
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')}`);
    expect(new Set(documented)).toEqual(new Set(served));
  });

  test('says which routes need an officer, and that errors are problems', async () => {
    const { json } = await api.send('GET', '/openapi.json');
    const paths = json['paths'] as Record<
      string,
      Record<string, { security?: object[]; responses: Record<string, object> }>
    >;
    for (const [path, operations] of Object.entries(paths)) {
      for (const operation of Object.values(operations)) {
        expect(operation.responses['default'], path).toMatchObject({
          content: { 'application/problem+json': {} },
        });
      }
    }
    expect(paths['/elections']?.['post']?.security).toEqual([{ officerKey: [] }, { officerSession: [] }]);
    expect(paths['/elections/{election}/ballots']?.['post']?.security).toBeUndefined();
  });
});

describe('the reference page', () => {
  test('P1: loads nothing from elsewhere and runs no inline script', async () => {
    const page = await api.send('GET', '/reference');
    const html = new TextDecoder().decode(page.bytes);
    expect(html).not.toMatch(/https?:|\/\/[a-z]|<script>|style=|<style/);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("script-src 'self'");
    for (const [, file] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const answer = await api.send('GET', file ?? '');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.bytes.length).toBeGreaterThan(50);
    }
  });
});
