/**
 * The officers' desk: the list of elections, and a page each to make one and to conduct one. Whoever is not signed in
 * gets the page to sign in, at the same address. The server sends a frame and one script (island/), which opens
 * officers' signing keys in a worker; they stay in the browser.
 */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { OfficerOf } from '../../api/sign-in.ts';
import { answerWith } from '../answer.ts';
import { type Asset, serveAssets, workerPolicies } from '../assets.ts';
import { badge } from '../index-page.ts';
import {
  type Html,
  inLanguage,
  KEY_WORKER_POLICY,
  layout,
  link,
  PAGE_HEADERS,
  pagePolicy,
  type View,
  viewOf,
} from '../layout.ts';
import type { PublishedElections } from '../published-election.ts';
import type { Scripts } from '../scripts.ts';

/** What an officer sees is nobody else's, and no cache's. */
const HEADERS = {
  ...PAGE_HEADERS,
  'cache-control': 'no-store',
  'content-security-policy': pagePolicy(["worker-src 'self'", 'trusted-types teller-keys']),
};

/** What the script shows; `island/desk.tsx` knows the same names. */
type DeskPage = 'sign-in' | 'list' | 'new' | 'roll' | 'election' | 'election-roll';

interface Frame {
  readonly page: DeskPage;
  readonly title: string;
  /** What stands above the script's part. */
  readonly above: Html;
  /** Attributes that the script reads. */
  readonly data?: Html;
  readonly script: Asset;
}

function frame(view: View, { page, title, above, data = html``, script }: Frame): Html {
  return layout(view, {
    title,
    script,
    content: html`${above}
<div id="desk" data-page="${page}"${data}><noscript><p>${view.words.desk.noScript} <code>teller officer</code></p></noscript></div>`,
  });
}

const toDesk = (view: View): Html =>
  html`<p><a class="govuk-back-link" href="${link(view, '/desk')}">${view.words.desk.back}</a></p>`;

function signInPage(view: View, script: Asset): Html {
  const { title } = view.words.desk.signIn;
  return frame(view, { page: 'sign-in', title, above: html`<h1>${view.words.desk.title}</h1>`, script });
}

function listPage(view: View, published: PublishedElections, officer: string, script: Asset): Html {
  const { desk } = view.words;
  const items = published.list(view.words.lang).map(
    ({ summary, title, lang }) => html`<li>
  <h3><a href="${link(view, `/desk/elections/${summary.election}`)}"${inLanguage(view, lang)}>${title}</a></h3>
  <p>${badge(view.words, summary)}</p>
</li>`,
  );
  const list =
    items.length === 0
      ? html`<p>${view.words.pages.index.none}</p>`
      : html`<ul class="elections">${items}</ul>`;
  return frame(view, {
    page: 'list',
    title: desk.title,
    above: html`<h1>${desk.title}</h1>
<p><a class="govuk-button" href="${link(view, '/desk/new')}">${desk.make}</a></p>
<p><a href="${link(view, '/desk/roll')}">${desk.roll}</a></p>
<h2>${desk.elections}</h2>
${list}`,
    data: html` data-officer="${officer}"`,
    script,
  });
}

/** @param scripts those of the members' pages, SHA-256 in base64url. */
function newPage(view: View, officer: string, script: Asset, scripts: readonly string[]): Html {
  const { make } = view.words.desk;
  const data = html` data-officer="${officer}" data-scripts="${scripts.join(' ')}"`;
  return frame(view, { page: 'new', title: make, above: toDesk(view), data, script });
}

function rollPage(view: View, officer: string, script: Asset): Html {
  const data = html` data-officer="${officer}"`;
  return frame(view, { page: 'roll', title: view.words.desk.roll, above: toDesk(view), data, script });
}

/** A router to be mounted at `/`. */
export function deskPages(published: PublishedElections, scripts: Scripts, officerOf: OfficerOf): Hono {
  const pages = new Hono();
  const answer = async (
    c: Context,
    page: (view: View, officer: string, script: Asset) => Html | Promise<Html | Response>,
  ): Promise<Response> => {
    const [view, officer, { script }] = [viewOf(c), officerOf(c), await scripts.desk()];
    if (officer === null) return await c.html(signInPage(view, script), 200, HEADERS);
    const made = await page(view, officer, script);
    return made instanceof Response ? made : c.html(made, 200, HEADERS);
  };
  pages.get('/desk', (c) => answer(c, (view, officer, script) => listPage(view, published, officer, script)));
  pages.get('/desk/new', (c) =>
    answer(c, async (view, officer, script) =>
      newPage(view, officer, script, Object.values(await scripts.hashes())),
    ),
  );
  pages.get('/desk/roll', (c) => answer(c, rollPage));
  /** A page about one election. */
  const ofElection = (c: Context, page: DeskPage, above: (view: View, election: string) => Html) =>
    answer(c, (_, officer, script) =>
      answerWith(
        c,
        published,
        (view, { summary, texts }) =>
          frame(view, {
            page,
            title: texts.title,
            above: above(view, summary.election),
            data: html` data-officer="${officer}" data-election="${summary.election}" data-title="${texts.title}"`,
            script,
          }),
        HEADERS,
      ),
    );
  pages.get('/desk/elections/:election', (c) => ofElection(c, 'election', toDesk));
  pages.get('/desk/elections/:election/roll', (c) =>
    ofElection(
      c,
      'election-roll',
      (view, election) =>
        html`<p><a class="govuk-back-link" href="${link(view, `/desk/elections/${election}`)}">${view.words.desk.toElection}</a></p>`,
    ),
  );
  pages.get(
    '/assets/:name',
    serveAssets(
      async () => Object.values(await scripts.desk()),
      workerPolicies({ 'key-worker': KEY_WORKER_POLICY }),
    ),
  );
  return pages;
}
