/** Answering a request with a page about one election. */
import type { Context } from 'hono';
import { Problem } from '../api/problem.ts';
import { missingPage } from './index-page.ts';
import { type Html, PAGE_HEADERS, type View, viewOf } from './layout.ts';
import type { PublishedElection, PublishedElections } from './published-election.ts';

/** Answers with the page of the election in the address, or with one that says why there is none. */
export async function answerWith(
  c: Context,
  published: PublishedElections,
  page: (view: View, election: PublishedElection) => Html | Promise<Html>,
  headers: Readonly<Record<string, string>> = PAGE_HEADERS,
): Promise<Response> {
  const view = viewOf(c);
  try {
    const election = published.find(c.req.param('election') ?? '', view.words.lang);
    return c.html(await page(view, election), 200, headers);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const isUnknown = error.code === 'unknown-election';
    return await c.html(
      missingPage(view, isUnknown ? 'election' : 'unavailable'),
      isUnknown ? 404 : 503,
      headers,
    );
  }
}
