/**
 * The trustees' pages: one that makes a key before there is an election, and one for each election. The server sends a
 * frame and a script; the secret stays in the browser (island/), which reads the record as every trustee's client does.
 */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { Problem } from '../../api/problem.ts';
import { missingPage } from '../index-page.ts';
import { type Asset, bundleTrusteeIsland, type TrusteeIsland } from '../islands.ts';
import { type Html, layout } from '../layout.ts';
import type { PublishedElection, PublishedElections } from '../published-election.ts';

/** Scripts by their address alone, one worker, and no text that becomes markup or a script. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types teller-worker',
].join('; ');

/** The worker verifies in WebAssembly, and loads no other script. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'; script-src 'wasm-unsafe-eval'";

function frame(title: string, content: Html, data: Html, { script, style }: TrusteeIsland): Html {
  return layout(
    title,
    html`<link rel="stylesheet" href="${style.path}" integrity="${style.integrity}">
${content}
<div id="trustee"${data}><noscript><p>This page needs JavaScript. <code>teller trustee</code> on the command line does the same.</p></noscript></div>
<script type="module" src="${script.path}" integrity="${script.integrity}"></script>`,
  );
}

function keyPage(island: TrusteeIsland): Html {
  return frame('Trustee’s key', html`<h1>For trustees</h1>`, html``, island);
}

function electionTrusteePage({ summary, manifest, texts }: PublishedElection, island: TrusteeIsland): Html {
  const address = `/elections/${summary.election}`;
  const heading = html`<p class="above"><a href="${address}">${texts.title}</a></p>
<h1>For trustees</h1>`;
  if (manifest.trustees === null) {
    const why = 'This election has no trustees: its votes are recorded openly, and nothing is encrypted.';
    return layout(`For trustees: ${texts.title}`, html`${heading}<p>${why}</p>`);
  }
  const keys = manifest.trustees.keys.join(' ');
  const data = html` data-election="${summary.election}" data-keys="${keys}"`;
  return frame(`For trustees: ${texts.title}`, heading, data, island);
}

/** A router to be mounted at `/`. */
export function trusteePages(published: PublishedElections): Hono {
  const pages = new Hono();
  let bundled: Promise<TrusteeIsland> | undefined;
  const island = (): Promise<TrusteeIsland> => (bundled ??= bundleTrusteeIsland());
  const answer = (c: Context, page: Html, status: 200 | 404 | 503 = 200) =>
    c.html(page, status, { 'cache-control': 'no-cache', 'content-security-policy': PAGE_POLICY });
  pages.get('/trustee', async (c) => answer(c, keyPage(await island())));
  pages.get('/elections/:election/trustee', async (c) => {
    try {
      return answer(c, electionTrusteePage(published.find(c.req.param('election')), await island()));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const isUnknown = error.code === 'unknown-election';
      return answer(c, missingPage(isUnknown), isUnknown ? 404 : 503);
    }
  });
  pages.get('/assets/:name', async (c) => {
    const { script, worker, style } = await island();
    const asset = [script, worker, style].find(({ path }: Asset) => path === c.req.path);
    if (asset === undefined) throw new Problem('unknown-route');
    return c.body(asset.bytes, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      ...(asset === worker ? { 'content-security-policy': WORKER_POLICY } : {}),
    });
  });
  return pages;
}
