/**
 * The public pages: an index, and one lasting page for each election, made on the server without any script. An
 * election's page has the address of its resource in the API: browsers, which ask for HTML, get the page. The
 * trustees' pages are with them.
 */
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { BallotBox } from '../api/ballot-box.ts';
import { Problem } from '../api/problem.ts';
import { electionPage } from './election-page.ts';
import { indexPage, missingPage } from './index-page.ts';
import type { Html } from './layout.ts';
import { PublishedElections } from './published-election.ts';
import { trusteePages } from './trustee/trustee-pages.ts';

export interface PublicPages {
  readonly box: BallotBox;
  /** The service runs the registrar too. */
  readonly registrarInProcess: boolean;
  /** The address that clients see. */
  readonly url: () => string;
}

const STYLE = readFileSync(new URL('style.css', import.meta.url), 'utf8');
const HEADERS = { 'cache-control': 'no-cache', vary: 'Accept' };

function wantsPage(accept: string | undefined): boolean {
  return accept?.includes('text/html') ?? false;
}

/** A router to be mounted at `/`, before the API. */
export function publicPages({ box, registrarInProcess, url }: PublicPages): Hono {
  const pages = new Hono();
  const published = new PublishedElections(box);
  const pageOf = (name: string): { readonly html: Html; readonly status: 200 | 404 | 503 } => {
    try {
      const election = published.find(name);
      return { html: electionPage(election, { registrarInProcess, url: url() }), status: 200 };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const isUnknown = error.code === 'unknown-election';
      return { html: missingPage(isUnknown), status: isUnknown ? 404 : 503 };
    }
  };
  pages.get('/', (c) => c.html(indexPage(published.list()), 200, HEADERS));
  pages.get('/style.css', (c) =>
    c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  );
  pages.get('/elections/:election', async (c, next) => {
    c.header('vary', 'Accept');
    if (!wantsPage(c.req.header('accept'))) return await next();
    const { html, status } = pageOf(c.req.param('election'));
    return c.html(html, status, HEADERS);
  });
  pages.route('/', trusteePages(published));
  return pages;
}
