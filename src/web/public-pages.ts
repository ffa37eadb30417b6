/**
 * The public pages: an index, and one lasting page for each election, made on the server without any script. An
 * election's page has the address of its resource in the API: browsers, which ask for HTML, get the page. The
 * trustees' pages and the officers' desk are with them.
 */
import { Hono } from 'hono';
import type { BallotBox } from '../api/ballot-box.ts';
import type { OfficerOf } from '../api/sign-in.ts';
import type { ManifestBody } from '../ballot/manifest.ts';
import { answerWith } from './answer.ts';
import { ICON, STYLE, serveAssets } from './assets.ts';
import { deskPages } from './desk/desk-pages.ts';
import { disputesPage } from './disputes-page.ts';
import { electionPage } from './election-page.ts';
import { indexPage, missingPage } from './index-page.ts';
import { PAGE_HEADERS, viewOf } from './layout.ts';
import { memberPages } from './member/member-pages.ts';
import { PublishedElections } from './published-election.ts';
import { recountPages } from './recount-page.ts';
import { type ScriptHashes, Scripts } from './scripts.ts';
import { trusteePages } from './trustee/trustee-pages.ts';
import { votesPage } from './votes-page.ts';

export interface PublicPages {
  readonly box: BallotBox;
  /** The service runs the registrar too. */
  readonly registrarInProcess: boolean;
  /** The address that clients see. */
  readonly url: () => string;
  readonly officerOf: OfficerOf;
  /** Unix seconds. */
  readonly clock: () => number;
}

function wantsPage(accept: string | undefined): boolean {
  return accept?.includes('text/html') ?? false;
}

/** A router to be mounted at `/`, before the API. */
export function publicPages({ box, registrarInProcess, url, officerOf, clock }: PublicPages): Hono {
  const pages = new Hono();
  const published = new PublishedElections(box);
  // Programs are told a problem; who looks at it in a browser reads a page.
  pages.use(async (c, next) => {
    await next();
    const isProblem = c.res.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
    if (c.req.method !== 'GET' || c.res.status !== 404 || !isProblem || !wantsPage(c.req.header('accept')))
      return;
    c.res = await c.html(missingPage(viewOf(c), 'page'), 404, PAGE_HEADERS);
  });
  const scripts = new Scripts();
  const hashesFor = async ({ booth }: ManifestBody): Promise<ScriptHashes | null> =>
    booth.length === 0 ? null : await scripts.hashes();
  pages.get('/', (c) => {
    const view = viewOf(c);
    return c.html(indexPage(view, published.list(view.words.lang)), 200, PAGE_HEADERS);
  });
  pages.get(
    '/assets/:name',
    serveAssets(() => Promise.resolve([STYLE, ICON])),
  );
  pages.get('/elections/:election', async (c, next) => {
    c.header('vary', PAGE_HEADERS.vary);
    if (!wantsPage(c.req.header('accept'))) return await next();
    return answerWith(c, published, async (view, election) => {
      const hashes = await hashesFor(election.manifest);
      return electionPage(view, election, { registrarInProcess, url: url(), scripts: hashes, now: clock() });
    });
  });
  pages.get('/elections/:election/votes', (c) =>
    answerWith(c, published, async (view, election) =>
      votesPage(view, election, await published.rollCalls(election.summary.election), url()),
    ),
  );
  pages.get('/elections/:election/disputes', async (c, next) => {
    c.header('vary', PAGE_HEADERS.vary);
    if (!wantsPage(c.req.header('accept'))) return await next();
    return answerWith(c, published, disputesPage);
  });
  pages.route('/', memberPages(published, scripts));
  pages.route('/', recountPages(published, scripts, url));
  pages.route('/', trusteePages(published, scripts));
  pages.route('/', deskPages(published, scripts, officerOf));
  return pages;
}
