/**
 * The trustees' pages: one that makes a key before there is an election, and one for each election. The server sends a
 * frame and a script; the secret stays in the browser (island/), which reads the record as every trustee's client does.
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { answerWith } from '../answer.ts';
import { serveAssets, workerPolicies } from '../assets.ts';
import type { TrusteeIsland } from '../islands.ts';
import { type Html, layout, link, PAGE_HEADERS, pagePolicy, type View, viewOf } from '../layout.ts';
import type { PublishedElection, PublishedElections } from '../published-election.ts';
import type { Scripts } from '../scripts.ts';

/** One worker, whose address the page's script makes a trusted one. */
const PAGE_POLICY = pagePolicy(["worker-src 'self'", 'trusted-types teller-worker']);

/** The worker verifies in WebAssembly, and loads no other script. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'; script-src 'wasm-unsafe-eval'";

const HEADERS = { ...PAGE_HEADERS, 'content-security-policy': PAGE_POLICY };

function frame(view: View, title: string, content: Html, data: Html, { script }: TrusteeIsland): Html {
  return layout(view, {
    title,
    script,
    content: html`${content}
<div id="trustee"${data}><noscript><p>${view.words.trustee.noScript} <code>teller trustee</code></p></noscript></div>`,
  });
}

function keyPage(view: View, island: TrusteeIsland): Html {
  const { keyTitle, title } = view.words.trustee;
  return frame(view, keyTitle, html`<h1>${title}</h1>`, html``, island);
}

function electionTrusteePage(
  view: View,
  { summary, manifest, texts }: PublishedElection,
  island: TrusteeIsland,
): Html {
  const own = view.words.trustee;
  const title = own.titleOf(texts.title);
  const address = link(view, `/elections/${summary.election}`);
  const heading = html`<p><a class="govuk-back-link" href="${address}">${texts.title}</a></p>
<h1>${own.title}</h1>`;
  if (manifest.trustees === null) {
    return layout(view, { title, content: html`${heading}<p>${own.none}</p>` });
  }
  const keys = manifest.trustees.keys.join(' ');
  const data = html` data-election="${summary.election}" data-keys="${keys}"`;
  return frame(view, title, heading, data, island);
}

/** A router to be mounted at `/`. */
export function trusteePages(published: PublishedElections, { trustee: island }: Scripts): Hono {
  const pages = new Hono();
  pages.get('/trustee', async (c) => c.html(keyPage(viewOf(c), await island()), 200, HEADERS));
  pages.get('/elections/:election/trustee', async (c) => {
    const made = await island();
    return answerWith(c, published, (view, election) => electionTrusteePage(view, election, made), HEADERS);
  });
  const policies = workerPolicies({ worker: WORKER_POLICY });
  pages.get(
    '/assets/:name',
    serveAssets(async () => Object.values(await island()), policies),
  );
  return pages;
}
